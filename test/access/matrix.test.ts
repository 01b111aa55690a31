import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { CAPABILITIES, isOpen, ROLES, type Role, type Scope } from '../../src/access/capabilities.ts'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { type Client, testApp } from '../support/app.ts'
import { documentOf, type Operation } from '../support/document.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'
import { everythingOf, type RecordKind, type Records } from '../support/records.ts'

/**
 * Every route of the document × every role × her own record, a foreign one that is there, one of a protected person, and one that
 * is missing. What is not hers answers byte for byte like what is not there, the trace id aside, and nothing becomes of it.
 */
const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
// without a feed to follow, a stream that would never end answers at once
delete app.deps.changes
await app.app.ready()
const { operations, least, resolved } = documentOf(app.app)

const MISSING = '019a0000-0000-7000-8000-000000000000'

/** What `{id}` stands for under each collection: a record with somebody in it, or what has nobody and everybody may know. */
const COLLECTIONS: Record<string, RecordKind | 'shared'> = {
  residents: 'resident',
  circles: 'shared',
  'break-glass': 'shared',
  consents: 'consent',
  needs: 'need',
  offers: 'offer',
  referrals: 'referral',
  holds: 'hold',
  decisions: 'decision',
  appeals: 'appeal',
  stays: 'stay',
  tasks: 'task',
  'call-offs': 'callOff',
  'return-plans': 'returnPlan',
  'home-commitments': 'homeCommitment',
  chains: 'chain',
  'matching-runs': 'matchingRun',
  landlords: 'landlord',
  imports: 'import',
  facilities: 'shared',
  places: 'shared',
  closures: 'shared',
  forecasts: 'shared',
  scenarios: 'shared',
  'scenario-comparisons': 'shared',
  'return-schedules': 'shared',
  'expansion-plans': 'shared',
  'policy-trials': 'shared',
  shortages: 'shared',
  flags: 'shared',
  suppliers: 'shared',
  'framework-agreements': 'shared',
  'quality-notes': 'shared',
  'purchase-budgets': 'shared',
  'support-teams': 'shared',
  'cross-district-quotas': 'shared',
  'legal-tracks': 'shared',
  rules: 'shared',
  statistics: 'shared',
  'public-tables': 'shared',
  'import-kinds': 'shared',
}

/** What a query or a body names by these is a record with somebody in it, too. */
const NAMED: Record<string, RecordKind> = {
  residentId: 'resident',
  otherResidentId: 'resident',
  needId: 'need',
  offerId: 'offer',
  declinedOfferId: 'offer',
  declinedReferralId: 'referral',
  stayId: 'stay',
  returnPlanId: 'returnPlan',
  landlordId: 'landlord',
  runId: 'matchingRun',
}
/** Ids by which nobody is named. */
const NOBODY = [
  'accountId',
  'placeId',
  'facilityId',
  'wishedFacilityId',
  'supplierId',
  'agreementId',
  'supportTeamId',
  'ruleId',
  'scenarioId',
]

/** Who reaches a record of another bydel all the same, as the scopes of VEL's roles say. */
const REACHES: Partial<Record<Role, readonly RecordKind[]>> = {
  intake_officer: ['referral', 'need'],
  planner: ['returnPlan', 'homeCommitment', 'chain'],
}
/** Records that tell nothing of the person: her protection hides herself, not the district's own run, chain and landlord. */
const NOBODYS: readonly RecordKind[] = ['chain', 'matchingRun', 'landlord', 'import']

const house = await given.facility({ name: 'Eget hus' })
const otherHouse = await given.facility({ name: 'Annet hus', district_code: GRUNERLOKKA })
const writer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const world = (name: string, district: string, by: Client, at: string, columns = {}) =>
  everythingOf({ owner, given, name, district, by: by.accountId, house: at, columns })
const own = await world('Kari Egen', ALNA, writer, house)
const foreign = await world('Frida Fremmed', GRUNERLOKKA, neighbour, otherHouse)
const kode6 = await world('Sara Skjult', ALNA, neighbour, house, { address_protection: 'strictly_confidential' })
const kode7 = await world('Frode Fortrolig', ALNA, neighbour, house, { address_protection: 'confidential' })
const HIDDEN: [string, Records][] = [
  ['another bydel', foreign.records],
  ['kode 6', kode6.records],
  ['kode 7', kode7.records],
]

