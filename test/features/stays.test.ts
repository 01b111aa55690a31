import t from 'tap'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA, type Person } from '../support/fixtures.ts'
import { throughIntake } from '../support/throughIntake.ts'

const app = await testApp(t)
const { owner, deps } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA], name: 'Berit Konsulent' })
const neighbour = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const intake = await app.signedInAs({ role: 'intake_officer' })
const facilityId = await given.facility()
const otherHouse = await given.facility({ name: 'Haugerud bosenter' })
const staff = await app.signedInAs({ role: 'facility_staff', facilities: [facilityId], name: 'Stian Ansatt' })
const stranger = await app.signedInAs({ role: 'facility_staff', facilities: [otherHouse] })

const at = (version: number) => ({ 'if-match': `"${version}"` })

/** Somebody who lives in a place of the house, since 2025 unless said otherwise. */
async function resident({
  form = 'municipal',
  since = '2025-01-01',
  until = null as string | null,
  house = facilityId,
  district = ALNA,
} = {}) {
  const person = await given.resident(district, { name: 'Knut Kjempe' })
  const placeId = await given.place(house, { form })
  const stayId = await given.livesIn(person, placeId, `[${since},)`, { form, expected_until: until })
  return { person, placeId, stayId }
}
/** An accepted offer to a household; the version it then has. */
async function acceptedOffer(person: Person, form = 'municipal', columns: Record<string, unknown> = {}) {
  const needId = await given.need(person, {
    forms: [form],
    needed_during: '[2026-09-01,)',
    private_rental: 'not_possible',
    private_rental_considered_on: '2026-08-01',
    ...columns,
  })
  await given.assessment(needId, person.district, officer.accountId)
  const placeId = await given.place(facilityId, { form })
  const moveInOn = '2026-09-15'
  const sent = form.startsWith('vel_')
    ? await throughIntake(officer, intake, { needId, form, placeId, moveInOn })
    : await officer.post('/offers', { needId, placeId, moveInOn })
  if (sent.statusCode >= 300) t.fail(sent.body)
  const id = sent.json().offerId ?? sent.json().id
  const yes = await officer.post(`/offers/${id}/acceptance`, undefined, at(1))
  if (yes.statusCode !== 200) t.fail(yes.body)
  return { offerId: id as string, needId, placeId }
}
const versionOf = async (stayId: string): Promise<number> =>
  (await owner.query<{ version: number }>('select version from stay where id = $1', [stayId])).rows[0]?.version ?? 0
const depart = async (stayId: string, body: object, who = officer) =>
  who.post(`/stays/${stayId}/departure`, { on: TODAY, ...body }, at(await versionOf(stayId)))
const extend = async (stayId: string, expectedUntil: string, who = officer) =>
  who.post(`/stays/${stayId}/extension`, { expectedUntil, reason: 'next_home_not_ready' }, at(await versionOf(stayId)))
const transfer = async (stayId: string, body: object, who = officer) =>
  who.post(`/stays/${stayId}/transfer`, { on: TODAY, reason: 'better_fit', ...body }, at(await versionOf(stayId)))
const tasksOf = async (stayId: string) =>
  (
    await owner.query<{ kind: string; due: string; reason: string }>(
      `select kind, due_on::text as due, reason from task where stay_id = $1 and dropped_at is null and done_at is null order by due_on, kind`,
      [stayId],
    )
  ).rows
const taken = async (placeId: string) => (await officer.get(`/places/${placeId}`)).json().taken

