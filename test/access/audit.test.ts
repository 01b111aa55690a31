import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { CAPABILITIES, type Capability } from '../../src/access/capabilities.ts'
import { purposeOf, shownBy } from '../../src/access/showings.ts'
import { buildApp } from '../../src/app.ts'
import { appendHeads, readHeads } from '../../src/db/auditHeads.ts'
import { AUDIT_LOGS, recordVerification, sealLog, verifyLog } from '../../src/db/auditSeals.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { reading } from '../../src/http/acting.ts'
import { ALNA, GRUNERLOKKA } from '../support/fixtures.ts'
import { runNode } from '../support/runNode.ts'
import { actor, codeOf, wall } from '../support/wall.ts'

const walls = await wall(t)
const { app, deps, owner, urls, signedInAs, officer, colleague, neighbour, own, foreign, secret, house } = walls
const manager = await signedInAs({ role: 'district_manager', districts: [ALNA], name: 'Leder Ledersen' })
const planner = await signedInAs({ role: 'planner' })
const auditor = await signedInAs({ role: 'auditor' })
const staff = await signedInAs({ role: 'facility_staff', facilities: [house] })
const MISSING = '019a0000-0000-7000-8000-000000000000'

interface Event {
  kind: string
  actor_id: string | null
  route: string
  record: string | null
  record_id: string | null
  detail: string | null
  trace_id: string
}

/** The events under a trace. What was refused is logged when the answer is out, so there is a moment in which it is not there yet. */
async function told(traceId: string, wanted = 1): Promise<Event[]> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await owner.query<Event>('select * from security_event where trace_id = $1 order by id', [traceId])
    if (rows.length >= wanted || attempt === 100) return rows
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const seenBy = async (accountId: string) => {
  const { rows } = await owner.query<{
    resident_id: string
    record: string
    record_id: string
    purpose: string
    method: string
    route: string
    trace_id: string
  }>('select * from showing where actor_id = $1 order by id', [accountId])
  return rows
}

await app.ready()
interface Operation {
  method: string
  path: string
  operationId: string
  response: Record<string, unknown>
}
const document = app.swagger() as unknown as {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string
        responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>
      }
    >
  >
  components: { schemas: Record<string, Record<string, unknown>> }
}
const operations: Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { operationId, responses }]) => {
    const answered = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
    return {
      method: method.toUpperCase(),
      path,
      operationId,
      response: answered?.content?.['application/json']?.schema ?? {},
    }
  }),
)

/** What an answer says of itself, not of the rows of a list in it. */
function ownFields(schema: Record<string, unknown>): string[] {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined
  const resolved = name === undefined ? schema : (document.components.schemas[name] ?? {})
  return Object.keys((resolved.properties as object | undefined) ?? {})
}

t.test('every route that shows a person is known to, by what it answers and by where it stands', async (t) => {
  const person =
    /^(residentId|residentName|resident|needId|householdId|household|personalNumberEnding|returnPlanId|stayId)$/
  const under =
    /^\/api\/v1\/(residents|needs|consents|holds|offers|referrals|decisions|appeals|stays|call-offs|return-plans|home-commitments|tasks)\/\{id\}/
  let found = 0
  for (const { method, path, response, operationId } of operations) {
    if (!under.test(path) && !ownFields(response).some((field) => person.test(field))) continue
    found += 1
    t.doesNotThrow(
      () => t.not(shownBy(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), 'read_needs'), null, operationId),
      operationId,
    )
  }
  t.ok(found > 70, `${found} of them`)
  t.throws(
    () => shownBy('GET', '/api/v1/needs/:id/shadow', 'read_inventory'),
    /a purpose/,
    'under a capability of nobody',
  )
  t.throws(() => shownBy('GET', '/api/v1/needs/:id/shadow', 'signed_in'), /a purpose/)
})

