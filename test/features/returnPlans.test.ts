import t from 'tap'
import { SESSION_COOKIE } from '../../src/access/session.ts'
import { asActor } from '../../src/db/actor.ts'
import { type Client, TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, type Person } from '../support/fixtures.ts'
import { actor } from '../support/wall.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const neighbour = await app.signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
const planner = await app.signedInAs({ role: 'planner' })
const staff = await app.signedInAs({ role: 'facility_staff' })

const institution = await given.facility({ name: 'Ekelund', operator: 'Velferdsetaten', operator_kind: 'vel' })
const house = await given.facility({ name: 'Furuset samlokaliserte' })
const bed = (until = '') => given.place(institution, { form: 'vel_coping', open_during: `[2020-01-01,${until})` })
const inVel = async (name: string, district = ALNA, until = '', columns = {}) => {
  const person = await given.resident(district, { name, ...columns })
  const stayId = await given.livesIn(person, await bed(until), '[2025-01-01,)', { form: 'vel_coping' })
  return { ...person, stayId }
}
/** She leaves the institution and moves into a home on a day. */
const moves = async ({ stayId, ...person }: Person & { stayId: string }, on: string) => {
  await owner.query(
    `update occupancy set during = daterange(lower(during), $2) where id = (select occupancy_id from stay where id = $1)`,
    [stayId, on],
  )
  await owner.query('update stay set during = daterange(lower(during), $2) where id = $1', [stayId, on])
  return given.livesIn(person, await given.place(house, { form: 'colocated_24h' }), `[${on},)`, {
    form: 'colocated_24h',
  })
}

const kari = await inVel('Kari Hjem', ALNA, '2027-06-01')
const ola = await inVel('Ola Blir')
const nabo = await inVel('Nabo Nabosen', GRUNERLOKKA)
const hidden = await inVel('Hemmelig Person', ALNA, '', { address_protection: 'strictly_confidential' })
const elsewhere = await given.resident(ALNA, { name: 'Bor Hjemme' })
await given.livesIn(elsewhere, await given.place(house))

const created = async (client: Client, path: string, body: unknown) => {
  const reply = await client.post(path, body)
  if (reply.statusCode !== 201) throw new Error(`${path}: ${reply.body}`)
  return reply.json<{ id: string; version: number; [more: string]: unknown }>()
}
const team = await created(manager, '/support-teams', {
  district: ALNA,
  name: 'Booppfølging Alna',
  capacity: 40,
  newPerMonth: 3,
  during: { from: '2024-01-01', to: null },
})
const whole = {
  verdict: 'right',
  verdictReason: 'Vil hjem',
  targetForm: 'colocated_24h',
  earliestOn: '2026-12-01',
  targetOn: '2027-03-01',
  ownPart: 'answered',
  ownPartOn: '2026-08-20',
  ownWords: 'Å bo nær søsteren min.',
  districtOwner: 'Eva Ansvarlig',
  velContact: 'Vidar Vel',
  supportTeamId: team.id,
  supportFrom: '2027-01-01',
}

