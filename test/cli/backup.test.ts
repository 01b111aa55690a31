import { createHash } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { appendHeads } from '../../src/db/auditHeads.ts'
import { AUDIT_LOGS, sealLog } from '../../src/db/auditSeals.ts'
import { summing } from '../../src/db/backup/tables.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { type Client, testApp } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { keyring, SMALL_CITY } from '../support/demoCity.ts'
import { ALNA, fixturesOf, personalNumber } from '../support/fixtures.ts'
import { query } from '../support/query.ts'
import { ended, startWorking } from '../support/queue.ts'
import { runNode } from '../support/runNode.ts'
import { contentsOf, shapeOf } from '../support/wholeDatabase.ts'

const cli = (name: string) => join(import.meta.dirname, `../../src/cli/${name}.ts`)
const folder = t.testdir()
const file = join(folder, 'boligtrapp.backup')
const heads = join(folder, 'heads.jsonl')

const source = await testApp(t, { database: SMALL_CITY, keyring })
const { owner } = source
const given = fixturesOf(source)
const officer = await source.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const planner = await source.signedInAs({ role: 'planner' })
const NAME = 'Åse Ærlig Ødegård'
const number = personalNumber()
const person = await given.resident(ALNA, { name: NAME, number })
const needId = await given.need(person)
// somebody was looked at, which is logged and sealed; a run was asked for that nobody has begun
await officer.get(`/residents/${person.residentId}`)
await planner.get(`/residents/${person.residentId}`)
source.deps.queue = { add: async () => {} }
const run: string = (await planner.post('/matching-runs')).json().id
delete source.deps.queue
const sealing = openDatabase(openPool(source.urls.jobUrl, { max: 1 }))
for (const log of AUDIT_LOGS) await appendHeads(heads, await sealLog(sealing, log, '0'))
await sealing.destroy()

const backup = (to: string, ownerUrl = source.urls.ownerUrl) => runNode([cli('backup'), to], { DATABASE_URL: ownerUrl })
const restore = (from: string, ownerUrl: string) => runNode([cli('restore'), from], { DATABASE_URL: ownerUrl })

/** Two rows of two tables in one transaction, again and again: whoever sees one of them must see both. */
async function writeInPairs(stopped: { now: boolean }): Promise<number> {
  for (let pairs = 1; ; pairs += 1) {
    await owner.query(`
      with a as (insert into account (username, name, role) values ('pair_${pairs}', 'Par', 'planner') returning id)
      insert into security_event (kind, actor_role, record, record_id) select 'denied', 'pair', 'account', id from a`)
    if (stopped.now) return pairs
  }
}
const PAIRED = new Set(['account', 'security_event'])

const stopped = { now: false }
const writing = writeInPairs(stopped)
const made = await backup(file)
stopped.now = true
const pairs = await writing
const target = await testDatabase(t, { template: 'empty' })
const back = await restore(file, target.ownerUrl)

t.test('a backup that is taken while others write says what it holds', async (t) => {
  t.equal(made.code, 0, made.stderr)
  t.match(made.stdout, /\d+ rows of \d+ tables at \d{4}-/)
  t.match(made.stdout, /It is not encrypted/)
  t.match(made.stdout, /sealed with k1, which is not in it/, 'the key belongs beside it')
  t.equal(statSync(file).mode & 0o777, 0o600, 'its owner’s alone')
  t.notOk(readFileSync(file).includes(NAME), 'no name in it')
  const again = await backup(file)
  t.equal(again.code, 1)
  t.match(again.stderr, /is there already, and is not written over/)
})

t.test('rows are counted as they pass, wherever they are cut', async (t) => {
  const rows = Buffer.from('one\\nstill one\ttwo\nÅse\n\\N\n')
  for (let cut = 0; cut <= rows.length; cut += 1) {
    const { stream, sum } = summing()
    stream.resume()
    await pipeline(Readable.from([rows.subarray(0, cut), rows.subarray(cut)]), stream)
    t.same(sum(), { rows: 3, sha256: createHash('sha256').update(rows).digest('hex') })
  }
})

