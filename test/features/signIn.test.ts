import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { identityProvider } from '../../src/access/identityProvider.ts'
import { newKey, openKeyring } from '../../src/access/keyring.ts'
import { buildApp } from '../../src/app.ts'
import { TODAY, testApp } from '../support/app.ts'
import { visitor } from '../support/browserless.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { startProvider } from '../support/identityProvider.ts'
import { spoiledTokens } from '../support/spoiledTokens.ts'

const HERE = 'https://boligtrapp.example'
const SESSION = '__Host-boligtrapp_session'
const ATTEMPT = '__Host-boligtrapp_sign_in'

const provider = await startProvider({
  publicUrl: HERE,
  people: {
    'olga.alna': { name: 'Olga Alnasen', groups: ['alna-boligkonsulent', 'noe-annet'] },
    'mia.alna': { name: 'Mia Ledersen', groups: ['alna-boligkonsulent', 'alna-leder'] },
    'gro.lokka': { name: 'Gro Løkkasen', groups: ['lokka-boligkonsulent'] },
    'vera.vel': { name: 'Vera Velsen', groups: ['vel-plan'] },
    'per.utenfor': { name: 'Per Utenforsen', groups: ['parkvesen'] },
  },
})
const groups = [
  { group: 'alna-leder', role: 'district_manager', districts: [ALNA], facilities: [] },
  { group: 'alna-boligkonsulent', role: 'housing_officer', districts: [ALNA], facilities: [] },
  { group: 'lokka-boligkonsulent', role: 'housing_officer', districts: [GRUNERLOKKA], facilities: [] },
  { group: 'vel-plan', role: 'planner', districts: [], facilities: [] },
] as const
const settings = {
  issuer: provider.issuer,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  scope: 'openid profile offline_access',
  groupsClaim: 'groups',
  algorithm: 'RS256',
  publicUrl: HERE,
}
const lines: string[] = []
const { app, deps, owner } = await testApp(t, {
  demoSignIn: false,
  publicUrl: HERE,
  signIn: { provider: identityProvider(settings), groups },
  heartbeatMs: 100,
  logLevel: 'info',
  logStream: { write: (line) => lines.push(line) },
})
t.teardown(() => provider.stop())
const given = fixturesOf({ owner, deps })

const browser = () => visitor(app, HERE)
type Browser = ReturnType<typeof browser>
const whoIs = async (who: Browser) => JSON.parse((await who.ask('/api/v1/session')).text)
const statusOf = async (who: Browser, path: string) => (await who.ask(`/api/v1${path}`)).status
const backHere = (next: URL) => next.origin === HERE
const sessions = async () => (await owner.query('select from session')).rows.length
/** As if so long had passed since the provider was asked. */
const later = (interval: string) =>
  owner.query(`update session set asked_at = now() - $1::interval, confirmed_at = now() - $1::interval`, [interval])
const failures = async () => {
  const { rows } = await owner.query<{ detail: string }>(
    "select detail from security_event where kind = 'sign_in_failed' order by id",
  )
  return rows.map(({ detail }) => detail)
}

t.test('people sign in by the organisation, and are what their groups say', async (t) => {
  const olga = browser()
  t.match(await whoIs(olga), { signedIn: false, organisationSignIn: true, demoPeople: undefined })
  const { at } = await olga.signIn('olga.alna', backHere)
  const back = await olga.ask(at.href)
  t.equal(back.status, 302)
  t.equal(back.location, '/logg-inn')
  const given = back.cookies.find((line) => line.startsWith(`${SESSION}=`)) ?? ''
  for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Max-Age=36000']) {
    t.ok(given.includes(`; ${attribute}`), attribute)
  }
  t.notMatch(given, /domain/i)
  t.notOk(olga.cookies.has(ATTEMPT), 'the attempt is over')
  t.match(await whoIs(olga), {
    person: { name: 'Olga Alnasen', role: 'housing_officer', districts: [{ code: ALNA }] },
  })

  const mia = browser()
  await mia.signIn('mia.alna')
  t.match((await whoIs(mia)).person, { role: 'district_manager' }, 'the first group of the table decides')
  const vera = browser()
  await vera.signIn('vera.vel')
  t.match((await whoIs(vera)).person, { role: 'planner', districts: [] })
  const { rows } = await owner.query("select username, synthetic from account where subject = 'olga.alna'")
  t.strictSame(rows, [{ username: 'olga.alna', synthetic: false }], 'one account, however often she comes')
})