t.test('each showing is logged: who, whom, why, by which route and trace', async (t) => {
  const answer = await officer.get(`/needs/${own.needId}`)
  t.equal(answer.statusCode, 200)
  const [row, ...others] = await seenBy(officer.accountId)
  t.match(row, {
    resident_id: own.residentId,
    record: 'need',
    record_id: own.needId,
    purpose: 'need',
    method: 'GET',
    route: '/api/v1/needs/:id',
  })
  t.match(row?.trace_id, /^[0-9a-f-]{36}$/)
  t.equal(others.length, 0)

  const of = (path: string) => path.replace('R', own.residentId).replace('N', own.needId)
  const paths = [
    '/residents/R',
    '/residents/R/consents',
    '/residents/R/never-together',
    '/needs/N/readiness',
    '/needs/N/assessments',
    '/needs/N/matches',
    '/needs/N/events',
    '/needs/N/decisions',
    '/needs/N/letters',
    '/needs/N/changes',
    '/residents/R/changes',
    '/residents/R/showings',
    '/residents/R/locks',
  ]
  for (const path of paths) {
    const before = (await seenBy(officer.accountId)).length
    t.equal((await officer.get(of(path))).statusCode, 200, path)
    const after = await seenBy(officer.accountId)
    t.equal(after.length, before + 1, `${path} is logged once`)
    t.equal(after.at(-1)?.resident_id, own.residentId, path)
  }
  const before = (await seenBy(officer.accountId)).length
  for (const path of ['/needs', '/stays', '/offers', '/tasks', '/workday', `/places/${MISSING}`])
    await officer.get(path)
  await officer.post('/residents/search', { name: 'Kari' })
  t.equal((await seenBy(officer.accountId)).length, before, 'rows in a list are none')

  const made = await officer.post('/residents', { district: ALNA, name: 'Ny Person' }, { 'idempotency-key': 'seen' })
  t.equal(made.statusCode, 201)
  await officer.post('/residents', { district: ALNA, name: 'Ny Person' }, { 'idempotency-key': 'seen' })
  const ofNew = (await seenBy(officer.accountId)).filter(({ resident_id }) => resident_id === made.json().id)
  t.strictSame(
    ofNew.map(({ method, purpose }) => [method, purpose]),
    [
      ['POST', 'person'],
      ['POST', 'person'],
    ],
    'the answer that is given again too',
  )
  await staff.get(`/residents/${own.residentId}`)
  t.equal((await seenBy(staff.accountId)).length, 1)
})

t.test('what cannot be logged is not shown, and not done', async (t) => {
  await owner.query('alter table showing rename to gone')
  const name = await officer.post('/residents', { district: ALNA, name: 'Sporløs Person' })
  const read = await officer.get(`/needs/${own.needId}`)
  await owner.query('alter table gone rename to showing')
  for (const answer of [name, read]) {
    t.equal(answer.statusCode, 500)
    t.notMatch(answer.body, /Sporløs|Kari|what_matters|forms/)
  }
  const found = await officer.post('/residents/search', { name: 'Sporløs' })
  t.strictSame(found.json().items, [], 'the registration is undone with it')
})

t.test('a route that forgets it shows nothing, and one that nobody has thought of stops the start', async (t) => {
  const forgetful = await buildApp({ ...deps, webDir: undefined })
  forgetful.get(
    '/api/v1/needs/:id/secret',
    { config: { capability: 'read_needs' }, schema: { operationId: 'x', hide: true } },
    () => ({ name: 'Kari Prøve' }),
  )
  forgetful.get(
    '/api/v1/needs/:id/seen',
    { config: { capability: 'read_needs' }, schema: { operationId: 'y', hide: true } },
    (request) => reading(deps, request, async () => ({ name: 'Kari Prøve' })),
  )
  const ask = (url: string) => forgetful.inject({ url, headers: { cookie: `boligtrapp_session=${officer.cookie}` } })
  const hidden = await ask(`/api/v1/needs/${own.needId}/secret`)
  t.equal(hidden.statusCode, 500)
  t.notMatch(hidden.body, 'Kari')
  t.equal((await ask(`/api/v1/needs/${own.needId}/seen`)).statusCode, 200, 'by the one function it is shown')
  await forgetful.close()
  t.throws(() => shownBy('GET', '/api/v1/portraits/:id', 'read_residents'), /say in src\/access\/showings/)
  t.equal(shownBy('GET', '/api/v1/portraits/:id', 'read_inventory'), null)
})

