import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'
import { type Answer, type Instance, startInstance } from '../support/instances.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const facilityId = await given.facility()
const patient = await startInstance(app.urls.appUrl, app.keys)
t.teardown(() => patient.stop())

/** An offer whose acceptance writes everything that one can: a hold that becomes firm, a rest that ends, evidence, tasks. */
async function wanted(): Promise<{ id: string; needId: string }> {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    forms: ['colocated_day'],
    parked_until: '2026-09-20',
    parked_reason: 'no_contact',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const send = async (more: object) => {
    const placeId = await given.place(facilityId)
    const answer = await officer.post('/offers', { needId, placeId, moveInOn: '2026-09-15', ...more })
    if (answer.statusCode !== 201) throw new Error(answer.body)
    return answer.json().id as string
  }
  const forced = { skip: 'forced', skipReason: 'Ingen samlokalisert bolig er ledig' }
  await send({ ...forced, reserve: false })
  return { id: await send(forced), needId }
}

/** What an acceptance writes, each as whether it is there. */
async function written(id: string): Promise<Record<string, boolean>> {
  const { rows } = await owner.query<Record<string, boolean>>(
    `select o.accepted_at is not null as accepted, o.version > 1 as versioned, h.expires_at is null as firm, n.parked_until is null as awake,
       exists (select from shortfall_record s where s.offer_id = o.id) as evidence,
       exists (select from task t where t.offer_id = o.id and t.kind = 'prepare_move_in') as prepared,
       exists (select from task t where t.offer_id = o.id and t.kind = 'withdraw_other_offers') as cleared,
       exists (select from change_log l where l.row_id = o.id::text and l.action = 'update') as logged,
       exists (select from idempotency_answer a where a.key = 'yes-' || o.id) as remembered
     from offer o join hold h on h.id = o.hold_id join need n on n.id = o.need_id where o.id = $1`,
    [id],
  )
  return rows[0] ?? {}
}

const accept = (instance: Instance, id: string) =>
  instance.post(officer, `/offers/${id}/acceptance`, undefined, { 'if-match': '"1"', 'idempotency-key': `yes-${id}` })

/** Asks again, as a page does that got no answer; the database may still be clearing up after the crash. */
async function again(id: string): Promise<Answer> {
  for (;;) {
    const answer = await accept(patient, id)
    if (answer === null) throw new Error('the instance that lives did not answer')
    if (answer.body.code !== 'request_in_flight') return answer
    await sleep(20)
  }
}

t.test('an acceptance that is killed before any of its statements happens as a whole or not at all', async (t) => {
  let next = startInstance(app.urls.appUrl, app.keys)
  let crashes = 0
  let at: number | 'answer' = 1
  for (;;) {
    const instance = await next
    const { id } = await wanted()
    await instance.dieAt(at)
    // another one loads while this one dies
    const following = startInstance(app.urls.appUrl, app.keys)
    const answer = await accept(instance, id)
    const outlived = answer !== null
    await instance.stop()
    if (outlived) {
      t.equal(answer.status, 200, 'with fewer statements than that it is answered')
      if (at === 'answer') throw new Error('it outlived the commit')
      next = following
      at = 'answer'
      continue
    }
    crashes += 1
    const there = await settled(id)
    const whole = Object.values(there)
    t.ok(
      whole.every((one) => one === (at === 'answer')),
      `killed before statement ${at}: ${JSON.stringify(there)}`,
    )
    const first = await again(id)
    t.equal(first.status, 200, `asked again after ${at}`)
    t.match(first.body, { state: 'accepted', version: 2 })
    t.strictSame((await again(id)).body, first.body, 'and the same key answers the same')
    t.ok(Object.values(await written(id)).every(Boolean), 'now all of it is there')
    if (at === 'answer') {
      await following.then((unused) => unused.stop())
      break
    }
    at += 1
    next = following
  }
  t.ok(crashes > 15, `${crashes} crashes`)
})

/** What is written once the database has noticed that nobody is there any more. */
async function settled(id: string): Promise<Record<string, boolean>> {
  for (;;) {
    const { rowCount } = await owner.query(
      `select from pg_stat_activity where datname = current_database() and usename = 'boligtrapp_app' and state <> 'idle'`,
    )
    if (rowCount === 0) return written(id)
    await sleep(20)
  }
}