t.test('whoever asked for a page comes back to it, and to no other site', async (t) => {
  const olga = browser()
  await olga.ask('/api/v1/session/sign-in?returnTo=https%3A%2F%2Felsewhere.example%2F')
  const gro = browser()
  const there = await gro.go('/api/v1/session/sign-in?returnTo=%2Fbehov%2F7%3Fx%3D1')
  const { location } = await gro.ask(there.at.href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'person=gro.lokka',
  })
  const { at } = await gro.go(new URL(location ?? '', there.at).href)
  t.equal(at.href, `${HERE}/logg-inn?fra=${encodeURIComponent('/behov/7?x=1')}`, 'the page reads what is here of it')
})

t.test('who has no group here, was disabled, or changed her mind is not let in', async (t) => {
  const before = await sessions()
  const per = browser()
  t.equal((await per.signIn('per.utenfor')).at.search, '?feil=ingen_tilgang')
  const nobody = browser()
  t.equal((await nobody.signIn('')).at.search, '?feil=avbrutt')
  await owner.query("update account set disabled_at = now() where subject = 'gro.lokka'")
  const gro = browser()
  t.equal((await gro.signIn('gro.lokka')).at.search, '?feil=ingen_tilgang')
  await owner.query("update account set disabled_at = null where subject = 'gro.lokka'")
  for (const who of [per, nobody, gro]) t.equal((await whoIs(who)).signedIn, false)
  t.equal(await sessions(), before)
  t.strictSame(await failures(), ['no_group', 'access_denied', 'disabled'], 'each is in the security log')
  const again = browser()
  const there = await again.go('/api/v1/session/sign-in?returnTo=%2Fbehov%2F7%3Fx%3D1')
  const { location } = await again.ask(there.at.href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'person=',
  })
  const { at } = await again.go(new URL(location ?? '', there.at).href)
  t.equal(
    at.search,
    `?feil=avbrutt&fra=${encodeURIComponent('/behov/7?x=1')}`,
    'the page that was asked for is kept for the next try',
  )
})

t.test('a sign-in holds once, and in the browser that began it', async (t) => {
  const olga = browser()
  const { at } = await olga.signIn('olga.alna', backHere)
  const thief = browser()
  t.equal((await thief.ask(at.href)).location, '/logg-inn?feil=mislyktes', 'somebody else’s browser')
  const kept = new Map(olga.cookies)
  t.equal((await olga.ask(at.href)).location, '/logg-inn')
  t.equal((await whoIs(olga)).signedIn, true)
  const again = browser()
  again.cookies.set(ATTEMPT, kept.get(ATTEMPT) ?? '')
  t.equal((await again.ask(at.href)).location, '/logg-inn?feil=mislyktes', 'a second time')
  t.equal((await whoIs(again)).signedIn, false)

  const other = browser()
  const second = (await other.signIn('olga.alna', backHere)).at
  second.searchParams.set('state', at.searchParams.get('state') ?? '')
  t.equal((await other.ask(second.href)).location, '/logg-inn?feil=mislyktes', 'another’s state')

  // the code of one sign-in under the state of another: the challenge and the nonce are the first one's
  const first = browser()
  const firstBack = (await first.signIn('olga.alna', backHere)).at
  const victim = browser()
  const victimBack = (await victim.signIn('vera.vel', backHere)).at
  victimBack.searchParams.set('code', firstBack.searchParams.get('code') ?? '')
  t.equal((await victim.ask(victimBack.href)).location, '/logg-inn?feil=mislyktes', 'another’s code')

  const slow = browser()
  const late = (await slow.signIn('olga.alna', backHere)).at
  await owner.query("update sign_in_attempt set expires_at = now() - interval '1 second'")
  t.equal((await slow.ask(late.href)).location, '/logg-inn?feil=mislyktes', 'too late')
  for (const who of [thief, again, other, victim, slow]) t.equal((await whoIs(who)).signedIn, false)
  t.equal((await browser().ask('/api/v1/session/callback')).location, '/logg-inn?feil=mislyktes')
})

