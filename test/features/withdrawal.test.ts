import t from 'tap'
import { dayOf } from '../../src/web/ui/days.ts'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()
const at = (version: number) => ({ 'if-match': `"${version}"` })

async function needOf(columns: Record<string, unknown> = {}): Promise<string> {
  const needId = await given.need(await given.resident(ALNA), {
    forms: ['municipal', 'vel_coping'],
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    ...columns,
  })
  await given.assessment(needId, ALNA, officer.accountId)
  return needId
}
async function offered(needId: string, body: object = {}) {
  const placeId = await given.place(facilityId)
  const answer = await officer.post('/offers', { needId, placeId, moveInOn: '2026-09-15', ...body })
  if (answer.statusCode !== 201) t.fail(answer.body)
  return { ...(answer.json() as { id: string }), placeId }
}
const withdraw = (needId: string, reason: string, version = 1, who = officer) =>
  who.post(`/needs/${needId}/withdrawal`, { reason }, at(version))
const evidenceOf = async (needId: string) =>
  (await owner.query('select kind, form_needed from shortfall_record where need_id = $1', [needId])).rows
const openTasks = async (needId: string) =>
  (await officer.get(`/tasks?needId=${needId}`)).json().items.map(({ kind }: { kind: string }) => kind)

t.test('a need ends with what hangs on it: referrals, offers and their holds', async (t) => {
  const needId = await needOf()
  const reserved = await offered(needId)
  const open = await offered(needId, { reserve: false })
  const referral = (await officer.post('/referrals', { needId, form: 'vel_coping' })).json()
  const before = (await officer.get(`/needs/${needId}/withdrawability`)).json()
  t.match(before, { allowed: true, possibleOn: '2026-09-01', blockers: [] })
  t.same(
    before.withdrawnWith.map(({ kind, id, blocks, hold }: Record<string, unknown>) => [
      kind,
      id,
      blocks,
      hold !== null,
    ]),
    [
      ['offer', reserved.id, false, true],
      ['offer', open.id, false, false],
      ['referral', referral.id, false, false],
    ],
  )
  t.match(before.withdrawnWith[0], {
    name: /^H\d+, Furuset bosenter$/,
    hold: { expiresAt: '2026-09-08T22:00:00.000Z' },
  })
  t.equal((await neighbour.get(`/needs/${needId}/withdrawability`)).statusCode, 404)
  t.equal((await withdraw(needId, 'deceased', 1, neighbour)).statusCode, 404)
  t.equal((await withdraw(needId, 'deceased', 9)).statusCode, 412)

  t.match((await withdraw(needId, 'deceased')).json(), { status: 'withdrawn', endedReason: 'deceased', version: 2 })
  for (const { id } of [reserved, open])
    t.match((await officer.get(`/offers/${id}`)).json(), { state: 'withdrawn', withdrawn: { reason: 'need_ended' } })
  t.match((await officer.get(`/referrals/${referral.id}`)).json(), { state: 'withdrawn' })
  const { rowCount } = await owner.query('select from hold where place_id = $1 and ended_at is null', [
    reserved.placeId,
  ])
  t.equal(rowCount, 0, 'the place is free at once')
  t.same(await openTasks(needId), [])
  t.match((await officer.get(`/needs/${needId}/withdrawability`)).json(), {
    allowed: false,
    possibleOn: null,
    blockers: [{ kind: 'need', id: needId }],
    withdrawnWith: [],
  })
})

t.test('a signed lease stands in the way by name, until it is withdrawn itself', async (t) => {
  const needId = await needOf()
  const other = await offered(needId)
  const { id } = await offered(needId)
  await officer.post(`/offers/${id}/acceptance`, undefined, at(1))
  await officer.post(
    `/offers/${id}/lease`,
    { signedOn: '2026-09-01', during: { from: '2026-09-15', to: null }, termReason: 'Avtalt slik.' },
    at(2),
  )
  const blocked = await withdraw(needId, 'moved_within')
  t.match(blocked.json(), { status: 409, code: 'withdrawal_blocked', blocking: { kind: 'offer', id } }, blocked.body)
  t.match((await officer.get(`/needs/${needId}/withdrawability`)).json(), {
    allowed: false,
    possibleOn: null,
    blockers: [{ kind: 'offer', id, sentence: /Leiekontrakten/ }],
    withdrawnWith: [
      { id: other.id, blocks: false },
      { id, blocks: true, hold: { expiresAt: null } },
    ],
  })
  t.match((await officer.get(`/offers/${other.id}`)).json(), { state: 'sent' }, 'nothing was withdrawn half-way')
  await officer.post(`/offers/${id}/withdrawal`, { reason: 'needs_changed' }, at(3))
  t.match((await withdraw(needId, 'moved_within')).json(), { status: 'closed' }, 'who moved within has what she needed')
})

