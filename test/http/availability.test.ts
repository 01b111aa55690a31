import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { dayInOslo } from '../../src/domain/day.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, personalNumber } from '../support/fixtures.ts'

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
    where datname = current_database() and pid <> pg_backend_pid()`)
  const after = await Promise.all(Array.from({ length: 5 }, () => app.app.inject('/readyz')))
  t.ok(after.every(({ statusCode }) => statusCode === 200 || statusCode === 503))
  t.equal((await app.app.inject('/readyz')).statusCode, 200, 'the next request is served again')
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
  t.strictSame(plain, { signedIn: false, demo: false, today: rows[0]?.today }, 'without it the database’s own decides')

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