t.test('put back into an empty database it is the same, row for row', async (t) => {
  t.equal(back.code, 0, back.stderr)
  t.match(back.stdout, /give it the keys that belong to it/)
  const [before, after] = [await contentsOf(source.urls.ownerUrl), await contentsOf(target.ownerUrl)]
  t.strictSame([...after.keys()], [...before.keys()])
  t.ok((after.get('stay')?.rows ?? 0) > 100, 'a city was in it')
  for (const [table, content] of before) {
    if (table === 'session') t.equal(after.get(table)?.rows, 0, 'and nobody is signed in')
    else if (!PAIRED.has(table)) t.strictSame(after.get(table), content, table)
  }
  const [{ accounts = 0, events = 0, both = 0 } = {}] = await query<Record<string, number>>(
    target.ownerUrl,
    `select (select count(*) from account where username like 'pair_%')::int as accounts,
       (select count(*) from security_event where actor_role = 'pair')::int as events,
       (select count(*) from account a join security_event e on e.record_id = a.id where username like 'pair_%')::int as both`,
  )
  t.ok(accounts > 0 && accounts <= pairs, `${accounts} of ${pairs} pairs were written before it`)
  t.strictSame([events, both], [accounts, accounts], 'and each of them whole')
  t.strictSame(await shapeOf(target.ownerUrl), await shapeOf(source.urls.ownerUrl), 'keys, triggers and policies too')
})

t.test('the application runs on it, logs hold, and what waited is done', async (t) => {
  const pool = openPool(target.appUrl)
  const deps = { ...source.deps, db: openDatabase(pool) }
  const app = await buildApp(deps)
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  t.equal((await app.inject('/readyz')).statusCode, 200)
  const ask = (client: Client, path: string) =>
    app.inject({ url: `/api/v1${path}`, headers: { cookie: `${SESSION_COOKIE}=${client.cookie}` } })
  t.equal((await ask(officer, `/residents/${person.residentId}`)).statusCode, 401, 'whoever was signed in is not')
  const copyOfSessions = await owner.query('select token_hash, account_id, expires_at from session')
  for (const { token_hash, account_id, expires_at } of copyOfSessions.rows) {
    await query(target.ownerUrl, 'insert into session (token_hash, account_id, expires_at) values ($1, $2, $3)', [
      token_hash,
      account_id,
      expires_at,
    ])
  }
  t.match((await ask(officer, `/residents/${person.residentId}`)).json(), { name: NAME }, 'with the same keys')
  t.equal((await ask(officer, `/needs/${needId}`)).statusCode, 200)

  const verified = await runNode([cli('auditVerify'), heads], { DATABASE_URL: target.ownerUrl })
  t.equal(verified.code, 0, verified.stderr)
  t.match(verified.stdout, /showing: 1 batches.*\n(.*\n)*Nothing was changed/)

  const queue = await startWorking({ urls: target, deps })
  t.teardown(() => queue.stop())
  await queue.add('sweep_matching_runs', {}, 'sweep')
  const { status } = await ended({ get: (path) => ask(planner, path) }, `/matching-runs/${run}`)
  t.equal(status, 'completed', 'the queue is not in a backup: it is filled from what was asked for')
})

t.test('what cannot be put back is refused, and nothing is touched', async (t) => {
  const empty = await testDatabase(t, { template: 'empty' })
  const [filled, none, nothing] = await Promise.all([
    restore(file, target.ownerUrl),
    restore(join(folder, 'none'), target.ownerUrl),
    backup(join(folder, 'nothing'), empty.ownerUrl),
  ])
  t.equal(filled.code, 1)
  t.match(filled.stderr, /The database is not empty/)
  t.equal(none.stderr, `There is no ${join(folder, 'none')}.\n`)
  t.match(nothing, { code: 1, stderr: /nothing of this program/ })
  const refuse = async (name: string, why: RegExp) => {
    const { code, stderr } = await restore(join(folder, name), empty.ownerUrl)
    t.equal(code, 1, name)
    t.match(stderr, why, name)
  }
  const whole = readFileSync(file)
  writeFileSync(join(folder, 'half'), whole.subarray(0, whole.length / 2))
  await refuse('half', /is no backup, or was broken off/)
  const flipped = Buffer.from(whole)
  for (let at = 10_000; at < 0.9 * flipped.length; at += 10_000) flipped[at] = (flipped[at] ?? 0) ^ 0xff
  writeFileSync(join(folder, 'flipped'), flipped)
  await refuse('flipped', /is damaged/)
  for (const [name, level, why] of [
    ['newer', '9999-later', /of a newer version than this program: it is at 9999-later/],
    ['other', '0001-another', /of another history: 0001-another/],
  ] as const) {
    await owner.query(`insert into migrations.kysely_migration values ($1, '')`, [level])
    await owner.query('insert into migrations.checksum values ($1, $2)', [level, 'a'.repeat(64)])
    t.equal((await backup(join(folder, name))).code, 0)
    for (const table of ['kysely_migration', 'checksum']) {
      await owner.query(`delete from migrations.${table} where name = $1`, [level])
    }
    await refuse(name, why)
  }
  t.strictSame(await query(empty.ownerUrl, "select from pg_namespace where nspname = 'migrations'"), [])
})