t.test('nobody but the one function writes the log, and nobody changes it', async (t) => {
  const insert = `insert into showing (resident_id, holding_district, record, record_id, purpose, method, route, trace_id)
    values ('${own.residentId}', '${ALNA}', 'need', '${own.needId}', 'need', 'GET', 'x', 'x')`
  const app = openPool(urls.appUrl, { max: 1 })
  const job = openPool(urls.jobUrl, { max: 1 })
  for (const pool of [app, job]) {
    for (const statement of [
      insert,
      "update showing set purpose = 'need'",
      'delete from showing',
      'truncate showing',
      "update security_event set kind = 'denied'",
      'delete from security_event',
      'truncate security_event',
      'delete from audit_seal',
      "update audit_seal set head = ''",
    ]) {
      t.equal(await codeOf(pool.query(statement)), '42501', statement)
    }
    await pool.end()
  }
  for (const statement of ['delete from showing', 'delete from security_event', 'truncate audit_seal']) {
    t.equal(await codeOf(owner.query(statement)), '42501', `not even the owner by a slip: ${statement}`)
  }
  for (const [who, sees] of [
    [actor('housing_officer', officer, [ALNA]), true],
    [actor('housing_officer', neighbour, [GRUNERLOKKA]), false],
    [actor('planner', planner), false],
    [actor('administrator', planner), false],
    [actor('auditor', auditor), true],
  ] as const) {
    t.equal((await walls.seen(who, 'showing')) > 0, sees, `${who.role} ${who.districts}`)
    if (who.role !== 'auditor') t.equal(await walls.seen(who, 'security_event'), 0, `${who.role}: no events`)
  }
})

t.test('another bydel’s record that was asked for is an event, a missing one is not', async (t) => {
  const hidden = await officer.get(`/needs/${foreign.needId}`)
  const missing = await officer.get(`/needs/${MISSING}`)
  t.equal(hidden.statusCode, 404)
  const [event, ...more] = await told(hidden.json().traceId)
  t.match(event, {
    kind: 'hidden_record',
    actor_id: officer.accountId,
    route: '/api/v1/needs/:id',
    record: 'need',
    record_id: foreign.needId,
  })
  t.equal(more.length, 0)
  const circle = await colleague.get(`/residents/${secret.residentId}`)
  t.equal(
    (await told(circle.json().traceId))[0]?.record_id,
    secret.residentId,
    'a protected person of her own bydel too',
  )
  const refused = await planner.get(`/needs/${own.needId}`)
  t.equal(refused.statusCode, 403)
  t.match(await told(refused.json().traceId), [
    { kind: 'denied', actor_id: planner.accountId, record: 'need', record_id: own.needId },
  ])
  const denied = await officer.post('/facilities', {})
  t.match(await told(denied.json().traceId), [{ kind: 'denied', record: null, record_id: null }])
  t.equal((await told(missing.json().traceId, 0)).length, 0, 'there is nothing to tell of a missing one')
})

t.test('a file is logged before it is sent, and not sent otherwise', async (t) => {
  const asCsv = {
    url: '/api/v1/needs',
    headers: { cookie: `boligtrapp_session=${officer.cookie}`, accept: 'text/csv' },
  }
  t.equal((await app.inject(asCsv)).statusCode, 200)
  const { rows } = await owner.query<Event>("select * from security_event where kind = 'export' and actor_id = $1", [
    officer.accountId,
  ])
  t.match(rows, [{ route: '/api/v1/needs', detail: 'csv' }])
  await owner.query('alter table security_event rename to gone')
  const unlogged = await app.inject(asCsv)
  await owner.query('alter table gone rename to security_event')
  t.equal(unlogged.statusCode, 500)
  t.notMatch(unlogged.body, /;/)
})

