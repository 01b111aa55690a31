import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { startEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { testDatabase } from '../support/database.ts'
import { query } from '../support/query.ts'
import { runNode } from '../support/runNode.ts'

const root = join(import.meta.dirname, '../..')

const APPLIED = 'select name from migrations.kysely_migration order by name'

/** Each statement is a query of its own: several in one would be undone together without any transaction around them. */
const stepText = (statements: string) => `import { sql } from 'kysely'
export async function up(db) {
  for (const text of ${JSON.stringify(statements.split('; '))}) await sql.raw(text).execute(db)
}
`

type Steps = Record<string, string>

/** What of a tap test is used here. */
interface Folder {
  testdir(content: Record<string, string>): string
}

/** A folder of steps, each given as the SQL it runs. */
function stepsIn(test: Folder, steps: Steps): string {
  return test.testdir(Object.fromEntries(Object.entries(steps).map(([name, sql]) => [`${name}.ts`, stepText(sql)])))
}

const TWO = { '0001-first': 'create table first (n integer)', '0002-second': 'create table second (n integer)' }

t.test('applies what remains, in order, and nothing twice', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const folder = stepsIn(t, TWO)
  const lines: string[] = []
  t.same(await migrate(ownerUrl, { folder, log: (line) => lines.push(line) }), {
    applied: ['0001-first', '0002-second'],
  })
  t.match(lines, [/Applied 0001-first in \d+ ms/, /Applied 0002-second/])
  t.same(await migrate(ownerUrl, { folder }), { applied: [] })
  writeFileSync(join(folder, '0003-third.ts'), stepText('create table third (n integer)'))
  t.same(await migrate(ownerUrl, { folder }), { applied: ['0003-third'] })
  t.same(await query(ownerUrl, APPLIED), [{ name: '0001-first' }, { name: '0002-second' }, { name: '0003-third' }])
})

t.test('hides its records from the application', async (t) => {
  const { ownerUrl, appUrl } = await testDatabase(t, { template: 'empty' })
  await migrate(ownerUrl, { folder: stepsIn(t, TWO) })
  await t.rejects(query(appUrl, APPLIED), { code: '42501' })
})

t.test('two processes that start together apply each step once', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const folder = stepsIn(t, { '0001-slow': 'create table slow (n integer); select pg_sleep(1)', ...TWO })
  const source = `
    import { migrate } from ${JSON.stringify(join(root, 'src/db/migrate.ts'))}
    const lines = []
    const { applied } = await migrate(${JSON.stringify(ownerUrl)}, {
      folder: ${JSON.stringify(folder)}, log: (line) => lines.push(line),
      afterMigrations: async (db) => {
        await db.schema.createTable('once_at_a_time').addColumn('n', 'integer').execute()
        await db.schema.dropTable('once_at_a_time').execute()
      },
    })
    console.log(JSON.stringify({ applied, lines }))`
  const runs = await Promise.all([1, 2, 3].map(() => runNode(['--input-type=module', '-e', source])))
  for (const run of runs) t.equal(run.code, 0, run.stderr)
  const results = runs.map((run) => JSON.parse(run.stdout) as { applied: string[]; lines: string[] })
  t.same(results.map(({ applied }) => applied.length).sort(), [0, 0, 3])
  t.ok(
    results.some(({ lines }) => lines.some((line) => line.startsWith('Another instance is migrating'))),
    'they did meet',
  )
  t.equal((await query(ownerUrl, APPLIED)).length, 3)
})

t.test('refuses a history that is not this one, and then changes nothing', async (t) => {
  const rows: {
    name: string
    spoil: (folder: string) => void
    expected: { reason: string; migration: string; message: RegExp }
  }[] = [
    {
      name: 'a step changed after it was applied',
      spoil: (folder) => writeFileSync(join(folder, '0001-first.ts'), stepText('create table first (n bigint)')),
      expected: { reason: 'changed', migration: '0001-first', message: /0001-first was changed/ },
    },
    {
      name: 'an earlier file gone',
      spoil: (folder) => rmSync(join(folder, '0001-first.ts')),
      expected: { reason: 'missing', migration: '0001-first', message: /0001-first .* file is gone/ },
    },
    {
      name: 'a database that is newer than the code',
      spoil: (folder) => {
        rmSync(join(folder, '0002-second.ts'))
        rmSync(join(folder, '0003-third.ts'))
      },
      expected: { reason: 'newer', migration: '0002-second', message: /newer.* 0002-second/ },
    },
    {
      name: 'a step before one that was applied',
      spoil: (folder) =>
        writeFileSync(join(folder, '0001-between.ts'), stepText('create table between_them (n integer)')),
      expected: { reason: 'out_of_order', migration: '0001-between', message: /0001-between comes before/ },
    },
  ]
  for (const { name, spoil, expected } of rows) {
    await t.test(name, async (t) => {
      const { ownerUrl } = await testDatabase(t, { template: 'empty' })
      const folder = stepsIn(t, TWO)
      await migrate(ownerUrl, { folder })
      writeFileSync(join(folder, '0003-third.ts'), stepText('create table third (n integer)'))
      spoil(folder)
      let after = false
      const again = migrate(ownerUrl, {
        folder,
        afterMigrations: async () => {
          after = true
        },
      })
      await t.rejects(again, expected)
      t.equal(after, false)
      t.equal((await query(ownerUrl, APPLIED)).length, 2)
      t.same(await query(ownerUrl, "select to_regclass('third') as third"), [{ third: null }])
    })
  }
})

