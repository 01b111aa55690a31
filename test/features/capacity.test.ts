import t from 'tap'
import { type Client, testApp } from '../support/app.ts'
import { ALNA, fixturesOf, GRUNERLOKKA } from '../support/fixtures.ts'

const { owner, deps, signedInAs, anonymous } = await testApp(t)
const make = fixturesOf({ owner, deps })
const officer = await signedInAs({ role: 'housing_officer', districts: [ALNA] })

type Row = Record<string, unknown> & { freshness: Record<string, unknown> }
interface Answer {
  items: Row[]
  total: Row
  notes: string[]
  queueNote: string | null
}

async function capacity(query = '', client: Client = officer): Promise<Answer> {
  const answer = await client.get(`/capacity${query}`)
  t.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}

const admittedSince2020 = (facilityId: string) =>
  owner.query(`update facility_admission set during = '[2020-01-01,)' where facility_id = $1`, [facilityId])

const alna = await make.facility({ vacancy_confirmed_at: '2026-08-30T08:00:00Z' })
const shelter = await make.facility({
  name: 'Sofienberg bosenter',
  district_code: GRUNERLOKKA,
  serves: 'own_district',
  vacancy_confirmed_at: '2026-08-01T08:00:00Z',
})
for (const facility of [alna, shelter]) await admittedSince2020(facility)
const taken = await make.place(alna)
const shut = await make.place(alna)
const empty = await make.place(alna, { form: 'colocated_24h', features: ['ground_floor', 'lift'] })
await make.place(alna, { open_during: '[2027-01-01,)' })
await make.place(shelter, { form: 'temporary', open_during: '[2020-01-01,2026-12-01)' })
const person = await make.resident(ALNA)
await make.livesIn(person, taken, '[2025-01-01,)')
// expected to leave long ago, and has not
await owner.query(`update stay set expected_until = '2025-06-01' where household_id = $1`, [person.householdId])
await make.closed(shut, '[2026-08-01,2026-10-01)')
await make.closed(empty, '[2026-08-01,2026-10-01)', { admits: true })
const waiting = await make.resident(GRUNERLOKKA)
await make.need(waiting, { forms: ['colocated_24h', 'municipal'] })

t.test('each open place is in one state, an overdue resident still lives there', async (t) => {
  const { total, items } = await capacity('?groupBy=district,form')
  t.match(total, {
    places: 4,
    occupied: 1,
    closed: 1,
    free: 2,
    capacity: 3,
    openingLater: 1,
    closingLater: 1,
    queue: 1,
  })
  t.strictSame(
    items.map(({ districtName, form, places, free, queue }) => [districtName, form, places, free, queue]),
    [
      ['Grünerløkka', 'temporary', 1, 1, 0],
      ['Grünerløkka', 'colocated_24h', 0, 0, 1],
      ['Alna', 'colocated_24h', 1, 1, 0],
      ['Alna', 'municipal', 2, 0, 0],
    ],
    'a form that somebody waits for and nobody has is a row too',
  )
})

t.test('past and future days, half-open', async (t) => {
  t.match((await capacity('?on=2024-12-31')).total, { occupied: 0, free: 4 })
  t.match((await capacity('?on=2025-01-01')).total, { occupied: 1, free: 3 })
  t.match((await capacity('?on=2026-09-30')).total, { closed: 1, places: 4 })
  t.match((await capacity('?on=2026-10-01')).total, { closed: 0, places: 4 })
  t.match((await capacity('?on=2026-11-30')).total, { places: 4, closingLater: 1, queue: null })
  const future = await capacity('?on=2027-01-01')
  t.match(future.total, { places: 4, occupied: 1, openingLater: 0, closingLater: 0 })
  t.match(future.queueNote, /vet ingen/)
  t.match((await capacity('?on=1999-01-01')).total, { places: 0, openingLater: 5, queue: 0 })
})

t.test('a filter narrows places, and the queue where it can be told', async (t) => {
  t.match((await capacity(`?district=${ALNA}`)).total, { places: 3, queue: 0 })
  t.match((await capacity('?step=2')).total, { places: 1, queue: 1 })
  t.match((await capacity('?form=temporary')).total, { places: 1, free: 1, queue: 0 })
  t.match((await capacity(`?facilityId=${shelter}`)).total, { places: 1, queue: null })
  t.match((await capacity('?features=ground_floor,lift')).total, { places: 1, free: 1, queue: null })
  t.match((await capacity(`?serves=${GRUNERLOKKA}`)).total, { places: 4 }, 'its own, and those that serve the city')
  t.match((await capacity(`?serves=${ALNA}`)).total, { places: 3 })
  const { items } = await capacity('?groupBy=features,facility')
  t.strictSame(
    items.map(({ features }) => features),
    [[], ['ground_floor', 'lift'], []],
  )
})