t.test('who saw whom, to those who may know', async (t) => {
  const seen = (await officer.get(`/residents/${own.residentId}/showings`)).json()
  t.match(
    seen.items.find(
      ({ actor: { id }, purpose }: { actor: { id: string }; purpose: string }) =>
        id === officer.accountId && purpose === 'need',
    ),
    {
      residentId: own.residentId,
      residentName: 'Kari Prøve',
      purposeName: 'Behov og kartlegging',
      changed: false,
      actor: { roleName: 'Boligkonsulent' },
    },
  )
  t.equal((await officer.get(`/residents/${foreign.residentId}/showings`)).statusCode, 404)
  t.equal((await officer.get('/audit/showings')).statusCode, 403)
  await neighbour.get(`/needs/${foreign.needId}`)
  const managed = (await manager.get('/audit/showings')).json().items
  const all = (await auditor.get('/audit/showings')).json().items
  const people = (items: { residentId: string }[]) => new Set(items.map(({ residentId }) => residentId))
  t.ok(people(managed).has(own.residentId) && !people(managed).has(foreign.residentId), 'a manager: her own bydel')
  t.ok(people(all).has(own.residentId) && people(all).has(foreign.residentId), 'the auditor: all')
  t.notMatch(JSON.stringify(all), 'Kari', 'by pseudonym')
  const first = (await auditor.get('/audit/showings?limit=1')).json()
  const second = (await auditor.get(`/audit/showings?limit=1&cursor=${first.nextCursor}`)).json()
  t.strictSame([first.items[0], second.items[0]], all.slice(0, 2), 'page by page')

  const events = (await auditor.get('/audit/security-events?kind=hidden_record&kind=denied')).json().items
  t.ok(
    events.some(
      ({ kind, recordId }: { kind: string; recordId: string }) =>
        kind === 'hidden_record' && recordId === foreign.needId,
    ),
  )
  t.notOk(events.some(({ kind }: { kind: string }) => kind === 'export'))
  t.equal((await manager.get('/audit/security-events')).statusCode, 403)

  const cef = await auditor.get('/audit/cef?log=security_event&limit=2')
  const [line = '', next = ''] = cef.body.split('\n')
  t.match(
    line,
    /^CEF:0\|Oslo kommune\|Boligtrapp\|1\|[a-z_]+\|[^|]+\|\d+\|rt=\d{13} externalId=\d+ .*request=\/api\/v1\//,
  )
  const after = /externalId=(\d+)/.exec(line)?.[1]
  t.equal(
    (await auditor.get(`/audit/cef?log=security_event&limit=1&after=${after}`)).body,
    `${next}\n`,
    'after the last that was taken',
  )
  t.match((await auditor.get('/audit/cef?log=showing&limit=1')).body, `duid=${own.residentId}`)
})

