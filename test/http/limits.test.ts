import type { LightMyRequestResponse } from 'fastify'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { buildApp } from '../../src/app.ts'
import { EXPORT_ROWS, listInFormAsked } from '../../src/http/exportTable.ts'
import type { Limits } from '../../src/http/limits.ts'
import { note, tableOf } from '../../src/http/tableFields.ts'
import type { App, Deps } from '../../src/http/types.ts'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

const WIDE: Limits = { address: 1e6, reads: 1e6, changes: 1e6, files: 1e6 }
const MISSING = '019a0000-0000-7000-8000-000000000000'

const tested = await testApp(t)
await fixturesOf(tested).facility()
const officer = await tested.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const other = await tested.signedInAs({ role: 'housing_officer', districts: [ALNA] })

async function limited(t: Test, limits: Partial<Limits>, more: Partial<Deps> = {}): Promise<App> {
  const app = await buildApp({ ...tested.deps, limits: { ...WIDE, ...limits }, ...more })
  t.teardown(() => app.close())
  return app
}

const as = ({ cookie }: Client) => ({ cookie: `${SESSION_COOKIE}=${cookie}` })

function isTooMany(t: Test, answer: LightMyRequestResponse, what: string) {
  t.equal(answer.statusCode, 429, `${what}: ${answer.body}`)
  const seconds = Number(answer.headers['retry-after'])
  t.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `${what}: says when to try again`)
  t.match(answer.headers, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, what)
  t.match(answer.json(), {
    code: 'too_many_requests',
    detail: new RegExp(`Vent .*${seconds === 1 ? 'ett' : seconds} `),
  })
}

t.test('one user on one route, and neither another user nor another route', async (t) => {
  const app = await limited(t, { reads: 3, changes: 2 })
  const get = (who: Client, path: string) => app.inject({ url: `/api/v1${path}`, headers: as(who) })
  for (let i = 0; i < 3; i += 1) t.equal((await get(officer, '/needs')).statusCode, 200)
  isTooMany(t, await get(officer, '/needs'), 'the fourth')
  isTooMany(t, await get(officer, '/needs?status=draft'), 'with another query too')
  t.equal((await get(other, '/needs')).statusCode, 200, 'another user')
  t.equal((await get(officer, '/places')).statusCode, 200, 'another route')

  const search = () =>
    app.inject({ method: 'POST', url: '/api/v1/residents/search', headers: as(officer), payload: { name: 'Ås' } })
  for (let i = 0; i < 2; i += 1) t.equal((await search()).statusCode, 200)
  isTooMany(t, await search(), 'what is sent has a limit of its own')

  for (let i = 0; i < 3; i += 1) t.equal((await get(officer, `/needs/${MISSING}`)).statusCode, 404)
  isTooMany(t, await get(officer, `/needs/019a0000-0000-7000-8000-00000000000${1}`), 'what is not there, by any id')
  const refuse = () => app.inject({ method: 'POST', url: '/api/v1/facilities', headers: as(officer), payload: {} })
  for (let i = 0; i < 2; i += 1) t.equal((await refuse()).statusCode, 403)
  isTooMany(t, await refuse(), 'what she may not do')

  await app.close()
  const { rows } = await tested.owner.query(
    `select route, method from security_event where kind = 'rate_limited' and actor_id = $1`,
    [officer.accountId],
  )
  t.strictSame(rows, [{ route: '/api/v1/needs', method: 'GET' }], 'the security log tells of her once a minute')
})