t.test('the age of every facility’s confirmation stands beside its vacancy', async (t) => {
  const { items, total } = await capacity('?groupBy=facility')
  const of = (id: string) => items.find(({ facilityId }) => facilityId === id)?.freshness
  t.strictSame(of(alna), {
    facilities: 1,
    fresh: 1,
    stale: 0,
    never: 0,
    oldest: '2026-08-30T08:00:00.000Z',
    oldestDays: 2,
  })
  t.match(of(shelter), { fresh: 0, stale: 1, oldestDays: 31 })
  t.match(total.freshness, { facilities: 2, fresh: 1, stale: 1, never: 0, oldestDays: 31 })
})

t.test('a house that stops admitting takes its empty places out, from that day', async (t) => {
  const manager = await signedInAs({ role: 'district_manager', districts: [GRUNERLOKKA] })
  const { version } = (await manager.get(`/facilities/${shelter}`)).json()
  const stopped = await manager.patch(
    `/facilities/${shelter}`,
    { admitting: false, notAdmittingReason: 'Mangler nattevakt' },
    version,
  )
  t.equal(stopped.statusCode, 200, stopped.body)
  t.match((await capacity()).total, { notAdmitting: 1, free: 1, places: 4, capacity: 2 })
  t.match((await capacity('?on=2026-08-31')).total, { notAdmitting: 0, free: 2 }, 'the day before it admitted')
  t.match((await capacity('?on=2026-10-15')).total, { notAdmitting: 1 })
  const again = await manager.patch(
    `/facilities/${shelter}`,
    { admitting: true, notAdmittingReason: null },
    stopped.json().version,
  )
  t.equal(again.statusCode, 200, again.body)
  t.match((await capacity()).total, { notAdmitting: 0, free: 2 }, 'the day’s last word counts')
})

t.test('what is not known of a house is said', async (t) => {
  await owner.query(`update facility_admission set during = '[2026-06-01,)' where facility_id = $1`, [alna])
  const before = await capacity('?on=2026-05-31')
  t.match(before.total, { admissionAssumed: 3 })
  t.match(before.notes.join(' '), /registrert fra en bestemt dag/)
  t.match(await capacity('?on=2026-06-01'), { total: { admissionAssumed: 0 }, notes: [] })
  await admittedSince2020(alna)
})

t.test('a hold is offered until it is firm, and ends', async (t) => {
  const hold = async (columns: Record<string, unknown>) => {
    const names = Object.keys(columns)
    const { rows } = await owner.query<{ id: string }>(
      `insert into hold (place_id, holding_district, during, ${names.join(', ')})
       values ($1, $2, '[2026-09-20,)', ${names.map((_, at) => `$${at + 3}`).join(', ')}) returning id`,
      [empty, ALNA, ...Object.values(columns)],
    )
    return rows[0]?.id ?? ''
  }
  const offered = await hold({ created_at: '2026-08-28T10:00:00Z', expires_at: '2026-09-04T10:00:00Z' })
  t.match((await capacity('?on=2026-08-27')).total, { offered: 0, free: 2 })
  t.match((await capacity('?on=2026-08-28')).total, { offered: 1, free: 1 })
  t.match((await capacity('?on=2026-09-04')).total, { offered: 1 }, 'through the day it expires on')
  t.match((await capacity('?on=2026-09-05')).total, { offered: 0, free: 2 })
  await owner.query(`update hold set expires_at = null where id = $1`, [offered])
  await owner.query(`update hold set firm_since = '2026-08-31T12:00:00Z' where id = $1`, [offered])
  t.match((await capacity('?on=2026-08-30')).total, { offered: 1, held: 0 }, 'as it was then')
  t.match((await capacity()).total, { offered: 0, held: 1, free: 1, capacity: 3 })
  const vacant = (await officer.get('/places?vacantOn=2026-09-01')).json().items
  t.equal(vacant.length, 1, 'the list of vacant places has as many')
  const houses = (await officer.get('/facilities')).json().items as { freePlaces: number }[]
  t.equal(
    houses.reduce((sum, { freePlaces }) => sum + freePlaces, 0),
    1,
    'and so have the houses',
  )
  const byForm = (await officer.get('/place-counts')).json().items as { held: number; free: number }[]
  t.strictSame(
    [byForm.reduce((sum, { held }) => sum + held, 0), byForm.reduce((sum, { free }) => sum + free, 0)],
    [1, 1],
  )
  t.match((await capacity('?on=2027-06-01')).total, { held: 1 })
  await owner.query(`update hold set ended_at = '2026-09-01T09:00:00Z', ended_reason = 'withdrawn' where id = $1`, [
    offered,
  ])
  t.match((await capacity()).total, { held: 0, free: 2 }, 'not on the day it ended')
  t.match((await capacity('?on=2026-08-31')).total, { held: 1 })
})

