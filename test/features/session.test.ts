import { join } from 'node:path'
import t from 'tap'
import { capabilitiesOf } from '../../src/access/capabilities.ts'
import { SESSION_COOKIE, startSession } from '../../src/access/session.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { runNode } from '../support/runNode.ts'

const { app, deps, owner, urls, anonymous, signedInAs } = await testApp(t)
const given = fixturesOf({ owner, deps })
const facilityId = await given.facility({ name: 'Furuset bosenter' })
await owner.query(
  `insert into account (username, name, role, districts, synthetic) values
    ('officer_alna', 'Olga Officer', 'housing_officer', '{030112}', true),
    ('auditor', 'Real Person', 'auditor', '{}', false)`,
)

const cookieOf = (answer: { cookies: { name: string; value: string }[] }) =>
  answer.cookies.find(({ name }) => name === SESSION_COOKIE)
const sessionWith = (token: string) =>
  app.inject({ url: '/api/v1/session', headers: { cookie: `${SESSION_COOKIE}=${token}` } })

t.test('nobody is signed in to begin with', async (t) => {
  const session = (await anonymous.get('/session')).json()
  t.match(session, { signedIn: false, demo: true, today: '2026-09-01', person: undefined })
  t.match(session.demoPeople, [
    { person: 'officer_alna', name: 'Olga Officer', roleName: 'Boligkonsulent', districtName: 'Alna' },
  ])
  t.equal(session.demoPeople.length, 1, 'a real account is nobody of the demo’s')
})

t.test('a demo person signs in, and out again', async (t) => {
  const signedIn = await anonymous.post('/session/demo', { person: 'officer_alna' })
  t.equal(signedIn.statusCode, 200)
  const cookie = signedIn.cookies.find(({ name }) => name === SESSION_COOKIE)
  t.match(cookie, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 36_000 })
  const token = cookie?.value ?? ''
  t.match(signedIn.json(), {
    signedIn: true,
    person: {
      name: 'Olga Officer',
      role: 'housing_officer',
      districts: [{ code: ALNA, name: 'Alna' }],
      facilities: [],
      capabilities: capabilitiesOf('housing_officer'),
    },
  })
  t.equal((await sessionWith(token)).json().signedIn, true)
  const { rows } = await owner.query<{ token: Buffer }>('select token_hash as token from session')
  t.notOk(
    rows.some(
      ({ token: stored }) => stored.toString('latin1').includes(token) || stored.toString('base64url') === token,
    ),
    'the database knows the token by its hash alone',
  )

  const out = await app.inject({
    method: 'DELETE',
    url: '/api/v1/session',
    headers: { cookie: `${SESSION_COOKIE}=${token}` },
  })
  t.equal(out.statusCode, 204)
  t.equal(cookieOf(out)?.value, '', 'the cookie is taken back')
  t.equal((await sessionWith(token)).json().signedIn, false, 'and the token is worth nothing')
  t.equal((await anonymous.delete('/session')).statusCode, 204, 'signing out of nothing is no error')
})

t.test('signing in as another ends the first session', async (t) => {
  const first = cookieOf(await anonymous.post('/session/demo', { person: 'officer_alna' }))?.value ?? ''
  const second = await app.inject({
    method: 'POST',
    url: '/api/v1/session/demo',
    headers: { cookie: `${SESSION_COOKIE}=${first}` },
    payload: { person: 'officer_alna' },
  })
  t.equal((await sessionWith(first)).json().signedIn, false)
  t.equal((await sessionWith(cookieOf(second)?.value ?? '')).json().signedIn, true)
})

t.test('nobody else is let in', async (t) => {
  t.equal((await anonymous.post('/session/demo', { person: 'auditor' })).statusCode, 404, 'a real account')
  t.equal((await anonymous.post('/session/demo', { person: 'planner_vel' })).statusCode, 404, 'one that is not here')
  t.equal((await anonymous.post('/session/demo', { person: 'somebody' })).statusCode, 422)
  t.equal((await anonymous.post('/session/demo', { person: 'officer_alna', role: 'administrator' })).statusCode, 400)
  for (const token of ['x', '', "' or 1=1", 'å'.repeat(40)]) {
    t.equal((await sessionWith(encodeURIComponent(token))).json().signedIn, false)
  }
})