t.test('a plan is of somebody who lives in one of VEL’s institutions, and of one’s own people', async (t) => {
  for (const [what, body, status, found] of [
    ['nobody', { residentId: '019a0000-0000-7000-8000-000000000000' }, 404, { code: 'not_found' }],
    ['another bydel’s', { residentId: nabo.residentId }, 404, { code: 'not_found' }],
    ['one who is hidden', { residentId: hidden.residentId }, 404, { code: 'not_found' }],
    [
      'lives in no institution',
      { residentId: elsewhere.residentId },
      422,
      { errors: [{ code: 'not_in_institution' }] },
    ],
    [
      'a target in the past',
      { targetOn: '2026-08-31' },
      422,
      { errors: [{ pointer: '/targetOn', code: 'in_the_past' }] },
    ],
    ['a target today', { targetOn: TODAY }, 422, { errors: [{ pointer: '/targetOn', code: 'in_the_past' }] }],
    [
      'a target before the earliest',
      { earliestOn: '2027-05-01', targetOn: '2027-04-01' },
      422,
      { errors: [{ code: 'before_earliest' }] },
    ],
    [
      'support after the move',
      { targetOn: '2027-04-01', supportFrom: '2027-04-01' },
      422,
      { errors: [{ code: 'not_before_move' }] },
    ],
    ['an institution as a home', { targetForm: 'vel_care' }, 422, { errors: [{ code: 'not_a_home' }] }],
    ['no such day', { targetOn: '2027-02-29' }, 422, { errors: [{ pointer: '/targetOn' }] }],
    ['right without why', { verdict: 'right' }, 422, { errors: [{ pointer: '/verdictReason' }] }],
    ['answered without words', { ownPart: 'answered', ownPartOn: TODAY }, 422, { errors: [{ pointer: '/ownWords' }] }],
    ['answered tomorrow', { ownPart: 'offered', ownPartOn: '2026-09-02' }, 422, { errors: [{ code: 'in_future' }] }],
    ['no such bydel', { homeDistrict: '030199' }, 422, { errors: [{ pointer: '/homeDistrict' }] }],
    [
      'another bydel’s team',
      { homeDistrict: GRUNERLOKKA, supportTeamId: team.id },
      422,
      { errors: [{ pointer: '/supportTeamId' }] },
    ],
  ] as const) {
    const refused = await officer.post('/return-plans', { residentId: kari.residentId, ...body })
    t.equal(refused.statusCode, status, what)
    t.match(refused.json(), found, what)
  }
  t.equal((await staff.get('/return-plans')).statusCode, 403)
  const before = (await officer.get('/return-plans/without-plan')).json()
  t.match(before.items, [{ residentName: 'Kari Hjem', closesOn: '2027-06-01' }, { residentName: 'Ola Blir' }])
  t.equal(before.items.length, 2)
  t.equal(
    (await planner.get('/return-plans/without-plan')).json().items.length,
    3,
    'VEL’s planner sees who lives in VEL, none hidden',
  )
})

t.test(
  'what rule 11 misses is named and stops the agreement, and what was agreed falls with what it rests on',
  async (t) => {
    const plan = await created(officer, '/return-plans', { residentId: kari.residentId })
    t.match(plan, {
      residentName: 'Kari Hjem',
      phase: 'planning',
      standing: 'undecided',
      homeDistrict: ALNA,
      mayChange: true,
    })
    const again = await officer.post('/return-plans', { residentId: kari.residentId })
    t.match(again.json(), { status: 409, code: 'return_plan_open', blocking: { kind: 'return_plan', id: plan.id } })

    const stopped = await officer.post(`/return-plans/${plan.id}/agreement`, {}, { 'if-match': `"${plan.version}"` })
    t.match(stopped.json(), { status: 409, code: 'return_plan_incomplete' })
    t.equal(stopped.json().errors.length, 7, 'all seven are named')
    t.equal((await officer.patch(`/return-plans/${plan.id}`, whole)).statusCode, 428)
    const filled = await officer.patch(`/return-plans/${plan.id}`, whole, plan.version)
    t.match(filled.json(), { version: 2, missing: [], standing: 'on_track', supportTeamName: 'Booppfølging Alna' })
    t.equal((await officer.patch(`/return-plans/${plan.id}`, whole, plan.version)).statusCode, 412)
    const agreed = await planner.post(`/return-plans/${plan.id}/agreement`, {}, { 'if-match': `"${2}"` })
    t.match(agreed.json(), { agreedOn: TODAY, phase: 'establishing' })
    const fell = await officer.patch(`/return-plans/${plan.id}`, { districtOwner: null }, 3)
    t.match(fell.json(), { agreedOn: null, phase: 'planning', missing: [{ id: 'district_owner' }] })
    await officer.patch(`/return-plans/${plan.id}`, { districtOwner: 'Eva Ansvarlig' }, 4)
    t.match((await officer.get(`/return-plans/${plan.id}/events`)).json().items, [
      { kind: 'changed', changes: [{ fieldName: 'Ansvarlig i bydelen', before: null, after: 'Eva Ansvarlig' }] },
      { kind: 'agreement_ended' },
      { kind: 'changed' },
      { kind: 'agreed' },
      { kind: 'changed' },
      { kind: 'begun' },
    ])
    const missing = await neighbour.get('/return-plans/019a0000-0000-7000-8000-000000000000')
    for (const path of ['', '/events', '/homes']) {
      const foreign = await neighbour.get(`/return-plans/${plan.id}${path}`)
      t.equal(foreign.statusCode, 404)
      t.strictSame({ ...foreign.json(), traceId: '' }, { ...missing.json(), traceId: '' }, 'like a missing one')
    }
    t.equal((await neighbour.patch(`/return-plans/${plan.id}`, whole, 5)).statusCode, 404)
    const stays = await created(officer, '/return-plans', {
      residentId: ola.residentId,
      verdict: 'rightly_stays',
      verdictReason: 'Trives',
    })
    t.match(stays, { phase: 'rightly_stays', standing: 'rightly_stays', missing: [] })
  },
)