t.test('a series has the day’s counts, the place-days, moves and the queue', async (t) => {
  const answer = await officer.get('/capacity/series?from=2026-07-01&to=2026-10-01')
  t.equal(answer.statusCode, 200, answer.body)
  const { items } = answer.json() as { items: Record<string, Record<string, number>>[] }
  t.strictSame(
    items.map(({ from, to }) => [from, to]),
    [
      ['2026-07-01', '2026-08-01'],
      ['2026-08-01', '2026-09-01'],
      ['2026-09-01', '2026-10-01'],
    ],
  )
  t.match(items[0], { first: { places: 4, closed: 0, free: 3 }, placeDays: { places: 124, occupied: 31 }, queue: 0 })
  t.match(items[1], { first: { closed: 1 }, placeDays: { closed: 31, free: 62 - 4, held: 1, offered: 3 }, queue: 1 })
  const whole = (await officer.get('/capacity/series?from=2026-07-01&to=2026-10-01&every=period')).json().items
  t.equal(whole.length, 1)
  t.equal(
    whole[0].placeDays.free,
    items.reduce((sum, { placeDays }) => sum + (placeDays?.free ?? 0), 0),
  )
  const years = (await officer.get('/capacity/series?groupBy=form')).json().items
  t.equal(years.length, 3 * 60, 'five years by month, of three forms, when nothing is said')
})

t.test('what makes no sense is refused with the reason', async (t) => {
  for (const [path, status] of [
    ['/capacity?on=2026-02-30', 400],
    ['/capacity?on=0202-01-01', 400],
    ['/capacity?groupBy=person', 400],
    ['/capacity?misspelt=1', 400],
    ['/capacity/series?from=2026-01-01&to=2026-01-01', 422],
    ['/capacity/series?from=1960-01-01&to=2026-01-01&every=day', 422],
    [`/capacity/waiting?on=2026-09-02`, 422],
    ['/capacity/stays?months=0', 400],
  ] as const) {
    t.equal((await officer.get(path)).statusCode, status, path)
  }
})

t.test('every role is told the same numbers, also of the queue, and nobody signed out', async (t) => {
  const expected = await capacity('?groupBy=district,form')
  for (const role of ['district_manager', 'intake_officer', 'planner', 'facility_staff', 'auditor', 'administrator']) {
    const client = await signedInAs({ role, districts: [GRUNERLOKKA] })
    t.strictSame(await capacity('?groupBy=district,form', client), expected, role)
    t.equal((await client.get('/capacity/waiting')).json().total.stillWaiting, 1, role)
  }
  t.equal((await anonymous.get('/capacity')).statusCode, 401)
})

t.test('the measures are told with their definitions', async (t) => {
  const { items } = (await anonymous.get('/capacity/measures')).json()
  const { total } = await capacity()
  for (const id of ['places', 'occupied', 'occupiedClosed', 'closed', 'notAdmitting', 'held', 'offered', 'free']) {
    t.ok(items.find((measure: { id: string; sentence: string }) => measure.id === id)?.sentence.length > 20, id)
    t.type(total[id], 'number', id)
  }
})

t.test('a place that closes down with somebody in it keeps its resident', async (t) => {
  const old = await make.place(shelter, { form: 'temporary', open_during: '[2020-01-01,2026-08-01)' })
  await make.taken(old, '[2026-01-01,)')
  t.match((await capacity()).total, { places: 4, occupied: 1, occupiedOutside: 1 })
  const { items } = (await officer.get('/capacity/series?from=2026-08-01&to=2026-09-01')).json()
  t.match(items[0], { placeDays: { occupiedOutside: 31 } })
})

t.test('a combination of features is counted itself, and is never the least of its parts', async (t) => {
  const house = await make.facility({ name: 'Delene hus', district_code: '030115' })
  await make.place(house, { form: 'colocated_24h', features: ['ground_floor'] })
  await make.place(house, { form: 'colocated_24h', features: ['lift'] })
  const places = async (features: string) => (await capacity(`?facilityId=${house}&features=${features}`)).total.places
  t.same([await places('ground_floor'), await places('lift'), await places('ground_floor,lift')], [1, 1, 0])
})