const clients = new Map<Role, Client>()
for (const role of ROLES) {
  const where = { districts: ALNA, facilities: house }
  clients.set(
    role,
    role === 'facility_staff'
      ? await app.signedInAs({ role, facilities: [where.facilities] })
      : await app.signedInAs({ role, districts: ['housing_officer', 'district_manager'].includes(role) ? [ALNA] : [] }),
  )
}

/** What a free text must be for a body to be read to its end, where the schema does not say it. */
const WORDS: Record<string, unknown> = {
  placeId: own.places.reserved,
  facilityId: house,
  supplierId: MISSING,
  reasonCode: 'area',
}
const BODIES: Record<string, Record<string, unknown>> = {
  withdrawNeed: { reason: 'moved_within' },
  searchResidents: { name: 'Kari' },
}

/**
 * A request of an operation with the ids that it is to name.
 * @param only the one name beside the address that is sent though it could be left out
 */
function requestOf(operation: Operation, idOf: (kind: RecordKind, where: string) => string, only?: string) {
  const collection = operation.path.split('/')[1] ?? ''
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const kind = COLLECTIONS[collection]
    if (name === 'id' && kind !== undefined && kind !== 'shared') return idOf(kind, 'path')
    if (name === 'district') return ALNA
    if (name === 'year') return '2026'
    if (name === 'version' || name === 'number') return '1'
    return MISSING
  })
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && (parameter.required === true || parameter.name === only))
    .map(({ name, schema }) => {
      const kind = NAMED[name]
      return `${name}=${kind === undefined ? String(least(schema, (word) => WORDS[word], name)) : idOf(kind, name)}`
    })
  const also = only === undefined || NAMED[only] === undefined ? {} : { [only]: idOf(NAMED[only], only) }
  const named = (name: string) => (NAMED[name] === undefined ? WORDS[name] : idOf(NAMED[name], name))
  const body =
    operation.body === undefined
      ? undefined
      : {
          ...(least(operation.body, named) as Record<string, unknown>),
          ...BODIES[operation.id],
          ...(propertiesOf(operation.body).includes(only ?? '') ? also : {}),
        }
  return { url: `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`, body }
}

function ask(client: Client, { method }: Operation, { url, body }: ReturnType<typeof requestOf>) {
  const version = { 'if-match': '"1"' }
  if (method === 'get') return client.get(url)
  if (method === 'post') return client.post(url, body, version)
  if (method === 'patch') return client.patch(url, body, 1)
  if (method === 'put') return client.put(url, body, 1)
  return client.delete(url)
}

const bytes = ({ body }: LightMyRequestResponse) => body.replace(/"traceId":"[^"]+"/, '"traceId":""')
const heads = ({ headers }: LightMyRequestResponse) => Object.entries(headers).filter(([name]) => name !== 'date')

const lets = (role: Role, { capability, scopes }: Operation) =>
  isOpen(capability as 'public') || scopes[role] !== undefined

/** The places of an operation in which it names a record with somebody in it. */
function namesIn({ path, parameters, body }: Operation): { kind: RecordKind; where: string }[] {
  const kind = COLLECTIONS[path.split('/')[1] ?? '']
  const properties = body === undefined ? [] : propertiesOf(body)
  const names = new Set([...parameters.filter((one) => one.in === 'query').map(({ name }) => name), ...properties])
  return [
    ...(path.includes('{id}') && kind !== undefined && kind !== 'shared' ? [{ kind, where: 'path' }] : []),
    ...[...names].flatMap((name) => (NAMED[name] === undefined ? [] : [{ kind: NAMED[name], where: name }])),
  ]
}

function propertiesOf(schema: Parameters<typeof least>[0]): string[] {
  const one = resolved(schema)
  return [one, ...(one.oneOf ?? []).map(resolved)].flatMap(({ properties = {} }) => Object.keys(properties))
}

