import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  capacityIn,
  count,
  countPlace,
  emptyPeriodCount,
  emptyTally,
  factsOn,
  NEVER,
  type PeriodCount,
  type PlaceFacts,
  type PlaceHistory,
  placesIn,
  type Span,
  stateOf,
  walk,
} from '../../src/domain/capacity.ts'
import { dayNumber, dayOfNumber, parseDay } from '../../src/domain/day.ts'
import { PLACE_STATES } from '../../src/reference/capacityMeasures.ts'

const facts: fc.Arbitrary<PlaceFacts> = fc.record({
  open: fc.boolean(),
  occupied: fc.boolean(),
  closed: fc.boolean(),
  notAdmitting: fc.boolean(),
  held: fc.boolean(),
  offered: fc.boolean(),
})

const LAST = 40

/** Spans that do not overlap, in order, some of them without an end. */
const spans: fc.Arbitrary<Span[]> = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 0, max: LAST }), { maxLength: 8 }), fc.boolean())
  .map(([cuts, endless]) => {
    const days = cuts.toSorted((a, b) => a - b)
    const pairs: Span[] = []
    for (let at = 0; at + 1 < days.length; at += 2) pairs.push({ from: days[at] ?? 0, to: days[at + 1] ?? 0 })
    const rest = days.length % 2 === 1 ? days.at(-1) : undefined
    return rest !== undefined && endless ? [...pairs, { from: rest, to: NEVER }] : pairs
  })

const history: fc.Arbitrary<PlaceHistory> = fc.record({
  open: fc
    .tuple(fc.integer({ min: 0, max: LAST }), fc.oneof(fc.integer({ min: 1, max: LAST }), fc.constant(NEVER)))
    .map(([from, length]) => ({ from, to: from + length })),
  occupied: spans,
  closed: spans,
  notAdmitting: spans,
  held: spans,
  offered: spans,
})

const periods: fc.Arbitrary<Span[]> = fc
  .tuple(fc.integer({ min: 0, max: LAST }), fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 }))
  .map(([first, lengths]) => {
    let from = first
    return lengths.map((length) => {
      const period = { from, to: from + length }
      from = period.to
      return period
    })
  })

const periodAtOf = (all: readonly Span[]) => (day: number) => all.findIndex(({ from, to }) => from <= day && day < to)

/** The definition said a second time, day by day and without an order of precedence. */
function naively(places: readonly PlaceHistory[], { from, to }: Span) {
  const lived = (place: PlaceHistory, day: number) => on(place.occupied, day)
  const on = (list: readonly Span[], day: number) => list.some((span) => span.from <= day && day < span.to)
  const open = ({ open }: PlaceHistory, day: number) => open.from <= day && day < open.to
  const days = Array.from({ length: to - from }, (_, at) => from + at)
  const total = (is: (place: PlaceHistory, day: number) => boolean) =>
    days.reduce((sum, day) => sum + places.filter((place) => is(place, day)).length, 0)
  const empty = (place: PlaceHistory, day: number) => open(place, day) && !lived(place, day)
  const usable = (place: PlaceHistory, day: number) =>
    empty(place, day) && !on(place.closed, day) && !on(place.notAdmitting, day)
  return {
    places: total(open),
    occupied: total((place, day) => open(place, day) && lived(place, day) && !on(place.closed, day)),
    occupiedClosed: total((place, day) => open(place, day) && lived(place, day) && on(place.closed, day)),
    closed: total((place, day) => empty(place, day) && on(place.closed, day)),
    notAdmitting: total((place, day) => empty(place, day) && !on(place.closed, day) && on(place.notAdmitting, day)),
    held: total((place, day) => usable(place, day) && on(place.held, day)),
    offered: total((place, day) => usable(place, day) && !on(place.held, day) && on(place.offered, day)),
    free: total((place, day) => usable(place, day) && !on(place.held, day) && !on(place.offered, day)),
    occupiedOutside: total((place, day) => !open(place, day) && lived(place, day)),
    admitting: total((place, day) => open(place, day) && !on(place.closed, day) && !on(place.notAdmitting, day)),
  }
}

