import fc from 'fast-check'
import t from 'tap'
import type { Day } from '../../src/domain/day.ts'
import {
  countedOn,
  monthsToPublish,
  type PeopleCell,
  rounded,
  roundedCells,
  sumsOf,
} from '../../src/domain/publicTable.ts'

const DISTRICTS = ['x', 'y']
const STEPS = [1, 2]

/** Everything that is published of one month, as whoever looks has it: the cells, every margin, the total. */
function publication(counts: readonly number[], districts = DISTRICTS, steps = STEPS): string {
  const cells = districts.flatMap((district, row) =>
    steps.map((step, column): PeopleCell => ({ district, step, people: counts[row * steps.length + column] ?? 0 })),
  )
  const told = roundedCells(cells, districts, steps)
  return JSON.stringify([told, sumsOf(told)])
}

/** A way of publishing, so that the same attack can be tried on others. */
type Publish = (counts: readonly number[]) => string

const near = (count: number) => Math.round(count / 5) * 5
const marginsOf = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => [a + b, c + d, a + c, b + d, a + b + c + d]

/** Every register of four cells with up to `most` in each. */
function registers(most: number): number[][] {
  const one = Array.from({ length: most + 1 }, (_, count) => count)
  return one.flatMap((a) => one.flatMap((b) => one.flatMap((c) => one.map((d) => [a, b, c, d]))))
}

/** What may be asked of a register: each cell, each margin, the total. */
const ASKED: ((counts: readonly number[]) => number)[] = [
  ...[0, 1, 2, 3].map((at) => (counts: readonly number[]) => counts[at] ?? 0),
  ...[0, 1, 2, 3, 4].map((at) => (counts: readonly number[]) => marginsOf(counts)[at] ?? 0),
]

/**
 * The attack: for each thing that can be published, all registers that it may come from. Somebody is found where a count that is
 * not 0 is certain, or certain but for one; and over two months where a change is.
 * @returns what was found out, with the publications that gave it away
 */
function recovered(publish: Publish, most: number): string[] {
  const byPublication = Map.groupBy(registers(most), (counts) => publish(counts))
  const found: string[] = []
  // registers at the upper end of what is gone through may have others beyond it
  const whole = [...byPublication].filter(([, group]) =>
    group.every((counts) => counts.every((count) => count <= most - 5)),
  )
  for (const [told, group] of whole) {
    for (const [at, asked] of ASKED.entries()) {
      const possible = new Set(group.map(asked))
      if (possible.size < 3) found.push(`${told}: ${at} is one of ${[...possible].join()}`)
    }
  }
  // two months: what may have come and gone between any two publications; each of one is possible with each of the other
  // a way that tells nearly everything has thousands; some of them are enough to find somebody by
  const possible = whole
    .slice(0, 60)
    .map(([told, group]) => ({ told, values: ASKED.map((asked) => new Set(group.map(asked))) }))
  for (const before of possible) {
    for (const after of possible) {
      for (const [at, values] of before.values.entries()) {
        const changes = new Set([...values].flatMap((one) => [...(after.values[at] ?? [])].map((other) => other - one)))
        if (changes.size < 5)
          found.push(`${before.told} then ${after.told}: ${at} changed by one of ${[...changes].join()}`)
      }
    }
  }
  return found
}

t.test(
  'nobody is recovered from the tables, their margins and two publications that follow on each other',
  async (t) => {
    const found = recovered(publication, 12)
    t.same(found.slice(0, 5), [], 'every register that could be behind them was gone through')
  },
)

t.test('the same attack finds people in other ways of publishing, so it could have', async (t) => {
  const ways: [string, Publish][] = [
    ['sums that are exact', (counts) => JSON.stringify([counts.map(near), marginsOf(counts)])],
    [
      'sums that are rounded by themselves',
      (counts) => JSON.stringify([counts.map(near), marginsOf(counts).map(near)]),
    ],
    [
      'small cells hidden and sums exact',
      (counts) => JSON.stringify([counts.map((count) => (count < 5 ? 'skjult' : count)), marginsOf(counts)]),
    ],
    ['exact cells', (counts) => JSON.stringify(counts)],
    [
      'the same people also by step alone, rounded',
      ([a = 0, b = 0, c = 0, d = 0]) => JSON.stringify([[a, b, c, d].map(near), near(a + c), near(b + d)]),
    ],
  ]
  for (const [way, publish] of ways) t.ok(recovered(publish, 12).length > 0, way)
})

t.test('whatever is in the other cells and the other month, each count of a cell’s five is as possible', async () => {
  const grid = fc.array(fc.nat(60), { minLength: 12, maxLength: 12 })
  const districts = ['a', 'b', 'c', 'd']
  const steps = [1, 2, 3]
  fc.assert(
    fc.property(
      grid,
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 12, maxLength: 12 }),
      fc.nat(11),
      (counts, moves, at) => {
        // the next month is the same people, some gone and some come
        const next = counts.map((count, n) => Math.max(0, count + (moves[n] ?? 0)))
        for (const month of [counts, next]) {
          const told = publication(month, districts, steps)
          const own = rounded(month[at] ?? 0)
          const possible = [-2, -1, 0, 1, 2].map((more) => own + more).filter((count) => count >= 0)
          for (const count of possible) {
            if (publication(month.with(at, count), districts, steps) !== told) throw new Error(`${count} is told apart`)
          }
          if (possible.length < 3) throw new Error('too few are possible')
        }
      },
    ),
  )
})

t.test('each cell by itself, the whole grid, and sums of what is published', async (t) => {
  t.same([0, 1, 2, 3, 4, 5, 7, 8, 12, 13].map(rounded), [0, 0, 0, 5, 5, 5, 5, 10, 10, 15])
  const cells = roundedCells(
    [
      { district: 'x', step: 1, people: 2 },
      { district: 'x', step: 1, people: 1 },
      { district: 'y', step: 2, people: 12 },
    ],
    DISTRICTS,
    STEPS,
  )
  t.same(cells, [
    { district: 'x', step: 1, people: 5 },
    { district: 'x', step: 2, people: 0 },
    { district: 'y', step: 1, people: 0 },
    { district: 'y', step: 2, people: 10 },
  ])
  t.same(sumsOf(cells), {
    byDistrict: [
      { district: 'x', people: 5 },
      { district: 'y', people: 10 },
    ],
    byStep: [
      { step: 1, people: 5 },
      { step: 2, people: 10 },
    ],
    total: 15,
  })
})

t.test('each month that is over, once', async (t) => {
  const months = (newest: string | undefined, today: string) => monthsToPublish(newest as Day | undefined, today as Day)
  t.same(months(undefined, '2026-09-01'), ['2026-08-01'], 'the first is the last month')
  t.same(months('2026-08-01', '2026-09-30'), [], 'a month that is not over is not counted')
  t.same(months('2026-08-01', '2026-10-01'), ['2026-09-01'])
  t.same(
    months('2025-11-01', '2026-03-15'),
    ['2025-12-01', '2026-01-01', '2026-02-01'],
    'after months without anybody running',
  )
  t.same(months('2026-12-01', '2026-09-01'), [], 'a clock that was put back')
  t.equal(countedOn('2024-02-01' as Day), '2024-02-29')
})