t.test(
  'each reason says what it does, what has to end first, and what the system records is none of them',
  async (t) => {
    const needId = await needOf()
    const { id } = await offered(needId)
    await officer.post(`/offers/${id}/acceptance`, undefined, at(1))
    const lease = { signedOn: '2026-09-01', during: { from: '2026-09-15', to: null }, termReason: 'Avtalt slik.' }
    await officer.post(`/offers/${id}/lease`, lease, at(2))
    const reasonsOf = async (need: string): Promise<{ id: string; status: string | null; allowed: boolean }[]> =>
      (await officer.get(`/needs/${need}/withdrawability`)).json().reasons
    const said = (reasons: Awaited<ReturnType<typeof reasonsOf>>) =>
      reasons.map((reason) => `${reason.id} ${reason.status} ${reason.allowed}`)
    const reasons = await reasonsOf(needId)
    t.strictSame(said(reasons), [
      'found_own closed false',
      'moved_within closed false',
      'left_city withdrawn false',
      'own_wish withdrawn false',
      'deceased withdrawn false',
      'registered_by_mistake withdrawn false',
      'no_capacity null true',
      'unknown_pending null true',
    ])
    t.match(
      reasons.find((reason) => reason.id === 'left_city'),
      { name: 'Har flyttet fra byen', countsAsShortfall: false, blockers: [{ offerId: id, sentence: /signert/ }] },
    )
    t.match(
      reasons.find((reason) => reason.id === 'no_capacity'),
      { countsAsShortfall: true, consequence: /teller som mangel/ },
    )
    t.match(await reasonsOf(await needOf({ status: 'draft', forms: [] })), [{ allowed: true }])
    const unsaid = (await reasonsOf(await needOf({ status: 'draft', forms: [] }))).find(
      ({ id: r }) => r === 'no_capacity',
    )
    t.match(unsaid, { allowed: false, blockers: [{ offerId: null, sentence: /boligform/ }] })

    // what is shown as possible is possible, and what is not is refused
    await officer.post(`/offers/${id}/withdrawal`, { reason: 'needs_changed' }, at(3))
    for (const reason of await reasonsOf(needId)) {
      const one = await needOf()
      const answer = (await withdraw(one, reason.id)).json()
      t.equal(answer.status, reason.status ?? 'registered', reason.id)
      t.equal(answer.endedReason, reason.status === null ? null : reason.id)
      t.strictSame(
        await reasonsOf(one),
        reason.status === null ? await reasonsOf(one) : [],
        'nothing to say of one that ended',
      )
    }
    for (const id of ['no_capacity_lost_place', 'outprioritised', 'housed'])
      t.equal((await withdraw(needId, id)).statusCode, 422, `${id} is recorded by the system alone`)
  },
)

