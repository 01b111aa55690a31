import t from 'tap'
import { asActor } from '../../src/db/actor.ts'
import { openDatabase, openPool } from '../../src/db/pool.ts'
import { readRunLimits } from '../../src/db/runLimits.ts'
import { dayOf } from '../../src/web/ui/days.ts'
import { TODAY, testApp } from '../support/app.ts'
import { ALNA, countRows, fixturesOf, GRUNERLOKKA, SAGENE } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const manager = await app.signedInAs({ role: 'district_manager', districts: [ALNA] })
const administrator = await app.signedInAs({ role: 'administrator' })
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })

const NEW = {
  name: 'Haugen',
  operator: 'Bydel Alna',
  operatorKind: 'district',
  districtCode: ALNA,
  serves: 'city',
  openDuring: { from: '2026-01-01', to: null },
}
const always = { from: '2026-01-01', to: null }

t.test('facilities', async (t) => {
  const added = await manager.post('/facilities', NEW)
  t.equal(added.statusCode, 201, added.body)
  const facility = added.json()
  t.equal(added.headers.location, `/api/v1/facilities/${facility.id}`)
  t.match(facility, { ...NEW, version: 1, admitting: true, places: 0, freePlaces: 0, vacancyConfirmedAt: null })
  t.strictSame((await officer.get(`/facilities/${facility.id}`)).json(), facility, 'everybody reads it')

  await t.test('counts its places as they are today', async (t) => {
    const open = { open_during: '[2026-01-01,)' }
    await given.place(facility.id, open)
    await given.place(facility.id, { open_during: '[2026-01-01,2026-09-01)' }) // ignored: closed for good this morning
    await given.place(facility.id, { open_during: '[2026-09-02,)' }) // ignored: opens tomorrow
    await given.taken(await given.place(facility.id, open))
    await given.closed(await given.place(facility.id, open), '[2026-08-01,)')
    await given.closed(await given.place(facility.id, open), '[2026-08-01,)', { admits: true })
    await given.closed(await given.place(facility.id, open), '[2026-09-02,)') // still free: closes tomorrow
    await given.taken(await given.place(facility.id, open), '[2025-01-01,2026-09-01)') // free again since this morning
    t.match((await officer.get(`/facilities/${facility.id}`)).json(), { places: 6, freePlaces: 4 })
    const closed = await manager.patch(
      `/facilities/${facility.id}`,
      { admitting: false, notAdmittingReason: 'Ikke nok folk på vakt' },
      1,
    )
    t.match(closed.json(), { places: 6, freePlaces: 0 }, 'what cannot admit is no capacity')
  })

  await t.test('keeps a dated list of the districts it serves', async (t) => {
    const listed = await manager.post('/facilities', {
      ...NEW,
      serves: 'listed_districts',
      servedDistricts: [
        { districtCode: ALNA, during: { from: '2026-01-01', to: '2027-01-01' } },
        { districtCode: ALNA, during: { from: '2027-01-01', to: null } },
        { districtCode: GRUNERLOKKA, during: always },
      ],
    })
    t.equal(listed.json().servedDistricts.length, 3, listed.body)
    const { id } = listed.json()
    const fewer = await manager.patch(
      `/facilities/${id}`,
      { servedDistricts: [{ districtCode: ALNA, during: always }] },
      1,
    )
    t.strictSame(fewer.json().servedDistricts, [{ districtCode: ALNA, during: always }])
    for (const [pointer, body] of [
      ['/servedDistricts', { servedDistricts: [] }],
      ['/servedDistricts/0/districtCode', { servedDistricts: [{ districtCode: '030199', during: always }] }],
      [
        '/servedDistricts/1/during',
        {
          servedDistricts: [
            { districtCode: ALNA, during: always },
            { districtCode: ALNA, during: { from: '2026-06-01', to: null } },
          ],
        },
      ],
    ] as const) {
      const refused = await manager.patch(`/facilities/${id}`, body, 2)
      t.match(refused.json(), { status: 422, errors: [{ pointer }] }, refused.body)
    }
  })

  await t.test('are changed in their own district only', async (t) => {
    const before = await countRows(owner)
    const theirs = await given.facility({ district_code: GRUNERLOKKA })
    t.equal((await manager.patch(`/facilities/${theirs}`, { name: 'Vår' }, 1)).statusCode, 403)
    t.equal((await manager.patch(`/facilities/${facility.id}`, { districtCode: GRUNERLOKKA }, 2)).statusCode, 403)
    t.equal((await manager.post('/facilities', { ...NEW, districtCode: GRUNERLOKKA })).statusCode, 403)
    t.equal((await administrator.patch(`/facilities/${theirs}`, { name: 'Nytt navn' }, 1)).statusCode, 200)
    t.equal((await countRows(owner)).facility, (before.facility ?? 0) + 1)
  })

  await t.test('have their vacancy confirmed by those who keep it', async (t) => {
    const house = await given.facility({ name: 'Bekreftet hus' })
    await given.place(house)
    const elsewhere = await given.facility({ name: 'Et annet hus', district_code: GRUNERLOKKA })
    await given.facility({ name: 'Nedlagt hus', open_during: '[2020-01-01,2026-09-01)' }) // ignored: closed for good
    await given.facility({ name: 'Tomt hus' }) // ignored: without places it has nothing to confirm
    const staff = await app.signedInAs({ role: 'facility_staff', facilities: [house] })
    const overdue = async (before: string) =>
      (await officer.get(`/facilities?district=${ALNA}&confirmedBefore=${before}`))
        .json()
        .items.filter(({ name }: { name: string }) => name.endsWith('hus'))
        .map(({ name }: { name: string }) => name)
    t.strictSame(await overdue('2026-09-01'), ['Bekreftet hus'], 'never confirmed')
    const confirmed = await staff.post(`/facilities/${house}/vacancy-confirmation`)
    t.equal(confirmed.statusCode, 200, confirmed.body)
    t.equal(dayOf(confirmed.json().vacancyConfirmedAt), '2026-09-01', 'by the clock of the demo')
    t.strictSame(await overdue('2026-09-01'), [], 'confirmed on the day is not before the day')
    t.strictSame(await overdue('2026-09-02'), ['Bekreftet hus'])
    for (const [client, id, status] of [
      [officer, house, 403],
      [staff, elsewhere, 403],
      [manager, elsewhere, 403],
      [manager, house, 200],
      [administrator, elsewhere, 200],
      [staff, '019a0000-0000-7000-8000-000000000000', 404],
    ] as const) {
      t.equal((await client.post(`/facilities/${id}/vacancy-confirmation`)).statusCode, status)
    }
    const key = { 'idempotency-key': 'bekreft-1' }
    const first = await staff.post(`/facilities/${house}/vacancy-confirmation`, undefined, key)
    const again = await staff.post(`/facilities/${house}/vacancy-confirmation`, undefined, key)
    t.strictSame(again.json(), first.json(), 'the same key confirms once')
  })

  await t.test('are listed by district', async (t) => {
    const { items } = (await officer.get(`/facilities?district=${GRUNERLOKKA}`)).json()
    t.match(items, [{ name: 'Et annet hus' }, { name: 'Nytt navn', districtCode: GRUNERLOKKA }])
    t.equal(items.length, 2)
  })

  for (const [what, pointer, body] of [
    ['an unknown district', '/districtCode', { districtCode: '030199' }],
    ['ages the wrong way round', '/maxAge', { minAge: 40, maxAge: 30 }],
    ['no reason for not admitting', '/notAdmittingReason', { admitting: false }],
    ['an empty list', '/servedDistricts', { serves: 'listed_districts' }],
    ['an empty life', '/openDuring/to', { openDuring: { from: '2026-01-01', to: '2026-01-01' } }],
    ['a number too large', '/maxExtensiveBehaviour', { maxExtensiveBehaviour: 3_000_000_000 }],
    ['nobody at all in a month', '/maxMoveInsPerMonth', { maxMoveInsPerMonth: 0 }],
    ['half a household', '/maxMoveInsPerMonth', { maxMoveInsPerMonth: 1.5 }],
  ] as const) {
    const before = await countRows(owner)
    const refused = await administrator.post('/facilities', { ...NEW, ...body })
    t.match(refused.json(), { status: 422, errors: [{ pointer }] }, `${what}: ${refused.body}`)
    t.strictSame(await countRows(owner), before)
  }

  await t.test('do not close before their places', async (t) => {
    const id = await given.facility()
    await given.place(id)
    const shorter = await manager.patch(
      `/facilities/${id}`,
      { openDuring: { from: '2020-01-01', to: '2027-01-01' } },
      1,
    )
    t.match(shorter.json(), { status: 409, code: 'facility_closes_before_places' })
  })
})