t.test('every place that is open has exactly one state, and the states make up the places', async () => {
  fc.assert(
    fc.property(fc.array(facts), (places) => {
      const tally = emptyTally()
      for (const place of places) count(tally, place)
      const opened = places.filter(({ open }) => open)
      const states = opened.map(stateOf)
      return (
        states.every((state) => (PLACE_STATES as readonly string[]).includes(state)) &&
        placesIn(tally) === opened.length &&
        PLACE_STATES.every((state) => tally[state] === states.filter((other) => other === state).length) &&
        capacityIn(tally) + tally.closed + tally.notAdmitting === opened.length &&
        tally.occupied + tally.occupiedClosed + tally.occupiedOutside ===
          places.filter(({ occupied }) => occupied).length
      )
    }),
  )
})

t.test('nothing that happens to a house hides a resident', async () => {
  fc.assert(fc.property(facts, (place) => stateOf({ ...place, occupied: true }).startsWith('occupied')))
})

t.test('a walk covers the window once, and facts hold on every day of a stretch', async () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: LAST }), fc.integer({ min: 1, max: 60 }), (place, from, length) => {
      let next = from
      let right = true
      walk(place, { from, to: from + length }, (found, begins, ends) => {
        right &&= begins === next && begins < ends
        for (let day = begins; day < ends; day += 1) right &&= stateOf(found) === stateOf(factsOn(place, day))
        next = ends
      })
      return right && next === from + length
    }),
  )
})

t.test('periods count what a day-by-day count gives, whatever the histories', async () => {
  fc.assert(
    fc.property(fc.array(history, { maxLength: 6 }), periods, (places, all) => {
      const counts = all.map(emptyPeriodCount)
      for (const place of places) countPlace(place, all, periodAtOf(all), counts)
      for (const [at, period] of all.entries()) {
        const { first, placeDays, movedIn, departed } = counts[at] ?? emptyPeriodCount()
        assert.deepEqual({ ...placeDays, places: placesIn(placeDays) }, naively(places, period))
        assert.deepEqual(
          { ...first, places: placesIn(first) },
          naively(places, { from: period.from, to: period.from + 1 }),
        )
        const inside = (day: number) => period.from <= day && day < period.to
        const stays = places.flatMap(({ open, occupied }) => occupied.map((stay) => ({ open, ...stay })))
        assert.equal(
          movedIn,
          stays.filter(({ from, open }) => inside(from) && open.from <= from && from < open.to).length,
        )
        assert.equal(departed, stays.filter(({ to, open }) => inside(to) && open.from < to && to <= open.to).length)
      }
    }),
    { numRuns: 300 },
  )
})

t.test('a period is the sum of its parts, and places are the sum of theirs', async () => {
  const whole = (places: readonly PlaceHistory[], all: readonly Span[]) => {
    const counts = all.map(emptyPeriodCount)
    for (const place of places) countPlace(place, all, periodAtOf(all), counts)
    return counts
  }
  const summed = (counts: readonly PeriodCount[]) =>
    JSON.stringify(
      PLACE_STATES.map((state) => counts.reduce((sum, { placeDays }) => sum + placeDays[state], 0)).concat(
        counts.reduce((sum, { movedIn, departed }) => sum + movedIn - departed, 0),
      ),
    )
  fc.assert(
    fc.property(fc.array(history, { maxLength: 6 }), periods, fc.nat({ max: 6 }), (places, all, cut) => {
      const once = [{ from: all[0]?.from ?? 0, to: all.at(-1)?.to ?? 0 }]
      const [some, others] = [places.slice(0, cut), places.slice(cut)]
      return (
        summed(whole(places, all)) === summed(whole(places, once)) &&
        summed(whole(places, once)) === summed([...whole(some, once), ...whole(others, once)])
      )
    }),
  )
})

t.test('a day has a number and a number a day', async (t) => {
  const [first, leap] = [parseDay('1970-01-01'), parseDay('2024-02-29')]
  if (first === undefined || leap === undefined) throw new Error('not days')
  t.equal(dayNumber(first), 0)
  t.equal(dayOfNumber(dayNumber(leap) + 1), '2024-03-01')
})
