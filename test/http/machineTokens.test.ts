import t from 'tap'
import { machineTokens } from '../../src/access/machineTokens.ts'
import { buildApp } from '../../src/app.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { startProvider } from '../support/identityProvider.ts'
import { signAs, wrongTokens } from '../support/spoiledTokens.ts'

const AUDIENCE = 'https://boligtrapp.example/api'
const SCOPES = ['boligtrapp.figures.read', 'boligtrapp.places.write', 'boligtrapp.needs.import']
const secret = crypto.randomUUID()
const machines = ['figures', 'register', 'stranger'].map((clientId) => ({ clientId, clientSecret: secret }))
const provider = await startProvider({
  publicUrl: 'https://boligtrapp.example',
  people: {},
  machines,
  audience: AUDIENCE,
  scopes: SCOPES,
})
const settings = {
  issuer: provider.issuer,
  keys: `${provider.issuer}/jwks`,
  audience: AUDIENCE,
  algorithm: 'RS256',
  machines: [
    { subject: 'figures', name: 'Statistikk', role: 'planner', districts: [], facilities: [] },
    { subject: 'register', name: 'Eiendomsregister', role: 'administrator', districts: [], facilities: [] },
  ],
} as const
const lines: string[] = []
const { app, deps, owner, signedInAs } = await testApp(t, {
  tokens: machineTokens(settings),
  logLevel: 'info',
  logStream: { write: (line) => lines.push(line) },
})
t.teardown(() => provider.stop())
const given = fixturesOf({ owner, deps })
const facilityId = await given.facility()