t.test(
  'one row changed, taken away or put in is found, and a chain that was made anew by its exported head',
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'boligtrapp-heads-'))
    const headsFile = join(folder, 'heads.jsonl')
    const jobs = openPool(urls.jobUrl, { max: 2 })
    const owning = openPool(urls.ownerUrl, { max: 1 })
    t.teardown(async () => {
      await jobs.end()
      await owning.end()
      await rm(folder, { recursive: true })
    })
    const job = openDatabase(jobs)
    t.strictSame(await sealLog(job, 'showing', '1 hour'), [], 'not before it is time')
    const [first] = await sealLog(job, 'showing', '0')
    await officer.get(`/needs/${own.needId}`)
    await officer.get(`/residents/${own.residentId}`)
    const [second] = await sealLog(job, 'showing', '0')
    const [events] = await sealLog(job, 'security_event', '0')
    if (first === undefined || second === undefined || events === undefined) throw new Error('nothing was sealed')
    t.match(second, { batch: 2, previous: first.head, rowCount: 2 })
    await appendHeads(headsFile, [first, second, events])
    const heads = await readHeads(headsFile)
    t.equal(heads.length, 3)
    const command = [join(import.meta.dirname, '../../src/cli/auditVerify.ts'), headsFile]
    const env = { DATABASE_URL: urls.ownerUrl }

    for (const log of AUDIT_LOGS) {
      const verified = await verifyLog(job, log, heads)
      t.strictSame(verified.faults, [], log)
      await recordVerification(job, verified)
    }
    const state = (await auditor.get('/audit/seals')).json()
    t.match(state.checks, [
      { log: 'showing', batches: 2, faults: [] },
      { log: 'security_event', batches: 1, faults: [] },
    ])
    t.equal(
      state.heads.find(({ log, batch }: { log: string; batch: number }) => log === 'showing' && batch === 2).head,
      second.head,
    )
    const clean = await runNode(command, env)
    t.equal(clean.code, 0, clean.stderr)
    t.match(clean.stdout, /showing: 2 batches/)

    /** Does it as the owner, says what is found, and undoes it. */
    const tampered = async (...statements: string[]) => {
      await owning.query('begin')
      try {
        for (const table of ['showing', 'security_event', 'audit_seal'])
          await owning.query(`alter table ${table} disable trigger user`)
        for (const statement of statements) await owning.query(statement)
        const faults: string[] = []
        for (const log of AUDIT_LOGS) faults.push(...(await verifyLog(openDatabase(owning), log, heads)).faults)
        return faults
      } finally {
        await owning.query('rollback')
      }
    }
    const last = `(select max(id) from showing where id <= ${second.lastId})`
    t.match(await tampered(`update showing set purpose = 'review' where id = ${last}`), [
      /^showing batch 2 .* not as it was sealed/,
    ])
    t.match(await tampered(`update showing set actor_id = '${MISSING}' where id = ${first.firstId}`), [
      /^showing batch 1 .* not as it was sealed/,
    ])
    t.match(
      await tampered(`update showing set recorded_at = recorded_at + interval '1 microsecond' where id = ${last}`),
      [/not as it was sealed/],
    )
    t.match(await tampered(`delete from showing where id = ${last}`), [/^showing batch 2 .*1 of 2 rows are gone/])
    t.match(await tampered(`update security_event set detail = null where id = ${events.firstId} or kind = 'export'`), [
      /^security_event batch 1/,
    ])
    t.match(
      await tampered(`insert into showing overriding system value select 0, recorded_at, occurred_at, actor_id, actor_role, resident_id,
      holding_district, record, record_id, purpose, method, route, trace_id from showing where id = ${first.firstId}`),
      [/^showing batch 1 .*1 rows were put in before it/],
    )
    const withoutSecond = "delete from audit_seal where log = 'showing' and batch = 2"
    t.match(
      await tampered(`delete from showing where id between ${second.firstId} and ${second.lastId}`, withoutSecond),
      [/^showing batch 2: its head was exported, and it is gone/],
    )
    t.match(
      await tampered(
        `update showing set purpose = 'review' where id = ${last}`,
        withoutSecond,
        "select seal_audit_log('showing', '0')",
      ),
      [/^showing batch 2 .*the head that was exported is another/],
      'the chain alone would not have shown it',
    )
    const withoutFirst = await tampered("delete from audit_seal where log = 'showing' and batch = 1")
    t.ok(
      withoutFirst.some((fault) => /batch 1 is gone/.test(fault)),
      withoutFirst.join(),
    )

    await owner.query('alter table showing disable trigger user')
    await owner.query(`delete from showing where id = ${second.lastId}`)
    const found = await runNode(command, env)
    t.equal(found.code, 1)
    t.match(found.stderr, /showing batch 2 \(rows \d+–\d+\): 1 of 2 rows are gone/)
  },
)

t.test('every capability that reaches people has a purpose', async (t) => {
  const people = (Object.keys(CAPABILITIES) as Capability[]).filter((name) =>
    /resident|need|stay|offer|referral|paper|decision|return_plan|call_off|lock|case/.test(name),
  )
  for (const capability of people) t.not(purposeOf(capability), undefined, capability)
})