t.test('a disabled account and an expired session are signed out at once', async (t) => {
  const client = await signedInAs({ role: 'auditor' })
  t.equal((await client.get('/facilities')).statusCode, 200)
  await owner.query('update account set disabled_at = now() where id = $1', [client.accountId])
  t.equal((await client.get('/facilities')).statusCode, 401)
  t.equal((await client.get('/session')).json().signedIn, false)

  const other = await signedInAs({ role: 'auditor' })
  await owner.query("update session set expires_at = now() - interval '1 second' where account_id = $1", [
    other.accountId,
  ])
  t.equal((await other.get('/facilities')).statusCode, 401)
  await signedInAs({ role: 'planner' })
  const { rows } = await owner.query('select from session where expires_at < now()')
  t.equal(rows.length, 0, 'what has expired is swept when the next one signs in')
})

t.test('by command somebody is shut out, signed out and let in again', async (t) => {
  const account = (...args: string[]) =>
    runNode([join(import.meta.dirname, '../../src/cli/account.ts'), ...args], { DATABASE_URL: urls.ownerUrl })
  const client = await signedInAs({ role: 'auditor', name: 'Rita Revisor' })
  const { rows } = await owner.query('select username from account where id = $1', [client.accountId])
  const { username } = rows[0]
  const listed = async () => (await account('list')).stdout.split('\n').find((line) => line.startsWith(username))
  t.match(await listed(), /\tRita Revisor\tauditor\t1 sessions/)

  t.match(await account('sign-out', username), {
    code: 0,
    stdout: `${username} is signed out; 1 sessions were ended.\n`,
  })
  t.equal((await client.get('/facilities')).statusCode, 401)
  const again = await startSession(deps.db, client.accountId)
  t.equal((await sessionWith(again)).json().signedIn, true, 'she may sign in again')

  t.match(await account('disable', username), { code: 0, stdout: `${username} is shut out; 1 sessions were ended.\n` })
  t.equal((await sessionWith(again)).json().signedIn, false, 'at once')
  const meanwhile = await startSession(deps.db, client.accountId)
  t.equal((await sessionWith(meanwhile)).json().signedIn, false, 'and a session that began just then is worth nothing')
  t.match(await listed(), /shut out since 20/)
  t.equal((await account('enable', username)).code, 0)
  t.equal((await sessionWith(meanwhile)).json().signedIn, true)

  const refused = await Promise.all([account('disable', 'nobody_here'), account('erase', username), account('disable')])
  t.match(refused[0], { code: 1, stderr: /There is no account nobody_here/ })
  t.match(refused[1], { code: 1, stderr: /^Use: npm run account/ })
  t.match(refused[2], { code: 1, stderr: /^Use:/ })
  const events = await owner.query(
    `select kind, actor_id, detail from security_event where record = 'account' and record_id = $1 order by id`,
    [client.accountId],
  )
  const by = { actor_id: null, detail: 'by_command' }
  t.strictSame(events.rows, [
    { kind: 'sessions_ended', ...by },
    { kind: 'account_disabled', ...by },
    { kind: 'account_enabled', ...by },
  ])
})

t.test('a change of what an account may do holds from the next request', async (t) => {
  const client = await signedInAs({ role: 'facility_staff', facilities: [facilityId] })
  t.match((await client.get('/session')).json().person.facilities, [{ id: facilityId, name: 'Furuset bosenter' }])
  t.equal((await client.get('/needs')).statusCode, 403)
  await owner.query("update account set role = 'housing_officer', districts = '{030112}' where id = $1", [
    client.accountId,
  ])
  t.equal((await client.get('/needs')).statusCode, 200)
})