t.test('places', async (t) => {
  const facilityId = await given.facility({ open_during: '[2020-01-01,2030-01-01)' })
  const staff = await app.signedInAs({ role: 'facility_staff', facilities: [facilityId] })
  const body = {
    facilityId,
    label: 'H0101',
    form: 'colocated_24h',
    openDuring: { from: '2026-01-01', to: '2030-01-01' },
    features: ['ground_floor', 'wheelchair'],
  }
  const added = await staff.post('/places', body)
  t.equal(added.statusCode, 201, added.body)
  const place = added.json()
  t.match(place, {
    ...body,
    version: 1,
    maxHousehold: 1,
    taken: false,
    closed: false,
    admitting: true,
    districtCode: ALNA,
  })
  t.strictSame((await officer.get(`/places/${place.id}`)).json(), place)

  await t.test('lie within the life of their facility, said by the domain before the database says it', async (t) => {
    for (const [pointer, openDuring] of [
      ['/openDuring/from', { from: '2019-12-31', to: '2029-01-01' }],
      ['/openDuring/to', { from: '2026-01-01', to: null }],
      ['/openDuring/to', { from: '2026-01-01', to: '2030-01-02' }],
    ] as const) {
      const before = await countRows(owner)
      const outside = await staff.post('/places', { ...body, label: 'Ute', openDuring })
      t.match(outside.json(), { status: 422, code: 'place_outside_facility', errors: [{ pointer }] }, outside.body)
      const moved = await staff.patch(`/places/${place.id}`, { openDuring }, 1)
      t.match(moved.json(), { status: 422, code: 'place_outside_facility', errors: [{ pointer }] })
      t.strictSame(await countRows(owner), before)
    }
  })

  await t.test('have names of their own in the house', async (t) => {
    const before = await countRows(owner)
    t.match((await staff.post('/places', body)).json(), { status: 409, code: 'duplicate_label' })
    const other = await given.place(facilityId, { open_during: '[2026-01-01,2027-01-01)' })
    t.match((await staff.patch(`/places/${other}`, { label: 'H0101' }, 1)).json(), { code: 'duplicate_label' })
    t.equal((await countRows(owner)).place, (before.place ?? 0) + 1)
  })

  await t.test('are changed by those whose they are', async (t) => {
    const elsewhere = await given.facility({ district_code: GRUNERLOKKA })
    const theirs = await given.place(elsewhere)
    for (const client of [staff, manager]) {
      t.equal((await client.patch(`/places/${theirs}`, { maxHousehold: 2 }, 1)).statusCode, 403)
      t.equal((await client.post('/places', { ...body, facilityId: elsewhere })).statusCode, 403)
      t.equal((await client.post(`/places/${theirs}/closures`, { during: always, reason: 'repair' })).statusCode, 403)
    }
    t.equal((await manager.patch(`/places/${place.id}`, { maxHousehold: 2 }, 1)).statusCode, 200)
    const unknown = await administrator.post('/places', { ...body, facilityId: place.id })
    t.match(unknown.json(), { status: 422, errors: [{ pointer: '/facilityId', code: 'unknown_facility' }] })
  })

  await t.test('that somebody could move into on a day', async (t) => {
    const house = await given.facility({ name: 'Ledig hus', open_during: '[2020-01-01,)' })
    const shut = await given.facility({ admitting: false, not_admitting_reason: 'Brann' })
    const plain = await given.place(house)
    const soon = await given.place(house, { open_during: '[2026-10-01,)' })
    const leaving = await given.place(house)
    await given.taken(leaving, '[2025-01-01,2026-10-01)')
    const closed = await given.place(house)
    await given.closed(closed, '[2026-08-01,2026-10-01)')
    const admitting = await given.place(house)
    await given.closed(admitting, '[2026-08-01,2026-10-01)', { admits: true })
    await given.place(house, { open_during: '[2020-01-01,2026-09-01)' }) // ignored: closed for good
    await given.taken(await given.place(house)) // ignored: nobody has said when they move out
    await given.place(shut) // ignored: cannot admit
    const vacant = async (on: string, more = '') =>
      (await officer.get(`/places?facilityId=${house}&vacantOn=${on}${more}`))
        .json()
        .items.map(({ id }: { id: string }) => id)
    t.strictSame(await vacant('2026-09-01'), [plain, admitting])
    t.strictSame(await vacant('2026-09-30'), [plain, admitting], 'the last day before')
    t.strictSame(await vacant('2026-10-01'), [plain, soon, leaving, closed, admitting], 'out and in on the same day')
    t.strictSame(await vacant('2026-09-01', '&form=private'), [])
    t.strictSame((await officer.get(`/places?facilityId=${shut}&vacantOn=2026-09-01`)).json().items, [])
    const all = (await officer.get(`/places?facilityId=${house}&vacantOn=2026-09-01`)).json().items
    t.match(all, [{ taken: false, closed: false }])
    const whole = (await officer.get(`/places?facilityId=${house}&limit=100`)).json().items
    t.equal(whole.length, 7, 'without the day, all of them')
    t.equal(whole.filter(({ taken }: { taken: boolean }) => taken).length, 2)
    const fields = Object.keys(whole[0])
    t.notOk(
      fields.some((name) => /resident|household|stay|name$/.test(name) && name !== 'facilityName'),
      'and no person',
    )
  })
})