t.test('a bydel binds itself to a home by a day, and it is red where the institution closes before', async (t) => {
  const [plan] = (await manager.get(`/return-plans?residentId=${kari.residentId}`)).json().items
  const late = await given.place(house, { label: 'Sen', form: 'colocated_24h', open_during: '[2027-08-01,)' })
  const early = await given.place(house, { label: 'Tidlig', form: 'colocated_24h', open_during: '[2027-02-01,)' })
  const homes = (await manager.get(`/return-plans/${plan.id}/homes`)).json().items
  t.match(homes, [{ label: 'Tidlig', opensOn: '2027-02-01' }, { label: 'Sen' }])
  const held = await given.place(house, { label: 'Holdt', form: 'colocated_24h', open_during: '[2020-01-01,)' })
  await owner.query(
    `insert into hold (place_id, holding_district, during, expires_at, created_at)
      values ($1, $2, '[2026-10-01,)', '2026-09-20', '2026-08-31')`,
    [held, ALNA],
  )
  for (const [what, body, code] of [
    ['held for somebody else', { readyOn: '2027-05-01', placeId: held }, 'held'],
    ['yesterday', { readyOn: '2026-08-31' }, 'in_the_past'],
    ['a home that opens later', { readyOn: '2027-05-01', placeId: late }, 'opens_later'],
    ['no such home', { readyOn: '2027-05-01', placeId: plan.id }, 'unknown'],
    ['an institution', { readyOn: '2027-05-01', placeId: await bed() }, 'not_a_home'],
  ] as const) {
    const refused = await manager.post('/home-commitments', { returnPlanId: plan.id, ...body })
    t.match([refused.statusCode, refused.json().errors?.[0]?.code], [422, code], what)
  }
  t.equal((await officer.post('/home-commitments', { returnPlanId: plan.id, readyOn: '2027-05-01' })).statusCode, 403)
  t.equal((await neighbour.post('/home-commitments', { returnPlanId: plan.id, readyOn: '2027-05-01' })).statusCode, 404)

  const change = async (client: Client) =>
    (await client.get('/capacity-changes')).json().items.find(({ day }: { day: string }) => day === '2027-06-01')
  t.match(await change(manager), { state: 'no_commitment', red: false, certaintyName: 'Ikke oppgitt' })
  const word = await created(manager, '/home-commitments', {
    returnPlanId: plan.id,
    readyOn: '2027-08-15',
    placeId: late,
  })
  t.match(await change(manager), {
    state: 'closes_first',
    red: true,
    occupant: { residentName: 'Kari Hjem', commitment: { readyOn: '2027-08-15', home: { label: 'Sen' } } },
  })
  t.equal((await change(manager)).why.length, 2, 'the word and the home are both too late')
  t.match(
    await change(neighbour),
    { occupied: true, occupant: null, state: null, red: false },
    'told to her own bydel alone',
  )
  t.match(await change(planner), { red: true, occupant: { district: ALNA } })
  t.equal(
    (await manager.post('/home-commitments', { returnPlanId: plan.id, readyOn: '2027-05-01' })).json().code,
    'commitment_exists',
  )
  t.match(
    (await neighbour.get('/capacity-changes/districts?district=030112')).json().items,
    [{ people: 1, red: 1, committed: 1 }],
    'numbers are shared',
  )
  const better = await manager.patch(
    `/home-commitments/${word.id}`,
    { readyOn: '2027-03-01', placeId: early },
    word.version,
  )
  t.match(better.json(), { version: 2, home: { label: 'Tidlig' } })
  t.match(await change(manager), { state: 'accounted', red: false, why: [] })
  t.equal((await manager.patch(`/home-commitments/${word.id}`, { note: 'x' }, 1)).statusCode, 412)
  t.equal((await neighbour.get(`/home-commitments/${word.id}`)).statusCode, 404)
  t.match((await planner.get('/home-commitments')).json().items, [{ residentName: 'Kari Hjem' }])

  const { placeId } = await change(planner)
  const said = await planner.put(`/places/${placeId}/certainty`, { kind: 'closing', certainty: 'decided' }, 0)
  t.match(said.json(), { certainty: 'decided', certaintyVersion: 1 })
  t.equal(
    (await planner.put(`/places/${placeId}/certainty`, { kind: 'closing', certainty: 'possible' }, 0)).statusCode,
    412,
  )
  t.equal(
    (await planner.put(`/places/${placeId}/certainty`, { kind: 'closing', certainty: 'possible' }, 1)).statusCode,
    200,
  )
  t.equal(
    (await manager.put(`/places/${placeId}/certainty`, { kind: 'closing', certainty: 'possible' }, 2)).statusCode,
    403,
  )

  // the word falls when the plan says another bydel, and the agreement with it
  const agreedOn = (version: number) =>
    planner.post(`/return-plans/${plan.id}/agreement`, {}, { 'if-match': `"${version}"` })
  const agreed = await agreedOn(plan.version)
  t.match(agreed.json(), { agreedOn: TODAY, commitment: { readyOn: '2027-03-01' } })
  const away = { homeDistrict: GRUNERLOKKA, supportTeamId: null, supportFrom: null }
  const other = await manager.patch(`/return-plans/${plan.id}`, away, plan.version + 1)
  t.match(other.json(), { homeDistrict: GRUNERLOKKA, agreedOn: null, commitment: null })
  t.match((await manager.get(`/home-commitments/${word.id}`)).json(), {
    withdrawnOn: TODAY,
    withdrawnNote: 'Planen ble endret.',
  })
  await manager.patch(
    `/return-plans/${plan.id}`,
    { homeDistrict: ALNA, supportTeamId: team.id, supportFrom: '2027-01-01' },
    plan.version + 2,
  )
  await agreedOn(plan.version + 3)
  const form = await manager.patch(`/return-plans/${plan.id}`, { targetForm: 'colocated_day' }, plan.version + 4)
  t.match(
    form.json(),
    { targetForm: 'colocated_day', missing: [], agreedOn: null },
    'another form is another agreement',
  )
  const second = await created(manager, '/home-commitments', {
    returnPlanId: plan.id,
    readyOn: '2027-03-01',
    placeId: early,
  })
  const taken = await manager.post(
    `/home-commitments/${second.id}/withdrawal`,
    { note: 'Boligen brant' },
    { 'if-match': `"${1}"` },
  )
  t.match(taken.json(), { withdrawnOn: TODAY, withdrawnNote: 'Boligen brant' })
  t.equal(
    (await manager.post(`/home-commitments/${second.id}/withdrawal`, { note: 'x' }, { 'if-match': `"${2}"` })).json()
      .code,
    'commitment_closed',
  )
})

