import fc from 'fast-check'
import t from 'tap'
import {
  type CaseCost,
  caseCosts,
  daysIn,
  exposedSince,
  exposure,
  monthly,
  namesAPersonalNumber,
  type Purchase,
  tiedUp,
  yearRange,
} from '../../src/domain/costs.ts'
import { addDays, type Day } from '../../src/domain/day.ts'

const d = (text: string) => text as Day
const YEAR = yearRange(2026)

const range = fc
  .tuple(fc.integer({ min: -400, max: 700 }), fc.option(fc.integer({ min: 1, max: 500 })))
  .map(([start, length]) => {
    const from = addDays(d('2025-12-01'), start)
    return { from, to: length === null ? null : addDays(from, length) }
  })
const price = fc.integer({ min: 1, max: 20_000 })
const someDay = fc.integer({ min: 0, max: 800 }).map((after) => addDays(d('2025-06-01'), after))

/** Every day of the year by itself: what a slow reader would count. */
function dayByDay(purchases: readonly Purchase[], today: Day) {
  let [spent, coming, unpriced] = [0, 0, 0]
  for (let day = YEAR.from; day < YEAR.to; day = addDays(day, 1)) {
    const has = (r: { from: Day; to: Day | null }) => r.from <= day && (r.to === null || day < r.to)
    const lived = purchases[0] !== undefined && has(purchases[0].lived)
    if (!lived) continue
    const perDay = purchases
      .filter(({ ordered }) => ordered !== null && has(ordered))
      .reduce((sum, { pricePerDay }) => sum + (pricePerDay ?? 0), 0)
    if (day < today) {
      spent += perDay
      if (perDay === 0) unpriced += 1
    } else coming += perDay
  }
  return { spent, coming, unpriced }
}

t.test('a year costs what its days cost one by one', async () => {
  fc.assert(
    fc.property(
      range,
      fc.array(price, { minLength: 1, maxLength: 3 }),
      range,
      someDay,
      (lived, prices, first, today) => {
        // purchases of one stay follow on each other, as the database demands
        let { from } = first
        const orders = prices.map((pricePerDay, index): Purchase => {
          const to = index === prices.length - 1 ? first.to : addDays(from, 40)
          const ordered = { from, to: to !== null && to <= from ? addDays(from, 1) : to }
          if (ordered.to !== null) from = ordered.to
          return { caseNumber: 1, district: '030112', lived, pricePerDay, ordered }
        })
        const [cost] = caseCosts(orders, YEAR, today)
        const slow = dayByDay(orders, today)
        if (cost === undefined) return slow.spent === 0 && slow.coming === 0 && slow.unpriced === 0
        return (
          cost.spent === slow.spent &&
          cost.committed + cost.running === slow.coming &&
          cost.daysUnpriced === slow.unpriced &&
          tiedUp(cost) === slow.spent + slow.coming
        )
      },
    ),
  )
})

t.test('so far, agreed and running', async (t) => {
  const stay = { caseNumber: 7, district: '030112', lived: { from: d('2025-06-01'), to: null } }
  const today = d('2026-09-01')
  const of = (from: string, to: string | null, pricePerDay = 10_000): Purchase => ({
    ...stay,
    pricePerDay,
    ordered: { from: d(from), to: to === null ? null : d(to) },
  })
  const table: [string, Purchase[], object][] = [
    [
      'from the year’s first day until today, and on',
      [of('2025-06-01', null)],
      { spent: 2_430_000, committed: 0, running: 1_220_000 },
    ],
    ['agreed to a day', [of('2025-06-01', '2026-10-01')], { spent: 2_430_000, committed: 300_000, running: 0 }],
    ['agreed into the next year', [of('2025-06-01', '2027-03-01')], { committed: 1_220_000, running: 0 }],
    [
      'ordered late: the days before are unpriced',
      [of('2026-08-22', null)],
      { spent: 100_000, days: 243, daysUnpriced: 233 },
    ],
    [
      'a new price from a day on',
      [of('2025-06-01', '2026-08-31'), of('2026-08-31', null, 12_000)],
      { spent: 2_432_000, running: 1_464_000, perDayToday: 12_000 },
    ],
    [
      'ignored, because nobody has said what it costs',
      [{ ...stay, pricePerDay: null, ordered: null }],
      { spent: 0, running: 0, daysUnpriced: 243, perDayToday: null, livesThereToday: true },
    ],
    [
      'ended: nothing runs on',
      [{ ...of('2025-06-01', null), lived: { from: d('2025-06-01'), to: d('2026-02-01') } }],
      { spent: 310_000, committed: 0, running: 0, perDayToday: null, livesThereToday: false },
    ],
  ]
  for (const [what, purchases, wanted] of table) t.match(caseCosts(purchases, YEAR, today)[0], wanted, what)
  t.same(caseCosts([of('2025-06-01', null)], yearRange(2024), today), [], 'ignored, because it was not that year')
  t.match(caseCosts([of('2025-06-01', null)], yearRange(2027), today)[0], { spent: 0, running: 3_650_000 })
  t.match(caseCosts([of('2025-06-01', null)], yearRange(2025), today)[0], { spent: 2_140_000, running: 0 })
})