t.test('places are counted by the first thing that keeps one from moving in', async (t) => {
  const house = await given.facility({ name: 'Tellehuset', district_code: SAGENE })
  const shut = await given.facility({ district_code: SAGENE, admitting: false, not_admitting_reason: 'Brann' })
  const elsewhere = await given.facility()
  await given.place(house) // free
  await given.taken(await given.place(house), '[2025-01-01,2026-09-01)') // free since this morning
  await given.closed(await given.place(house), '[2026-08-01,2026-10-01)', { admits: true }) // free: admits
  const both = await given.place(house)
  await given.taken(both)
  await given.closed(both, '[2026-08-01,2026-10-01)') // taken before closed
  await given.closed(await given.place(house), '[2026-08-01,2026-10-01)')
  await given.place(house, { form: 'vel_care' })
  await given.place(house, { open_during: '[2026-10-01,)' }) // ignored: opens later
  await given.place(house, { open_during: '[2020-01-01,2026-09-01)' }) // ignored: closed for good
  await given.place(shut)
  await given.taken(await given.place(shut)) // taken before the house that does not admit
  await given.place(elsewhere) // ignored: another district
  const counted = async (query: string) => (await officer.get(`/place-counts?${query}`)).json()
  t.strictSame(await counted(`district=${SAGENE}`), {
    asOf: '2026-09-01',
    items: [
      { form: 'vel_care', open: 1, taken: 0, closed: 0, notAdmitting: 0, held: 0, free: 1 },
      { form: 'municipal', open: 7, taken: 2, closed: 1, notAdmitting: 1, held: 0, free: 3 },
    ],
  })
  t.match((await counted(`facilityId=${shut}`)).items, [{ open: 2, taken: 1, closed: 0, notAdmitting: 1, free: 0 }])
  const vacant = (await officer.get(`/places?district=${SAGENE}&vacantOn=2026-09-01`)).json().items
  t.equal(vacant.length, 4, 'as many as the list of vacant places has')
  t.equal((await officer.get('/place-counts?form=municipal')).statusCode, 400, 'a filter that is not there is said')
})