t.test('who lives where, for those who may know', async (t) => {
  const { stayId, placeId, person } = await resident({ until: '2026-12-01' })
  const seen = await officer.get(`/stays/${stayId}`)
  t.equal(seen.headers.etag, '"1"')
  t.match(seen.json(), {
    state: 'present',
    residentName: 'Knut Kjempe',
    from: '2025-01-01',
    to: null,
    expectedUntil: '2026-12-01',
    daysOver: 0,
    place: { id: placeId, facilityName: 'Furuset bosenter' },
    nextHomes: [],
    actions: [
      { action: 'extend', allowed: true },
      { action: 'depart', allowed: true },
      { action: 'transfer', allowed: true },
    ],
  })
  t.match((await staff.get(`/stays/${stayId}`)).json(), { residentName: 'Knut Kjempe' })
  for (const who of [neighbour, stranger]) t.equal((await who.get(`/stays/${stayId}`)).statusCode, 404)
  t.equal((await intake.get(`/stays/${stayId}`)).statusCode, 403)
  t.equal((await officer.get(`/stays/${stayId}/events`)).json().items.length, 0)
  t.equal((await neighbour.get(`/stays/${stayId}/events`)).statusCode, 404)
  const mine = (await officer.get(`/stays?residentId=${person.residentId}`)).json().items
  t.same(
    mine.map(({ id }: { id: string }) => id),
    [stayId],
  )
  t.equal((await stranger.get('/stays')).json().items.length, 0)
  t.same((await staff.get(`/stays?placeId=${placeId}`)).json().items.length, 1)

  // where else she lives is none of the house's
  const elsewhere = await given.livesIn(person, await given.place(otherHouse))
  t.equal((await staff.get(`/stays/${elsewhere}`)).statusCode, 404)
  t.match((await stranger.get(`/stays/${elsewhere}`)).json(), { handoverUntil: null })
  t.match((await officer.get(`/stays/${elsewhere}`)).json(), { handoverUntil: '2025-01-15' })
})