const CASE: CaseCost = {
  caseNumber: 0,
  district: '030112',
  days: 1,
  daysUnpriced: 0,
  spent: 0,
  committed: 0,
  running: 0,
  perDayToday: null,
  livesThereToday: true,
}
const cases = fc
  .array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 12 })
  .map((amounts) => amounts.map((spent, caseNumber) => ({ ...CASE, caseNumber, spent })))

t.test('the largest cases tie up at least as large a share as any others, and never more than all', async (t) => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 5 }), (all, count) => {
      const { largest, total, shareOfAll } = exposure(all, count, null)
      const some = all.slice(0, count).reduce((sum, one) => sum + tiedUp(one), 0)
      return largest >= some && largest <= total && (shareOfAll === null ? total === 0 : shareOfAll <= 100)
    }),
  )
  const four = [1, 2, 3, 4].map((spent) => ({ ...CASE, spent }))
  t.same(exposure(four, 3, 18), { largest: 9, total: 10, shareOfAll: 90, shareOfBudget: 50 })
  t.same(exposure([], 3, 0), { largest: 0, total: 0, shareOfAll: null, shareOfBudget: null })
})

t.test('days, months and what looks like a person', async (t) => {
  t.equal(daysIn({ from: d('2025-01-01'), to: null }, YEAR), 365)
  t.equal(daysIn({ from: d('2027-01-01'), to: null }, YEAR), 0)
  t.equal(monthly(12_000), 365_000)
  t.ok(namesAPersonalNumber('gjelder 17858012345.'))
  t.ok(namesAPersonalNumber('gjelder 178580 12345'))
  t.notOk(namesAPersonalNumber('ring 22 33 44 55, faktura 1234567'))
})

t.test('since when purchases have been so, as what had begun by then tells', async (t) => {
  const bought = (caseNumber: number, from: string, to: string | null, pricePerDay: number): Purchase => ({
    caseNumber,
    district: '030112',
    lived: { from: d(from), to: to === null ? null : d(to) },
    pricePerDay,
    ordered: { from: d(from), to: null },
  })
  const over = (limit: number) => (cases: readonly CaseCost[]) =>
    cases.reduce((sum, one) => sum + tiedUp(one), 0) >= limit
  const [first, second] = [bought(1, '2025-05-01', null, 1000), bought(2, '2026-03-01', null, 1000)]
  const since = (purchases: readonly Purchase[], limit: number) =>
    exposedSince(purchases, YEAR, d('2026-09-01'), over(limit))
  t.equal(since([first], 365_000), '2026-01-01', 'one that runs from before ties up the whole year from its first day')
  t.equal(since([first, second], 400_000), '2026-03-01', 'the second one makes it so')
  t.equal(since([first, second], 900_000), null, 'which it is not')
  const ended = bought(3, '2026-01-01', '2026-02-01', 10_000)
  t.equal(
    since([second, ended], 600_000),
    '2026-03-01',
    'until it ended nobody knew that it would, and then it was not so',
  )
  t.equal(since([ended], 300_000), '2026-01-01')
})