t.test('closures', async (t) => {
  const facilityId = await given.facility()
  const placeId = await given.place(facilityId)
  const added = await manager.post(`/places/${placeId}/closures`, {
    during: { from: '2026-08-01', to: '2026-10-01' },
    reason: 'staffing_hse',
    costOwner: 'Bydelen',
  })
  t.equal(added.statusCode, 201, added.body)
  const closure = added.json()
  t.match(closure, { placeId, reason: 'staffing_hse', admits: false, costOwner: 'Bydelen', note: null, version: 1 })
  t.equal((await officer.get(`/places/${placeId}`)).json().closed, true)

  const before = await countRows(owner)
  const overlapping = await manager.post(`/places/${placeId}/closures`, {
    during: { from: '2026-09-30', to: null },
    reason: 'repair',
  })
  t.match(overlapping.json(), {
    status: 409,
    code: 'overlapping_closure',
    errors: [{ pointer: '/during' }],
    blocking: { kind: 'closure', id: closure.id },
  })
  t.strictSame(await countRows(owner), before)
  const next = await manager.post(`/places/${placeId}/closures`, {
    during: { from: '2026-10-01', to: null },
    reason: 'repair',
  })
  t.equal(next.statusCode, 201, 'one begins on the day the other ends')
  const into = await manager.patch(`/closures/${next.json().id}`, { during: { from: '2026-09-01', to: null } }, 1)
  t.match(into.json(), { status: 409, blocking: { id: closure.id } })

  const reopened = await manager.patch(
    `/closures/${closure.id}`,
    { during: { from: '2026-08-01', to: '2026-09-01' } },
    1,
  )
  t.equal(reopened.statusCode, 200)
  t.equal((await officer.get(`/places/${placeId}`)).json().closed, false, 'reopened since this morning')
  const { items } = (await officer.get(`/places/${placeId}/closures`)).json()
  t.strictSame(
    items.map(({ id }: { id: string }) => id),
    [closure.id, next.json().id],
    'in order of time',
  )
  const outsider = await app.signedInAs({ role: 'facility_staff', facilities: [] })
  t.equal((await outsider.patch(`/closures/${closure.id}`, { note: 'Nei' }, 2)).statusCode, 403)
})

