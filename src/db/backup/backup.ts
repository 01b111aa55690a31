import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ZipFile } from 'yazl'
import { BackupError, entryOf, MANIFEST_ENTRY, type Manifest } from './manifest.ts'
import { type CopiedTable, connectOwner, copied, summing, tablesOf } from './tables.ts'

/**
 * Writes all rows of a database to `file`, as they were at one moment, while others go on writing: every table in one snapshot,
 * with how many rows it has and their hash, and what the schema is that they belong to. The schema itself is not in it: it is made
 * by the steps of this program. Nor is the queue of jobs, which is filled anew from the rows that say what is to be done.
 * The file is whole or not there. It is not encrypted.
 * @throws {BackupError} the file is there already, or the database was never migrated
 */
export async function writeBackup(ownerUrl: string, file: string): Promise<Manifest> {
  const client = await connectOwner(ownerUrl)
  try {
    await client.query('begin isolation level repeatable read, read only')
    const manifest = await describe(client)
    const draft = `${file}.part`
    if (existsSync(file)) throw new BackupError(`${file} is there already, and is not written over.`)
    try {
      await writeArchive(client, draft, manifest, await tablesOf(client))
      await flush(draft)
      await rename(draft, file)
    } catch (error) {
      if ((error as { code?: unknown }).code === 'EEXIST') {
        throw new BackupError(`${draft} is there already: another backup is being written, or one was broken off.`)
      }
      await rm(draft, { force: true })
      throw error
    }
    return manifest
  } finally {
    await client.end()
  }
}

/** What is known before any table is read. */
async function describe(client: pg.Client): Promise<Manifest> {
  const { rows: migrated } = await client.query<{ there: boolean }>(
    "select to_regclass('migrations.kysely_migration') is not null as there",
  )
  if (migrated[0]?.there !== true) throw new BackupError('There is nothing of this program in the database.')
  const { rows: steps } = await client.query<Manifest['steps'][number]>(`
    select m.name, c.sha256 from migrations.kysely_migration m join migrations.checksum c on c.name = m.name
    order by m.name collate "C"`)
  const { rows: about } = await client.query<Pick<Manifest, 'madeAt' | 'postgres' | 'identityKeys'>>(`
    select to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt", current_setting('server_version') as postgres,
      coalesce((select array_agg(k.id order by k.id) from (select distinct
        convert_from(substring(ciphertext from 2 for get_byte(ciphertext, 0)), 'LATIN1') as id from resident_identity) k), '{}')
        as "identityKeys"`)
  if (about[0] === undefined) throw new BackupError('The database says nothing of itself.')
  return { format: 'boligtrapp-backup/1', ...about[0], steps, tables: [], sequences: await sequencesOf(client) }
}

async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string | null; start: string }>(`
    select sequencename::text as name, last_value::text as value, start_value::text as start from pg_sequences
    where schemaname = 'public' order by sequencename collate "C"`)
  return rows.map(({ name, value, start }) => ({ name, value: Number(value ?? start), called: value !== null }))
}

/** Everything goes through one connection, one table after the other, and what is known of each stands in the manifest behind it. */
async function writeArchive(
  client: pg.Client,
  file: string,
  manifest: Manifest,
  tables: readonly CopiedTable[],
): Promise<void> {
  const zip = new ZipFile()
  const options = { mode: 0o100600 }
  for (const table of tables) {
    zip.addReadStreamLazy(entryOf(table.name), options, (give) => {
      const rows = client.query(copyTo(`copy ${copied(table)} to stdout`))
      const { stream, sum } = summing()
      stream.once('end', () => manifest.tables.push({ ...table, ...sum() }))
      pipeline(rows, stream).catch(() => {})
      give(null, stream)
    })
  }
  zip.addReadStreamLazy(MANIFEST_ENTRY, options, (give) =>
    give(null, Readable.from([JSON.stringify(manifest, null, 1)], { objectMode: false })),
  )
  zip.end()
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  await new Promise<void>((resolve, reject) => {
    zip.once('error', (error) => {
      out.destroy()
      reject(error)
    })
    pipeline(zip.outputStream, out).then(resolve, reject)
  })
}

/** What is said to be written down is on the disk. */
async function flush(file: string): Promise<void> {
  const written = await open(file, 'r+')
  try {
    await written.sync()
  } finally {
    await written.close()
  }
}
