import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const intake = await app.signedInAs({ role: 'intake_officer', name: 'Ida Inntak' })
const house = await given.facility({ name: 'Mestringshuset' })

interface Referred {
  id: string
  version: number
  needId: string
  offerId: string | null
}
const at = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` })

async function needOf(columns: Record<string, unknown> = {}, district = ALNA, assessed = true): Promise<string> {
  const person = await given.resident(district, { name: 'Knut Kjempe' })
  const needId = await given.need(person, { forms: ['vel_coping'], needed_during: '[2026-09-01,)', ...columns })
  if (assessed) await given.assessment(needId, district, officer.accountId)
  return needId
}
const refer = (needId: string, body: object = {}, who = officer) =>
  who.post('/referrals', { needId, form: 'vel_coping', ...body })
async function referred(columns: Record<string, unknown> = {}, body: object = {}): Promise<Referred> {
  const answer = await refer(await needOf(columns), body)
  if (answer.statusCode !== 201) t.fail(answer.body)
  return answer.json()
}
const reply = (to: { id: string; version: number }, body: object, who = intake) =>
  who.post(`/referrals/${to.id}/answer`, body, at(to))
const coping = (columns: Record<string, unknown> = {}) => given.place(house, { form: 'vel_coping', ...columns })
const tasksOf = async (needId: string) => {
  const { items } = (await officer.get(`/tasks?needId=${needId}`)).json()
  return items as { kind: string; dueOn: string; reason: string }[]
}

t.test('referred, given a place, accepted and moved into', async (t) => {
  const wished = await given.facility({ name: 'Ønskehuset' })
  const sent = await referred({ what_matters: 'Ro rundt meg' }, { wishedFacilityId: wished })
  t.match(sent, {
    state: 'sent',
    version: 1,
    residentName: 'Knut Kjempe',
    sentBy: 'Berit Konsulent',
    answerDueOn: '2026-09-15',
    daysLeft: 14,
    wishedFacility: { name: 'Ønskehuset' },
    content: { form: 'vel_coping' },
    answer: null,
  })
  t.match(JSON.stringify(sent), /Ro rundt meg/, 'what it says is frozen with it')
  t.match(await tasksOf(sent.needId), [{ kind: 'referral_answer_due', dueOn: '2026-09-15' }])
  t.match((await intake.get(`/referrals/${sent.id}`)).json(), { residentName: 'Knut Kjempe', content: {} })
  t.equal((await neighbour.get(`/referrals/${sent.id}`)).statusCode, 404)
  t.equal((await neighbour.get('/referrals')).json().items.length, 0)

  const placeId = await coping()
  const places = (await intake.get(`/referrals/${sent.id}/places`)).json().items
  t.match(places, [{ placeId, facilityName: 'Mestringshuset', availableFrom: TODAY }])
  t.equal((await officer.get(`/referrals/${sent.id}/places`)).statusCode, 403)
  const body = { answer: 'place_given', placeId, moveInOn: '2026-09-10', note: 'Velkommen.' }
  t.equal((await reply(sent, body, officer)).statusCode, 403, 'only Felles inntak answers')
  t.equal((await intake.post(`/referrals/${sent.id}/answer`, body)).statusCode, 428)
  const gotPlace = (await reply(sent, body)).json()
  t.match(gotPlace, {
    state: 'place_given',
    offerId: /./,
    answer: { kind: 'place_given', by: 'Ida Inntak', note: 'Velkommen.' },
    actions: [{ allowed: false }, { allowed: false }, { allowed: false }, { action: 'withdraw', allowed: false }],
  })
  t.match((await intake.get(`/offers/${gotPlace.offerId}`)).json(), { state: 'sent', referralId: sent.id })
  t.match(await tasksOf(sent.needId), [
    { kind: 'referral_answered', reason: /Mestringshuset fra 10\. september 2026.*8\. september/ },
  ])
  const taken = await reply(await referred(), body)
  t.match(taken.json(), { status: 409, code: 'place_held', state: { kind: 'held' } }, 'nobody else is given it')
  t.match((await reply(sent, body)).json(), { status: 412 })
  t.match((await reply(gotPlace, body)).json(), { status: 409 })

  const offer = (await officer.get(`/offers/${gotPlace.offerId}`)).json()
  t.match(offer, {
    state: 'sent',
    formNeeded: 'vel_coping',
    skip: 'none',
    sentBy: 'Ida Inntak',
    answerBy: '2026-09-08',
  })
  const yes = (await officer.post(`/offers/${offer.id}/acceptance`, undefined, at(offer))).json()
  t.match(yes, { state: 'accepted' })
  await owner.query("update need set service_decision_on = '2026-09-01' where id = $1", [sent.needId])
  const lives = await officer.post(`/offers/${offer.id}/move-in`, { on: TODAY }, at(yes))
  t.match(lives.json(), { state: 'moved_in', stayId: /./ }, lives.body)
})

t.test('what stops a referral', async (t) => {
  const code = async (answer: Promise<{ json(): unknown }>) => (await answer).json()
  t.match(await code(refer(await needOf({}, ALNA, false))), {
    status: 409,
    code: 'step_stopped',
    errors: [{ code: 'assessment_current' }],
  })
  t.match(await code(refer(await needOf({ responsible_district: null }))), {
    code: 'step_stopped',
    errors: [{ code: 'responsible_district_resolved' }],
  })
  const homes = await needOf({ forms: ['colocated_24h'] })
  t.match(await code(refer(homes, { form: 'colocated_24h' })), { status: 409, code: 'not_given_by_intake' })
  t.match(await code(refer(homes)), { status: 422, errors: [{ pointer: '/form', code: 'not_needed' }] })
  t.match(await code(refer(await needOf({ status: 'draft' }))), { status: 409, code: 'need_not_open' })
  t.match(await code(refer(await needOf(), { wishedFacilityId: '019a0000-0000-7000-8000-000000000000' })), {
    errors: [{ pointer: '/wishedFacilityId' }],
  })
  const { needId } = await referred()
  t.match(await code(refer(needId)), { status: 409, code: 'referral_exists' })
  t.equal((await refer(needId, {}, neighbour)).statusCode, 404)
  const foreign = await needOf({}, GRUNERLOKKA)
  t.equal((await refer(foreign)).statusCode, 404)
  t.equal((await refer(foreign, {}, neighbour)).statusCode, 201)
  const acute = await needOf({ forms: ['vel_emergency'], responsible_district: null }, ALNA, false)
  t.equal((await refer(acute, { form: 'vel_emergency' })).statusCode, 201, 'nobody waits outdoors for a paper')
})

t.test('what stops a place from being given', async (t) => {
  const sent = await referred({ behaviour: 3 })
  const give = async (placeId: string, body: object = {}, to = sent) =>
    (await reply(to, { answer: 'place_given', placeId, moveInOn: '2026-09-10', ...body })).json()
  t.match(await give(await given.place(house, { form: 'vel_care' })), {
    code: 'skip_unexplained',
    errors: [{ code: 'skip_explained' }],
  })
  t.match(await give(await given.place(house)), { code: 'not_given_by_intake' })
  t.match(await give('019a0000-0000-7000-8000-000000000000'), { errors: [{ code: 'unknown_place' }] })
  t.match(await give(await coping(), { moveInOn: '2026-08-31' }), { errors: [{ pointer: '/moveInOn' }] })
  t.match(await give(await coping(), { answerBy: '2026-09-11' }), { errors: [{ pointer: '/answerBy' }] })
  const lived = await coping()
  await given.taken(lived)
  t.match(await give(lived), { status: 409, code: 'place_taken' })
  const closed = await coping()
  await given.closed(closed, '[2026-08-01,2026-10-01)')
  t.match(await give(closed), { status: 409, code: 'place_closed', state: { until: '2026-10-01' } })
  const calm = await given.facility({ max_behaviour: 1 })
  t.match(await give(await given.place(calm, { form: 'vel_coping' })), {
    code: 'place_unfit',
    errors: [{ code: 'place_fits' }, { code: 'behaviour.accepted' }],
  })
  // the bydel has got a yes elsewhere, which Felles inntak cannot see
  const own = await given.place(house)
  const needId = await needOf({ forms: ['vel_coping', 'municipal'], private_rental: 'not_possible' })
  const both = (await refer(needId)).json()
  const offer = (await officer.post('/offers', { needId, placeId: own, moveInOn: '2026-09-15' })).json()
  await officer.post(`/offers/${offer.id}/acceptance`, undefined, at(offer))
  t.match(await give(await coping(), {}, both), { status: 409, code: 'home_accepted' })
  await owner.query("update need set status = 'withdrawn', ended_at = now(), ended_reason = 'deceased' where id = $1", [
    both.needId,
  ])
  t.match(await give(await coping(), {}, both), { status: 409, code: 'need_not_open' })
})

t.test('the waiting list, and a place from it', async (t) => {
  const sent = await referred()
  const waits = (await reply(sent, { answer: 'waiting', note: 'To uker til.' })).json()
  t.match(waits, { state: 'waiting', version: 2, answer: { kind: 'waiting', note: 'To uker til.' } })
  t.match(await tasksOf(sent.needId), [{ kind: 'referral_answered', reason: /venteliste/ }])
  t.match((await reply(waits, { answer: 'waiting' })).json(), { status: 409, code: 'referral_not_open' })
  t.ok(
    (await intake.get('/referrals')).json().items.some(({ id }: Referred) => id === sent.id),
    'still open',
  )
  const placed = await reply(waits, { answer: 'place_given', placeId: await coping(), moveInOn: '2026-09-10' })
  t.match(placed.json(), { state: 'place_given' }, placed.body)
  t.equal((await tasksOf(sent.needId)).length, 1, 'what the answer before asked for is over')
})

t.test('a no with its reason, and a criterion is tried against the data', async (t) => {
  const sent = await referred({ behaviour: 1 })
  t.match((await reply(sent, { answer: 'declined', reason: 'area' })).json(), { status: 422 }, 'the resident’s reason')
  t.match((await reply(sent, { answer: 'declined', reason: 'criteria' })).json(), { errors: [{ pointer: '/ruleId' }] })
  const criteria = { answer: 'declined', reason: 'criteria', ruleId: 'behaviour.accepted' }
  t.match((await reply(sent, criteria)).json(), { errors: [{ pointer: '/facilityId', code: 'missing' }] })
  const homes = await given.facility()
  t.match((await reply(sent, { ...criteria, facilityId: homes })).json(), { errors: [{ code: 'no_such_places' }] })
  const no = await reply(sent, { ...criteria, facilityId: house, note: 'For urolig.' })
  const verdict = {
    ruleId: 'behaviour.accepted',
    outcome: 'passed',
    contradicted: true,
    facilityName: 'Mestringshuset',
  }
  t.match(
    no.json(),
    {
      state: 'declined',
      residentName: null,
      answer: { reasonName: /inntakskriteriene/, consequence: /rettes/, criterion: verdict },
    },
    'said to Felles inntak',
  )
  t.match(
    (await officer.get(`/referrals/${sent.id}`)).json(),
    { residentName: 'Knut Kjempe', answer: { criterion: verdict } },
    'and to the bydel',
  )
  t.match((await tasksOf(sent.needId)).map(({ kind }) => kind).sort(), ['referral_answered', 'review_criteria'])
  t.match(
    (await officer.get(`/needs/${sent.needId}`)).json(),
    { status: 'registered' },
    'the need stands where it stood',
  )
  t.equal((await intake.get(`/referrals/${sent.id}/places`)).statusCode, 409, 'and is no longer seen by intake')
  t.match((await reply(no.json(), { answer: 'waiting' })).json(), { code: 'referral_not_open' })
  t.match((await reply(no.json(), { answer: 'place_given', placeId: await coping(), moveInOn: TODAY })).json(), {
    code: 'referral_not_open',
  })
  t.equal((await refer(sent.needId)).statusCode, 201, 'it may be referred again')

  const strict = await given.facility({ max_behaviour: 0 })
  await given.place(strict, { form: 'vel_coping' })
  const right = await referred({ behaviour: 1 }, { wishedFacilityId: strict })
  t.match((await reply(right, criteria)).json(), { answer: { criterion: { outcome: 'failed', contradicted: false } } })
  const risk = await referred()
  t.match((await reply(risk, { answer: 'declined', reason: 'risk' })).json(), { answer: { criterion: null } })
  const { rows } = await owner.query('select from shortfall_record where need_id = any ($1)', [
    [sent.needId, risk.needId],
  ])
  t.equal(rows.length, 0, 'none of it is lack of capacity')
})

const evidenceOf = async (needId: string) =>
  (await owner.query('select kind, form_needed, form_given, reason from shortfall_record where need_id = $1', [needId]))
    .rows
const accepted = async (offerId: string | null) => {
  const offer = (await officer.get(`/offers/${offerId}`)).json()
  const yes = await officer.post(`/offers/${offerId}/acceptance`, undefined, at(offer))
  if (yes.statusCode !== 200) t.fail(yes.body)
  return offer
}

t.test('another form than was asked for: what was needed comes from the need, with why', async (t) => {
  const said = await referred({ forms: ['vel_coping', 'vel_assessment'] })
  const other = await given.place(house, { form: 'vel_reinforced', label: 'F1' })
  t.match((await intake.get(`/referrals/${said.id}/places?form=municipal`)).json(), {
    status: 422,
    errors: [{ pointer: '/form' }],
  })
  t.match((await intake.get(`/referrals/${said.id}/places?form=vel_reinforced`)).json(), {
    items: [{ placeId: other }],
  })
  const give = (to: Referred, placeId: string, body: object = {}) =>
    reply(to, { answer: 'place_given', placeId, moveInOn: '2026-09-10', ...body })
  const given1 = (await give(said, other, { skip: 'forced', skipReason: 'Mestring er fullt.' })).json()
  t.match(given1, { givenPlace: { label: 'F1', formName: 'Forsterket bo- og behandling (VEL)' } })
  t.match(await tasksOf(said.needId), [
    { reason: /Det er forsterket bo- og behandling \(VEL\): Mestring er fullt\. Svar/ },
  ])
  t.match(await accepted(given1.offerId), {
    formNeeded: 'vel_coping',
    place: { form: 'vel_reinforced' },
    skip: 'forced',
    skipReason: 'Mestring er fullt.',
  })
  t.same(await evidenceOf(said.needId), [
    { kind: 'forced_skip', form_needed: 'vel_coping', form_given: 'vel_reinforced', reason: 'Mestring er fullt.' },
  ])

  // the need wants what nobody has: whoever answers need not remember to say so
  const unsaid = await referred({ forms: ['vel_assessment', 'vel_coping'] })
  const given2 = (await give(unsaid, await coping())).json()
  t.match(await accepted(given2.offerId), { formNeeded: 'vel_assessment', skip: 'forced', skipReason: /^Ingen ledig/ })
  t.match(await evidenceOf(unsaid.needId), [{ kind: 'forced_skip', form_needed: 'vel_assessment' }])

  // and where it could be had, the need says that both will do
  await given.place(house, { form: 'vel_assessment', label: 'U1' })
  const both = await referred({ forms: ['vel_assessment', 'vel_coping'] })
  const given3 = (await give(both, await coping())).json()
  t.match(await accepted(given3.offerId), { formNeeded: 'vel_assessment', skip: 'none', skipReason: null })
  t.same(await evidenceOf(both.needId), [])
  const asked = (
    await refer(await needOf({ forms: ['vel_assessment', 'vel_coping'] }), { form: 'vel_assessment' })
  ).json()
  t.match((await give(asked, await coping())).json(), { code: 'skip_unexplained' }, 'asked for, free, and not given')
})

t.test('a no for lack of capacity is shortfall, once, and is counted', async (t) => {
  const before = (await intake.get('/referrals/counts')).json()
  const sent = await referred()
  t.match((await intake.get('/referrals/counts')).json(), { unanswered: before.unanswered + 1 })
  const no = await reply(sent, { answer: 'declined', reason: 'no_capacity', note: 'Alt er fullt.' })
  t.match(no.json(), {
    state: 'declined',
    answer: { reasonName: 'Ingen ledig plass som passer', consequence: /mangel på plass/ },
  })
  t.same(await evidenceOf(sent.needId), [
    { kind: 'no_capacity', form_needed: 'vel_coping', form_given: null, reason: 'Alt er fullt.' },
  ])
  t.match(await tasksOf(sent.needId), [{ reason: /Det er skrevet som mangel på plass/ }])
  t.match((await intake.get('/referrals/counts')).json(), {
    unanswered: before.unanswered,
    declined: before.declined + 1,
    declinedForCapacity: before.declinedForCapacity + 1,
    since: '2026-08-02',
  })
  t.equal((await reply(no.json(), { answer: 'declined', reason: 'no_capacity' })).statusCode, 409)
  const again = (await refer(sent.needId)).json()
  t.equal((await reply(again, { answer: 'declined', reason: 'no_capacity' })).statusCode, 200)
  t.equal((await evidenceOf(sent.needId)).length, 2, 'referred again and refused again it is evidence again')
  t.equal((await neighbour.get('/referrals/counts')).json().declined, 0, 'a bydel counts its own')
})

t.test('one that got a place is not taken back: its offer is, and is named', async (t) => {
  const sent = await referred()
  const got = (
    await reply(sent, { answer: 'place_given', placeId: await coping({ label: 'M7' }), moveInOn: TODAY })
  ).json()
  const back = await officer.post(`/referrals/${sent.id}/withdrawal`, { reason: 'needs_changed' }, at(got))
  t.match(back.json(), {
    status: 409,
    code: 'withdrawal_blocked',
    detail: /plass: M7, Mestringshuset\. Trekk tilbudet/,
    blocking: { kind: 'offer', id: got.offerId },
  })
})

t.test('a place that was found goes with it, and what presses is said', async (t) => {
  const placeId = await coping({ label: 'M9' })
  const wrong = await given.place(house, { form: 'vel_care' })
  const needId = await needOf({ must_leave_by: '2026-09-05' })
  t.match((await refer(needId, { placeId: wrong })).json(), { errors: [{ pointer: '/placeId', code: 'other_form' }] })
  t.match((await refer(needId, { placeId, runId: wrong })).json(), { errors: [{ pointer: '/runId' }] })
  const chain = { id: wrong, position: 0 }
  t.match((await refer(needId, { chain })).json(), { errors: [{ pointer: '/placeId', code: 'missing' }] })
  t.equal((await refer(needId, { placeId, chain })).statusCode, 404, 'no such chain')
  const sent = (await refer(needId, { placeId })).json()
  const shown = (await intake.get(`/referrals/${sent.id}`)).json()
  t.match(shown, {
    proposedPlace: { id: placeId, label: 'M9', facilityName: 'Mestringshuset' },
    urgency: { urgencyClass: 2 },
    whyNow: [/^Hasteklasse 2: /, 'Må flytte innen 5. september 2026, om 4 dager.', 'Svaret skal gis om 14 dager.'],
  })
  const [listed] = (await officer.get(`/referrals?needId=${needId}&state=all`)).json().items
  t.same(listed.whyNow, shown.whyNow)
  const no = (await reply(sent, { answer: 'declined', reason: 'risk' })).json()
  t.match(no, { whyNow: [], urgency: null }, 'after a no Felles inntak knows nothing more of it')
})

t.test('taken back, it is gone for Felles inntak', async (t) => {
  const sent = await referred()
  const withdraw = (reason: string, who = officer) => who.post(`/referrals/${sent.id}/withdrawal`, { reason }, at(sent))
  t.match((await withdraw('need_ended')).json(), { status: 422 }, 'the system’s own reason')
  t.equal((await withdraw('needs_changed', neighbour)).statusCode, 404)
  t.match((await withdraw('needs_changed')).json(), {
    state: 'withdrawn',
    withdrawn: { reasonName: 'Behovet er et annet nå' },
  })
  t.equal((await intake.get(`/referrals/${sent.id}`)).statusCode, 404)
  t.equal((await reply({ ...sent, version: 2 }, { answer: 'waiting' })).statusCode, 404)
  t.same(await tasksOf(sent.needId), [])
  t.match((await officer.get('/referrals?state=withdrawn')).json().items, [{ id: sent.id }])
})

t.test('the list is in the order in which answers are due, and says which are late', async (t) => {
  t.teardown(() => {
    deps.demoDate = TODAY
  })
  deps.demoDate = '2026-08-01'
  const early = await referred({ needed_during: '[2026-08-01,)' })
  deps.demoDate = TODAY
  const page = (await intake.get('/referrals?limit=1')).json()
  t.match(page.items, [{ id: early.id, state: 'overdue', daysLeft: -17 }])
  const next = (await intake.get(`/referrals?limit=100&cursor=${page.nextCursor}`)).json().items
  t.ok(next.length > 2)
  t.same(
    next.map(({ answerDueOn }: { answerDueOn: string }) => answerDueOn),
    next.map(({ answerDueOn }: { answerDueOn: string }) => answerDueOn).toSorted(),
  )
  t.notOk(next.some(({ id }: Referred) => id === early.id))
  const answered = (await intake.get('/referrals?state=answered')).json().items
  t.ok(answered.every(({ state }: { state: string }) => state === 'place_given' || state === 'declined'))
  t.match((await officer.get(`/referrals?needId=${early.needId}&form=vel_coping`)).json().items, [{ id: early.id }])
  t.equal((await intake.get('/referrals?cursor=x')).statusCode, 422)
})

t.test('two of Felles inntak answer at once: one of them has answered', async (t) => {
  const sent = await referred()
  const placeId = await coping()
  const answers = await Promise.all([
    reply(sent, { answer: 'place_given', placeId, moveInOn: '2026-09-10' }),
    reply(sent, { answer: 'place_given', placeId: await coping(), moveInOn: '2026-09-10' }),
    reply(sent, { answer: 'declined', reason: 'risk' }),
  ])
  t.same(
    answers.map(({ statusCode }) => statusCode).sort(),
    [200, 412, 412],
    answers.map(({ body }) => body).join('\n'),
  )
  const { rowCount } = await owner.query('select from offer where referral_id = $1', [sent.id])
  t.ok((rowCount ?? 0) <= 1)
})

t.test('a protected person’s referral is not seen by Felles inntak', async (t) => {
  const sent = await referred()
  await owner.query(
    `update resident set address_protection = 'confidential' where household_id = (select household_id from need where id = $1)`,
    [sent.needId],
  )
  for (const who of [intake, officer]) t.equal((await who.get(`/referrals/${sent.id}`)).statusCode, 404)
})