t.test('an end is told with when, by whom and why, and one that was wrong is corrected with its trace', async (t) => {
  const needId = await needOf()
  const { id } = await offered(needId)
  await withdraw(needId, 'unknown_pending')
  const events = async () => (await officer.get(`/needs/${needId}/events`)).json().items
  const note = 'Flyttet til søsteren i Bergen.'
  const ended = await officer.post(`/needs/${needId}/withdrawal`, { reason: 'left_city', note }, at(2))
  t.match(ended.json(), { status: 'withdrawn', endedReasonName: 'Har flyttet fra byen' })
  t.equal(dayOf(ended.json().endedAt), '2026-09-01')
  t.strictSame(await openTasks(needId), [])
  t.match(await events(), [
    { kind: 'reason_recorded', reason: 'unknown_pending', recordedBy: 'Prøve Prøvesen' },
    { kind: 'ended', reasonName: 'Har flyttet fra byen', note, recordedBy: 'Prøve Prøvesen', consequence: /trekkes/ },
  ])
  t.equal((await neighbour.get(`/needs/${needId}/events`)).statusCode, 404)

  const correct = (who: typeof officer, version: number, body: object = { note: 'Det var broren.' }) =>
    who.post(`/needs/${needId}/withdrawal-correction`, body, at(version))
  t.equal((await correct(neighbour, 3)).statusCode, 404)
  t.equal((await correct(officer, 2)).statusCode, 412)
  t.equal((await correct(officer, 3, {})).statusCode, 422, 'what was wrong is written')
  const again = await correct(officer, 3)
  t.match(again.json(), { status: 'registered', endedAt: null, endedReason: null, version: 4 }, again.body)
  t.match((await events()).at(-1), { kind: 'reopened', note: 'Det var broren.', recordedBy: 'Prøve Prøvesen' })
  t.match((await officer.get(`/offers/${id}`)).json(), { state: 'withdrawn' }, 'what fell with it is offered anew')
  t.equal((await correct(officer, 4)).json().code, 'need_not_open')
  await t.rejects(owner.query('update need_event set note = null'), /append|changed|refuse|not/i)

  // not beside another need, and not where somebody moved in
  const { rows } = await owner.query('select household_id, holding_district from need where id = $1', [needId])
  await withdraw(needId, 'deceased', 4)
  const other = await owner.query('insert into need (household_id, holding_district) values ($1, $2) returning id', [
    rows[0].household_id,
    rows[0].holding_district,
  ])
  t.equal((await correct(officer, 5)).json().code, 'open_need_exists')
  await owner.query('delete from need where id = $1', [other.rows[0].id])
  const housed = await needOf({ status: 'closed', ended_at: '2026-08-01', ended_reason: 'housed' })
  const refused = await officer.post(`/needs/${housed}/withdrawal-correction`, { note: 'Nei.' }, at(1))
  t.equal(refused.json().code, 'correction_blocked')
})

t.test('a decision that was to be made goes on when its need does', async (t) => {
  const person = await given.resident(ALNA)
  const started = (await officer.post('/needs', { residentId: person.residentId, forms: ['municipal'] })).json()
  await officer.post(`/needs/${started.id}/registration`, undefined, at(1))
  const before = await openTasks(started.id)
  t.ok(before.includes('decide_municipal_home'))
  await withdraw(started.id, 'own_wish', 2)
  t.strictSame(await openTasks(started.id), [])
  await officer.post(`/needs/${started.id}/withdrawal-correction`, { note: 'Ville likevel.' }, at(3))
  t.strictSame(await openTasks(started.id), before)
})

t.test('no suitable home is kept as shortfall, once, and the need stands where it stood', async (t) => {
  const needId = await needOf()
  const { id } = await offered(needId)
  t.match((await withdraw(needId, 'no_capacity')).json(), { status: 'registered', endedReason: null, version: 2 })
  t.match((await withdraw(needId, 'no_capacity', 2)).json(), { status: 'registered', version: 3 })
  t.same(await evidenceOf(needId), [{ kind: 'no_capacity', form_needed: 'municipal' }])
  t.match((await officer.get(`/offers/${id}`)).json(), { state: 'sent' })
  const draft = await needOf({ status: 'draft', forms: [] })
  t.match((await withdraw(draft, 'no_capacity')).json(), { status: 409, code: 'need_not_complete' })
  t.match((await withdraw(draft, 'deceased')).json(), { status: 'withdrawn' }, 'a draft can always end')
})

t.test('a reason nobody knows yet is asked for again', async (t) => {
  const needId = await needOf()
  t.match((await withdraw(needId, 'unknown_pending')).json(), { status: 'registered', version: 2 })
  t.same(await openTasks(needId), ['settle_reason'])
  t.same(await evidenceOf(needId), [])
})

t.test('who ends a need and who offers to it wait for each other', async (t) => {
  for (let round = 0; round < 8; round += 1) {
    const needId = await needOf()
    const placeId = await given.place(facilityId)
    const [ended] = await Promise.all([
      withdraw(needId, 'deceased'),
      officer.post('/offers', { needId, placeId, moveInOn: '2026-09-15' }),
      officer.post('/referrals', { needId, form: 'vel_coping' }),
    ])
    t.equal(ended?.statusCode, 200, ended?.body)
    const { rows } = await owner.query(
      `select (select count(*) from offer where need_id = $1 and withdrawn_at is null)::int as offers,
        (select count(*) from hold where place_id = $2 and ended_at is null)::int as holds,
        (select count(*) from referral where need_id = $1 and withdrawn_at is null)::int as referrals`,
      [needId, placeId],
    )
    t.same(rows, [{ offers: 0, holds: 0, referrals: 0 }], 'nothing is left hanging on a need that has ended')
  }
})
