import { TZDate } from '@date-fns/tz'
import fc from 'fast-check'
import t from 'tap'
import {
  addDays,
  addMonths,
  compareDays,
  contains,
  type Day,
  type DayRange,
  dayInOslo,
  daysBetween,
  isDay,
  overlaps,
  parseDay,
  rangeIsEmpty,
} from '../../src/domain/day.ts'

function day(text: string): Day {
  const parsed = parseDay(text)
  if (parsed === undefined) throw new Error(`not a day: ${text}`)
  return parsed
}

const FIRST = day('1950-01-01')
const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays(FIRST, count))
const ranges: fc.Arbitrary<DayRange> = fc
  .tuple(days, fc.option(fc.integer({ min: -3, max: 40 })))
  .map(([from, length]) => ({
    from,
    to: length === null ? null : addDays(from, length),
  }))
const nearbyRanges = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.option(fc.integer({ min: -3, max: 20 })))
  .map(([start, length]) => {
    const from = addDays(day('2028-02-20'), start)
    return { from, to: length === null ? null : addDays(from, length) }
  })

t.test('invariants', async (t) => {
  fc.assert(
    fc.property(days, (d) => parseDay(d) === d && isDay(d)),
    { numRuns: 500 },
  )
  t.pass('every day that is made parses to itself')

  fc.assert(
    fc.property(days, fc.integer({ min: -800, max: 800 }), (d, count) => {
      const moved = addDays(d, count)
      return (
        daysBetween(d, moved) === count &&
        addDays(moved, -count) === d &&
        Math.sign(compareDays(moved, d)) === Math.sign(count)
      )
    }),
    { numRuns: 500 },
  )
  t.pass('adding days, counting them and ordering agree, over leap days and summer time')

  fc.assert(
    fc.property(days, fc.integer({ min: -300, max: 300 }), (d, count) => {
      const moved = addMonths(d, count)
      const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
      const sameDate = moved.slice(8) === d.slice(8)
      const lastOfMonth = addDays(moved, 1).slice(8) === '01'
      return months(moved) - months(d) === count && (sameDate || (lastOfMonth && moved.slice(8) < d.slice(8)))
    }),
    { numRuns: 500 },
  )
  t.pass('adding months lands in that month, on the same date or its last day')

  fc.assert(
    fc.property(nearbyRanges, nearbyRanges, (a, b) => {
      const horizon = Array.from({ length: 80 }, (_, at) => addDays(day('2028-02-10'), at))
      return (
        overlaps(a, b) === horizon.some((d) => contains(a, d) && contains(b, d)) && overlaps(a, b) === overlaps(b, a)
      )
    }),
    { numRuns: 500 },
  )
  t.pass('two ranges overlap exactly when some day lies in both')

  fc.assert(
    fc.property(ranges, (range) => {
      const empty = rangeIsEmpty(range)
      return empty === !contains(range, range.from) && (range.to === null || !contains(range, range.to))
    }),
  )
  t.pass('a range holds its first day and not its last boundary, unless it is empty')

  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (d, hour, minute) => {
      // 02:xx may not exist on the night that summer time begins, and then means the hour after: the same day still.
      const [year = 0, month = 0, date = 0] = d.split('-').map(Number)
      return dayInOslo(new TZDate(year, month - 1, date, hour, minute, 'Europe/Oslo')) === d
    }),
    { numRuns: 500 },
  )
  t.pass('every wall clock time in Oslo belongs to its own day')
})

t.test('what is a day', async (t) => {
  for (const text of ['2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31', '2026-12-31']) {
    t.equal(parseDay(text), text, text)
  }
  const wrong = {
    '2023-02-29': 'no leap year',
    '2100-02-29': 'a century that is no leap year',
    '2024-02-30': 'February has 29 days',
    '2024-04-31': 'April has 30 days',
    '2024-13-01': 'no 13th month',
    '2024-00-10': 'no month 0',
    '2024-01-00': 'no date 0',
    '2024-1-5': 'not padded',
    '24-01-05': 'two-digit year',
    '05.01.2024': 'Norwegian order',
    '2024-01-05T00:00:00Z': 'an instant',
    ' 2024-01-05': 'a space before',
    '2024-01-05\n': 'a newline after',
    '+02024-01-05': 'expanded year',
    '0202-01-05': 'a slip for 2020',
    '2200-01-01': 'past every plan',
    '': 'nothing',
  }
  for (const [text, why] of Object.entries(wrong)) t.equal(parseDay(text), undefined, why)
  for (const value of [null, undefined, 20240105, new Date()]) t.equal(isDay(value), false)
})

