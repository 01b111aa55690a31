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

const tasksOf = async (stayId: string) =>
  (
    await owner.query<{ kind: string; due: string; reason: string; need: string | null }>(
      'select kind, due_on::text as due, reason, need_id as need from task where stay_id = $1 and dropped_at is null order by due_on, kind',
      [stayId],
    )
  ).rows

t.test('an officer is reminded once before the deadline, and told once when it has passed', async (t) => {
  const offer = await offered()
  const open = await offered({ reserve: false })
  t.same(await sweepOn('2026-09-06'), { places: 0, reminded: 0, told: 0, stays: 0 }, 'too early')
  t.same(await sweepOn('2026-09-07'), { places: 0, reminded: 2, told: 0, stays: 0 })
  t.same(await sweepOn('2026-09-07'), { places: 0, reminded: 0, told: 0, stays: 0 }, 'once')
  t.match(await tasks(offer.id), [
    {
      kind: 'offer_reply_due',
      due: '2026-09-08',
      reason: new RegExp(`${offer.place.label}, Furuset.* innen 8. september 2026`),
    },
  ])
  t.same(await sweepOn('2026-09-08'), { places: 0, reminded: 0, told: 0, stays: 0 }, 'the last day is in time')
  t.same(await sweepOn('2026-09-09'), { places: 2, reminded: 0, told: 2, stays: 0 })
  t.same(await sweepOn('2026-09-09'), { places: 0, reminded: 0, told: 0, stays: 0 })
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
  t.same(await sweepOn('2026-09-10'), { places: 0, reminded: 0, told: 0, stays: 0 })
  t.same(await sweepOn('2026-09-19'), { places: 0, reminded: 1, told: 0, stays: 0 })
  t.match(await tasks(answered.id), [{ kind: 'prepare_move_in' }])
})

t.test(
  'stays that end soon, have gone on too long or are due for review become tasks, once for each day',
  async (t) => {
    const living = async (columns: Record<string, unknown>, since = '2026-01-15') =>
      given.livesIn(await given.resident(ALNA), await given.place(facilityId), `[${since},)`, columns)
    const sweep = async (day: string) => (await sweepOn(day)).stays
    const ends = await living({ expected_until: '2026-11-30' })
    const overdue = await living({ expected_until: '2026-06-01' })
    const reviewed = await living({ form: 'vel_care' })
    const other = await living({})
    const left = await living({ expected_until: '2026-06-01' })
    await officer.post(`/stays/${left}/departure`, { on: TODAY, reason: 'left_city' }, { 'if-match': '"1"' })
    t.equal(await sweep('2026-10-30'), 1, 'the overdue one; the one that ends is a day too far away')
    t.match(await tasksOf(overdue), [
      { kind: 'stay_overdue', due: '2026-06-01', reason: /1\. juni 2026.*opptatt/, need: null },
    ])
    t.equal(await sweep('2026-10-31'), 1)
    t.match(await tasksOf(ends), [{ kind: 'stay_ends', due: '2026-10-31', reason: /30\. november 2026/ }])
    t.equal(await sweep('2026-10-31'), 0, 'once')
    t.same(await tasksOf(other), [], 'nothing was agreed, and its form has no review')
    t.same(await tasksOf(left), [], 'who has left is not overdue')

    t.equal(await sweep('2026-12-14'), 1, 'nobody said anything: the one that was to end is overdue now')
    t.equal(await sweep('2026-12-15'), 1, 'a month before the second half-year is over')
    t.match(await tasksOf(reviewed), [{ kind: 'review_stay', due: '2027-01-15' }])
    await owner.query("update task set done_at = now() where stay_id = $1 and kind = 'review_stay'", [reviewed])
    t.equal(await sweep('2027-01-10'), 0, 'done, and not asked for again')
    t.equal(await sweep('2027-06-15'), 1, 'until the next half-year')
    t.equal((await tasksOf(reviewed)).length, 2)

    await officer.post(
      `/stays/${overdue}/extension`,
      { expectedUntil: '2027-12-01', reason: 'agreement_renewed' },
      { 'if-match': '"1"' },
    )
    t.match(await tasksOf(overdue), [{ kind: 'stay_ends', due: '2027-11-01' }], 'agreed: no longer overdue')
    t.equal(await sweep('2027-11-05'), 0, 'and its reminder is there already')
  },
)

t.test('the right to come back is asked about before it runs out, once, unless it has been used', async (t) => {
  const house = await given.facility({ name: 'Heimen' })
  const moved = async (back: boolean) => {
    const person = await given.resident(ALNA)
    const stayId = await given.livesIn(
      person,
      await given.place(house, { form: 'vel_coping' }),
      '[2026-01-01,2026-08-01)',
      {
        form: 'vel_coping',
        departure_reason: 'moved_on',
        right_of_return_until: '2031-10-30',
      },
    )
    if (back) await given.livesIn(person, await given.place(house, { form: 'vel_coping' }), '[2026-08-15,)')
    return stayId
  }
  const stayId = await moved(false)
  const used = await moved(true)
  await sweepOn('2031-10-15')
  t.same(await tasksOf(stayId), [], 'a day too early')
  await sweepOn('2031-10-16')
  t.match(await tasksOf(stayId), [
    { kind: 'return_right_ends', due: '2031-10-29', reason: /tilbake til Heimen gjelder til 30\. oktober 2031/ },
  ])
  await owner.query('update task set done_at = now() where stay_id = $1', [stayId])
  await sweepOn('2031-10-20')
  t.equal((await tasksOf(stayId)).length, 1, 'once')
  t.same(
    (await tasksOf(used)).filter(({ kind }) => kind === 'return_right_ends'),
    [],
    'she has come back',
  )
})

t.test('the job sees no person and no offer, and runs from the queue', async (t) => {
  for (const table of ['offer', 'task', 'referral', 'resident', 'need', 'stay']) {
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