t.test('every route has its row, and everything that it names is known', async (t) => {
  for (const { id, path, capability, parameters, body, scopes } of operations) {
    t.not(capability, '', `${id} names what it takes`)
    t.ok(isOpen(capability as 'public') || Object.keys(scopes).length > 0, `${id}: somebody may`)
    if (/\{(id|kind|runId)\}/.test(path)) t.ok(COLLECTIONS[path.split('/')[1] ?? ''], `${id}: what ${path} is about`)
    const names = [...parameters.map(({ name }) => name), ...(body === undefined ? [] : propertiesOf(body))]
    for (const name of names.filter((one) => /Id$/.test(one) && !path.includes(`{${one}}`))) {
      t.ok(NAMED[name] !== undefined || NOBODY.includes(name), `${id}: what ${name} is`)
    }
  }
})

t.test('what is hers is there for somebody, on every route that reads one record', async (t) => {
  for (const operation of operations.filter(({ method, path }) => method === 'get' && path.includes('{id}'))) {
    // there are no rejected rows in it, which is told apart from the import itself
    if (namesIn(operation).every(({ where }) => where !== 'path') || operation.id === 'readRejectedRows') continue
    const answers = await Promise.all(
      [...clients.values(), writer].map((client) =>
        ask(
          client,
          operation,
          requestOf(operation, (one) => own.records[one]),
        ),
      ),
    )
    t.ok(
      answers.some(({ statusCode }) => statusCode === 200),
      `${operation.id}: ${answers.map(({ statusCode }) => statusCode)}`,
    )
  }
})

t.test('what everybody may know is changed by its own alone', async (t) => {
  const there = async (sql: string, ...values: unknown[]) =>
    (await owner.query<{ id: string }>(sql, values)).rows[0]?.id ?? ''
  const place = await given.place(otherHouse)
  const of: Record<string, string> = {
    facilities: otherHouse,
    places: place,
    closures: await given.closed(place, '[2027-01-01,2027-02-01)'),
    'support-teams': await there(
      `insert into support_team (district, name, during) values ($1, 'Team', '[2026-01-01,)') returning id`,
      GRUNERLOKKA,
    ),
    'cross-district-quotas': await there(
      `insert into cross_district_quota (district, during, households) values ($1, '[2026-01-01,)', 3) returning id`,
      GRUNERLOKKA,
    ),
    'quality-notes': await there(
      `insert into quality_note (supplier_id, district, noted_on, kind, body, written_by)
       values ((select id from supplier limit 1), $1, '2026-08-01', 'good', 'Godt.', $2) returning id`,
      GRUNERLOKKA,
      neighbour.accountId,
    ),
    flags: await there(
      `insert into flag (rule_id, rule_version, district, basis, measured, threshold, against, source, opened_at, measured_at, since,
         since_from, behind)
       values ('vacancy_beside_queue', 1, $1, 'computed', 2, 1, '[]', 'F', now(), now(), '2026-09-01', 'raised', 0) returning id`,
      GRUNERLOKKA,
    ),
    'purchase-budgets': GRUNERLOKKA,
  }
  const { rows: before } = await owner.query('select count(*) as n from change_log')
  let asked = 0
  for (const role of ROLES) {
    for (const operation of operations.filter(({ method }) => method !== 'get')) {
      const id = of[operation.path.split('/')[1] ?? '']
      if (id === undefined || operation.scopes[role]?.startsWith('own_') !== true) continue
      const { url, body } = requestOf(operation, (one) => own.records[one])
      if (!operation.path.includes('{')) continue
      const answer = await ask(clients.get(role) ?? app.anonymous, operation, {
        url: url.replace(operation.path.includes('{district}') ? ALNA : MISSING, id),
        body,
      })
      t.ok([403, 404].includes(answer.statusCode), `${role} ${operation.id}: ${answer.statusCode} ${answer.body}`)
      asked += 1
    }
  }
  t.ok(asked > 10, `${asked} asked`)
  const { rows: after } = await owner.query('select count(*) as n from change_log')
  t.strictSame(after, before, 'and nothing of it was written')
})

