import t from 'tap'
import { testApp } from '../support/app.ts'
import { documentOf, type Schema } from '../support/document.ts'
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

const { operations, resolved, least } = documentOf(app.app)

const writes = operations.flatMap(({ id: operationId, method, path, body: said }) => {
  if (said === undefined || operationId === 'startDemoSession') return []
  // an id of nothing does as well: the body is read first
  const id = IDS[path.split('/')[1] ?? ''] ?? '019a0000-0000-7000-8000-000000000000'
  const url = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => PARTS[name] ?? id)
  const body = resolved(said)
  return (body.oneOf ?? [body]).map((one) => {
    const schema = resolved(one)
    const told = Object.entries(schema.properties ?? {}).filter(([, { const: only }]) => only !== undefined)
    const base = Object.fromEntries(told.map(([name, { const: only }]) => [name, only]))
    return { operationId: [operationId, ...Object.values(base)].join(' '), method, url, schema, base }
  })
})

/** What somebody may hope is taken with the rest: columns that a table has, and what no table has. */
const MORE_THAN_ASKED = ['utenfor', 'holdingDistrict', 'createdBy', 'approvedBy', 'version', 'role']

interface Inner {
  /** A JSON pointer. */
  at: string
  properties: string[]
  /** The whole body with more in this object. */
  within(more: object): object
}

/** The body itself, and every object in it, however deep: each with the way to put more into it. */
function objectsOf(schema: Schema, base: object, at = ''): Inner[] {
  const properties = schema.properties ?? {}
  const inner = Object.entries(properties).flatMap(([name, said]): Inner[] => {
    for (const one of [said, ...(said.anyOf ?? []), ...(said.oneOf ?? [])].map(resolved)) {
      const item = one.items === undefined ? undefined : resolved(one.items)
      const object = one.properties === undefined ? item : one
      if (object?.properties === undefined) continue
      const deep = least(object, () => undefined) as object
      return objectsOf(object, deep, `${at}/${name}${object === item ? '/0' : ''}`).map((found) => ({
        ...found,
        within: (more) => ({ ...base, [name]: object === item ? [found.within(more)] : found.within(more) }),
      }))
    }
    return []
  })
  return [{ at, properties: Object.keys(properties), within: (more) => ({ ...base, ...more }) }, ...inner]
}

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
      : /\/places\/.*\/certainty$|\/(forecasts|expansion-plans|policy-trials|scenarios|scenario-comparisons|return-schedules)\b/.test(
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
    for (const { at, properties, within } of objectsOf(schema, base)) {
      for (const name of MORE_THAN_ASKED.filter((one) => !properties.includes(one))) {
        const unknown = await send(method, url, within({ [name]: 1 }))
        t.equal(unknown.statusCode, 400, `${at}/${name}: ${unknown.body}`)
        t.ok(
          unknown.json().errors.some((error: { pointer: string }) => error.pointer === `${at}/${name}`),
          `${at}/${name} is named: ${unknown.body}`,
        )
      }
    }
    for (const body of [[], 'text', 7, true]) {
      t.equal((await send(method, url, JSON.stringify(body))).statusCode, 415, 'without its type')
    }
    for (const name of Object.keys(schema.properties ?? {})) {
      for (const value of [{ deep: { er: 1 } }, [[[]]]]) {
        const answer = await send(method, url, { ...base, [name]: value })
        t.ok([400, 422].includes(answer.statusCode), `${name}: ${JSON.stringify(value)}: ${answer.body}`)
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

t.test('what is written into a filter, an order, a cursor or a search is never read as a statement', async (t) => {
  const before = await countRows(app.owner)
  const texts = [
    "' or 1=1 --",
    "'; drop table resident; --",
    '1) union select * from account',
    "%' or '1'='1",
    '{"$ne":null}',
  ]
  const cursor = (...key: string[]) => Buffer.from(JSON.stringify(key)).toString('base64url')
  for (const { id, method, path, parameters } of operations) {
    const queries = parameters.filter((parameter) => parameter.in === 'query')
    // a stream of changes never ends
    if (method !== 'get' || id === 'followChanges') continue
    const url = path.replaceAll(
      /\{([^}]+)\}/g,
      (_, name: string) => PARTS[name] ?? IDS[path.split('/')[1] ?? ''] ?? needId,
    )
    const client = /^\/referrals/.test(path)
      ? intake
      : /forecasts|scenarios|schedules|expansion|policy/.test(path)
        ? planner
        : manager
    for (const { name } of [...queries, { name: 'sort' }, { name: 'order' }]) {
      const values =
        name === 'cursor'
          ? texts.flatMap((text) => [text, cursor(text), cursor(text, text), cursor(text, text, text)])
          : texts
      const asked = await Promise.all(
        values.map(async (value) => ({
          value,
          answer: await client.get(`${url}?${new URLSearchParams({ [name]: value })}`),
        })),
      )
      for (const { value, answer } of asked) {
        t.ok(
          [200, 400, 403, 404, 422].includes(answer.statusCode),
          `${id} ${name}=${value}: ${answer.statusCode} ${answer.body}`,
        )
        t.notMatch(answer.body, /syntax error|relation|pg_|select \*/i, `${id} ${name}`)
      }
    }
    const addresses = await Promise.all(
      texts.map(async (text) => ({
        text,
        answer: await client.get(path.replaceAll(/\{([^}]+)\}/g, encodeURIComponent(text))),
      })),
    )
    for (const { text, answer } of addresses) {
      t.ok(
        [200, 400, 403, 404, 422].includes(answer.statusCode),
        `${id} at ${text}: ${answer.statusCode} ${answer.body}`,
      )
    }
  }
  for (const name of [...texts, '%%', '__', 'Kari%']) {
    const found = await manager.post('/residents/search', { name })
    t.strictSame(found.json().items, [], `nobody is called ${name}`)
  }
  t.strictSame(await countRows(app.owner), before)
})