t.test('what came of it, as the stays have it; some move back, and are counted', async (t) => {
  const [plan] = (await officer.get(`/return-plans?residentId=${kari.residentId}`)).json().items
  const outcome = (body: object, version: number) =>
    officer.post(`/return-plans/${plan.id}/outcome`, body, { 'if-match': `"${version}"` })
  await created(manager, '/home-commitments', { returnPlanId: plan.id, readyOn: '2027-01-01' })
  t.equal((await outcome({ outcome: 'moved_home', on: '2026-09-02' }, plan.version)).json().errors[0].code, 'in_future')
  t.equal((await outcome({ outcome: 'moved_home', on: TODAY }, plan.version)).json().code, 'not_moved')
  t.equal((await outcome({ outcome: 'moved_back', on: TODAY }, plan.version)).json().code, 'return_plan_closed')
  const homeStay = await moves(kari, TODAY)
  t.match(
    (await planner.get('/return-plans/standing')).json().total,
    { moved_unwritten: 1, left: 0, late: 0, householdsLeft: 0, livingInVel: 3 },
    'who has left is not among those who are to move',
  )
  t.match((await officer.get(`/return-plans/${plan.id}`)).json(), { standing: 'moved_unwritten', late: [] })
  const moved = await outcome({ outcome: 'moved_home', on: TODAY }, plan.version)
  t.match(moved.json(), {
    phase: 'follow_up',
    standing: 'moved_home',
    checksDue: ['2026-10-01', '2026-12-01', '2027-03-01', '2027-09-01'],
  })
  t.match((await manager.get('/home-commitments?state=settled')).json().items, [{ settledOn: TODAY }])
  t.equal((await planner.get(`/return-plans/${plan.id}`)).statusCode, 404, 'VEL’s planner sees those who live in VEL')
  t.match((await planner.get('/return-plans/standing')).json().total, {
    moved_home: 1,
    rightly_stays: 1,
    without_plan: 2,
    livingInVel: 3,
  })
  t.equal(
    (await officer.patch(`/return-plans/${plan.id}`, { districtOwner: 'Ny' }, plan.version + 1)).json().code,
    'return_plan_closed',
  )

  await owner.query(
    'update occupancy set during = daterange($2::date, null) where id = (select occupancy_id from stay where id = $1)',
    [homeStay, '2026-08-01'],
  )
  await given.livesIn(kari, await bed(), `[${TODAY},)`, { form: 'vel_coping' })
  const again = await officer.post('/return-plans', { residentId: kari.residentId })
  t.match(again.json(), { code: 'return_plan_open', detail: /flyttet tilbake/ })
  const back = await outcome({ outcome: 'moved_back', on: TODAY }, plan.version + 1)
  t.match(back.json(), { phase: 'moved_back', standing: 'moved_back', movedBackOn: TODAY })
  t.match((await planner.get('/return-plans/standing')).json().total, {
    moved_back: 1,
    moved_home: 0,
    without_plan: 3,
    livingInVel: 4,
  })
  const anew = await created(officer, '/return-plans', { residentId: kari.residentId })
  const withdrawn = await officer.post(
    `/return-plans/${anew.id}/withdrawal`,
    { reason: 'wrongly_registered' },
    { 'if-match': `"${anew.version}"` },
  )
  t.match(withdrawn.json(), { phase: 'withdrawn', standing: null, withdrawnReason: 'Feil registrert' })
})

