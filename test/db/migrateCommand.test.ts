import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { startEmbedded } from '../../src/db/embedded.ts'
import { MIGRATIONS } from '../../src/db/migrate.ts'
import { readMigrationFiles } from '../../src/db/migrationFiles.ts'
import { testDatabase } from '../support/database.ts'
import { query } from '../support/query.ts'
import { runNode } from '../support/runNode.ts'

const APPLIED = 'select name from migrations.kysely_migration order by name'

const env = (ownerUrl: string) => ({
  DATABASE_URL: ownerUrl,
  IDENTITY_KEY: `t1:${Buffer.alloc(32, 1).toString('base64')}`,
  FINGERPRINT_KEY: `t1:${Buffer.alloc(32, 2).toString('base64')}`,
})
const command = [join(import.meta.dirname, '../../src/cli/migrate.ts')]
const names = (await readMigrationFiles(MIGRATIONS)).map(({ name }) => name)

t.test('says what it applied, and later that there is nothing to do', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  const first = await runNode(command, env(ownerUrl))
  t.equal(first.code, 0, first.stderr)
  for (const name of names) t.match(first.stdout, `Applied ${name}`)
  const again = await runNode(command, env(ownerUrl))
  t.equal(again.code, 0, again.stderr)
  t.equal(again.stdout, 'The database was up to date\n')
})

t.test('ends with 1 when a step fails, and leaves nothing of it', async (t) => {
  const { ownerUrl } = await testDatabase(t, { template: 'empty' })
  await query(ownerUrl, 'create table account (n integer)')
  const run = await runNode(command, env(ownerUrl))
  t.equal(run.code, 1)
  t.match(run.stderr, /0001-foundation failed and was undone: .*"account" already exists/)
  t.notMatch(run.stderr, /\n\s+at /, 'no stack for the user')
  t.same(await query(ownerUrl, APPLIED), [])
  t.same(await query(ownerUrl, "select from pg_proc where proname = 'app_actor'"), [])
})

t.test('ends with 1 when the database is newer', async (t) => {
  const { ownerUrl } = await testDatabase(t)
  await query(ownerUrl, "insert into migrations.kysely_migration values ('9999-later', '2100-01-01T00:00:00.000Z')")
  const run = await runNode(command, env(ownerUrl))
  t.equal(run.code, 1)
  t.match(run.stderr, /newer than this program.*9999-later/)
})

t.test('ends with 1 when there is no server', async (t) => {
  const run = await runNode(command, env('postgres://nobody:nothing@127.0.0.1:9/none'))
  t.equal(run.code, 1)
  t.match(run.stderr, /ECONNREFUSED/)
})

t.test('starts and stops a server of its own without DATABASE_URL', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bt-migrate-'))
  const run = await runNode(command, { DATA_DIR: dataDir })
  t.equal(run.code, 0, run.stderr)
  t.match(run.stdout, /is up to date/)
  const server = await startEmbedded({ dataDir, durable: false })
  t.teardown(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  t.equal((await query(server.ownerUrl, APPLIED)).length, names.length)
})