/** A token that the provider gives a program for its own secret. */
async function tokenOf(clientId: string, scope: string): Promise<string> {
  const answer = await fetch(`${provider.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: `${provider.issuer}/api` }),
  })
  const body = (await answer.json()) as { access_token?: string }
  if (body.access_token === undefined) throw new Error(JSON.stringify(body))
  return body.access_token
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const ask = (token: string, url: string, more: Record<string, string> = {}) =>
  app.inject({ url: `/api/v1${url}`, headers: { ...bearer(token), ...more } })

const figures = await tokenOf('figures', 'boligtrapp.figures.read')

t.test('a program gets what its scopes and its role both allow', async (t) => {
  t.equal((await ask(figures, '/capacity')).statusCode, 200)
  t.match((await ask(figures, '/session')).json().person, {
    name: 'Statistikk',
    role: 'planner',
    capabilities: ['read_reference', 'read_inventory', 'read_capacity'],
  })
  for (const path of ['/matching-runs', '/forecasts', '/return-plans']) {
    const refused = await ask(figures, path)
    t.equal(refused.statusCode, 403, `${path} is a planner’s, and not of this scope`)
  }
  t.equal((await ask(figures, '/events')).statusCode, 403, 'nor does it follow what people do')
  const writing = await tokenOf('figures', 'boligtrapp.places.write')
  const added = await app.inject({ method: 'POST', url: '/api/v1/facilities', headers: bearer(writing), payload: {} })
  t.equal(added.statusCode, 403, 'nor what is of this scope, and not of the role')
  t.equal((await ask(await tokenOf('figures', ''), '/capacity')).statusCode, 403, 'without a scope it may nothing')
})

t.test('its token counts, and no cookie beside it', async (t) => {
  const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })
  const cookie = { cookie: `boligtrapp_session=${officer.cookie}` }
  t.equal((await ask(figures, '/needs', cookie)).statusCode, 403)
  t.equal((await ask('x', '/needs', cookie)).statusCode, 401)
  for (const authorization of ['Bearer', `bearer ${figures}x`, `Bearer ${figures} x`]) {
    t.equal(
      (await app.inject({ url: '/api/v1/needs', headers: { authorization, ...cookie } })).statusCode,
      401,
      'no token',
    )
  }
  const proxied = { authorization: 'Basic eDp5', ...cookie }
  t.equal(
    (await app.inject({ url: '/api/v1/needs', headers: proxied })).statusCode,
    200,
    'what a proxy asks for is no token',
  )
})

t.test('a token that the issuer did not make for this service is refused', async (t) => {
  const asked: string[] = []
  const { ways, stop } = await wrongTokens(provider, asked)
  t.teardown(() => stop())
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: provider.issuer,
    aud: AUDIENCE,
    sub: 'figures',
    scope: 'boligtrapp.figures.read',
    iat: now,
    exp: now + 300,
  }
  const { privateKey } = provider.keys
  t.equal((await ask(await signAs(privateKey, claims), '/capacity')).statusCode, 200, 'a right one is taken')
  const more: typeof ways = {
    'for people’s sign-in': (all) => signAs(privateKey, { ...all, aud: 'boligtrapp' }),
    'that never ends': ({ exp: _, ...all }) => signAs(privateKey, all),
    'not yet to be used': (all) => signAs(privateKey, { ...all, nbf: now + 60 }),
    'made long ago': (all) => signAs(privateKey, { ...all, iat: now - 100_000 }),
    'of nobody': ({ sub: _, ...all }) => signAs(privateKey, all),
    'of a program that is not known': (all) => signAs(privateKey, { ...all, sub: 'stranger' }),
  }
  for (const [what, way] of Object.entries({ ...ways, ...more })) {
    const answer = await ask(await way(claims), '/capacity')
    t.equal(answer.statusCode, 401, what)
    t.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"', what)
    t.match(answer.json(), { code: 'not_signed_in' })
  }
  t.equal((await ask(await tokenOf('stranger', 'boligtrapp.figures.read'), '/capacity')).statusCode, 401)
  t.strictSame(asked, [], 'nobody asked where a token says that its keys are')
  const { rows } = await owner.query("select from security_event where kind = 'token_refused'")
  t.ok(rows.length > 10, 'each is in the security log')
})

t.test('an account that is disabled here is refused at once', async (t) => {
  const register = await tokenOf('register', 'boligtrapp.places.write')
  t.equal((await ask(register, '/places')).statusCode, 200)
  await owner.query("update account set disabled_at = now() where subject = 'register'")
  t.equal((await ask(register, '/places')).statusCode, 401)
  await owner.query("update account set disabled_at = null where subject = 'register'")
})

t.test('fifty posts at once with one key do it once', async (t) => {
  const register = await tokenOf('register', 'boligtrapp.places.write')
  const payload = { facilityId, label: 'Bare én', form: 'municipal', openDuring: { from: '2026-01-01', to: null } }
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      app.inject({
        method: 'POST',
        url: '/api/v1/places',
        headers: { authorization: `Bearer ${register}`, 'idempotency-key': 'fifty' },
        payload,
      }),
    ),
  )
  const created = answers.filter(({ statusCode }) => statusCode === 201)
  t.ok(created.length >= 1)
  t.equal(new Set(created.map(({ body }) => body)).size, 1, 'all who got an answer got the same')
  for (const answer of answers) {
    if (answer.statusCode !== 201) t.match(answer.json(), { status: 409, code: 'request_in_flight' })
  }
  const { rows } = await owner.query("select from place where label = 'Bare én'")
  t.equal(rows.length, 1)
})

t.test('without its keys nobody is let in, and it is said that it passes', async (t) => {
  const away = await buildApp({ ...deps, tokens: machineTokens({ ...settings, keys: 'http://127.0.0.1:9/jwks' }) })
  const { tokens: _, ...none } = deps
  const without = await buildApp(none)
  t.teardown(async () => {
    await away.close()
    await without.close()
  })
  const headers = { authorization: `Bearer ${figures}` }
  t.equal((await away.inject({ url: '/api/v1/capacity', headers })).statusCode, 503)
  t.equal((await without.inject({ url: '/api/v1/capacity', headers })).statusCode, 401, 'nor where none are taken')
})

t.test('no token is in the log', async (t) => {
  t.ok(lines.length > 0)
  t.notOk(lines.join('').includes(figures.split('.')[1] ?? ''))
})
