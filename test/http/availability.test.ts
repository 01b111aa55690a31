import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { MIGRATIONS } from '../../src/db/migrate.ts'
import { readMigrationFiles } from '../../src/db/migrationFiles.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { dayInOslo } from '../../src/domain/day.ts'
import { openMetrics } from '../../src/http/metrics.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, personalNumber } from '../support/fixtures.ts'
import { ended, startWorking } from '../support/queue.ts'

t.test('without its database the service says to try again, and lives', async (t) => {
  const { deps } = await testApp(t)
  const pool = openPool('postgres://nobody@127.0.0.1:9/nothing')
  const app = await buildApp({ ...deps, db: openDatabase(pool) })
  t.teardown(async () => {
    await app.close()
    await pool.end()
  })
  const cookie = { cookie: `${SESSION_COOKIE}=x` }
  for (const [url, headers] of [
    ['/api/v1/session', {}],
    ['/api/v1/districts', {}],
    ['/api/v1/needs', cookie],
    ['/api/v1/places', cookie],
    ['/readyz', {}],
  ] as const) {
    const answer = await app.inject({ url, headers })
    t.equal(answer.statusCode, 503, url)
    t.equal(answer.headers['retry-after'], '2', url)
    t.match(answer.headers['content-type'], /problem\+json/)
    t.equal(answer.json().code, 'unavailable')
    t.notMatch(answer.body, /127\.0\.0\.1|ECONN|nobody/, 'without a word of where it is')
  }
  t.equal((await app.inject('/livez')).statusCode, 200)
  t.equal((await app.inject('/api/v1/needs')).statusCode, 401, 'who is not signed in is told so without asking it')
})

