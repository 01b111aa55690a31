import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { migrate } from '../../src/db/migrate.ts'
import { loadReference } from '../../src/db/reference.ts'
import { type DatabaseUrls, databaseServer } from './databaseServer.ts'

export interface TestDatabaseOptions {
  /** `empty` has nothing in it; absent: migrated and with the reference data; another name: that, and `prepare` on top. */
  template?: string
  /** Fills a named template, once for all test files until a source changes. */
  prepare?: (ownerUrl: string) => Promise<void>
  /** Files and folders below the project that `prepare` depends on; absent: everything but the pages. */
  sources?: string[]
}

interface Test {
  teardown(end: () => Promise<void>): unknown
}

const root = resolve(import.meta.dirname, '../..')

const BASE = { name: 'base', sources: ['migrations', 'src/db', 'src/domain', 'src/reference'] }
const EVERYTHING = ['migrations', 'src']

/**
 * A database of its own for one test file: a copy of a template that is made once, and dropped when the test is over.
 * Any number of test processes may ask at the same time.
 */
export async function testDatabase(test: Test, options: TestDatabaseOptions = {}): Promise<DatabaseUrls> {
  const server = await databaseServer()
  const name = `bt_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asOwner(server.ownerUrl, async (owner) => {
    if (options.template === 'empty') await owner.query(`create database ${name}`)
    else if (options.template === undefined) await copyTemplate(owner, server.ownerUrl, base(server.ownerUrl), name)
    else await copyTemplate(owner, server.ownerUrl, named(server.ownerUrl, options, options.template), name)
  })
  test.teardown(() => asOwner(server.ownerUrl, (owner) => drop(owner, name)))
  return {
    ownerUrl: within(server.ownerUrl, name),
    appUrl: within(server.appUrl, name),
    jobUrl: within(server.jobUrl, name),
  }
}

interface Template {
  kind: string
  /** Changes with every source. */
  key: string
  /** Makes and fills the database `draft`. */
  make(owner: pg.Client, draft: string): Promise<void>
}

function base(ownerUrl: string): Template {
  return {
    kind: BASE.name,
    key: hashOf(BASE.sources),
    async make(owner, draft) {
      await owner.query(`create database ${draft}`)
      await migrate(within(ownerUrl, draft), { afterMigrations: loadReference })
    },
  }
}

function named(ownerUrl: string, options: TestDatabaseOptions, kind: string): Template {
  if (!/^[a-z0-9]{1,20}$/.test(kind)) throw new Error(`a template is named in small letters and digits, not ${kind}`)
  return {
    kind,
    key: hashOf(options.sources ?? EVERYTHING),
    async make(owner, draft) {
      await copyTemplate(owner, ownerUrl, base(ownerUrl), draft)
      await options.prepare?.(within(ownerUrl, draft))
    },
  }
}

/** Copies share a lock with each other; whoever makes the template has it alone, and the others then find it made. */
async function copyTemplate(owner: pg.Client, ownerUrl: string, template: Template, name: string): Promise<void> {
  const source = `bt_tpl_${template.kind}_${template.key}`
  const copied = await locked(owner, template.kind, 'shared', async () => {
    if (!(await exists(owner, source))) return false
    // the other strategy writes every block to the log as well: 0.3 s against 0.1 s on an idle machine with two cores
    await owner.query(`create database ${name} template ${source} strategy file_copy`)
    return true
  })
  if (copied) return
  await locked(owner, template.kind, 'alone', async () => {
    if (!(await exists(owner, source))) await makeTemplate(owner, template, source)
  })
  await copyTemplate(owner, ownerUrl, template, name)
}

async function makeTemplate(owner: pg.Client, template: Template, source: string): Promise<void> {
  const draft = `bt_draft_${template.kind}_${process.pid}`
  await drop(owner, draft)
  try {
    await template.make(owner, draft)
    const { rows } = await owner.query<{ name: string }>('select datname as name from pg_database where datname ~ $1', [
      `^bt_tpl_${template.kind}_[0-9a-f]+$`,
    ])
    for (const { name } of rows) await drop(owner, name)
    await owner.query(`alter database ${draft} allow_connections false`)
    await owner.query(`alter database ${draft} rename to ${source}`)
  } catch (error) {
    await drop(owner, draft)
    throw error
  }
}

async function locked<T>(owner: pg.Client, kind: string, how: 'shared' | 'alone', work: () => Promise<T>): Promise<T> {
  const suffix = how === 'shared' ? '_shared' : ''
  const key = `boligtrapp test template ${kind}`
  await owner.query(`select pg_advisory_lock${suffix}(hashtext($1))`, [key])
  try {
    return await work()
  } finally {
    await owner.query(`select pg_advisory_unlock${suffix}(hashtext($1))`, [key])
  }
}

async function exists(owner: pg.Client, name: string): Promise<boolean> {
  return (await owner.query('select from pg_database where datname = $1', [name])).rowCount === 1
}

/** With force, because a pool that a test forgot to close should not fail the ones after it. */
async function drop(owner: pg.Client, name: string): Promise<void> {
  await owner.query(`drop database if exists ${name} with (force)`)
}

async function asOwner(ownerUrl: string, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await work(owner)
  } finally {
    await owner.end()
  }
}

function within(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href
}

/** Twelve hexadecimal digits of names and contents; the pages under src/web reach no database. */
function hashOf(sources: string[]): string {
  const hash = createHash('sha256')
  const add = (path: string) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (stat === undefined || path === 'src/web') return
    if (stat.isFile())
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0')
    else for (const entry of readdirSync(join(root, path)).sort()) add(join(path, entry))
  }
  for (const source of [...sources].sort()) add(source)
  return hash.digest('hex').slice(0, 12)
}
