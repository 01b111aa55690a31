import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { MIGRATIONS, migrate } from '../migrate.ts'
import { readMigrationFiles } from '../migrationFiles.ts'
import { type Archive, openArchive } from './archive.ts'
import { BackupError, levelOf, type Manifest } from './manifest.ts'
import { checksumOf, connectOwner, copied, tablesOf } from './tables.ts'

/**
 * Puts a backup into an empty database: the schema is made by this program's steps up to the backup's level, the rows are loaded
 * with triggers off and in one transaction, keys between tables are made again over them, and every table is read back and must have
 * the rows and the hash that it had. A backup of an earlier version stays at its level, and the next start brings it up to this one.
 * @throws {BackupError} the file is damaged or of a version that this program does not know, or the database is not empty; nothing
 * was then changed. After any other error the database is to be dropped.
 */
export async function restoreBackup(ownerUrl: string, file: string): Promise<Manifest> {
  const archive = await openArchive(file)
  try {
    const { manifest } = archive
    await checkSteps(manifest)
    const client = await connectOwner(ownerUrl)
    try {
      await refuseFilled(client)
      await migrate(ownerUrl, { to: levelOf(manifest) })
      await load(client, archive)
      await client.query('analyze')
    } finally {
      await client.end()
    }
    return manifest
  } finally {
    archive.close()
  }
}

/** The backup's steps must be the beginning of this program's: then they make the schema that its rows belong to. */
async function checkSteps({ steps }: Manifest): Promise<void> {
  const files = await readMigrationFiles(MIGRATIONS)
  const own = files.at(-1)?.name ?? ''
  const level = levelOf({ steps })
  if (level > own) {
    throw new BackupError(
      `The backup is of a newer version than this program: it is at ${level}, and the program at ${own}. ` +
        'Put it back with the version that made it, or a later one.',
    )
  }
  for (const [at, step] of steps.entries()) {
    const file = files[at]
    if (file?.name === step.name && file.checksum === step.sha256) continue
    throw new BackupError(
      `The backup is of another history: ${step.name} is not the step that this program has. ` +
        'Put it back with the version that made it.',
    )
  }
}

/** Everything but what extensions bring. */
async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1 limit 1`)
  if (rows[0] === undefined) return
  throw new BackupError(
    `The database is not empty: there is ${rows[0].name}. A backup is put into an empty database, and never over another.`,
  )
}

async function load(client: pg.Client, archive: Archive): Promise<void> {
  const { tables, sequences } = archive.manifest
  await checkTables(client, archive.manifest)
  await client.query('begin')
  try {
    const triggersOn = await triggersOff(client)
    const keysOn = await keysOff(client)
    await client.query(`truncate ${tables.map(({ name }) => `public.${pg.escapeIdentifier(name)}`).join(', ')}`)
    for (const table of tables) {
      const into = client.query(copyFrom(`copy ${copied(table)} from stdin`))
      await pipeline(await archive.rowsOf(table.name), into)
    }
    for (const { name, value, called } of sequences) {
      await client.query('select setval($1::regclass, $2, $3)', [`public.${pg.escapeIdentifier(name)}`, value, called])
    }
    await client.query('set constraints all immediate')
    await keysOn()
    await triggersOn()
    for (const table of tables) {
      const { rows, sha256 } = await checksumOf(client, table)
      if (rows !== table.rows || sha256 !== table.sha256)
        throw new BackupError(`${table.name} is not as it was written.`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Those of the backup and those that the steps made must be the same, or rows would be left behind. */
async function checkTables(client: pg.Client, { tables }: Manifest): Promise<void> {
  const said = ({ name, columns }: { name: string; columns: string[] }) => `${name}(${columns.join(',')})`
  const made = new Set((await tablesOf(client)).map(said))
  const other = tables.find((table) => !made.delete(said(table)))?.name ?? [...made][0]
  if (other !== undefined) throw new BackupError(`The backup does not fit the schema of its level: ${other}.`)
}

/** Triggers decide and log what happens; what is put back has happened. Returns how they are set on again, as they were. */
async function triggersOff(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ tableName: string; trigger: string; state: keyof typeof SET_ON }>(`
    select t.tgrelid::regclass::text as "tableName", quote_ident(t.tgname) as trigger, t.tgenabled::text as state
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not t.tgisinternal and t.tgenabled <> 'D'`)
  for (const { tableName, trigger } of rows) await client.query(`alter table ${tableName} disable trigger ${trigger}`)
  return async () => {
    for (const { tableName, trigger, state } of rows) {
      await client.query(`alter table ${tableName} ${SET_ON[state]} trigger ${trigger}`)
    }
  }
}
const SET_ON = { O: 'enable', A: 'enable always', R: 'enable replica' } as const

/** Tables point at each other in circles, so no order would do. Returns how their keys are made again, which checks every row. */
async function keysOff(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ tableName: string; key: string; definition: string }>(`
    select k.conrelid::regclass::text as "tableName", quote_ident(k.conname) as key, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k where k.connamespace = 'public'::regnamespace and k.contype = 'f' and k.conparentid = 0`)
  for (const { tableName, key } of rows) await client.query(`alter table ${tableName} drop constraint ${key}`)
  return async () => {
    for (const { tableName, key, definition } of rows) {
      await client.query(`alter table ${tableName} add constraint ${key} ${definition}`)
    }
  }
}
