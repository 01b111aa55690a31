import fc from 'fast-check'
import t from 'tap'
import { addDays, contains, type Day, type DayRange, daysBetween } from '../../src/domain/day.ts'
import { type PlaceState, type TimelineFacts, timelineOf, vacantDays } from '../../src/domain/timeline.ts'

const START = '2028-02-20' as Day
const day = (n: number) => addDays(START, n)
const window = { from: day(0), to: day(40) }

/** Ranges after each other, some of them without an end, as the database's constraints leave them. */
const apart = fc
  .tuple(fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 8 }), fc.boolean())
  .map(([cuts, endless]): DayRange[] => {
    const sorted = [...new Set(cuts)].sort((a, b) => a - b)
    const ranges = []
    for (let i = 0; i + 1 < sorted.length; i += 2) {
      ranges.push({ from: day(sorted[i] ?? 0), to: day(sorted[i + 1] ?? 0) as Day | null })
    }
    const last = ranges.at(-1)
    if (endless && last !== undefined) last.to = null
    return ranges
  })

const facts = fc
  .record({
    from: fc.integer({ min: -30, max: 30 }),
    length: fc.option(fc.integer({ min: 1, max: 60 })),
    taken: apart,
    held: apart,
    closed: apart,
  })
  .map(
    ({ from, length, taken, held, closed }): TimelineFacts => ({
      open: { from: day(from), to: length === null ? null : day(from + length) },
      occupied: taken,
      holds: held.map((during, i) => ({
        during,
        expiresAt: i % 2 === 0 ? null : '2028-03-01T00:00:00Z',
        reserved: false,
      })),
      closures: closed.map((during, i) => ({ id: String(i), during, reason: 'repair', admits: i % 3 === 0 })),
    }),
  )

/** What a place is on one day, said plainly. */
function stateOn({ open, occupied, holds, closures }: TimelineFacts, on: Day): PlaceState {
  if (!contains(open, on)) return 'not_open'
  if (occupied.some((range) => contains(range, on))) return 'occupied'
  if (holds.some(({ during }) => contains(during, on))) return 'held'
  return closures.some(({ during, admits }) => !admits && contains(during, on)) ? 'closed' : 'vacant'
}

t.test('covers the days that were asked for once, in order, each as it is on its own', async (t) => {
  fc.assert(
    fc.property(facts, (given) => {
      const segments = timelineOf(given, window)
      let next: Day = window.from
      for (const { from, to, state } of segments) {
        t.equal(from, next)
        t.ok(to > from)
        for (let on = from; on < to; on = addDays(on, 1)) t.equal(state, stateOn(given, on), `${on}`)
        next = to
      }
      t.equal(next, window.to)
      const vacant = Array.from({ length: daysBetween(window.from, window.to) }, (_, n) => stateOn(given, day(n)))
      t.equal(vacantDays(segments), vacant.filter((state) => state === 'vacant').length)
    }),
    { numRuns: 300 },
  )
})

t.test('says what a state hides', async (t) => {
  const open = { from: day(-100), to: null }
  const none = { occupied: [], holds: [], closures: [] }
  t.strictSame(timelineOf({ open, ...none }, window), [
    { ...window, state: 'vacant', occupied: null, hold: null, closure: null },
  ])
  const lived = { from: day(-10), to: null }
  const hold = { during: { from: day(10), to: null }, expiresAt: null, reserved: false }
  t.strictSame(
    timelineOf({ open, ...none, occupied: [lived], holds: [hold] }, window),
    [
      { from: day(0), to: day(10), state: 'occupied', occupied: lived, hold: null, closure: null },
      { from: day(10), to: day(40), state: 'occupied', occupied: lived, hold, closure: null },
    ],
    'held for the next while the resident has not left',
  )
  const admits = { id: '1', during: { from: day(0), to: day(40) }, reason: 'repair', admits: true }
  t.match(timelineOf({ open, ...none, closures: [admits] }, window), [{ state: 'vacant', closure: admits }])
  t.match(
    timelineOf({ open: { from: day(9), to: day(10) }, ...none }, window),
    [{ to: day(9), state: 'not_open' }, { state: 'vacant' }, { from: '2028-03-01', state: 'not_open' }],
    '29 February is a day like others',
  )
})