t.test('a token that the provider did not make for this sign-in lets nobody in', async (t) => {
  const asked: string[] = []
  const spoiled = await spoiledTokens(provider, asked)
  t.teardown(() => spoiled.stop())
  const before = await sessions()
  for (const [what, spoil] of Object.entries(spoiled.ways)) {
    provider.spoil = spoil
    const olga = browser()
    t.equal((await olga.signIn('olga.alna')).at.search, '?feil=mislyktes', what)
    t.equal((await whoIs(olga)).signedIn, false, what)
  }
  provider.spoil = async (body) => body
  const olga = browser()
  await olga.signIn('olga.alna')
  t.equal((await whoIs(olga)).signedIn, true, 'an unspoiled one does')
  provider.spoil = undefined
  t.equal(await sessions(), before + 1)
  t.strictSame(asked, [], 'nobody asked where a token says that its keys are')
})

t.test('signing in gives a new token, and the one before is worth nothing', async (t) => {
  const olga = browser()
  olga.cookies.set(SESSION, 'chosen-by-somebody-else')
  await olga.signIn('olga.alna')
  const first = olga.cookies.get(SESSION) ?? ''
  t.not(first, 'chosen-by-somebody-else')
  await olga.signIn('olga.alna')
  const second = olga.cookies.get(SESSION) ?? ''
  t.not(second, first)
  const fixed = browser()
  for (const token of ['chosen-by-somebody-else', first]) {
    fixed.cookies.set(SESSION, token)
    t.equal((await whoIs(fixed)).signedIn, false)
  }
  t.equal((await whoIs(olga)).signedIn, true)
  const plain = browser()
  plain.cookies.set('boligtrapp_session', second)
  t.equal((await whoIs(plain)).signedIn, false, 'over TLS only a cookie of this host alone counts')
})

t.test('what a page of another site sends is refused', async (t) => {
  const olga = browser()
  await olga.signIn('olga.alna')
  const before = (await owner.query('select from resident')).rows.length
  const last = (await owner.query<{ last: string }>('select coalesce(max(id), 0) as last from security_event')).rows[0]
    ?.last
  const send = (headers: Record<string, string>, body = JSON.stringify({ district: ALNA, name: 'Ny Nysen' })) =>
    olga.ask('/api/v1/residents', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const elsewhere: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: 'http://boligtrapp.example' },
    { origin: `${HERE}:8443` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: HERE },
  ]
  for (const headers of elsewhere) {
    const answer = await send(headers)
    t.equal(answer.status, 403, JSON.stringify(headers))
    t.equal(JSON.parse(answer.text).code, 'from_elsewhere')
  }
  const forms = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']
  for (const type of forms) t.equal((await send({ 'content-type': type })).status, 415, type)
  const withoutBody = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' } as const
  t.equal((await olga.ask(`/api/v1/offers/${crypto.randomUUID()}/acceptance`, withoutBody)).status, 415)
  t.equal((await owner.query('select from resident')).rows.length, before, 'and none of it was done')
  t.equal((await olga.ask('/api/v1/session', { method: 'DELETE', headers: { origin: 'null' } })).status, 403)
  t.equal((await send({ origin: HERE, 'sec-fetch-site': 'same-origin' })).status, 201, 'its own page may')
  const { rows } = await owner.query<{ kind: string }>(
    `select kind from security_event where id > $1 and kind in ('forged_request', 'denied')`,
    [last],
  )
  t.strictSame(
    rows.map(({ kind }) => kind),
    Array.from({ length: elsewhere.length + 1 }, () => 'forged_request'),
    'each is in the security log, once',
  )
})

