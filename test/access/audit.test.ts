import t from 'tap'
import { codeOf, wall } from '../support/wall.ts'

const { app, owner, signedInAs, officer, colleague, own, foreign, secret } = await wall(t)
const planner = await signedInAs({ role: 'planner' })
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

t.test('the log is only added to', async (t) => {
  for (const statement of [
    "update security_event set kind = 'denied'",
    'delete from security_event',
    'truncate security_event',
  ])
    t.equal(await codeOf(owner.query(statement)), '42501', `not even by the owner's slip: ${statement}`)
})