t.test('who lives on a place that has closed is still counted, and red', async (t) => {
  await inVel('Over Tid', ALNA, '2026-08-15')
  const overdue = async (client: Client) =>
    (await client.get('/capacity-changes')).json().items.find(({ day }: { day: string }) => day === '2026-08-15')
  t.match(await overdue(manager), {
    state: 'closes_first',
    red: true,
    why: ['Plassen ble lagt ned 15. august 2026, og noen bor der fortsatt.'],
    occupant: { residentName: 'Over Tid' },
  })
  t.match(await overdue(neighbour), { occupied: true, occupant: null, state: null })
  t.match((await neighbour.get('/capacity-changes/districts?district=030112')).json().items, [{ people: 1, red: 1 }])
  t.match((await neighbour.get('/capacity-changes/account')).json().total, { people: 1, red: 1, closing: 1, empty: 1 })
})

t.test('a plan that is over takes no word, also where it ended in between', async (t) => {
  await t.rejects(
    owner.query(
      `insert into home_commitment (return_plan_id, household_id, holding_district, ready_on, committed_on)
        select id, household_id, holding_district, '2027-05-01', '2026-09-01' from return_plan where withdrawn_on is not null limit 1`,
    ),
    { message: 'a commitment of a plan that is over' },
  )
})