t.test('who is given other groups or none, is another or nobody here within a minute', async (t) => {
  const olga = browser()
  await olga.signIn('olga.alna')
  t.equal(await statusOf(olga, '/needs'), 200)
  const as = (groups: string[]) => provider.people.set('olga.alna', { name: 'Olga Alnasen', groups })
  as(['vel-plan'])
  t.equal(await statusOf(olga, '/needs'), 200, 'the provider is not asked each time')
  await later('39 seconds')
  t.equal(await statusOf(olga, '/needs'), 200)
  await later('41 seconds')
  t.equal(await statusOf(olga, '/needs'), 403, 'a planner has no needs')
  t.match((await whoIs(olga)).person, { role: 'planner', districts: [] })
  as(['lokka-boligkonsulent'])
  await later('41 seconds')
  t.match((await whoIs(olga)).person, { role: 'housing_officer', districts: [{ code: GRUNERLOKKA }] })
  const { rows } = await owner.query(
    "select before ->> 'role' as was, after ->> 'role' as is from change_log where table_name = 'account'",
  )
  t.ok(
    rows.some(({ was, is }) => was === 'housing_officer' && is === 'planner'),
    'and it is in the log of changes',
  )
  as(['parkvesen'])
  await later('41 seconds')
  t.equal(await statusOf(olga, '/places'), 401, 'in none of the groups she is nobody')
  const refused = await owner.query(
    `select from security_event e join account a on a.id = e.actor_id
      where e.kind = 'session_refused' and a.subject = 'olga.alna'`,
  )
  t.equal(refused.rows.length, 1, 'it is in the security log, once and under her name')
  as(['alna-boligkonsulent'])
  t.equal(await statusOf(olga, '/places'), 401, 'and signs in again when she is back')

  const gro = browser()
  await gro.signIn('gro.lokka')
  provider.people.delete('gro.lokka')
  await later('41 seconds')
  t.equal(await statusOf(gro, '/places'), 401, 'nor is one whom the provider no longer knows')
  provider.people.set('gro.lokka', { name: 'Gro Løkkasen', groups: ['lokka-boligkonsulent'] })
})

t.test('so does an open stream of events', async (t) => {
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const mia = browser()
  await mia.signIn('mia.alna')
  const leaving = new AbortController()
  const stream = await fetch(`${origin}/api/v1/events`, {
    signal: leaving.signal,
    headers: { cookie: `${SESSION}=${mia.cookies.get(SESSION)}` },
  })
  let raw = ''
  let ended = false
  const reading = (async () => {
    for await (const part of stream.body ?? []) raw += Buffer.from(part).toString('utf8')
    ended = true
  })().catch(() => {})
  const until = async (done: () => boolean) => {
    for (let tries = 0; tries < 200 && !done(); tries += 1) await pause(25)
    return done()
  }
  await given.resident(ALNA)
  t.ok(await until(() => raw.includes('people')), 'a manager hears of her bydel’s people')
  provider.people.set('mia.alna', { name: 'Mia Ledersen', groups: ['vel-plan'] })
  await later('41 seconds')
  await pause(500)
  raw = ''
  await given.resident(ALNA)
  await given.facility()
  t.ok(await until(() => raw.includes('places')))
  t.notMatch(raw, /people/, 'a planner does not')
  provider.people.delete('mia.alna')
  await later('41 seconds')
  t.ok(await until(() => ended), 'and nobody hears nothing')
  leaving.abort()
  await reading
})

t.test('a provider that is away for a while throws nobody out, and lets nobody in', async (t) => {
  const away = await buildApp({
    ...deps,
    signIn: { provider: identityProvider({ ...settings, issuer: 'http://127.0.0.1:9' }), groups },
  })
  t.teardown(() => away.close())
  const lost = visitor(away, HERE)
  t.equal((await lost.go('/api/v1/session/sign-in?returnTo=%2Fby')).at.search, '?feil=utilgjengelig&fra=%2Fby')

  const vera = browser()
  await vera.signIn('vera.vel')
  provider.spoil = () => Promise.reject(new Error('away'))
  await later('41 seconds')
  t.equal(await statusOf(vera, '/places'), 200)
  await later('16 minutes')
  const answer = await vera.ask('/api/v1/places')
  t.equal(answer.status, 503, 'but not for ever')
  provider.spoil = undefined
  await later('16 minutes')
  t.equal(await statusOf(vera, '/places'), 200, 'and goes on when it is back')

  const moved = await buildApp({
    ...deps,
    signIn: { provider: { ...identityProvider(settings), issuer: 'https://another.example' }, groups },
  })
  t.teardown(() => moved.close())
  const there = visitor(moved, HERE)
  there.cookies.set(SESSION, vera.cookies.get(SESSION) ?? '')
  t.equal((await there.ask('/api/v1/places')).status, 401, 'an account of another provider is nobody’s here')
})

