import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { sweepPlacement } from '../../src/db/placementSweep.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { placementWork } from '../../src/jobs/placementSweep.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const pool = openPool(app.urls.jobUrl)
t.teardown(() => pool.end())
const jobs = openDatabase(pool)
const facilityId = await given.facility()

async function offered(body: object = {}) {
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const placeId = await given.place(facilityId)
  const answer = await officer.post('/offers', { needId, placeId, moveInOn: '2026-10-01', ...body })
  if (answer.statusCode !== 201) t.fail(answer.body)
  return answer.json() as { id: string; needId: string; place: { id: string; label: string } }
}
const sweepOn = (day: string) => asActor(jobs, null, day, sweepPlacement)
const tasks = async (offerId: string) =>
  (
    await owner.query<{ kind: string; due: string; reason: string }>(
      `select kind, due_on::text as due, reason from task where offer_id = $1 and dropped_at is null order by created_at`,
      [offerId],
    )
  ).rows

t.test('an officer is reminded once before the deadline, and told once when it has passed', async (t) => {
  const offer = await offered()
  const open = await offered({ reserve: false })
  t.same(await sweepOn('2026-09-06'), { places: 0, reminded: 0, told: 0 }, 'too early')
  t.same(await sweepOn('2026-09-07'), { places: 0, reminded: 2, told: 0 })
  t.same(await sweepOn('2026-09-07'), { places: 0, reminded: 0, told: 0 }, 'once')
  t.match(await tasks(offer.id), [
    {
      kind: 'offer_reply_due',
      due: '2026-09-08',
      reason: new RegExp(`${offer.place.label}, Furuset.* innen 8. september 2026`),
    },
  ])
  t.same(await sweepOn('2026-09-08'), { places: 0, reminded: 0, told: 0 }, 'the last day is in time')
  t.same(await sweepOn('2026-09-09'), { places: 2, reminded: 0, told: 2 })
  t.same(await sweepOn('2026-09-09'), { places: 0, reminded: 0, told: 0 })
  t.match(await tasks(offer.id), [
    { kind: 'offer_reply_due' },
    { kind: 'offer_expired', reason: /løp ut 8. september/ },
  ])
  const { rows } = await owner.query(
    `select o.expired_at = o.reply_by as at_deadline, h.ended_reason from offer o left join hold h on h.id = o.hold_id
     where o.id = any ($1) order by o.id`,
    [[offer.id, open.id]],
  )
  t.match(rows, [
    { at_deadline: true, ended_reason: 'expired' },
    { at_deadline: true, ended_reason: null },
  ])
})

t.test('what was answered in time is left alone, and a longer deadline is reminded of again', async (t) => {
  const answered = await offered()
  await officer.post(`/offers/${answered.id}/acceptance`, undefined, { 'if-match': '"1"' })
  const longer = await offered()
  await sweepOn('2026-09-07')
  await officer.post(`/offers/${longer.id}/extension`, { answerBy: '2026-09-20' }, { 'if-match': '"2"' })
  t.same(await tasks(longer.id), [], 'the old deadline is over')
  t.same(await sweepOn('2026-09-10'), { places: 0, reminded: 0, told: 0 })
  t.same(await sweepOn('2026-09-19'), { places: 0, reminded: 1, told: 0 })
  t.match(await tasks(answered.id), [{ kind: 'prepare_move_in' }])
})

t.test('the job sees no person and no offer, and runs from the queue', async (t) => {
  for (const table of ['offer', 'task', 'referral', 'resident', 'need']) {
    await t.rejects(pool.query(`select from ${table}`), { code: '42501' }, table)
  }
  await offered({ answerBy: '2026-09-02' })
  const { tasks: list, sweeps } = placementWork(pool, TODAY)
  t.same(sweeps, Object.keys(list))
  await list.sweep_placement?.({}, undefined as never)
  const { rows } = await owner.query(
    "select count(*)::int as n from offer where reminded_at is not null and reply_by < '2026-09-04'",
  )
  t.equal(rows[0]?.n, 1)
})