t.test('what is not hers answers byte for byte like what is not there', async (t) => {
  const { rows: before } = await owner.query('select count(*) as n from change_log')
  const reached = new Set<string>()
  const differ: string[] = []
  // each role by herself, all at once
  const asking = ROLES.map(async (role) => {
    const client = clients.get(role) ?? app.anonymous
    for (const operation of operations) {
      const may = lets(role, operation)
      for (const { kind, where } of namesIn(operation)) {
        const missing = await ask(
          client,
          operation,
          requestOf(operation, (one, at) => (at === where ? MISSING : own.records[one]), where),
        )
        const what = `${role} ${operation.id} ${where}`
        if (!may && missing.statusCode !== 403) differ.push(`${what} is let in: ${missing.statusCode}`)
        if (may && missing.statusCode === 404) reached.add(`${operation.id} ${where}`)
        for (const [whose, records] of HIDDEN) {
          // who is let in nowhere is told so before anything is looked for: one record shows it
          if (!may && whose !== 'another bydel') continue
          if (whose === 'another bydel' ? REACHES[role]?.includes(kind) === true : NOBODYS.includes(kind)) continue
          const there = await ask(
            client,
            operation,
            requestOf(operation, (one, at) => (at === where ? records[one] : own.records[one]), where),
          )
          const same =
            there.statusCode === missing.statusCode &&
            bytes(there) === bytes(missing) &&
            JSON.stringify(heads(there)) === JSON.stringify(heads(missing))
          if (!same)
            differ.push(
              `${what} of ${whose}: ${there.statusCode} ${there.body.slice(0, 200)}, not ${missing.statusCode} ${missing.body.slice(0, 200)}`,
            )
        }
      }
    }
  })
  await Promise.all(asking)
  const { rows: after } = await owner.query('select count(*) as n from change_log')
  t.strictSame(differ, [], 'not a byte tells them apart')
  t.strictSame(after, before, 'and nothing of it was written')
  // an answer that comes before the record is looked for would say nothing
  const unreached = operations.flatMap((operation) =>
    namesIn(operation)
      .filter(({ where }) => where === 'path' && !reached.has(`${operation.id} ${where}`))
      .map(() => operation.id),
  )
  t.strictSame(unreached, [], 'every address was looked up')
})

/** Asks what can be read, as every role, and fails where it tells of somebody who is not hers to see. */
async function sweep(t: Test, asked: (role: Role, operation: Operation) => boolean): Promise<Set<string>> {
  const read = operations.filter(
    ({ id, method }) => method === 'get' || id === 'searchResidents' || id === 'previewMatches',
  )
  const told = new Set<string>()
  const broken: string[] = []
  const leaks: string[] = []
  // each role by herself, all at once
  const sweeping = ROLES.map(async (role) => {
    const client = clients.get(role) ?? app.anonymous
    // who lives in an institution of VEL's is the planner's too, and who is referred to it intake's
    const vels = role === 'planner' || role === 'intake_officer'
    const secrets = [
      ['Sara Skjult', 'Frode Fortrolig'],
      vels ? [] : ['Frida Fremmed'],
      ...HIDDEN.map(([whose, records]) =>
        (Object.entries(records) as [RecordKind, string][])
          .filter(([kind]) => !NOBODYS.includes(kind) && (whose !== 'another bydel' || !vels))
          .map(([, id]) => id),
      ),
    ].flat()
    for (const operation of read.filter((one) => one.id !== 'followChanges' && asked(role, one))) {
      // whose circle it is, and what was asked for that the auditor reads of, is told by an id and no name
      const byId = operation.id === 'listCircles' || operation.path.startsWith('/audit/')
      const kept = byId ? HIDDEN.flatMap(([, records]) => Object.values(records)) : []
      const { url, body } = requestOf(operation, (kind) => own.records[kind])
      for (const accept of operation.asFile ? ['application/json', 'text/csv'] : ['application/json']) {
        const answer = await app.app.inject({
          method: operation.method === 'get' ? 'GET' : 'POST',
          url: `/api/v1${url}`,
          headers: { cookie: `${SESSION_COOKIE}=${client.cookie}`, accept },
          ...(body === undefined ? {} : { payload: body }),
        })
        if (answer.statusCode >= 500) broken.push(`${role} ${operation.id}: ${answer.statusCode}`)
        const leaked = secrets.find((secret) => !kept.includes(secret) && answer.body.includes(secret))
        if (leaked !== undefined)
          leaks.push(`${role} ${operation.id} as ${accept} tells ${leaked}: ${answer.body.slice(0, 600)}`)
        if (answer.body.includes('Kari Egen')) told.add(`${role} ${operation.id}`)
      }
    }
  })
  await Promise.all(sweeping)
  t.strictSame(broken, [], 'nothing breaks')
  t.strictSame(leaks, [], 'nothing is told')
  return told
}

