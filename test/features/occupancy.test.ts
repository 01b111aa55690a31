import t from 'tap'
import { testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const app = await testApp(t)
const { owner } = app
const given = fixturesOf(app)
const officer = await app.signedInAs({ role: 'housing_officer', districts: [ALNA] })
const other = await app.signedInAs({ role: 'housing_officer', districts: [GRUNERLOKKA] })
const auditor = await app.signedInAs({ role: 'auditor' })

const house = await given.facility({ name: 'Haugen' })
const later = await given.facility({ name: 'Ås', district_code: GRUNERLOKKA })
const DAYS = 'from=2026-09-01&to=2026-09-11'

const holdFor = async (placeId: string, during: string, columns: { expires?: string; ended?: string } = {}) =>
  owner.query(
    `insert into hold (place_id, holding_district, during, expires_at, ended_at, ended_reason)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      placeId,
      ALNA,
      during,
      columns.expires ?? null,
      columns.ended ?? null,
      columns.ended === undefined ? null : 'declined',
    ],
  )

const person = await given.resident(ALNA)
const lived = await given.place(house, { label: 'A' })
const stay = await given.livesIn(person, lived, '[2025-01-01,)')
await owner.query(`update stay set expected_until = '2026-08-01' where id = $1`, [stay])
await holdFor(lived, '[2026-09-05,)')
const gap = await given.place(house, { label: 'B' })
await given.taken(gap, '[2025-01-01,2026-09-03)')
await holdFor(gap, '[2026-09-09,)', { expires: '2026-09-02T10:00:00Z' })
await given.closed(gap, '[2026-09-05,2026-09-07)', { reason: 'staffing_hse' })
const opens = await given.place(house, { label: 'C', open_during: '[2026-09-08,)' })
const free = await given.place(house, { label: 'D' })
await holdFor(free, '[2026-09-01,)', { expires: '2026-08-31T10:00:00Z' }) // ignored: it has run out, and nobody has met it
await holdFor(free, '[2026-09-01,)', { ended: '2026-08-20T10:00:00Z' }) // ignored: it was ended
await given.place(house, { label: 'E', open_during: '[2020-01-01,2026-09-01)' }) // ignored: closed for good before
const elsewhere = await given.place(later, { label: 'F', form: 'assisted' })
await given.taken(elsewhere, '[2026-01-01,)')

const list = async (query: string, as = officer) => (await as.get(`/occupancy?${DAYS}&${query}`)).json().items
const places = async (query: string) => (await list(query)).map(({ placeId }: { placeId: string }) => placeId)

t.test('says what each place is on each day', async (t) => {
  const items = await list('')
  t.match(
    items.map(
      ({
        placeId,
        vacantDays,
        segments,
      }: {
        placeId: string
        vacantDays: number
        segments: { from: string; state: string }[]
      }) => [placeId, vacantDays, segments.map(({ from, state }) => `${from.slice(8)} ${state}`).join(', ')],
    ),
    [
      [lived, 0, '01 occupied, 05 occupied'],
      [gap, 4, '01 occupied, 03 vacant, 05 closed, 07 vacant, 09 held'],
      [opens, 3, '01 not_open, 08 vacant'],
      [free, 10, '01 vacant'],
      [elsewhere, 0, '01 occupied'],
    ],
    'by facility and label',
  )
  t.match(items[1].segments[2].closure, { reason: 'staffing_hse', admits: false, from: '2026-09-05', to: '2026-09-07' })
  t.match(items[1].segments[4].hold, { from: '2026-09-09', to: null, expiresAt: '2026-09-02T10:00:00.000Z' })
  t.match(items[0].segments[1], { occupied: { from: '2025-01-01', to: null }, hold: { expiresAt: null } })
})

t.test('the stay behind it is for those who may see the person', async (t) => {
  t.strictSame((await list(''))[0].segments[0].stay, { id: stay, expectedUntil: '2026-08-01', overdue: true })
  for (const reader of [other, auditor]) {
    const items = await list('', reader)
    t.equal(items[0].segments[0].state, 'occupied', 'an overdue resident still has her place')
    t.equal(items[0].segments[0].stay, null)
  }
  const staff = await app.signedInAs({ role: 'facility_staff', facilities: [house] })
  t.equal((await list('', staff))[0].segments[0].stay.id, stay)
  const protectedOne = await given.resident(ALNA, { address_protection: 'confidential' })
  const place = await given.place(house, { label: 'G' })
  await given.livesIn(protectedOne, place)
  const row = (await list('')).find(({ placeId }: { placeId: string }) => placeId === place)
  t.match(row.segments, [{ state: 'occupied', stay: null }], 'a protected person’s place is taken, and no more')
  await owner.query('delete from stay where household_id = $1', [protectedOne.householdId])
  await owner.query('delete from occupancy where place_id = $1', [place])
  await owner.query('delete from place where id = $1', [place])
})

t.test('filters', async (t) => {
  t.strictSame(await places('only=gaps'), [gap, opens, free])
  t.strictSame(await places('only=held'), [lived, gap])
  t.strictSame(await places('only=closed'), [gap])
  t.strictSame(await places('only=changing'), [opens])
  t.strictSame(await places(`district=${GRUNERLOKKA}`), [elsewhere])
  t.strictSame(await places('form=assisted'), [elsewhere])
  t.strictSame(await places(`facilityId=${later}`), [elsewhere])
})

t.test('a page at a time', async (t) => {
  const found: string[] = []
  let cursor = ''
  do {
    const page = (await officer.get(`/occupancy?${DAYS}&limit=2${cursor}`)).json()
    found.push(...page.items.map(({ placeId }: { placeId: string }) => placeId))
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  t.strictSame(found, [lived, gap, opens, free, elsewhere])
  const wrong = await officer.get(`/occupancy?cursor=${Buffer.from('["a","b","c","d"]').toString('base64url')}`)
  t.equal(wrong.statusCode, 422)
})

t.test('counts days as the list does', async (t) => {
  const counts = (await officer.get(`/occupancy/summary?${DAYS}`)).json()
  t.strictSame(counts, {
    from: '2026-09-01',
    to: '2026-09-11',
    places: 5,
    placesWithGaps: 3,
    openDays: 43,
    occupiedDays: 22,
    heldDays: 2,
    closedDays: 2,
    vacantDays: 17,
  })
  t.match((await officer.get(`/occupancy/summary?${DAYS}&only=closed`)).json(), { places: 1, vacantDays: 4 })
  t.match((await officer.get(`/occupancy/summary?${DAYS}&form=vel_care`)).json(), { places: 0, vacantDays: 0 })
})

t.test('days that are none, or too many', async (t) => {
  for (const query of [
    'from=2026-09-02&to=2026-09-02',
    'from=2026-09-02&to=2026-09-01',
    'from=2026-01-01&to=2027-03-01',
  ]) {
    const answer = await officer.get(`/occupancy?${query}`)
    t.equal(answer.statusCode, 422)
    t.equal(answer.json().errors[0].pointer, '/querystring/to')
  }
  t.equal((await officer.get('/occupancy?from=2026-02-29')).statusCode, 400)
  t.match(
    (await officer.get('/occupancy/summary')).json(),
    { from: '2026-09-01', to: '2026-10-27' },
    'eight weeks from today',
  )
})