t.test('a session ends when it is not used, and when its day is over', async (t) => {
  const vera = browser()
  await vera.signIn('vera.vel')
  await owner.query("update session set last_seen_at = now() - interval '59 minutes'")
  t.equal(await statusOf(vera, '/places'), 200)
  const { rows } = await owner.query("select from session where last_seen_at > now() - interval '1 minute'")
  t.ok(rows.length > 0, 'using it is noticed')
  await owner.query("update session set last_seen_at = now() - interval '61 minutes'")
  t.equal(await statusOf(vera, '/places'), 401)
  await vera.signIn('vera.vel')
  await owner.query("update session set expires_at = now() - interval '1 second'")
  t.equal(await statusOf(vera, '/places'), 401)
})

t.test('who signs out here signs out there, and everywhere if she says so', async (t) => {
  const vera = browser()
  await vera.signIn('vera.vel')
  const out = await vera.ask('/api/v1/session', { method: 'DELETE' })
  t.equal(out.status, 200)
  t.notOk(vera.cookies.has(SESSION))
  const { continueAt } = JSON.parse(out.text)
  const there = new URL(continueAt)
  t.equal(there.origin, provider.issuer)
  t.equal(there.searchParams.get('post_logout_redirect_uri'), `${HERE}/logg-inn`)
  const asked = await vera.ask(continueAt)
  const form = /name="xsrf" value="([^"]+)"/.exec(asked.text)?.[1] ?? ''
  const { location } = await vera.ask(`${provider.issuer}/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf: form, logout: 'yes' }).toString(),
  })
  t.match(location, `${HERE}/logg-inn`)
  t.match(
    (await vera.go('/api/v1/session/sign-in')).at.pathname,
    /^\/interaction\//,
    'there she is asked again who she is',
  )

  const [office, home, other] = [browser(), browser(), browser()]
  await office.signIn('vera.vel')
  await home.signIn('vera.vel')
  await other.signIn('olga.alna')
  t.equal((await office.ask('/api/v1/sessions', { method: 'DELETE' })).status, 200)
  for (const who of [office, home]) t.equal((await whoIs(who)).signedIn, false)
  t.equal((await whoIs(other)).signedIn, true, 'nobody else is')
  t.equal((await browser().ask('/api/v1/sessions', { method: 'DELETE' })).status, 401)
})

t.test('the demo’s people are not let in beside it, nor anybody who was led here by another name', async (t) => {
  const demo = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"person":"auditor"}',
  } as const
  t.equal((await browser().ask('/api/v1/session/demo', demo)).status, 404)
  await owner.query("insert into account (username, name, role, synthetic) values ('auditor', 'A', 'auditor', true)")
  const { publicUrl, signIn, ...tryOut } = deps
  const local = await buildApp({
    ...tryOut,
    demoSignIn: true,
    demoDate: TODAY,
    keyring: openKeyring(newKey('k1'), newKey('f1')),
  })
  t.teardown(() => local.close())
  const ask = (headers: Record<string, string>) =>
    local.inject({ method: 'POST', url: '/api/v1/session/demo', headers, payload: { person: 'auditor' } })
  t.equal((await ask({ host: '127.0.0.1:3000' })).statusCode, 200)
  t.equal((await ask({ host: 'rebound.example:3000' })).statusCode, 404)
  t.equal((await ask({ host: 'localhost:3000', 'x-forwarded-for': '203.0.113.7' })).statusCode, 404)
  const none = await local.inject('/api/v1/session/sign-in')
  t.equal(none.statusCode, 404, 'and without a provider there is no way to one')
})

t.test('no secret, name or code of a sign-in is in the log', async (t) => {
  const log = lines.join('')
  t.ok(lines.length > 0)
  for (const secret of ['Alnasen', 'olga.alna', 'code=', 'state=', provider.clientSecret, 'elsewhere.example']) {
    t.notOk(log.includes(secret), secret)
  }
})