t.test('before it is known who asks', async (t) => {
  const app = await limited(t, { address: 4 })
  const get = (url: string, headers = {}) => app.inject({ url, headers })
  t.equal((await get('/api/v1/needs')).statusCode, 401)
  t.equal((await get('/api/v1/needs', { cookie: `${SESSION_COOKIE}=guessed` })).statusCode, 401)
  t.equal((await get('/api/v1/nothing')).statusCode, 404)
  t.equal((await get('/docs/json')).statusCode, 200)
  isTooMany(t, await get('/api/v1/needs'), 'nobody')
  isTooMany(t, await get('/api/v1/needs', { cookie: `${SESSION_COOKIE}=guessed again` }), 'another guess')
  isTooMany(t, await get('/nothing'), 'an address that is not there')
  isTooMany(t, await get('/api/v1/needs', { 'x-forwarded-for': '203.0.113.9' }), 'whoever she says she is')
  t.equal((await get('/livez')).statusCode, 200, 'those who watch over it are answered')
  t.equal((await get('/readyz')).statusCode, 200)

  const signingIn = await limited(t, { changes: 2 })
  const signIn = () =>
    signingIn.inject({ method: 'POST', url: '/api/v1/session/demo', payload: { person: 'officer_alna' } })
  for (let i = 0; i < 2; i += 1) t.equal((await signIn()).statusCode, 404)
  isTooMany(t, await signIn(), 'signing in, by the address')

  const behind = await limited(t, { address: 1 }, { trustedProxies: ['127.0.0.0/8'] })
  const from = (address: string) =>
    behind.inject({ url: '/api/v1/districts', headers: { 'x-forwarded-for': `198.51.100.1, ${address}` } })
  t.equal((await from('203.0.113.9')).statusCode, 200)
  t.equal((await from('203.0.113.10')).statusCode, 200, 'behind a proxy that is believed each is counted alone')
  isTooMany(t, await from('203.0.113.9'), 'by what the proxy says, and not what was said to it')
  t.equal((await from('2001:db8::1')).statusCode, 200)
  isTooMany(t, await from('2001:db8::2'), 'a network of IPv6 is one')
})

t.test('files have a limit of their own, and an end', async (t) => {
  const app = await limited(t, { files: 1 })
  const get = (accept: string) => app.inject({ url: '/api/v1/facilities', headers: { ...as(officer), accept } })
  t.equal((await get('text/csv')).headers['content-disposition']?.toString().startsWith('attachment'), true)
  isTooMany(t, await get('text/*'), 'however they are asked for')
  t.equal((await get('*/*')).statusCode, 200, 'pages go on')

  const endless = Fastify()
  t.teardown(() => endless.close())
  const page = { items: Array.from({ length: EXPORT_ROWS / 10 }, () => ({ id: 'x' })), nextCursor: 'more' }
  let asked = 0
  endless.get('/', (request, reply) =>
    listInFormAsked(
      request,
      reply,
      { limit: 50 },
      async () => {
        asked += 1
        return page
      },
      (rows) =>
        tableOf(
          { name: 'x', title: 'X', notes: [], asOf: '2026-09-01' },
          [note<{ id: string }>('id', 'Id', ({ id }) => id)],
          rows,
        ),
    ),
  )
  await t.rejects(endless.inject({ url: '/', headers: { accept: 'text/csv' } }), 'it breaks off')
  t.equal(asked, 11)
})

/** Answered without being an operation of the document. */
const NAMED = [
  '/livez',
  '/readyz',
  '/metrics',
  '/docs',
  '/docs/',
  '/docs/json',
  '/docs/yaml',
  '/docs/static/index.html',
  '/docs/static/swagger-initializer.js',
  '/docs/static/*',
]

/** Method and path of all that is answered, from the tree that the router draws of itself: `{}` for what varies. */
function routesOf(app: App): string[] {
  const path: string[] = []
  return app
    .printRoutes({ commonPrefix: true })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
      if (part === '') return []
      path.splice(indent.length / 4, path.length, part)
      const whole = path.join('').replaceAll(/:\w+/g, '{}')
      return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${whole}`)
    })
}

t.test('what is answered is documented, or named here', async (t) => {
  await tested.app.ready()
  const documented = Object.entries(tested.app.swagger().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`),
  )
  const answered = routesOf(tested.app)
  t.ok(answered.length > 200 && answered.includes('GET /api/v1/needs/{}'), 'the tree was read')
  const known = new Set([...documented, ...NAMED.map((path) => `GET ${path}`)])
  const asHead = (route: string) => route.replace(/^HEAD /, 'GET ')
  t.strictSame(
    answered.filter((route) => !known.has(asHead(route))),
    [],
    'nothing else is there',
  )
  t.strictSame(
    [...known].filter((route) => !answered.includes(route)),
    [],
    'and all of it is',
  )
})