t.test('a quota for households of other bydeler is dated and counted, and knows who is left out', async (t) => {
  const long = { from: '2015-01-01', to: null }
  const mine = (
    await manager.post('/facilities', { ...NEW, openDuring: long, name: 'Lia', maxMoveInsPerMonth: 2 })
  ).json()
  t.match(mine, { maxMoveInsPerMonth: 2 })
  const left = (await manager.post('/facilities', { ...NEW, openDuring: long, name: 'Moen' })).json()
  for (const [house, district, during] of [
    [mine.id, GRUNERLOKKA, '[2026-08-01,)'],
    [mine.id, GRUNERLOKKA, '[2025-12-01,)'], // not in the quota's days
    [mine.id, SAGENE, '[2026-08-15,)'],
    [mine.id, ALNA, '[2026-08-01,)'],
    [left.id, GRUNERLOKKA, '[2026-08-01,)'],
  ] as const)
    await given.livesIn(await given.resident(district), await given.place(house), during)
  const body = { district: ALNA, during: { from: '2026-01-01', to: '2027-01-01' }, households: 2, note: 'Avtale' }
  const added = await manager.post('/cross-district-quotas', { ...body, exemptFacilities: [left.id] })
  t.equal(added.statusCode, 201, added.body)
  t.match(added.json(), { used: 2, left: 0, households: 2, version: 1, exemptFacilityNames: ['Moen'] })
  const { id } = added.json()
  const changed = await manager.patch(
    `/cross-district-quotas/${id}`,
    { households: 3, exemptDistricts: [SAGENE], exemptFacilities: [] },
    1,
  )
  t.match(changed.json(), { used: 2, left: 1, version: 2 }, 'Sagene no more, the other house too')
  t.match(changed.json(), { exemptDistrictNames: ['Sagene'], exemptFacilityNames: [] })
  t.match((await officer.get(`/cross-district-quotas?district=${ALNA}`)).json(), { items: [{ id, used: 2 }] })
  t.match((await manager.post('/cross-district-quotas', body)).json(), { status: 409, code: 'overlapping_quota' })
  t.equal((await manager.post('/cross-district-quotas', { ...body, district: SAGENE })).statusCode, 403)
  const stale = await manager.patch(`/cross-district-quotas/${id}`, { households: 9 }, 1)
  t.equal(stale.statusCode, 412, 'somebody changed it since')

  const elsewhere = await given.facility({ district_code: SAGENE })
  const bought = await given.facility({ name: 'Kjøpt hus', operator_kind: 'private' })
  for (const [what, pointer, change, detail] of [
    ['an end before the start', '/during/to', { during: { from: '2026-01-01', to: '2025-12-31' } }, /Perioden er tom/],
    ['nobody at all', '/households', { households: 0 }, /minst 1/],
    ['half a household', '/households', { households: 2.5 }, 'Skriv et helt tall.'],
    ['no number', '/households', { households: null }, 'Skriv et helt tall.'],
    ['its own people', '/exemptDistricts/1', { exemptDistricts: [SAGENE, ALNA] }, /egne husstander teller aldri med/],
    ['no bydel', '/exemptDistricts/0', { exemptDistricts: ['030199'] }, /finnes ikke/],
    ['no house', '/exemptFacilities/0', { exemptFacilities: [id] }, /finnes ikke/],
    ['another bydel’s house', '/exemptFacilities/0', { exemptFacilities: [elsewhere] }, /driver i bydelen/],
    ['a house that is bought from', '/exemptFacilities/0', { exemptFacilities: [bought] }, /Kjøpt hus teller ikke med/],
  ] as const) {
    const refused = { status: 422, errors: [{ pointer, detail }] }
    const later = { ...body, during: { from: '2028-01-01', to: null } }
    t.match((await manager.post('/cross-district-quotas', { ...later, ...change })).json(), refused, `${what}, new`)
    t.match((await manager.patch(`/cross-district-quotas/${id}`, change, 2)).json(), refused, `${what}, changed`)
  }

  const before = await manager.post('/cross-district-quotas', {
    ...body,
    during: { from: '2025-01-01', to: '2026-01-01' },
  })
  t.equal(before.statusCode, 201, 'one begins on the day the other ends')
  t.match(before.json(), { used: 1 }, 'and has its own days’ move-ins')
  const others = await administrator.post('/cross-district-quotas', { ...body, district: SAGENE })
  const listed = async (query: string) => (await officer.get(`/cross-district-quotas${query}`)).json()
  const first = await listed('?limit=2')
  const rest = await listed(`?limit=2&cursor=${first.nextCursor}`)
  t.strictSame(
    [...first.items, ...rest.items].map((quota: { id: string }) => quota.id),
    [others.json().id, before.json().id, id],
    'by bydel and first day, a page at a time',
  )
  const into = await manager.patch(`/cross-district-quotas/${before.json().id}`, { during: long }, 1)
  t.match(into.json(), { status: 409, code: 'overlapping_quota' })
  t.equal((await manager.patch(`/cross-district-quotas/${others.json().id}`, { households: 9 }, 1)).statusCode, 403)

  const jobs = openPool(app.urls.jobUrl, { max: 1 })
  t.teardown(() => jobs.end())
  const asRead = () => asActor(openDatabase(jobs), null, TODAY, readRunLimits, 'reading')
  const read = await asRead()
  const limits = { ...read, quotas: read.quotas.filter(({ district }) => district === ALNA) }
  t.same(limits.quotas, [
    {
      id,
      district: ALNA,
      facilityIds: limits.quotas[0]?.facilityIds ?? [],
      during: body.during,
      left: 1,
      exempt: [SAGENE],
    },
  ])
  t.ok(limits.quotas[0]?.facilityIds.includes(mine.id))
  await given.taken(await given.place(mine.id), '[2026-09-01,)')
  const { moveIns } = await asRead()
  t.same(
    moveIns.filter(({ facilityId }) => facilityId === mine.id),
    [{ facilityId: mine.id, mostPerMonth: 2, taken: [{ month: '2026-09-01', count: 1 }] }],
    'as a run reads it, what the month has had already',
  )
})