t.test('a database that goes away and comes back', async (t) => {
  const app = await testApp(t)
  t.equal((await app.app.inject('/readyz')).statusCode, 200)
  await app.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`)
  const after = await Promise.all(Array.from({ length: 5 }, () => app.app.inject('/readyz')))
  t.ok(after.every(({ statusCode }) => statusCode === 200 || statusCode === 503))
  t.equal((await app.app.inject('/readyz')).statusCode, 200, 'the next request is served again')
})

t.test('a database of another level, work that waits, and an instance that stops', async (t) => {
  const stopping = { begun: false }
  const { app, deps, owner } = await testApp(t, { stopping })
  const files = await readMigrationFiles(MIGRATIONS)
  const program = files.at(-1)?.name
  t.strictSame(
    (await app.inject('/readyz')).json(),
    { status: 'ok', level: program, queue: 'unknown', jobLagSeconds: null },
    'where nobody works on a queue, nobody can say',
  )
  const refused = async () => {
    const answer = await app.inject('/readyz')
    t.equal(answer.statusCode, 503)
    t.equal((await app.inject('/livez')).statusCode, 200, 'alive all the same')
    return answer.json().detail
  }
  const metrics = async () => (await app.inject('/metrics')).body

  const standing = { task: 'matching_run', scheduled: 0, waiting: 1, running: 0, failed: 0 }
  const waits = (lagSeconds: number) => {
    deps.queue = { add: async () => {}, standing: async () => [{ ...standing, lagSeconds }] }
  }
  waits(12)
  t.match((await app.inject('/readyz')).json(), { queue: 'ok', jobLagSeconds: 12 })
  waits(301)
  const late = await app.inject('/readyz')
  t.match(late.json(), { queue: 'late', jobLagSeconds: 301 })
  t.equal(late.statusCode, 200, 'pages are served all the same')
  t.match(await metrics(), /\nboligtrapp_job_lag_seconds\{task="matching_run"\} 301\n/)
  deps.queue = { add: async () => {}, standing: () => Promise.reject(new Error('gone')) }
  t.match((await app.inject('/readyz')).json(), { queue: 'unknown', jobLagSeconds: null })
  delete deps.queue

  const newest = 'select max(name collate "C") from migrations.kysely_migration'
  const { rows } = await owner.query(`delete from migrations.kysely_migration where name = (${newest}) returning *`)
  const older = files.at(-2)?.name
  t.equal(
    await refused(),
    `Databasen er på ${older}, programmet på ${program}. Databasen er eldre: start programmet på nytt, så oppdateres den.`,
  )
  t.match(await metrics(), `\nboligtrapp_schema_info{database="${older}",program="${program}"} 1\n`)
  t.match(await metrics(), '\nboligtrapp_ready{check="level"} 0\n')
  await owner.query('insert into migrations.kysely_migration values ($1, $2), ($3, $2)', [
    rows[0].name,
    rows[0].timestamp,
    '9999-later',
  ])
  t.match(await refused(), /^Databasen er på 9999-later, .* Databasen er nyere/)
  await owner.query("delete from migrations.kysely_migration where name = '9999-later'")
  t.equal((await app.inject('/readyz')).statusCode, 200, 'ready again by itself')
  for (const check of ['database', 'level', 'running'])
    t.match(await metrics(), `\nboligtrapp_ready{check="${check}"} 1\n`)

  stopping.begun = true
  t.match(await refused(), /^Tjenesten stopper/)
  t.match(await metrics(), '\nboligtrapp_ready{check="running"} 0\n')
  const served = await app.inject('/api/v1/session')
  t.equal(served.statusCode, 200, 'what still arrives is answered')
  t.equal(served.headers.connection, 'close', 'and the next goes to another instance')
  t.equal((await app.inject('/livez')).statusCode, 200)
  await owner.query('alter function schema_level() rename to gone')
  stopping.begun = false
  t.match(await refused(), /^Databasen er på en versjon som ikke er kjent/)
})

t.test('the demo’s clock stands at its date', async (t) => {
  const app = await testApp(t)
  const given = fixturesOf(app)
  const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  const session = (await officer.get('/session')).json()
  t.equal(session.today, TODAY)
  t.equal(session.demo, true)
  const need = (
    await officer.post('/needs', { residentId: (await given.resident(ALNA)).residentId, forms: ['municipal'] })
  ).json()
  t.equal(dayInOslo(new Date(need.startedAt)), TODAY, 'what happens, happens then')
  t.equal(
    (await officer.patch(`/needs/${need.id}`, { situationSince: '2026-09-02' }, 1)).statusCode,
    422,
    'and tomorrow is the future',
  )
  t.equal((await officer.patch(`/needs/${need.id}`, { situationSince: TODAY }, 1)).statusCode, 200)

  const real = await buildApp({ ...app.deps, demoDate: undefined, demoSignIn: false })
  t.teardown(() => real.close())
  const { rows } = await app.owner.query<{ today: string }>(
    "select (now() at time zone 'Europe/Oslo')::date::text as today",
  )
  const plain = (await real.inject('/api/v1/session')).json()
  t.strictSame(
    plain,
    { signedIn: false, demo: false, today: rows[0]?.today, organisationSignIn: false },
    'without it the database’s own decides',
  )

  const as = { cookie: `${SESSION_COOKIE}=${officer.cookie}` }
  const send = (number: string) =>
    real.inject({
      method: 'POST',
      url: '/api/v1/residents',
      headers: as,
      payload: { district: ALNA, name: 'Ekte', personalNumber: number },
    })
  t.match(
    (await send(personalNumber())).json(),
    { status: 422, errors: [{ code: 'synthetic' }] },
    'no synthetic person',
  )
  t.equal((await send(personalNumber({ synthetic: false }))).statusCode, 201)
})

t.test('what it counts of itself', async (t) => {
  const metrics = openMetrics()
  const served = await testApp(t, { metrics })
  const { deps, app } = served
  const planner = await served.signedInAs({ role: 'planner' })
  const queue = await startWorking(served, undefined, metrics.taskEnded)
  t.teardown(() => queue.stop())
  const id: string = (await planner.post('/matching-runs')).json().id
  t.match(await ended(planner, `/matching-runs/${id}`), { status: 'completed' })
  await planner.get('/nothing/by/this/name')
  deps.pool = { totalCount: 3, idleCount: 1, waitingCount: 7 }
  const answer = await app.inject('/metrics')
  t.match(answer.headers, { 'content-type': /^text\/plain; version=0\.0\.4/, 'cache-control': 'no-store' })
  for (const line of [
    'boligtrapp_request_duration_seconds_count{route="/api/v1/matching-runs/:id",method="GET",status="200"} ',
    'boligtrapp_request_duration_seconds_count{route="none",method="GET",status="404"} 1',
    'boligtrapp_database_connections{state="busy"} 2',
    'boligtrapp_database_connections{state="waiting"} 7',
    'boligtrapp_job_duration_seconds_count{task="matching_run",outcome="done"} ',
    'boligtrapp_queue_up 1',
    'process_resident_memory_bytes ',
  ]) {
    t.ok(answer.body.includes(`\n${line}`), line)
  }
  t.notOk(answer.body.includes(id) || answer.body.includes('by/this/name'), 'by patterns, and never by an address')

  t.test('the queue’s standing, and what is not known', async (t) => {
    await queue.add('nobodys_task', {}, 'one')
    const text = (await app.inject('/metrics')).body
    t.match(text, /\nboligtrapp_jobs\{task="nobodys_task",state="waiting"\} 1\n/)
    t.match(text, /\nboligtrapp_job_lag_seconds\{task="nobodys_task"\} [\d.e-]+\n/)
    deps.queue = { ...queue, standing: () => Promise.reject(new Error('gone')) }
    const without = (await app.inject('/metrics')).body
    t.match(without, /\nboligtrapp_queue_up 0\n/)
    t.notMatch(without, /boligtrapp_jobs\{/, 'is not told')
    deps.queue = queue
  })

  t.test('to this machine alone, or to whoever shows the token', async (t) => {
    const status = async (of: typeof app, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
      (await of.inject({ url: '/metrics', headers, remoteAddress })).statusCode
    t.equal(await status(app, {}, '192.0.2.1'), 404, 'another machine')
    t.equal(await status(app, { 'x-forwarded-for': '192.0.2.1' }), 404, 'by a proxy')
    t.equal(await status(app, { host: 'boligtrapp.example' }), 404, 'by another name')
    const build = async (more: Partial<typeof deps>) => {
      const other = await buildApp({ ...deps, ...more })
      t.teardown(() => other.close())
      return other
    }
    t.equal(await status(await build({ publicUrl: 'https://boligtrapp.example' })), 404, 'where others are served')
    const metricsToken = 'a-token-of-some-length-1'
    const by = await build({ publicUrl: 'https://boligtrapp.example', metricsToken })
    t.equal(await status(by), 404)
    t.equal(await status(by, { authorization: 'Bearer another' }), 404)
    t.equal(await status(by, { authorization: `Basic ${metricsToken}` }), 404)
    t.equal(await status(by, { authorization: `Bearer ${metricsToken}` }, '192.0.2.1'), 200)
  })
})
