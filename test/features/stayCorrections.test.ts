import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const facilityId = await given.facility()
const staff = await app.signedInAs({ role: 'facility_staff', facilities: [facilityId], name: 'Stian Ansatt' })
const stranger = await app.signedInAs({ role: 'facility_staff', facilities: [await given.facility()] })

const at = (version: number) => ({ 'if-match': `"${version}"` })

async function resident({ form = 'municipal', since = '2026-03-01', until = null as string | null } = {}) {
  const person = await given.resident(ALNA, { name: 'Knut Kjempe' })
  const placeId = await given.place(facilityId, { form })
  const stayId = await given.livesIn(person, placeId, `[${since},)`, { form, expected_until: until })
  return { person, placeId, stayId }
}
const versionOf = async (stayId: string): Promise<number> =>
  (await owner.query<{ version: number }>('select version from stay where id = $1', [stayId])).rows[0]?.version ?? 0
const act = async (stayId: string, verb: string, body: object, who = officer) =>
  who.post(`/stays/${stayId}/${verb}`, body, at(await versionOf(stayId)))
const depart = (stayId: string, on: string, reason = 'own_wish') => act(stayId, 'departure', { on, reason })
const correct = (stayId: string, body: object = {}, who = officer) =>
  act(stayId, 'departure-correction', { on: null, reason: 'did_not_move', ...body }, who)
const correctMoveIn = (stayId: string, body: object, who = officer) =>
  act(stayId, 'move-in-correction', { reason: 'wrong_day', ...body }, who)
const openTasks = async (stayId: string) =>
  (
    await owner.query<{ kind: string; due: string }>(
      `select kind, due_on::text as due from task where stay_id = $1 and dropped_at is null and done_at is null order by due_on, kind`,
      [stayId],
    )
  ).rows
const days = async (stayId: string) =>
  (
    await owner.query<{ stay: string; occupancy: string }>(
      'select s.during::text as stay, o.during::text as occupancy from stay s join occupancy o on o.id = s.occupancy_id where s.id = $1',
      [stayId],
    )
  ).rows[0]
const task = (kind: string, stayId: string, columns = {}) =>
  owner.query(
    `insert into task (kind, holding_district, stay_id, due_on, reason, done_at, outcome)
     values ($1, $2, $3, '2026-10-01', 'x', $4, $5)`,
    [kind, ALNA, stayId, ...Object.values({ done_at: null, outcome: null, ...columns })],
  )
const taken = async (placeId: string) => (await officer.get(`/places/${placeId}`)).json().taken

t.test('a departure that never was: the stay goes on, and so does what was followed up', async (t) => {
  const { stayId, placeId, person } = await resident({ until: '2026-12-01' })
  await given.need(person)
  await task('check_3m', stayId)
  await task('check_1m', stayId, { done_at: '2026-08-01T10:00:00Z', outcome: 'goes_well' })
  t.equal((await depart(stayId, '2026-08-20')).statusCode, 200)
  t.match(await openTasks(stayId), [{ kind: 'need_after_departure' }])
  t.equal(await taken(placeId), false)

  const back = await correct(stayId, { note: 'Var på ferie.' }, staff)
  t.match(
    back.json(),
    { state: 'present', to: null, departure: null, expectedUntil: '2026-12-01', rightOfReturnUntil: null },
    back.body,
  )
  t.equal(await taken(placeId), true)
  t.same(await days(stayId), { stay: '[2026-03-01,)', occupancy: '[2026-03-01,)' })
  t.match(
    await openTasks(stayId),
    [
      { kind: 'need_after_departure', due: TODAY },
      { kind: 'check_3m', due: '2026-10-01' },
    ],
    'what was done is not asked again, and the need is looked at since the person lives where she did',
  )
  t.match((await officer.get(`/stays/${stayId}/events`)).json().items, [
    { kind: 'departed', occurredOn: '2026-08-20', recordedBy: 'Berit Konsulent', reasonName: 'Ville flytte selv' },
    {
      kind: 'departure_corrected',
      kindName: 'Utflytting rettet',
      recordedBy: 'Stian Ansatt',
      onBefore: '2026-08-20',
      onAfter: null,
      reasonName: 'Flyttet ikke likevel',
      note: 'Var på ferie.',
    },
  ])
  t.match((await correct(stayId)).json(), { status: 409, code: 'stay_not_departed' }, 'once')
  t.equal((await depart(stayId, TODAY)).statusCode, 200, 'and she can leave for good')
})

