import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { compiled } from '../support/runNode.ts'

// a PostgreSQL of this test alone, which flushes what it confirms: it is killed here
const dataDir = mkdtempSync(join(tmpdir(), 'boligtrapp-restart-'))
let postgres = await startEmbedded({ dataDir })
process.env.TEST_DATABASE_URL = postgres.ownerUrl
const port = Number(new URL(postgres.ownerUrl).port)
let closeApp = async () => {}
const app = await testApp({
  teardown(close) {
    closeApp = close
  },
})
t.teardown(async () => {
  // while there is still a database to drop
  await closeApp()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
})
const { owner } = app
owner.on('error', () => {})
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const planner = await app.signedInAs({ role: 'planner' })
const facilityId = await given.facility()

let server: ChildProcess | undefined

/** The real server, jobs and all, on the database's own clock. */
async function startServer(): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/server.ts')], {
    env: {
      PATH: process.env.PATH,
      ...compiled,
      PORT: '0',
      DATABASE_URL: app.urls.ownerUrl,
      APP_DATABASE_URL: app.urls.appUrl,
      JOB_DATABASE_URL: app.urls.jobUrl,
      DATA_DIR: join(dataDir, 'server'),
      IDENTITY_KEY: app.keys.identityKey,
      FINGERPRINT_KEY: app.keys.fingerprintKey,
      LOG_LEVEL: 'silent',
      DRAIN_SECONDS: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  server = child
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (part) => {
      said += part
      const address = /ready: (\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.once('exit', () => reject(new Error(`the server did not start: ${said}`)))
  })
}

/** Starts the database again; it gives its roles the passwords of its own folder, and the test has made others. */
async function startDatabase(): Promise<void> {
  postgres = await startEmbedded({ dataDir, port })
  for (const url of [app.urls.appUrl, app.urls.jobUrl]) {
    const { username, password } = new URL(url)
    await owner.query(`alter role ${username} password '${decodeURIComponent(password)}'`)
  }
}

const address = await startServer()

async function ask(cookie: string, path: string, init: RequestInit = {}) {
  const answer = await fetch(`${address}${path}`, {
    ...init,
    headers: { cookie: `${SESSION_COOKIE}=${cookie}`, ...init.headers },
  })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() }
}

async function offered(): Promise<string> {
  const { rows } = await owner.query<{ day: string }>('select (current_date + 14)::text as day')
  const needId = await given.need(await given.resident(ALNA), {
    private_rental: 'not_possible',
    needed_during: '[2026-09-01,)',
  })
  const { rows: assessed } = await owner.query(
    `insert into assessment (need_id, holding_district, assessed_on, created_by) values ($1, $2, current_date - 7, $3) returning id`,
    [needId, ALNA, officer.accountId],
  )
  if (assessed.length !== 1) throw new Error('not assessed')
  const answer = await ask(officer.cookie, '/api/v1/offers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ needId, placeId: await given.place(facilityId), moveInOn: rows[0]?.day }),
  })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return answer.body.id
}

const accept = (id: string) =>
  ask(officer.cookie, `/api/v1/offers/${id}/acceptance`, {
    method: 'POST',
    headers: { 'if-match': '"1"', 'idempotency-key': `yes-${id}` },
  })

async function acceptances(): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ id: string; times: number }>(
    `select row_id as id, count(*)::int as times from change_log where table_name = 'offer'
       and before ->> 'accepted_at' is null and after ->> 'accepted_at' is not null group by row_id`,
  )
  return new Map(rows.map(({ id, times }) => [id, times]))
}

