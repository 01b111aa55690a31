import fc from 'fast-check'
import t from 'tap'
import { addDays, contains, type Day, type DayRange, daysBetween } from '../../src/domain/day.ts'
import { type Availability, availability, type Place, serves } from '../../src/domain/place.ts'
import { closures, days, facilities, holds, occupancies, ranges } from './arbitraries.ts'
import { ALNA, day, FROGNER, HOUSE, PLACE, TODAY } from './baseline.ts'

const HORIZON = Array.from({ length: 120 }, (_, i) => addDays(TODAY, i - 20))
const MINIMUM = 5

interface Case {
  place: Place
  window: DayRange
  today: Day
}
const cases: fc.Arbitrary<Case> = fc.record({
  place: fc
    .record({ open: fc.oneof(fc.constant(PLACE.open), ranges), occupied: occupancies, held: holds, closures })
    .map((days) => ({ ...PLACE, ...days })),
  window: fc.oneof(fc.constant({ from: TODAY, to: null }), ranges),
  today: days,
})

const taken = (place: Place, on: Day) => place.occupied.some(({ to }) => to === null || to > on)
const kept = (place: Place, on: Day) => place.held.some(({ during: { to } }) => to === null || to > on)
const shut = (place: Place, on: Day) => place.closures.some(({ during, admits }) => !admits && contains(during, on))

/** The answer by trying day after day; days of this file's cases all end within the horizon. */
function tried({ place, window, today }: Case): Pick<Availability, 'kind'> & { from?: Day } {
  const possible = HORIZON.filter(
    (on) =>
      on >= today &&
      contains(window, on) &&
      contains(place.open, on) &&
      (place.open.to === null || daysBetween(on, place.open.to) >= MINIMUM),
  )
  const free = possible.filter((on) => !taken(place, on))
  const unheld = free.filter((on) => !kept(place, on))
  const [from] = unheld.filter((on) => !shut(place, on))
  if (from !== undefined) return { kind: 'available', from }
  return {
    kind: possible.length === 0 ? 'not_open' : free.length === 0 ? 'taken' : unheld.length === 0 ? 'held' : 'closed',
  }
}

function asked({ place, window, today }: Case): Availability {
  return availability(place, window, today, MINIMUM)
}

t.test('invariants', async (t) => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(cases, (one) => {
      const { kind, from } = { from: undefined, ...asked(one) }
      kinds.add(kind)
      const expected = tried(one)
      return kind === expected.kind && from === expected.from
    }),
    { numRuns: 1000 },
  )
  t.same(
    kinds,
    new Set(['available', 'not_open', 'taken', 'held', 'closed']),
    'the same as trying each day; every answer occurs',
  )

  fc.assert(
    fc.property(cases, (one) => {
      const answer = asked(one)
      if (answer.kind === 'closed') return one.place.closures.includes(answer.closure) && !answer.closure.admits
      if (answer.kind !== 'available') return true
      const { place, window, today } = one
      const after = HORIZON.filter((on) => on >= answer.from)
      return (
        answer.from >= today &&
        contains(window, answer.from) &&
        contains(place.open, answer.from) &&
        !shut(place, answer.from) &&
        after.every(
          (on) => ![...place.occupied, ...place.held.map(({ during }) => during)].some((r) => contains(r, on)),
        )
      )
    }),
    { numRuns: 1000 },
  )
  t.pass(
    'the day is in the window, in the life of the place, not closed, and nobody lives or is expected there from then on',
  )

  const rank = (answer: Availability) => (answer.kind === 'available' ? answer.from : '9999')
  fc.assert(
    fc.property(cases, fc.nat(), (one, pick) => {
      const occupied = one.place.occupied.filter((_, i) => i !== pick % Math.max(1, one.place.occupied.length))
      return rank(asked({ ...one, place: { ...one.place, occupied } })) <= rank(asked(one))
    }),
    { numRuns: 1000 },
  )
  t.pass('one stay less is never later')

  fc.assert(
    fc.property(cases, fc.nat(), (one, pick) => {
      const without = one.place.closures.filter((_, i) => i !== pick % Math.max(1, one.place.closures.length))
      return rank(asked({ ...one, place: { ...one.place, closures: without } })) <= rank(asked(one))
    }),
    { numRuns: 1000 },
  )
  t.pass('one closure less is never later')

  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 10 }), (one, count) => {
      return rank(asked(one)) <= rank(asked({ ...one, today: addDays(one.today, count) }))
    }),
    { numRuns: 1000 },
  )
  t.pass('asking on a later day is never earlier')

  fc.assert(
    fc.property(cases, days, (one, since) => {
      const overdue = { ...one, place: { ...one.place, occupied: [...one.place.occupied, { from: since, to: null }] } }
      return asked(overdue).kind === 'taken' || tried(overdue).kind === 'not_open'
    }),
    { numRuns: 1000 },
  )
  t.pass('an overdue resident never disappears')

  fc.assert(
    fc.property(cases, fc.integer({ min: 0, max: 3 }), (one, turn) => {
      const { occupied } = one.place
      const turned = [...occupied.slice(turn), ...occupied.slice(0, turn)]
      return rank(asked({ ...one, place: { ...one.place, occupied: turned } })) === rank(asked(one))
    }),
  )
  t.pass('stays come in any order')
})