t.test('a list is paged and filtered', async (t) => {
  const house = await given.facility()
  const late = await resident({ house, until: '2026-08-01' })
  for (let i = 0; i < 2; i += 1) await resident({ house })
  const seen: string[] = []
  let cursor = ''
  do {
    const page = (await officer.get(`/stays?facilityId=${house}&limit=1${cursor}`)).json()
    seen.push(...page.items.map(({ id }: { id: string }) => id))
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  t.equal(new Set(seen).size, 3)
  const count = async (state: string) =>
    (await officer.get(`/stays?facilityId=${house}&state=${state}`)).json().items.length
  t.equal(await count('present'), 3, 'an overdue resident lives there')
  t.equal(await count('overdue'), 1)
  t.equal(await count('departed'), 0)
  t.match((await officer.get(`/stays/${late.stayId}`)).json(), { state: 'overdue', daysOver: 31 })
  t.equal(await taken(late.placeId), true, 'and the place is taken')
  await depart(late.stayId, { reason: 'own_wish' })
  t.equal(await count('departed'), 1)
  t.equal((await officer.get('/stays?cursor=x')).statusCode, 422)
  t.equal((await officer.get('/stays?state=gone')).statusCode, 400)
})

t.test('nobody leaves before the next lease is signed', async (t) => {
  const { person, stayId, placeId } = await resident()
  t.match((await depart(stayId, { reason: 'moved_on' })).json(), { status: 409, code: 'next_home_missing' })
  const { offerId } = await acceptedOffer(person)
  t.match((await officer.get(`/stays/${stayId}`)).json().nextHomes, [{ kind: 'offer', ready: false }])
  t.match((await depart(stayId, { reason: 'moved_on' })).json(), { code: 'next_home_missing' }, 'a yes is not enough')
  await officer.post(
    `/offers/${offerId}/lease`,
    { signedOn: TODAY, during: { from: '2026-09-15', to: null }, termReason: 'Avtalt slik.' },
    at(2),
  )
  t.match(
    (await depart(stayId, { reason: 'moved_on', on: '2026-08-31' })).json(),
    { code: 'next_home_missing' },
    'not before the day of the signature either',
  )
  t.match((await officer.get(`/stays/${stayId}`)).json().nextHomes, [{ kind: 'offer', ready: true }])
  t.equal(await taken(placeId), true)
  const left = await depart(stayId, { reason: 'moved_on', note: 'Har nøklene.' })
  t.match(
    left.json(),
    { state: 'departed', to: TODAY, departure: { reason: 'moved_on' }, rightOfReturnUntil: null },
    left.body,
  )
  t.equal(await taken(placeId), false)
  t.match(
    await tasksOf(stayId),
    [{ kind: 'need_after_departure', reason: /begynner først 15\. september 2026, 14 dager etter/ }],
    'a gap between the homes is said',
  )
  t.match((await officer.get(`/stays/${stayId}/events`)).json().items, [
    {
      kind: 'departed',
      kindName: 'Flyttet ut',
      occurredOn: TODAY,
      recordedBy: 'Berit Konsulent',
      reasonName: 'Flyttet til ny bolig',
      note: 'Har nøklene.',
    },
  ])
  t.match((await depart(stayId, { reason: 'own_wish' })).json(), { status: 409, code: 'stay_not_present' }, 'once')
})

t.test('where a home is given by decision, the decision is what must be there', async (t) => {
  const { person, stayId } = await resident()
  const { needId } = await acceptedOffer(person, 'vel_coping')
  t.match((await depart(stayId, { reason: 'moved_on' })).json(), { code: 'next_home_missing' })
  await owner.query("update need set service_decision_on = '2026-09-02' where id = $1", [needId])
  t.match((await depart(stayId, { reason: 'moved_on' })).json(), { code: 'next_home_missing' }, 'not one of tomorrow')
  await owner.query("update need set service_decision_on = '2026-09-01' where id = $1", [needId])
  t.equal((await depart(stayId, { reason: 'moved_on' })).statusCode, 200)
})

t.test('a decision that an appeal set aside, or a later no took the place of, opens no door', async (t) => {
  for (const [name, undo] of [
    [
      'set aside',
      (id: string) =>
        owner.query(
          `insert into appeal (decision_id, holding_district, received_on, forwarded_on, outcome, decided_on)
       values ($1, $2, '2026-08-20', '2026-08-21', 'repealed', '2026-08-25')`,
          [id, ALNA],
        ),
    ],
    [
      'refused later',
      (id: string) =>
        owner.query(
          `insert into decision (need_id, holding_district, track, track_version, outcome, main_content, reasons, drafted_by,
         issued_on, issued_by, appeal_body, appeal_deadline)
       select need_id, holding_district, track, track_version, 'refused', 'Nei.', 'Ikke lenger.', drafted_by, '2026-08-25', issued_by,
         appeal_body, appeal_deadline from decision where id = $1`,
          [id],
        ),
    ],
  ] as const) {
    const { person, stayId } = await resident()
    const { needId, offerId } = await acceptedOffer(person, 'vel_coping')
    const { rows } = await owner.query(
      `insert into decision (need_id, holding_district, track, track_version, outcome, main_content, drafted_by, issued_on, issued_by,
         appeal_body, appeal_deadline)
       values ($1, $2, 'health_and_care', 1, 'granted', 'Ja.', $3, '2026-08-10', $3, 'Statsforvalteren', '2026-09-20') returning id`,
      [needId, ALNA, officer.accountId],
    )
    t.match((await officer.get(`/stays/${stayId}`)).json(), { nextHomes: [{ ready: true }] }, name)
    await undo(rows[0].id)
    t.match((await officer.get(`/stays/${stayId}`)).json(), { nextHomes: [{ ready: false }] }, name)
    t.match((await depart(stayId, { reason: 'moved_on' })).json(), { code: 'next_home_missing' }, name)
    const entered = await officer.post(`/offers/${offerId}/move-in`, { on: TODAY }, at(2))
    t.match(entered.json(), { status: 409, errors: [{ code: 'service_decision' }, { code: 'decision_granted' }] }, name)
  }
})

t.test('the decision must be the one on what is moved into: another track’s opens no door', async (t) => {
  const { person, stayId } = await resident()
  const { needId } = await acceptedOffer(person, 'vel_coping')
  const granted = async (track: string) => {
    const drafted = await officer.post(`/needs/${needId}/decisions`, { track, outcome: 'granted' })
    t.equal(drafted.statusCode, 201, drafted.body)
    t.equal((await officer.post(`/decisions/${drafted.json().id}/issue`, {}, at(1))).statusCode, 200)
  }
  await granted('help_with_home')
  t.match((await officer.get(`/stays/${stayId}`)).json(), { nextHomes: [{ ready: false }] })
  t.match((await depart(stayId, { reason: 'moved_on' })).json(), { code: 'next_home_missing' })
  await granted('health_and_care')
  t.match((await officer.get(`/stays/${stayId}`)).json(), { nextHomes: [{ ready: true }] })
  t.equal((await depart(stayId, { reason: 'moved_on' })).statusCode, 200)
})

t.test('two homes overlap during a handover, and the overlap ends with the departure', async (t) => {
  const { person, stayId, placeId } = await resident()
  const { offerId, placeId: newPlace } = await acceptedOffer(person)
  await officer.post(
    `/offers/${offerId}/lease`,
    { signedOn: TODAY, during: { from: TODAY, to: '2031-09-01' }, termReason: 'Avtalt slik.' },
    at(2),
  )
  const moved = await officer.post(`/offers/${offerId}/move-in`, { on: TODAY }, at(3))
  const { stayId: newStay } = moved.json()
  t.match(await tasksOf(newStay), [
    { kind: 'end_previous_stay', due: '2026-09-15' },
    { kind: 'check_1m', due: '2026-10-01' },
    { kind: 'check_3m', due: '2026-12-01' },
    { kind: 'check_6m', due: '2027-03-01' },
    { kind: 'check_12m', due: '2027-09-01' },
    { kind: 'stay_ends', due: '2031-08-02' },
  ])
  t.same([await taken(placeId), await taken(newPlace)], [true, true])
  t.match((await officer.get(`/stays/${stayId}`)).json(), { handoverUntil: '2026-09-15' })
  t.match((await depart(stayId, { reason: 'moved_on', on: '2026-08-31' })).json(), { code: 'next_home_missing' })
  t.equal((await depart(stayId, { reason: 'moved_on' })).statusCode, 200)
  t.match(await tasksOf(stayId), [], 'at home elsewhere: nothing to look at')
  t.notOk((await tasksOf(newStay)).some(({ kind }) => kind === 'end_previous_stay'))
  t.match((await officer.get(`/stays/${newStay}`)).json(), { state: 'present', handoverUntil: null })
})

t.test('who moves on from an institution may come back for a time', async (t) => {
  const { person, stayId } = await resident({ form: 'vel_coping', until: '2026-10-01' })
  await given.livesIn(person, await given.place(otherHouse), '[2026-08-20,)')
  const left = await depart(stayId, { reason: 'moved_on', on: '2026-08-25' }, staff)
  t.match(left.json(), { state: 'departed', rightOfReturnUntil: '2026-11-23' }, left.body)
  t.match((await staff.get('/stays?state=may_return')).json().items, [{ id: stayId, residentName: null }])
  t.teardown(() => {
    deps.demoDate = TODAY
  })
  deps.demoDate = '2026-11-22'
  t.equal((await staff.get(`/stays/${stayId}`)).statusCode, 200)
  deps.demoDate = '2026-11-23'
  t.equal((await staff.get(`/stays/${stayId}`)).statusCode, 404, 'then the house no longer knows')
  t.equal((await staff.get('/stays?state=may_return')).json().items.length, 0)
  t.equal((await officer.get(`/stays/${stayId}`)).statusCode, 200)
})

t.test('after every other departure somebody looks at the need', async (t) => {
  const evicted = await resident()
  await given.need(evicted.person)
  await depart(evicted.stayId, { reason: 'eviction' })
  t.match(await tasksOf(evicted.stayId), [{ kind: 'need_after_departure', reason: /Se på behovet på nytt/ }])
  const gone = await resident()
  await depart(gone.stayId, { reason: 'hospital' }, staff)
  t.match(await tasksOf(gone.stayId), [{ reason: /ikke noe åpent behov/ }], 'the house records, the bydel follows up')
  const dead = await resident()
  await depart(dead.stayId, { reason: 'deceased' })
  t.same(await tasksOf(dead.stayId), [])
  const hers = await resident()
  await given.need(hers.person)
  await depart(hers.stayId, { reason: 'left_city' })
  t.match(await tasksOf(hers.stayId), [{ reason: /Avslutt det/ }])
})

t.test('days that cannot be', async (t) => {
  const { stayId, placeId } = await resident({ since: '2026-08-10', until: '2026-10-01' })
  const pointer = async (answer: Promise<{ json(): unknown }>) => (await answer).json()
  t.match(await pointer(depart(stayId, { reason: 'own_wish', on: '2026-08-09' })), {
    status: 422,
    errors: [{ pointer: '/on', code: 'before_arrival' }],
  })
  t.match(
    await pointer(depart(stayId, { reason: 'own_wish', on: '2026-08-10' })),
    { errors: [{ code: 'before_arrival' }] },
    'a stay of no days never was',
  )
  t.match(await pointer(depart(stayId, { reason: 'own_wish', on: '2026-09-02' })), {
    errors: [{ code: 'in_the_future' }],
  })
  t.match(await pointer(depart(stayId, { reason: 'own_wish', on: '2026-02-30' })), { errors: [{ pointer: '/on' }] })
  t.match(await pointer(depart(stayId, { reason: 'transferred' })), { status: 422 }, 'the system’s own reason')
  t.match(await pointer(extend(stayId, '2026-10-01')), {
    status: 422,
    errors: [{ pointer: '/expectedUntil', code: 'not_later', detail: /etter 1\. oktober 2026/ }],
  })
  t.match(await pointer(extend(stayId, '2026-09-30')), { errors: [{ code: 'not_later' }] }, 'an extension backwards')
  t.match(await pointer(transfer(stayId, { placeId: await given.place(facilityId), on: '2026-08-10' })), {
    errors: [{ pointer: '/on', code: 'before_arrival' }],
  })
  t.equal((await officer.post(`/stays/${stayId}/departure`, { on: TODAY, reason: 'own_wish' })).statusCode, 428)
  t.equal((await officer.post(`/stays/${stayId}/departure`, { on: TODAY, reason: 'own_wish' }, at(9))).statusCode, 412)
  const open = await resident()
  t.match(await pointer(extend(open.stayId, TODAY)), { errors: [{ code: 'in_the_past' }] })
  t.equal(await taken(placeId), true)
  t.equal(await versionOf(stayId), 1, 'and nothing of it was done')
})

t.test('an extension is added to what was agreed', async (t) => {
  const { stayId } = await resident({ until: '2026-08-01' })
  t.match((await officer.get(`/stays/${stayId}`)).json(), { state: 'overdue' })
  const longer = await extend(stayId, '2026-11-01', staff)
  t.match(
    longer.json(),
    { state: 'present', expectedUntil: '2026-11-01', originalExpectedUntil: '2026-08-01' },
    longer.body,
  )
  await extend(stayId, '2027-01-01')
  t.match((await officer.get(`/stays/${stayId}`)).json(), { originalExpectedUntil: '2026-08-01', version: 3 })
  t.match((await officer.get(`/stays/${stayId}/events`)).json().items, [
    { kind: 'extended', recordedBy: 'Stian Ansatt', expectedBefore: '2026-08-01', expectedAfter: '2026-11-01' },
    { expectedBefore: '2026-11-01', expectedAfter: '2027-01-01', reasonName: 'Neste bolig er ikke klar' },
  ])
  t.match(await tasksOf(stayId), [{ kind: 'stay_ends', due: '2026-12-02' }], 'one, for the newest date')
  const key = { ...at(3), 'idempotency-key': 'once-more' }
  const body = { expectedUntil: '2027-02-01', reason: 'goal_not_reached' }
  const first = await officer.post(`/stays/${stayId}/extension`, body, key)
  t.same((await officer.post(`/stays/${stayId}/extension`, body, key)).json(), first.json(), 'replayed')
  t.equal((await officer.get(`/stays/${stayId}/events`)).json().items.length, 3)
  const other = await officer.post(`/stays/${stayId}/extension`, { ...body, expectedUntil: '2027-03-01' }, key)
  t.match(other.json(), { status: 422, code: 'key_reused' })
})

t.test('a stay over 29 February and both changes of the clock', async (t) => {
  t.teardown(() => {
    deps.demoDate = TODAY
  })
  deps.demoDate = '2028-02-29'
  const { person, stayId } = await resident({ since: '2026-10-01', until: '2028-02-28' })
  t.match((await officer.get(`/stays/${stayId}`)).json(), { state: 'overdue', daysOver: 1 })
  const leap = await extend(stayId, '2028-03-01')
  t.match(leap.json(), { state: 'present', expectedUntil: '2028-03-01' }, leap.body)
  deps.demoDate = '2028-03-02'
  t.match((await officer.get(`/stays/${stayId}`)).json(), { state: 'overdue', daysOver: 1 }, 'one day from 29 February')
  t.match((await depart(stayId, { reason: 'own_wish', on: '2028-02-30' })).json(), { status: 422 })
  const left = await depart(stayId, { reason: 'own_wish', on: '2028-02-29' })
  t.match(left.json(), { state: 'departed', to: '2028-02-29', daysOver: 0 }, left.body)

  // 25 October 2026 has 25 hours in Oslo and 28 March 2027 has 23; a day is a day
  for (const [before, day, after] of [
    ['2026-10-24', '2026-10-25', '2026-10-26'],
    ['2027-03-27', '2027-03-28', '2027-03-29'],
  ] as const) {
    deps.demoDate = day
    const over = await resident({ since: before, until: day })
    t.match((await officer.get(`/stays/${over.stayId}`)).json(), { state: 'present', daysOver: 0 }, day)
    t.match((await depart(over.stayId, { reason: 'own_wish', on: after })).json(), { status: 422 })
    deps.demoDate = after
    t.match((await officer.get(`/stays/${over.stayId}`)).json(), { state: 'overdue', daysOver: 1 }, after)
    t.match((await depart(over.stayId, { reason: 'own_wish', on: day })).json(), { to: day })
  }
  deps.demoDate = '2028-03-02'
  t.equal((await given.livesIn(person, await given.place(facilityId), '[2028-02-29,)')).length, 36)
})

t.test('to another place of the same form on one day', async (t) => {
  const { stayId, placeId, person } = await resident({ until: '2026-12-01' })
  await owner.query(
    `insert into task (kind, holding_district, stay_id, due_on, reason) values ('check_3m', $1, $2, '2026-11-01', 'x')`,
    [ALNA, stayId],
  )
  const to = await given.place(facilityId)
  const moved = await transfer(stayId, { placeId: to, note: 'Vannlekkasje' }, staff)
  t.equal(moved.statusCode, 201, moved.body)
  const next = moved.json()
  t.match(next, {
    state: 'present',
    from: TODAY,
    expectedUntil: '2026-12-01',
    place: { id: to },
    residentName: 'Knut Kjempe',
  })
  t.equal(moved.headers.location, `/api/v1/stays/${next.id}`)
  t.same([await taken(placeId), await taken(to)], [false, true])
  t.match((await officer.get(`/stays/${stayId}`)).json(), {
    state: 'departed',
    to: TODAY,
    departure: { reason: 'transferred', reasonName: 'Byttet plass' },
  })
  t.match((await officer.get(`/stays/${stayId}/events`)).json().items, [
    { kind: 'transferred_out', otherStayId: next.id, reasonName: 'Den andre plassen passer bedre' },
  ])
  t.match(await tasksOf(next.id), [{ kind: 'check_3m' }], 'what is followed up goes along')
  // out and in on one day: somebody else moves into the old place
  const other = await resident()
  t.equal((await transfer(other.stayId, { placeId, reason: 'repair' })).statusCode, 201)
  t.match((await transfer(next.id, { placeId })).json(), { code: 'invalid_value' }, 'not on the day she came')
  t.match((await transfer(stayId, { placeId: to })).json(), { code: 'stay_not_present' })
  t.equal((await owner.query('select from stay where household_id = $1', [person.householdId])).rowCount, 2)
})

t.test('what stands in the way of a change of place', async (t) => {
  const { stayId, placeId } = await resident()
  const code = async (body: object, who = officer) => (await transfer(stayId, body, who)).json()
  t.match(await code({ placeId }), { errors: [{ code: 'same_place' }] })
  t.match(await code({ placeId: '019a0000-0000-7000-8000-000000000000' }), { errors: [{ code: 'unknown_place' }] })
  t.match(await code({ placeId: await given.place(facilityId, { form: 'assisted' }) }), {
    status: 409,
    code: 'transfer_needs_offer',
  })
  const lived = await resident()
  t.match(await code({ placeId: lived.placeId }), { status: 409, code: 'place_taken', state: { kind: 'taken' } })
  const closed = await given.place(facilityId)
  await given.closed(closed, '[2026-08-01,2026-10-01)')
  t.match(await code({ placeId: closed }), { status: 409, code: 'place_closed' })
  const kept = await acceptedOffer(await given.resident(ALNA))
  t.match(await code({ placeId: kept.placeId }), { status: 409, code: 'place_held' })
  // taken in the days between, though it is free today
  const between = await given.place(facilityId)
  await given.taken(between, '[2026-08-01,2026-08-20)')
  t.match(await code({ placeId: between, on: '2026-08-10' }), { status: 409, code: 'place_taken' })
  const young = await given.facility({ name: 'Ungbo', max_age: 25 })
  await owner.query(
    "update resident set birth_date = '1980-01-01' where household_id = (select household_id from stay where id = $1)",
    [stayId],
  )
  t.match(await code({ placeId: await given.place(young) }), {
    status: 409,
    code: 'place_unfit',
    errors: [{ code: 'place_fits' }, { code: 'age.band' }],
  })
  t.match(await code({ placeId: await given.place(otherHouse) }, staff), { status: 403 }, 'to a house that is not hers')
  for (const who of [neighbour, stranger]) {
    t.match(await code({ placeId: await given.place(otherHouse) }, who), { status: 404 }, 'not her stay')
    t.equal((await depart(stayId, { reason: 'own_wish' }, who)).statusCode, 404)
    t.equal((await extend(stayId, '2027-01-01', who)).statusCode, 404)
  }
  t.equal((await transfer(stayId, { placeId: await given.place(otherHouse) })).statusCode, 201, 'the bydel may')
})

t.test('in one house only what differs between its places is asked', async (t) => {
  const house = await given.facility({
    max_extensive_behaviour: 0,
    admitting: false,
    not_admitting_reason: 'Mangler folk',
    max_age: 25,
  })
  const { stayId, person } = await resident({ house })
  await given.need(person, {
    status: 'closed',
    behaviour: 3,
    required_features: ['ground_floor'],
    ended_at: '2025-01-01',
    ended_reason: 'housed',
  })
  t.match((await transfer(stayId, { placeId: await given.place(house) })).json(), {
    code: 'place_unfit',
    errors: [{ code: 'place_fits' }, { code: 'features.required' }],
  })
  const low = await given.place(house, { features: ['ground_floor'] })
  t.equal((await transfer(stayId, { placeId: low })).statusCode, 201)
})

t.test('past what the person herself can say yes to, with a reason that is kept', async (t) => {
  const house = await given.facility({ name: 'Solbakken', serves: 'city', substance_stance: 'tolerant' })
  const { stayId, person } = await resident()
  await given.need(person, {
    status: 'closed',
    excluded_facilities: [house],
    ended_at: '2025-01-01',
    ended_reason: 'housed',
  })
  const placeId = await given.place(house)
  const refused = (await transfer(stayId, { placeId })).json()
  t.match(refused, { status: 409, code: 'place_unfit', errors: [{ code: 'place_fits' }, {}] })
  const rule: string = refused.errors[1].code
  t.match((await transfer(stayId, { placeId, overrides: [{ id: 'age.band', reason: 'x' }] })).json(), {
    status: 422,
    errors: [{ pointer: '/overrides/0/id', code: 'not_overridable' }],
  })
  const overrides = [{ id: rule, reason: 'Vil dit likevel.' }]
  const moved = await transfer(stayId, { placeId, overrides })
  t.equal(moved.statusCode, 201, moved.body)
  t.match((await officer.get(`/stays/${moved.json().id}/events`)).json().items, [{ kind: 'transferred_in', overrides }])
  t.match((await officer.get(`/stays/${stayId}/events`)).json().items, [{ kind: 'transferred_out', overrides: [] }])
})

t.test('a place that is gone is answered with other places of the form, in the own house first', async (t) => {
  const house = await given.facility({ name: 'Aaberg' })
  const own = await app.signedInAs({ role: 'facility_staff', facilities: [house] })
  const form = 'transitional'
  const { stayId } = await resident({ house, form })
  const lived = await resident({ house, form })
  const free = await given.place(house, { form, label: 'Z9' })
  const away = await given.place(otherHouse, { form, label: 'A1' })
  await given.closed(await given.place(house, { form }), '[2026-08-01,2026-10-01)')
  await given.place(house, { form: 'municipal' })
  const asked = { placeId: lived.placeId }
  t.match((await transfer(stayId, asked)).json(), {
    status: 409,
    code: 'place_taken',
    state: { kind: 'taken' },
    nextBest: [{ placeId: free, label: 'Z9', facilityName: 'Aaberg' }, { placeId: away }],
  })
  const inHouse = (await transfer(stayId, asked, own)).json()
  t.same(
    inHouse.nextBest.map(({ placeId }: { placeId: string }) => placeId),
    [free],
    'a house is shown its own',
  )
  const kept = await acceptedOffer(await given.resident(ALNA), form)
  t.match((await transfer(stayId, { placeId: kept.placeId })).json(), {
    code: 'place_held',
    state: { kind: 'held' },
    nextBest: [{ placeId: free }, { placeId: away }],
  })
  t.equal((await transfer(stayId, { placeId: free }, own)).statusCode, 201)
})

t.test('moving in loses no decision that nobody has made', async (t) => {
  const { offerId, needId } = await acceptedOffer(await given.resident(ALNA))
  for (const kind of ['decide_help_with_home', 'decide_municipal_home', 'find_next_place'])
    await owner.query(
      `insert into task (kind, holding_district, need_id, due_on, reason) values ($1, $2, $3, '2026-09-20', 'x')`,
      [kind, ALNA, needId],
    )
  await officer.post(
    `/offers/${offerId}/lease`,
    { signedOn: TODAY, during: { from: TODAY, to: null }, termReason: 'Avtalt slik.' },
    at(2),
  )
  t.equal((await officer.post(`/offers/${offerId}/move-in`, { on: TODAY }, at(3))).statusCode, 200)
  const kinds = async () =>
    (
      await owner.query<{ kind: string }>(
        'select kind from task where need_id = $1 and stay_id is null and done_at is null and dropped_at is null order by kind',
        [needId],
      )
    ).rows.map(({ kind }) => kind)
  t.same(await kinds(), ['decide_help_with_home', 'decide_municipal_home'])
  const drafted = await officer.post(`/needs/${needId}/decisions`, { track: 'municipal_home', outcome: 'granted' })
  t.equal(drafted.statusCode, 201, drafted.body)
  t.equal((await officer.post(`/decisions/${drafted.json().id}/issue`, {}, at(1))).statusCode, 200)
  t.same(await kinds(), ['decide_help_with_home'], 'until it is made')
})

t.test('who found a home herself still waits for the decision, and who withdrew does not', async (t) => {
  for (const [found, kept] of [
    [true, ['decide_help_with_home']],
    [false, []],
  ] as const) {
    const needId = await given.need(await given.resident(ALNA), { needed_during: '[2026-09-01,)' })
    await owner.query(
      `insert into task (kind, holding_district, need_id, due_on, reason)
       select kind, $1, $2, '2026-09-20', 'x' from unnest(array['decide_help_with_home', 'find_next_place']) as kind`,
      [ALNA, needId],
    )
    const { rows } = await owner.query<{ id: string }>(
      `insert into offer (need_id, holding_district, place_id, sent_at, sent_by, move_in_on, reply_by, frozen, form_needed, form_given)
       values ($1, $2, $3, '2026-09-01T08:00:00Z', $4, '2026-09-15', '2026-09-08T22:00:00Z', '{}', 'municipal', 'municipal') returning id`,
      [needId, ALNA, await given.place(facilityId), officer.accountId],
    )
    const ended = found
      ? await officer.post(`/offers/${rows[0]?.id}/decline`, { party: 'resident', reason: 'found_own' }, at(1))
      : await officer.post(`/needs/${needId}/withdrawal`, { reason: 'deceased' }, at(1))
    t.equal(ended.statusCode, 200, ended.body)
    const { rows: open } = await owner.query<{ kind: string }>(
      'select kind from task where need_id = $1 and done_at is null and dropped_at is null',
      [needId],
    )
    t.same(
      open.map(({ kind }) => kind),
      kept,
    )
  }
})

t.test('a home outside our places', async (t) => {
  const person = await given.resident(ALNA)
  const { rows } = await owner.query<{ id: string }>(
    `insert into stay (household_id, holding_district, form, during, expected_until)
     values ($1, $2, 'private', '[2025-01-01,)', '2026-08-01') returning id`,
    [person.householdId, ALNA],
  )
  const stayId = rows[0]?.id ?? ''
  t.match((await officer.get(`/stays/${stayId}`)).json(), {
    place: null,
    state: 'overdue',
    actions: [{}, {}, { action: 'transfer', allowed: false }],
  })
  t.match((await transfer(stayId, { placeId: await given.place(facilityId) })).json(), {
    errors: [{ code: 'not_our_place' }],
  })
  t.equal((await extend(stayId, '2027-01-01')).statusCode, 200)
  t.match(await tasksOf(stayId), [{ reason: /^Oppholdet på privat leie er/i }])
  t.match((await depart(stayId, { reason: 'eviction' })).json(), { state: 'departed' })
})

t.test('a protected person’s stay is her circle’s alone, and so are its tasks', async (t) => {
  const person = await given.resident(ALNA, { address_protection: 'strictly_confidential' })
  const stayId = await given.livesIn(person, await given.place(facilityId))
  for (const who of [officer, staff]) t.equal((await who.get(`/stays/${stayId}`)).statusCode, 404)
  const friend = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
  await given.inCircle(person, friend.accountId)
  t.equal((await depart(stayId, { reason: 'eviction' }, officer)).statusCode, 404)
  t.equal((await depart(stayId, { reason: 'eviction' }, friend)).statusCode, 200)
  t.equal((await tasksOf(stayId)).length, 1)
})