for (const end of ['killed', 'stopped'] as const) {
  t.test(`the database is ${end} while many say yes, and started again`, async (t) => {
    const ids: string[] = []
    for (let i = 0; i < 12; i += 1) ids.push(await offered())
    const told = new Set<string>()
    const hints = new Set<string | null>()
    const work = ids.map(async (id, i) => {
      await sleep(i * 30)
      for (;;) {
        const answer = await accept(id)
        if (answer.status === 200) {
          told.add(id)
          return
        }
        if (answer.status === 503) hints.add(answer.retryAfter)
        else if (answer.body.code !== 'request_in_flight') throw new Error(JSON.stringify(answer.body))
        await sleep(50)
      }
    })
    while (told.size < 3) await sleep(5)
    if (end === 'killed') process.kill(postgres.pid, 'SIGKILL')
    await postgres.stop()
    const before = new Set(told)
    t.ok(before.size < ids.length, `${before.size} had their answer`)
    t.equal((await ask('', '/livez')).status, 200, 'alive without it')
    const down = await ask('', '/readyz')
    t.equal(down.status, 503, 'and not ready')
    t.equal(down.retryAfter, '2')
    await startDatabase()
    const back = performance.now()
    while ((await ask('', '/readyz')).status !== 200) await sleep(50)
    t.ok(performance.now() - back < 5_000, `ready again by itself after ${Math.round(performance.now() - back)} ms`)
    await Promise.all(work)
    t.equal(told.size, ids.length, 'everybody has her yes')
    t.strictSame([...hints], ['2'], 'and every 503 said when to try again')
    const there = await acceptances()
    for (const id of ids) t.equal(there.get(id), 1, `${before.has(id) ? 'told before' : 'told after'}: there, once`)
  })
}

t.test('and its jobs go on', async (t) => {
  const run = await ask(planner.cookie, '/api/v1/matching-runs', { method: 'POST' })
  t.equal(run.status, 202, JSON.stringify(run.body))
  // taken by a worker that was about to give up, it is left behind until the sweep of the next minute finds it
  const end = Date.now() + 130_000
  let status = ''
  while (Date.now() < end && status !== 'completed') {
    await sleep(200)
    status = (await ask(planner.cookie, `/api/v1/matching-runs/${run.body.id}`)).body.status
    if (status === 'failed') break
  }
  t.equal(status, 'completed')
})

t.test('the server that outlived it all is told to stop, and finishes what it began', async (t) => {
  if (server === undefined) throw new Error('no server')
  const id = await offered()
  const ended = once(server, 'exit')
  const locked = await owner.connect()
  // a yes that waits for its place, a run that waits for its table, and a page that follows what happens
  await locked.query('begin')
  await locked.query('select from place where id = (select place_id from offer where id = $1) for update', [id])
  await locked.query('lock table matching_row in access exclusive mode')
  const slow = accept(id)
  const run = (await ask(planner.cookie, '/api/v1/matching-runs', { method: 'POST' })).body.id
  const stateOf = async () => {
    const { rows } = await owner.query('select status, workers_lost as lost from matching_run where id = $1', [run])
    return rows[0]
  }
  while ((await stateOf()).status !== 'running') await sleep(50)
  const events = await fetch(`${address}/api/v1/events`, {
    headers: { cookie: `${SESSION_COOKIE}=${officer.cookie}` },
  })
  const stream = events.text()
  const blocked = "select from pg_locks where not granted and locktype in ('tuple', 'transactionid')"
  while ((await owner.query(blocked)).rowCount === 0) await sleep(20)

  const told = performance.now()
  server.kill('SIGTERM')
  let down = await ask('', '/readyz')
  while (down.status === 200) {
    await sleep(20)
    down = await ask('', '/readyz')
  }
  t.match(down, { status: 503, retryAfter: '2', body: { detail: /^Tjenesten stopper/ } })
  t.equal((await ask('', '/livez')).status, 200, 'alive')
  t.equal((await ask(officer.cookie, '/api/v1/session')).status, 200, 'and what still arrives is answered')
  t.match(await stream, /^retry: 2000\n/, 'the stream is ended, and its page connects again')
  t.equal(server.exitCode, null, 'it waits for the yes')
  await locked.query('commit')
  locked.release()
  t.match(await slow, { status: 200, body: { state: 'accepted' } })
  t.strictSame(await ended, [0, null])
  t.ok(performance.now() - told < 10_000, `ended after ${Math.round(performance.now() - told)} ms`)
  t.equal((await acceptances()).get(id), 1, 'what was answered is there')
  t.notMatch(await stateOf(), { status: 'running' }, 'the run is done, or waits for the next worker')
  t.notMatch(await stateOf(), { status: 'failed' })
  t.match(await stateOf(), { lost: 0 })
})