t.test('the place is hers only while nobody else has been given it', async (t) => {
  const gone = await resident()
  await depart(gone.stayId, '2026-08-20')
  const next = await given.resident(ALNA)
  await given.livesIn(next, gone.placeId, '[2026-08-25,)')
  t.match((await correct(gone.stayId)).json(), {
    status: 409,
    code: 'place_taken',
    state: { kind: 'taken', until: null, sentence: 'Noen bor på plassen.' },
  })
  t.same((await days(gone.stayId))?.stay, '[2026-03-01,2026-08-20)', 'nothing was done')
  t.match((await correct(gone.stayId, { on: '2026-08-26', reason: 'wrong_day' })).json(), { code: 'place_taken' })
  t.match(
    (await correct(gone.stayId, { on: '2026-08-25', reason: 'wrong_day' })).json(),
    { state: 'departed', to: '2026-08-25' },
    'out and in on one day is fine',
  )

  const kept = await resident()
  await depart(kept.stayId, '2026-08-20')
  const needId = await given.need(await given.resident(ALNA), {
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
  })
  await given.assessment(needId, ALNA, officer.accountId)
  const sent = await officer.post('/offers', { needId, placeId: kept.placeId, moveInOn: '2026-09-15' })
  t.equal(sent.statusCode, 201, sent.body)
  t.match((await correct(kept.stayId)).json(), { status: 409, code: 'place_held', state: { kind: 'held' } })
  t.equal(
    (await officer.post(`/offers/${sent.json().id}/withdrawal`, { reason: 'sent_by_mistake' }, at(1))).statusCode,
    200,
  )
  t.equal((await correct(kept.stayId)).statusCode, 200, 'and then it is hers again')

  // lived in for some days that are over: the wall says no where today shows nothing
  const between = await resident()
  await depart(between.stayId, '2026-07-01')
  await given.taken(between.placeId, '[2026-07-10,2026-07-20)')
  t.match((await correct(between.stayId)).json(), { status: 409, code: 'place_taken' })
})

t.test('left on another day', async (t) => {
  const { stayId, placeId } = await resident({ form: 'vel_coping' })
  await given.livesIn({ ...(await residentOf(stayId)), district: ALNA }, await given.place(facilityId), '[2026-08-10,)')
  t.match((await depart(stayId, '2026-08-20', 'moved_on')).json(), { rightOfReturnUntil: '2026-11-18' })
  t.match(
    (await correct(stayId, { on: '2026-08-25', reason: 'wrong_day' })).json(),
    { to: '2026-08-25', rightOfReturnUntil: '2026-11-23', departure: { reason: 'moved_on' } },
    'the right to come back runs from the right day',
  )
  t.match(
    (await correct(stayId, { on: '2026-08-05', reason: 'wrong_day' })).json(),
    { status: 409, code: 'next_home_missing' },
    'nobody left before the next home was there',
  )
  t.equal((await correct(stayId, { on: '2026-08-10', reason: 'wrong_day' })).statusCode, 200)
  for (const [on, code] of [
    ['2026-08-10', 'same_day'],
    ['2026-03-01', 'before_arrival'],
    ['2026-09-02', 'in_the_future'],
  ])
    t.match((await correct(stayId, { on, reason: 'wrong_day' })).json(), {
      status: 422,
      errors: [{ pointer: '/on', code }],
    })
  t.match((await correct(stayId, { reason: 'own_wish' })).json(), { status: 422 }, 'a reason of its own kind')
  t.equal(await taken(placeId), false)
  const events = (await officer.get(`/stays/${stayId}/events`)).json().items
  t.match(events, [
    { kind: 'departed', occurredOn: '2026-08-20' },
    { kind: 'departure_corrected', onBefore: '2026-08-20', onAfter: '2026-08-25' },
    { kind: 'departure_corrected', onBefore: '2026-08-25', onAfter: '2026-08-10' },
  ])
})