t.test('boundaries', async (t) => {
  const to = (text: string): DayRange => ({ from: day('2026-08-01'), to: day(text) })
  const at = (place: Partial<Place>, window: DayRange = { from: TODAY, to: day('2026-09-06') }, minimum = 1) =>
    availability({ ...PLACE, ...place }, window, TODAY, minimum)
  const closure = (text: string, admits = false) => ({ during: to(text), reason: 'repair', admits })

  t.same(at({}), { kind: 'available', from: '2026-09-01' })
  t.same(at({ occupied: [to('2026-09-01')] }), { kind: 'available', from: '2026-09-01' }, 'out and in on one day')
  t.same(at({ occupied: [to('2026-09-05')] }), { kind: 'available', from: '2026-09-05' }, 'the last day of the window')
  t.same(at({ occupied: [to('2026-09-06')] }), { kind: 'taken' }, 'the end of the window is not in it')
  const held = (text: string | null) => ({
    during: { from: TODAY, to: text === null ? null : day(text) },
    answerBy: day('2026-09-08'),
  })
  t.match(at({ held: [held(null)] }), { kind: 'held', hold: { answerBy: '2026-09-08' } })
  t.match(at({ held: [held('2026-09-06')] }), { kind: 'held' }, 'the end of the window is not in it')
  t.same(at({ held: [held('2026-09-05')] }), { kind: 'available', from: '2026-09-05' })
  t.same(at({ occupied: [to('2026-09-06')], held: [held(null)] }), { kind: 'taken' }, 'who lives there comes first')
  t.same(at({ closures: [closure('2026-09-01')] }), { kind: 'available', from: '2026-09-01' }, 'reopens that day')
  t.same(at({ closures: [closure('2026-09-05')] }), { kind: 'available', from: '2026-09-05' })
  t.match(at({ closures: [closure('2026-09-06')] }), { kind: 'closed' })
  t.same(at({ closures: [closure('2027-09-06', true)] }), { kind: 'available', from: '2026-09-01' }, 'it admits')
  t.same(
    at({
      occupied: [to('2026-09-03')],
      closures: [{ ...closure('2026-09-05'), during: { from: day('2026-09-03'), to: day('2026-09-05') } }],
    }),
    { kind: 'available', from: '2026-09-05' },
    'repaired between two stays',
  )
  t.same(
    at({ closures: [{ ...closure('2026-09-05'), during: { from: day('2026-09-02'), to: day('2026-09-05') } }] }),
    { kind: 'available', from: '2026-09-01' },
    'teller ikke, fordi sperringen begynner etter innflytting',
  )
  t.match(at({ open: to('2026-09-01') }), { kind: 'not_open' }, 'the last day was yesterday')
  t.same(
    at({ open: to('2026-09-02') }),
    { kind: 'available', from: '2026-09-01' },
    'one day is left, and one is asked for',
  )
  t.match(at({ open: to('2026-09-02') }, undefined, 2), { kind: 'not_open' }, 'one day is left, and two are asked for')
  t.match(
    at({ open: to('2026-09-01') }, undefined, 0),
    { kind: 'not_open' },
    'no day is left, though none is asked for',
  )
  t.match(at({}, { from: day('2026-08-01'), to: TODAY }), { kind: 'not_open' }, 'the window ended before today')
  t.same(at({}, { from: day('2026-08-01'), to: null }), { kind: 'available', from: '2026-09-01' }, 'never before today')
  t.same(
    at({}, { from: day('2026-10-01'), to: null }),
    { kind: 'available', from: '2026-10-01' },
    'never before the window',
  )
  t.match(
    at({ open: to('2027-09-01'), closures: [closure('2027-06-01')] }, { from: TODAY, to: null }, 365),
    { kind: 'closed' },
    'without the closure a whole year was left: the closure is the answer',
  )
  t.match(
    at({ open: to('2027-08-31'), closures: [closure('2030-01-01')] }, undefined, 365),
    { kind: 'not_open' },
    'reopening it would not help, so the closure is not the answer',
  )
})

t.test('whom a house is for', async (t) => {
  fc.assert(
    fc.property(facilities, fc.constantFrom(ALNA, FROGNER), days, (house, district, on) => {
      const served = serves(house, district, on)
      if (house.serves === 'city') return served
      if (house.serves === 'own_district') return served === (house.district === district)
      return served === house.listed.some((entry) => entry.district === district && contains(entry.during, on))
    }),
    { numRuns: 500 },
  )
  const house = {
    ...HOUSE,
    serves: 'listed_districts' as const,
    listed: [{ district: FROGNER, during: { from: TODAY, to: day('2026-09-03') } }],
  }
  t.equal(serves(house, FROGNER, day('2026-08-31')), false, 'the day before the quota')
  t.equal(serves(house, FROGNER, TODAY), true)
  t.equal(serves(house, FROGNER, day('2026-09-02')), true)
  t.equal(serves(house, FROGNER, day('2026-09-03')), false, 'the quota ended the day before')
  t.equal(serves(house, ALNA, TODAY), false, 'its own bydel, when the list does not name it')
})
