import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf } from '../support/fixtures.ts'

/**
 * Every operation that takes a body, against what no body may be: generated from the document, so that a new operation is
 * tried without being added here. What is wrong in its own way is tried beside each feature.
 */
const app = await testApp(t)
const given = fixturesOf(app)
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const administrator = await app.signedInAs({ role: 'administrator' })
const intake = await app.signedInAs({ role: 'intake_officer' })
const planner = await app.signedInAs({ role: 'planner' })
await app.app.ready()

const facilityId = await given.facility()
const placeId = await given.place(facilityId)
const closureId = await given.closed(placeId, '[2027-01-01,2027-02-01)')
const person = await given.resident(ALNA)
const needId = await given.need(person)
const consentId = await given.consent(person)
const IDS: Record<string, string> = {
  facilities: facilityId,
  places: placeId,
  closures: closureId,
  residents: person.residentId,
  needs: needId,
  consents: consentId,
  'legal-tracks': 'municipal_home',
  rules: 'flags',
}
/** What stands in an address and is no id. */
const PARTS: Record<string, string> = { district: ALNA, year: '2026', version: '1' }

interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  /** One of several bodies, told apart by a property that each has one value of. */
  oneOf?: Schema[]
  const?: string
}
interface Operation {
  operationId: string
  requestBody?: { content: { 'application/json'?: { schema: Schema } } }
}

const document = app.app.swagger() as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
const resolved = (schema: Schema): Schema =>
  schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})

const writes = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, { operationId, requestBody }]) => {
    const json = requestBody?.content['application/json']
    if (json === undefined || operationId === 'startDemoSession') return []
    // an id of nothing does as well: the body is read first
    const id = IDS[path.split('/')[3] ?? ''] ?? '019a0000-0000-7000-8000-000000000000'
    const url = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => PARTS[name] ?? id)
    const body = resolved(json.schema)
    return (body.oneOf ?? [body]).map((one) => {
      const schema = resolved(one)
      const told = Object.entries(schema.properties ?? {}).filter(([, { const: only }]) => only !== undefined)
      const base = Object.fromEntries(told.map(([name, { const: only }]) => [name, only]))
      return { operationId: [operationId, ...Object.values(base)].join(' '), method, url, schema, base }
    })
  }),
)

const STRANGE = [
  null,
  'ikke en av dem 🐦\u202e',
  'x'.repeat(5000),
  1e308,
  2_147_483_648,
  '2026-13-01',
  [null],
  { from: '2026-01-01', to: '1900-01-01' },
]

const versions = new Map<string, string>()

/** Under the version that the record has by now. */
async function send(method: string, url: string, body: unknown) {
  const headers = { 'if-match': versions.get(url) ?? '"1"' }
  // what no bydel may write is the administrator's, Felles inntak answers referrals, and VEL plans its closings and forecasts
  const client = /\/(legal-tracks|rules)\//.test(url)
    ? administrator
    : /\/referrals\/.*\/answer$/.test(url)
      ? intake
      : /\/places\/.*\/certainty$|\/(forecasts|expansion-plans|scenarios|scenario-comparisons|return-schedules)\b/.test(
            url,
          )
        ? planner
        : manager
  const answer =
    method === 'patch'
      ? await client.patch(url, body, undefined, headers)
      : method === 'put'
        ? await client.put(url, body, 1, headers)
        : await client.post(url, body, headers)
  if (method !== 'post' && typeof answer.headers.etag === 'string') versions.set(url, answer.headers.etag)
  return answer
}

t.test('there is something to try', async (t) => {
  t.ok(writes.length >= 15, `${writes.length} operations`)
})

for (const { operationId, method, url, schema, base } of writes) {
  t.test(operationId, async (t) => {
    const before = await countRows(app.owner)
    const unknown = await send(method, url, { ...base, utenfor: 1 })
    t.equal(unknown.statusCode, 422, unknown.body)
    t.ok(
      unknown.json().errors.some((error: { pointer: string; code: string }) => error.pointer === '/utenfor'),
      'an unknown field is named',
    )
    for (const body of [[], 'text', 7, true]) {
      t.equal((await send(method, url, JSON.stringify(body))).statusCode, 415, 'without its type')
    }
    for (const name of Object.keys(schema.properties ?? {})) {
      for (const value of [{ deep: { er: 1 } }, [[[]]]]) {
        const answer = await send(method, url, { ...base, [name]: value })
        t.equal(answer.statusCode, 422, `${name}: ${JSON.stringify(value)}: ${answer.body}`)
      }
    }
    t.strictSame(await countRows(app.owner), before, 'and nothing is lost')

    // some of these are right for some fields, and then they are done; none may break anything
    for (const name of Object.keys(schema.properties ?? {})) {
      for (const value of STRANGE) {
        const answer = await send(method, url, { ...base, [name]: value })
        t.ok(answer.statusCode < 500, `${name}: ${JSON.stringify(value)}: ${answer.body}`)
      }
    }
  })
}