t.test('no list, count, search, file, chain, run or letter tells of somebody who is not hers to see', async (t) => {
  const told = await sweep(t, lets)
  t.ok(told.size >= 20, `her own people are told of: ${[...told].join(', ')}`)
})

t.test('whether somebody of another bydel is protected changes not a byte of what is counted or listed', async (t) => {
  const elsewhere = await app.signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
  const readers: [string, Client][] = [['a manager elsewhere', elsewhere]]
  for (const role of ['administrator', 'auditor'] as const) readers.push([role, clients.get(role) ?? app.anonymous])
  const lists = operations.filter(
    ({ id, method, path }) =>
      method === 'get' && !path.includes('{') && id !== 'followChanges' && !path.startsWith('/audit/'),
  )
  const read = async () => {
    const answers = new Map<string, string>()
    for (const [who, client] of readers) {
      for (const operation of lists) {
        const answer = await ask(
          client,
          operation,
          requestOf(operation, (kind) => foreign.records[kind]),
        )
        answers.set(`${who} ${operation.id}`, bytes(answer).replaceAll(/"\d{4}-\d\d-\d\dT[^"]+"/g, '"at"'))
      }
    }
    return answers
  }
  const before = await read()
  t.ok([...before.values()].filter((body) => body.includes('"items"')).length > 40, 'much is read')
  const [her, inVel] = [own.person.residentId, own.inVel.residentId]
  for (const one of [own.person, own.inVel]) await given.inCircle(one, writer.accountId)
  const protect = (how: string) =>
    owner.query('update resident set address_protection = $2 where id = any($1)', [[her, inVel], how])
  for (const how of ['confidential', 'strictly_confidential']) {
    await protect(how)
    const after = await read()
    t.strictSame(
      [...after].filter(([what, body]) => body !== before.get(what)).map(([what]) => what),
      [],
      `${how}: she counts as everybody, and is told apart by nothing`,
    )
  }
  await protect('none')
  // what jobs reckon with and leave as numbers, they read through views
  const { rows: knowing } = await owner.query(
    "select viewname as view from pg_views where schemaname = 'public' and definition ~ 'address_protection|protected'",
  )
  t.strictSame(
    knowing,
    [{ view: 'matching_need' }],
    'only a run knows, so that it leaves her bydel out of what it tells',
  )
})

t.test('the place of a protected person is taken, and shows no more than that', async (t) => {
  const plain = await given.place(house, { form: 'private_institution' })
  await given.taken(plain)
  const seenOf = async (client: Client, place: string) => {
    const page = (await client.get(`/occupancy?facilityId=${house}&from=2026-09-01&to=2026-09-15`)).json()
    const row = page.items.find(
      (item: { id?: string; placeId?: string }) => item.id === place || item.placeId === place,
    )
    return JSON.stringify(row)
      .replaceAll(/"[0-9a-f-]{36}"/g, '"id"')
      .replaceAll(/"H\d+"/g, '"label"')
  }
  for (const role of ROLES) {
    const client = clients.get(role) ?? app.anonymous
    t.equal(
      await seenOf(client, kode6.places.bought),
      await seenOf(client, plain),
      `${role}: like one that nobody known has`,
    )
  }
})

t.test('with the first wall taken away, row security lets nobody see more people', async (t) => {
  const before = new Set(
    ROLES.flatMap((role) => operations.filter((one) => lets(role, one)).map(({ id }) => `${role} ${id}`)),
  )
  for (const row of Object.values(CAPABILITIES) as Partial<Record<Role, Scope>>[]) {
    for (const role of ROLES) row[role] = 'all'
  }
  t.equal((await clients.get('auditor')?.get('/needs'))?.statusCode, 200, 'everybody is let in')
  const told = [...(await sweep(t, (role, { id }) => !before.has(`${role} ${id}`)))]
  t.strictSame(
    told.filter((what) => /^(auditor|administrator)/.test(what)),
    [],
    'and these two still see no person',
  )
})