async function residentOf(stayId: string) {
  const { rows } = await owner.query<{ householdId: string; residentId: string }>(
    `select s.household_id as "householdId", r.id as "residentId" from stay s join resident r on r.household_id = s.household_id
     where s.id = $1`,
    [stayId],
  )
  return rows[0] ?? { householdId: '', residentId: '' }
}

t.test('a handover goes on when the departure from the old home never was', async (t) => {
  const { stayId, person } = await resident()
  const newStay = await given.livesIn(person, await given.place(facilityId), '[2026-08-25,)')
  await task('end_previous_stay', newStay)
  await depart(stayId, '2026-08-28', 'moved_on')
  t.same(await openTasks(newStay), [])
  t.match((await correct(stayId)).json(), { handoverUntil: '2026-09-08' })
  t.match(await openTasks(newStay), [{ kind: 'end_previous_stay' }])
})

t.test('a change of place is changed back, not corrected', async (t) => {
  const { stayId } = await resident()
  const moved = await act(stayId, 'transfer', { placeId: await given.place(facilityId), on: TODAY, reason: 'repair' })
  const left = (await officer.get(`/stays/${stayId}`)).json()
  t.match(
    left.actions.find(({ action }: { action: string }) => action === 'correct_departure'),
    { allowed: false },
  )
  t.match((await correct(stayId)).json(), { status: 409, code: 'correction_blocked' })
  t.match((await correctMoveIn(moved.json().id, { on: '2026-08-30' })).json(), { code: 'correction_blocked' })
})

t.test('a move-in on another day, and what is counted from it', async (t) => {
  const { stayId, placeId } = await resident({ until: '2026-12-01' })
  await given.taken(placeId, '[2026-01-01,2026-02-20)')
  await task('check_6m', stayId)
  t.match((await correctMoveIn(stayId, { on: '2026-02-19' })).json(), { status: 409, code: 'place_taken' })
  const right = await correctMoveIn(stayId, { on: '2026-03-15', note: 'Nøkkelen kom sent.' }, staff)
  t.match(right.json(), { state: 'present', from: '2026-03-15' }, right.body)
  t.same(await days(stayId), { stay: '[2026-03-15,)', occupancy: '[2026-03-15,)' })
  t.same(await openTasks(stayId), [{ kind: 'check_6m', due: '2026-09-15' }], 'only the checks that were left')
  t.match((await officer.get(`/stays/${stayId}/events`)).json().items, [
    { kind: 'move_in_corrected', onBefore: '2026-03-01', onAfter: '2026-03-15', note: 'Nøkkelen kom sent.' },
  ])
  for (const [on, code] of [
    ['2026-03-15', 'same_day'],
    ['2026-09-02', 'in_the_future'],
  ])
    t.match((await correctMoveIn(stayId, { on })).json(), { status: 422, errors: [{ pointer: '/on', code }] })
  await depart(stayId, '2026-05-01')
  t.match((await correctMoveIn(stayId, { on: '2026-05-01' })).json(), { errors: [{ code: 'after_departure' }] })
  t.match((await correctMoveIn(stayId, { on: '2026-04-30' })).json(), { state: 'departed', from: '2026-04-30' })
})

t.test('for those whose person or house it is', async (t) => {
  const { stayId } = await resident()
  await depart(stayId, '2026-08-25')
  for (const who of [neighbour, stranger]) {
    t.equal((await correct(stayId, {}, who)).statusCode, 404)
    t.equal((await correctMoveIn(stayId, { on: '2026-03-05' }, who)).statusCode, 404)
  }
  t.equal(
    (await officer.post(`/stays/${stayId}/departure-correction`, { on: null, reason: 'did_not_move' })).statusCode,
    428,
  )
  t.equal(
    (await officer.post(`/stays/${stayId}/departure-correction`, { on: null, reason: 'did_not_move' }, at(9)))
      .statusCode,
    412,
  )
  deps.demoDate = '2026-11-01'
  t.teardown(() => {
    deps.demoDate = TODAY
  })
  t.equal((await correct(stayId, {}, staff)).statusCode, 404, 'a house knows for a month')
  t.equal((await correct(stayId)).statusCode, 200, 'the bydel for as long as it keeps the record')
})
