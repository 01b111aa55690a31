import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const given = fixturesOf(app)
const { owner } = app
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const intake = await app.signedInAs({ role: 'intake_officer' })
const auditor = await app.signedInAs({ role: 'auditor' })
const MISSING = '019a0000-0000-7000-8000-000000000000'

const facilityId = await given.facility()
const placeId = await given.place(facilityId)
const person = await given.resident(ALNA)
const foreign = await given.resident(GRUNERLOKKA)
const foreignNeed = await given.need(foreign)
const foreignConsent = await given.consent(foreign)
const ownNeed = await given.need(person)

/** Whatever went wrong, it is told in the same shape. */
function isProblem(t: Test, answer: LightMyRequestResponse, status: number, code: string, what: string) {
  t.equal(answer.statusCode, status, `${what}: ${answer.body.slice(0, 300)}`)
  t.match(answer.headers['content-type'], /^application\/problem\+json/, what)
  t.equal(answer.headers['cache-control'], 'no-store', what)
  const body = answer.json()
  t.match(body, { type: `/problems/${code.replaceAll('_', '-')}`, title: /^[A-ZÆØÅ]/, status, code }, what)
  t.match(body.traceId, /^[0-9a-f-]{36}$/, what)
  const known = ['type', 'title', 'status', 'code', 'detail', 'errors', 'blocking', 'traceId']
  t.strictSame(
    Object.keys(body).filter((name) => !known.includes(name)),
    [],
    what,
  )
  for (const error of body.errors ?? []) {
    t.match(error, { pointer: /^$|^\//, code: /^[a-z_]+$/, detail: /./ }, what)
  }
}

const raw = (payload: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  app.app.inject({
    method: 'POST',
    url: '/api/v1/residents',
    headers: { cookie: `${SESSION_COOKIE}=${officer.cookie}`, ...headers },
    payload,
  })

t.test('every kind of error has the one shape', async (t) => {
  isProblem(t, await app.anonymous.get('/needs'), 401, 'not_signed_in', 'signed out')
  isProblem(t, await officer.post('/facilities', {}), 403, 'not_allowed', 'another role’s')
  isProblem(t, await officer.get('/nothing'), 404, 'not_found', 'no such address')
  isProblem(t, await officer.delete(`/needs/${ownNeed}`), 404, 'not_found', 'no such method')
  isProblem(t, await officer.get(`/needs/${MISSING}`), 404, 'not_found', 'no such need')
  isProblem(t, await officer.get('/needs/1'), 400, 'invalid_request', 'not an id')
  isProblem(t, await officer.get('/needs/%zz'), 400, 'invalid_request', 'an address that cannot be read')
  isProblem(t, await officer.get('/needs/%00'), 400, 'invalid_request', 'a NUL in an address')
  isProblem(t, await officer.get('/statistics?series=%00'), 400, 'invalid_request', 'a NUL in a query')
  isProblem(t, await officer.post('/residents', {}), 422, 'invalid_value', 'nothing filled in')
  isProblem(t, await officer.post('/residents'), 422, 'invalid_value', 'no body')
  isProblem(t, await officer.patch(`/needs/${ownNeed}`, {}), 428, 'version_required', 'no version')
  isProblem(t, await officer.patch(`/needs/${ownNeed}`, {}, 9), 412, 'stale_version', 'another version')
  isProblem(
    t,
    await officer.post('/needs', { residentId: person.residentId }),
    409,
    'open_need_exists',
    'a second need',
  )
})

t.test('a body that cannot be read loses nothing', async (t) => {
  const before = await countRows(owner)
  const name = (text: string) => `{"district":"${ALNA}","name":"${text}"}`
  isProblem(t, await raw(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, 'invalid_request', 'invalid UTF-8')
  isProblem(t, await raw(Buffer.from(name('K\u00e5re'), 'latin1')), 400, 'invalid_request', 'Latin-1')
  isProblem(t, await raw(name('a\\u0000b')), 400, 'invalid_request', 'a NUL')
  isProblem(t, await raw(name('a\\ud800b')), 400, 'invalid_request', 'half a surrogate pair')
  isProblem(t, await raw(`{"\\ud800":1}`), 400, 'invalid_request', 'half a pair in a name')
  isProblem(t, await raw('{"district":'), 400, 'invalid_request', 'half a body')
  isProblem(t, await raw(`{"__proto__":{"a":1}}`), 400, 'invalid_request', 'a prototype')
  isProblem(t, await raw(name('x'.repeat(5_000_000))), 413, 'too_large', '5 MB')
  isProblem(t, await raw('a=b', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type', 'plain text')
  isProblem(
    t,
    await raw('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'unsupported_media_type',
    'a form of another site',
  )
  isProblem(t, await raw('"text"'), 422, 'invalid_value', 'not an object')
  isProblem(t, await raw('[]'), 422, 'invalid_value', 'a list')
  t.strictSame(await countRows(owner), before)
  t.equal((await raw(name('Åse 👩‍👧 Øygård'))).statusCode, 201, 'whole pairs and Norwegian letters are kept')
})

t.test('another district’s record answers byte for byte like one that is not there', async (t) => {
  const before = await countRows(owner)
  const bytes = ({ body }: LightMyRequestResponse) => body.replace(/"traceId":"[^"]+"/, '"traceId":""')
  const version = { 'if-match': '"1"' }
  for (const [what, ask] of [
    ['need', (id: string) => officer.get(`/needs/${id}`)],
    ['readiness', (id: string) => officer.get(`/needs/${id}/readiness`)],
    ['assessments', (id: string) => officer.get(`/needs/${id}/assessments`)],
    ['matches', (id: string) => officer.get(`/needs/${id}/matches`)],
    ['explanation', (id: string) => officer.get(`/explanations?needId=${id}&placeId=${placeId}`)],
    ['change', (id: string) => officer.patch(`/needs/${id}`, { behaviour: 1 }, 1)],
    ['registration', (id: string) => officer.post(`/needs/${id}/registration`, undefined, version)],
    ['withdrawal', (id: string) => officer.post(`/needs/${id}/withdrawal`, { reason: 'moved_within' }, version)],
    ['assessing', (id: string) => officer.post(`/needs/${id}/assessments`, { assessedOn: '2026-08-01' })],
  ] as const) {
    const [there, nowhere] = [await ask(foreignNeed), await ask(MISSING)]
    t.equal(there.statusCode, 404, what)
    t.equal(bytes(there), bytes(nowhere), what)
    t.strictSame(Object.keys(there.headers), Object.keys(nowhere.headers), what)
  }
  for (const [what, ask] of [
    ['person', (id: string) => officer.get(`/residents/${id}`)],
    ['consents', (id: string) => officer.get(`/residents/${id}/consents`)],
    ['pairs', (id: string) => officer.get(`/residents/${id}/never-together`)],
    ['change', (id: string) => officer.patch(`/residents/${id}`, { gender: 'man' }, 1)],
    [
      'consenting',
      (id: string) => officer.post(`/residents/${id}/consents`, { scope: 'facility', givenOn: '2026-08-01' }),
    ],
    ['a need', (id: string) => officer.post('/needs', { residentId: id })],
    ['preview', (id: string) => officer.post('/match-previews', { district: ALNA, residentId: id })],
    [
      'pairing',
      (id: string) =>
        officer.post(`/residents/${person.residentId}/never-together`, { otherResidentId: id, reason: 'Vold' }),
    ],
  ] as const) {
    const [there, nowhere] = [await ask(foreign.residentId), await ask(MISSING)]
    t.ok([404, 422].includes(there.statusCode), what)
    t.equal(bytes(there), bytes(nowhere), what)
  }
  const revoke = (id: string) => officer.post(`/consents/${id}/revocation`, { revokedOn: '2026-08-01' }, version)
  t.equal(bytes(await revoke(foreignConsent)), bytes(await revoke(MISSING)))
  t.strictSame(await countRows(owner), before)
})

t.test('an unknown query parameter is refused everywhere', async (t) => {
  await app.app.ready()
  const ids: Record<string, string> = {
    needs: ownNeed,
    residents: person.residentId,
    places: placeId,
    facilities: facilityId,
  }
  let asked = 0
  for (const [path, item] of Object.entries(app.app.swagger().paths ?? {})) {
    // where the identity provider sends people back to takes what the provider says
    if (!('get' in item) || path.endsWith('/session/callback')) continue
    const collection = path.split('/')[3] ?? ''
    const url = path.replace(/\{[^}]+\}/, ids[collection] ?? MISSING)
    const query = path.endsWith('/explanations')
      ? `needId=${ownNeed}&placeId=${placeId}&`
      : path.endsWith('/audit/cef')
        ? 'log=showing&'
        : ''
    // the places that it may give are Felles inntak's to ask for
    const own = path.startsWith('/api/v1/audit/') ? auditor : manager
    const client = path.endsWith('/referrals/{id}/places') ? intake : own
    isProblem(t, await client.get(`${url}?${query}utsnitt=1`), 400, 'invalid_request', url)
    asked += 1
  }
  t.ok(asked > 20)
  const before = await countRows(owner)
  const dry = await officer.post('/residents?dryRun=1', { district: ALNA, name: 'Prøve' })
  isProblem(t, dry, 400, 'invalid_request', 'of a POST too')
  t.strictSame(await countRows(owner), before, 'which is then not done')
  isProblem(t, await officer.get('/places?vacantOn=2026-01-01&vacantOn=2026-01-02'), 400, 'invalid_request', 'twice')
})

t.test('an unforeseen error is masked, and says how to find it', async (t) => {
  await owner.query('alter table closure rename to closure_moved')
  const answer = await officer.get(`/places/${placeId}/closures`)
  await owner.query('alter table closure_moved rename to closure')
  isProblem(t, answer, 500, 'internal', 'a table that is gone')
  t.notMatch(answer.body, /closure|relation|select|42P01/i, 'nothing of what went wrong')
  t.equal((await officer.get(`/places/${placeId}/closures`)).statusCode, 200)
})
