import { resolve } from 'node:path'
import {
  type DatabaseIntrospector,
  Kysely,
  PostgresDialect,
  PostgresIntrospector,
  sql,
  type TableMetadata,
} from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { ensureApplicationRoles } from './applicationRoles.ts'
import {
  type AppliedMigration,
  importMigration,
  MigrationError,
  type MigrationFile,
  readMigrationFiles,
  remainingSteps,
} from './migrationFiles.ts'
import { openDatabase, openPool } from './pool.ts'
import type { DB } from './types.generated.ts'

export interface MigrateOptions {
  log?: (line: string) => void
  /** Where the steps lie; absent: the project's own. */
  folder?: string
  /** The last step that is applied; absent: all are. */
  to?: string
  /**
   * Runs after the steps, also when there were none, under the same lock, on the application's query builder as the owner.
   * It must be able to run again.
   */
  afterMigrations?: (db: Kysely<DB>) => Promise<void>
}

export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations')

/** Apart from the application's tables, whose roles have no right to see it. */
const SCHEMA = 'migrations'

/** Two instances that start together wait for one another here. Any number will do; it must only never change. */
const LOCK = 7_204_180_301

/**
 * Brings a database up to this code: makes the roles, applies each remaining step in a transaction of its own together with
 * its record, and runs `afterMigrations`. Starting twice at once is safe. The connection must be PostgreSQL's own and not a
 * pooler's that shares sessions, since the lock belongs to a session.
 * @returns the names of the steps applied by this call, in order.
 * @throws {MigrationError} the history does not fit or a step failed; what that step had done is undone.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const log = options.log ?? (() => {})
  const { to } = options
  const all = await readMigrationFiles(options.folder ?? MIGRATIONS)
  const files = to === undefined ? all : all.filter(({ name }) => name <= to)
  const guard = new pg.Client({ connectionString: ownerUrl, application_name: 'boligtrapp migrate' })
  // Losing this connection shows as a failed query; without a listener it would end the process.
  guard.on('error', () => {})
  await guard.connect()
  try {
    const free = await guard.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK])
    if (free.rows[0]?.taken !== true) {
      log('Another instance is migrating this database; waiting for it')
      await guard.query('select pg_advisory_lock($1)', [LOCK])
    }
    await ensureApplicationRoles(guard)
    const applied = await applySteps(ownerUrl, files, log)
    if (options.afterMigrations !== undefined) await runAfter(ownerUrl, options.afterMigrations)
    return { applied }
  } finally {
    await guard.end()
  }
}

async function applySteps(ownerUrl: string, files: MigrationFile[], log: (line: string) => void): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, application_name: 'boligtrapp migrate' })
  pool.on('error', () => {})
  const db = new Kysely<unknown>({ dialect: new StepsDialect({ pool }) })
  try {
    await sql.raw(`create schema if not exists ${SCHEMA}`).execute(db)
    await sql
      .raw(`create table if not exists ${SCHEMA}.checksum (
        name text primary key,
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$')
      )`)
      .execute(db)
    const remaining = remainingSteps(files, await readApplied(db))
    const steps: Record<string, Migration> = {}
    for (const file of files)
      steps[file.name] = remaining.includes(file) ? await recorded(file) : { up: async () => {} }
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => steps },
      migrationTableSchema: SCHEMA,
      nameComparator: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    })
    for (const file of remaining) {
      const started = performance.now()
      const { error, results } = await migrator.migrateUp()
      if (error !== undefined) throw failed(file, error)
      if (results?.[0]?.migrationName !== file.name) throw failed(file, new Error('another step was run in its place'))
      log(`Applied ${file.name} in ${Math.round(performance.now() - started)} ms`)
    }
    return remaining.map((file) => file.name)
  } finally {
    await db.destroy()
  }
}

/**
 * The migrator looks twice at each step whether its own two tables are there, and would read every column of the database for it:
 * of the time that all steps take, most. Here it is told of those that lie in its schema.
 */
class StepsDialect extends PostgresDialect {
  override createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new StepsIntrospector(db)
  }
}

class StepsIntrospector extends PostgresIntrospector {
  readonly #db: Kysely<unknown>

  constructor(db: Kysely<unknown>) {
    super(db)
    this.#db = db
  }

  override async getTables(): Promise<TableMetadata[]> {
    const { rows } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = ${SCHEMA}`.execute(this.#db)
    return rows.map(({ name }) => ({ name, schema: SCHEMA, isView: false, isForeign: false, columns: [] }))
  }
}

/** The step and its checksum in one transaction: kysely compares names only. */
async function recorded(file: MigrationFile): Promise<Migration> {
  const { up } = await importMigration(file)
  return {
    async up(trx) {
      await up(trx)
      await sql`insert into ${sql.table(`${SCHEMA}.checksum`)} (name, sha256) values (${file.name}, ${file.checksum})`.execute(
        trx,
      )
    },
  }
}

async function readApplied(db: Kysely<unknown>): Promise<AppliedMigration[]> {
  const present = await sql<{ here: boolean }>`
    select to_regclass(${`${SCHEMA}.kysely_migration`}) is not null as here`.execute(db)
  if (present.rows[0]?.here !== true) return []
  const { rows } = await sql<{ name: string; appliedAt: string; checksum: string | null }>`
    select m.name, m.timestamp as "appliedAt", c.sha256 as checksum
    from ${sql.table(`${SCHEMA}.kysely_migration`)} m left join ${sql.table(`${SCHEMA}.checksum`)} c on c.name = m.name
    order by m.name collate "C"`.execute(db)
  return rows.map((row) => ({ ...row, checksum: row.checksum ?? undefined }))
}

function failed(file: MigrationFile, cause: unknown): MigrationError {
  const { message, detail, hint, where, code } = cause as Partial<pg.DatabaseError>
  const more = [detail, hint, where].filter((part) => part !== undefined).map((part) => `\n  ${part}`)
  return new MigrationError(
    'failed',
    file.name,
    `${file.name} failed and was undone: ${message ?? String(cause)}${code === undefined ? '' : ` (${code})`}${more.join('')}`,
    { cause },
  )
}

async function runAfter(ownerUrl: string, after: (db: Kysely<DB>) => Promise<void>): Promise<void> {
  const db = openDatabase(openPool(ownerUrl, { max: 2 }))
  try {
    await after(db)
  } finally {
    await db.destroy()
  }
}