t.test('figures are shared as JSON, CSV and XLSX, and the log keeps to its district', async (t) => {
  // on the day she moves from one institution to another she lives in both, and once
  await given.livesIn(ola, await bed(), `[${TODAY},)`, { form: 'vel_coping' })
  const table = (await neighbour.get('/return-plans/standing')).json()
  t.equal(table.items.length, 15)
  t.match(table, { settledBy: '2030-01-01', items: table.items })
  const burn = (await neighbour.get('/return-plans/burn-down?district=030112')).json().items
  t.equal(burn.at(-1).day, '2030-01-01')
  t.match(
    burn.find(({ day }: { day: string }) => day === TODAY),
    { livingInVel: 4, householdsInVel: 4 },
  )
  t.equal(burn.at(-1).livingInVel, null, 'nobody knows who lives where after today')
  for (const path of [
    '/return-plans/standing',
    '/return-plans/burn-down',
    '/capacity-changes/account',
    '/capacity-changes/districts',
  ]) {
    const csv = await app.app.inject({
      url: `/api/v1${path}`,
      headers: { cookie: `${SESSION_COOKIE}=${planner.cookie}`, accept: 'text/csv' },
    })
    t.match(csv.headers['content-type'], /text\/csv/, path)
    t.equal((await planner.get(path)).statusCode, 200)
  }
  const account = (await neighbour.get('/capacity-changes/account')).json()
  t.match(account.total, { planned2021: 657, planned2030: 475, plannedChange: -182 })
  const { closing, closingPossible, closingUnsaid, opening, openingUnsaid } = account.total
  t.same(
    [closingPossible, closingUnsaid],
    [1, closing - 1],
    'one closing has been said to be possible, of no other how certain',
  )
  t.equal(openingUnsaid, opening)
  t.equal(account.total.unaccounted, 475 - account.total.openOnTheDay, 'what no named place tells of is said')
})

t.test('row security without the first wall', async (t) => {
  const as = (client: Client, role: 'planner' | 'housing_officer', districts: string[], table: string) =>
    asActor(app.deps.db, actor(role, client, districts), undefined, async ({ trx }) =>
      Number(
        (
          await trx
            .selectFrom(table as 'returnPlan')
            .select(({ fn }) => fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      ),
    )
  t.equal(await as(officer, 'housing_officer', [GRUNERLOKKA], 'returnPlan'), 0)
  t.equal(await as(officer, 'housing_officer', [GRUNERLOKKA], 'returnPlanEvent'), 0)
  t.equal(await as(officer, 'housing_officer', [GRUNERLOKKA], 'homeCommitment'), 0)
  t.equal(
    await as(planner, 'planner', [], 'resident'),
    4,
    'the planner sees those who live in VEL, and none who is hidden',
  )
})