t.test('line endings of a checkout are no change', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const folder = stepsIn(t, TWO)
  await migrate(ownerUrl, { folder })
  const path = join(folder, '0001-first.ts')
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'))
  t.same(await migrate(ownerUrl, { folder }), { applied: [] })
})

t.test('a failing step leaves nothing of itself, keeps those before it, and is tried again', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const folder = stepsIn(t, {
    '0001-first': TWO['0001-first'],
    '0002-broken': 'create table half (n integer); insert into half values (1); select 1 / 0',
    '0003-third': 'create table third (n integer)',
  })
  const failure = await migrate(ownerUrl, { folder }).catch((error: unknown) => error)
  t.match(failure, {
    reason: 'failed',
    migration: '0002-broken',
    message: /0002-broken failed and was undone.*zero.*22012/,
  })
  t.same(await query(ownerUrl, "select to_regclass('half') as half, to_regclass('third') as third"), [
    { half: null, third: null },
  ])
  t.same(await query(ownerUrl, APPLIED), [{ name: '0001-first' }])
  t.same(await query(ownerUrl, 'select name from migrations.checksum'), [{ name: '0001-first' }])
  writeFileSync(join(folder, '0002-broken.ts'), stepText('create table whole (n integer)'))
  t.same(await migrate(ownerUrl, { folder }), { applied: ['0002-broken', '0003-third'] })
})

t.test('a file that is no step is named', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const folder = t.testdir({ '0001-nothing.ts': 'export const down = 1\n' })
  await t.rejects(migrate(ownerUrl, { folder }), {
    reason: 'failed',
    migration: '0001-nothing',
    message: /no function up/,
  })
  writeFileSync(join(folder, '0001-nothing.ts'), 'export function up( {\n')
  await t.rejects(migrate(ownerUrl, { folder }), {
    reason: 'failed',
    migration: '0001-nothing',
    message: /cannot be read/,
  })
})

t.test('what follows the steps runs each time, and its failure is not hidden', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const folder = stepsIn(t, TWO)
  let runs = 0
  const afterMigrations = async () => {
    runs += 1
  }
  await migrate(ownerUrl, { folder, afterMigrations })
  await migrate(ownerUrl, { folder, afterMigrations })
  t.equal(runs, 2)
  const broken = migrate(ownerUrl, { folder, afterMigrations: () => Promise.reject(new Error('no reference data')) })
  await t.rejects(broken, { message: 'no reference data' })
})

t.test('the roles of a cluster', async (t) => {
  // A cluster of its own, where roles may be taken away without harm to other tests.
  const dataDir = mkdtempSync(join(tmpdir(), 'bt-roles-'))
  const server = await startEmbedded({ dataDir, durable: false })
  t.teardown(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const within = (name: string) => Object.assign(new URL(server.ownerUrl), { pathname: `/${name}` }).href
  const folder = stepsIn(t, { '0001-grant': 'create table seen (n integer); grant select on seen to boligtrapp_app' })
  const databases = ['a', 'b', 'c', 'd']
  for (const name of databases) await query(server.ownerUrl, `create database ${name}`)

  await t.test('are made once when several of its databases migrate together', async (t) => {
    await query(server.ownerUrl, 'drop role boligtrapp_app')
    await query(server.ownerUrl, 'drop role boligtrapp_job')
    const runs = await Promise.all(databases.map((name) => migrate(within(name), { folder })))
    t.ok(runs.every(({ applied }) => applied.length === 1))
    t.same(await query(server.ownerUrl, "select rolcanlogin as login from pg_roles where rolname ~ '_(app|job)$'"), [
      { login: false },
      { login: false },
    ])
  })

  await t.test('may not pass by row security', async (t) => {
    const { postgres } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8')) as {
      postgres: string
    }
    const superUrl = Object.assign(new URL(server.ownerUrl), { username: 'postgres', password: postgres }).href
    await query(superUrl, 'alter role boligtrapp_job bypassrls')
    await t.rejects(migrate(server.ownerUrl, { folder }), {
      reason: 'role',
      message: /boligtrapp_job may pass by row security/,
    })
    await query(superUrl, 'alter role boligtrapp_job nobypassrls')
    await query(superUrl, 'alter role boligtrapp_owner nocreaterole')
    t.same(
      await migrate(server.ownerUrl, { folder }),
      { applied: ['0001-grant'] },
      'they are there, so nothing is needed',
    )
  })
})