t.test('calendar examples', async (t) => {
  t.equal(addDays(day('2024-02-28'), 1), '2024-02-29')
  t.equal(addDays(day('2023-02-28'), 1), '2023-03-01')
  t.equal(daysBetween(day('2026-03-28'), day('2026-03-30')), 2, 'the 23-hour day counts as one')
  t.equal(daysBetween(day('2026-10-24'), day('2026-10-26')), 2, 'the 25-hour day counts as one')
  t.equal(daysBetween(day('2024-01-01'), day('2025-01-01')), 366)
  t.equal(addMonths(day('2024-01-31'), 1), '2024-02-29')
  t.equal(addMonths(day('2023-01-31'), 1), '2023-02-28')
  t.equal(addMonths(day('2024-02-29'), 12), '2025-02-28')
  t.equal(addMonths(day('2026-01-15'), -1), '2025-12-15')
  t.equal(compareDays(day('2026-01-02'), day('2026-01-02')), 0)
  t.throws(() => addDays(day('2199-12-31'), 1), RangeError)
  t.throws(() => addMonths(day('1900-01-01'), -1), RangeError)
  t.throws(() => addDays(day('2026-01-01'), 0.5), RangeError)
  t.throws(() => addDays(day('2026-01-01'), Number.MAX_SAFE_INTEGER), RangeError)
  t.throws(() => addMonths(day('2026-01-01'), Number.NaN), RangeError)
})

t.test('the zone of the machine does not matter', async (t) => {
  const before = process.env.TZ
  t.teardown(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
  for (const zone of ['America/New_York', 'Europe/Oslo', 'Pacific/Auckland']) {
    process.env.TZ = zone
    t.equal(addMonths(day('2026-01-31'), 1), '2026-02-28', zone)
    t.equal(addMonths(day('2026-02-28'), 1), '2026-03-28', zone)
    t.equal(addMonths(day('2026-03-01'), 8), '2026-11-01', zone)
    t.equal(addDays(day('2026-10-24'), 2), '2026-10-26', zone)
    t.equal(dayInOslo(new Date('2026-07-01T22:00:00Z')), '2026-07-02', zone)
  }
})

t.test('today in Oslo', async (t) => {
  t.equal(dayInOslo(new Date('2026-07-01T21:59:59Z')), '2026-07-01', 'summer: two hours ahead')
  t.equal(dayInOslo(new Date('2026-07-01T22:00:00Z')), '2026-07-02')
  t.equal(dayInOslo(new Date('2026-01-01T22:59:59Z')), '2026-01-01', 'winter: one hour ahead')
  t.equal(dayInOslo(new Date('2026-01-01T23:00:00Z')), '2026-01-02')
  t.equal(dayInOslo(new Date('2026-03-29T00:59:59Z')), '2026-03-29', 'the night summer time begins')
  t.equal(dayInOslo(new Date('2025-12-31T23:30:00Z')), '2026-01-01', 'the new year')
})

t.test('ranges', async (t) => {
  const january = { from: day('2026-01-01'), to: day('2026-02-01') }
  const february = { from: day('2026-02-01'), to: day('2026-03-01') }
  const fromFebruary = { from: day('2026-02-01'), to: null }
  const nothing = { from: day('2026-01-10'), to: day('2026-01-10') }
  t.equal(overlaps(january, february), false, 'out and in on the same day')
  t.equal(overlaps(january, fromFebruary), false)
  t.equal(overlaps(february, fromFebruary), true)
  t.equal(overlaps(fromFebruary, fromFebruary), true)
  t.equal(overlaps(january, nothing), false, 'an empty range overlaps nothing, not even around itself')
  t.equal(rangeIsEmpty(nothing), true)
  t.equal(rangeIsEmpty({ from: day('2026-01-10'), to: day('2026-01-09') }), true, 'backwards is empty')
  t.equal(rangeIsEmpty(fromFebruary), false)
  t.equal(contains(january, day('2026-01-31')), true)
  t.equal(contains(january, day('2026-02-01')), false)
  t.equal(contains(fromFebruary, day('2190-01-01')), true)
})
