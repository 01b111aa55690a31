import { idnr } from '@navikt/fnrvalidator'
import fc from 'fast-check'
import t from 'tap'
import { dayOf, type Line, numberOf, startOf, valueAt, yearOf } from '../../src/demo/calendar.ts'
import { changesOf } from '../../src/demo/houses.ts'
import { idMaker } from '../../src/demo/ids.ts'
import { personalNumber } from '../../src/demo/people.ts'
import { evenly, quantile, randomFrom, shareAbove } from '../../src/demo/random.ts'
import { takeTurns } from '../../src/demo/turns.ts'

const seeds = fc.integer()
const tables = fc
  .array(fc.integer({ min: 0, max: 4000 }), { minLength: 2, maxLength: 8 })
  .map((steps) => steps.toSorted((a, b) => a - b))

t.test('a stream repeats itself, and its forks are streams of their own', async () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const draw = (label: string) => {
        const random = randomFrom(seed, label)
        return Array.from({ length: 20 }, () => random.below(1_000_000)).join()
      }
      const [once, again, other] = [draw('a'), draw('a'), draw('b')]
      return once === again && once !== other
    }),
  )
})

t.test('whole numbers stay inside their bounds, and every value comes', async (t) => {
  const random = randomFrom(7, 'bounds')
  const seen = new Set(Array.from({ length: 500 }, () => random.between(-2, 3)))
  t.same(
    [...seen].sort((a, b) => a - b),
    [-2, -1, 0, 1, 2, 3],
  )
  t.equal(random.weighted([0, 0, 4]), 2)
  t.same([...random.shuffled([1, 2, 3, 4])].sort(), [1, 2, 3, 4])
  t.throws(() => random.pick([]), RangeError)
})

t.test('a weight is kept to in the long run', async (t) => {
  const random = randomFrom(3, 'weights')
  const counts = [0, 0, 0]
  for (let i = 0; i < 30_000; i += 1) {
    const index = random.weighted([1, 2, 3])
    counts[index] = (counts[index] ?? 0) + 1
  }
  for (const [index, count] of counts.entries()) t.ok(Math.abs(count - 5000 * (index + 1)) < 350, `${count}`)
})

t.test('quantiles rise from the lowest to the highest, and the share above falls from one to none', async () => {
  fc.assert(
    fc.property(
      tables,
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (table, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const value = quantile(table, low)
        return (
          value <= quantile(table, high) &&
          value >= (table[0] ?? 0) &&
          value <= (table.at(-1) ?? 0) &&
          shareAbove(table, (table[0] ?? 0) - 1) === 1 &&
          shareAbove(table, table.at(-1) ?? 0) === 0
        )
      },
    ),
  )
})

t.test('a few even draws already have the mean of their distribution', async () => {
  fc.assert(
    fc.property(seeds, tables, (seed, table) => {
      const draw = evenly(randomFrom(seed, 'even'), table)
      const mean = Array.from({ length: 200 }, draw).reduce((sum, value) => sum + value, 0) / 200
      const steps = table.length - 1
      const expected =
        table.reduce((sum, value, index) => sum + value * (index === 0 || index === steps ? 0.5 : 1), 0) / steps
      return Math.abs(mean - expected) <= 1 + ((table.at(-1) ?? 0) - (table[0] ?? 0)) / 20
    }),
  )
})

t.test('a line that is rounded changes on the very days that the changes name', async () => {
  const lines = fc
    .array(fc.tuple(fc.integer({ min: 2013, max: 2031 }), fc.integer({ min: 0, max: 160 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map((points): Line => [...new Map(points)].toSorted(([a], [b]) => a - b))
  const from = startOf(2014)
  const until = startOf(2030)
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: until - from - 1 }), (line, days) => {
      const changes = changesOf(line, from, until).filter(({ day }) => day <= from + days)
      const count = changes.reduce((sum, { by }) => sum + by, Math.round(valueAt(line, from)))
      return Math.abs(count - valueAt(line, from + days)) <= 0.5 + 1e-9
    }),
  )
})

t.test('days, years and their parts agree', async (t) => {
  t.equal(dayOf(startOf(2024)), '2024-01-01')
  t.equal(dayOf(startOf(2024.5)), '2024-07-02')
  t.equal(yearOf(startOf(2023)), 2023)
  fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), (number) => numberOf(dayOf(number)) === number))
})

t.test('turns give each district its share at every moment', async () => {
  const shares = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(shares, fc.integer({ min: 1, max: 400 }), (weights, times) => {
      const districts = weights.map((_, index) => String(index))
      const turns = takeTurns(districts, weights)
      const had = new Map(districts.map((district) => [district, 0]))
      for (let i = 0; i < times; i += 1) {
        const district = turns.next()
        had.set(district, (had.get(district) ?? 0) + 1)
      }
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      return weights.every(
        (weight, index) => Math.abs((had.get(String(index)) ?? 0) - (times * weight) / total) < weights.length,
      )
    }),
  )
})

t.test('every personal number is valid, synthetic, of its day and its gender, and given once', async () => {
  const first = numberOf(dayOf(0)) - 365 * 65
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: first, max: 20_400 }),
      fc.constantFrom('woman', 'man', 'other' as const),
      (seed, born, gender) => {
        const taken = new Set<string>()
        const random = randomFrom(seed, 'numbers')
        return Array.from({ length: 8 }, () =>
          personalNumber(born, gender as 'woman' | 'man' | 'other', taken, random),
        ).every((number, index) => {
          const { status, ...rest } = idnr(number)
          const month = Number(number.slice(2, 4)) - 80
          const even = Number(number[8]) % 2 === 0
          return (
            status === 'valid' &&
            'type' in rest &&
            rest.type === 'tnr' &&
            month === Number(dayOf(born).slice(5, 7)) &&
            (gender === 'other' || even === (gender === 'woman')) &&
            taken.size >= index + 1
          )
        })
      },
    ),
  )
})

t.test('ids have the shape of version 7, sort by day, and never meet', async (t) => {
  const next = idMaker(randomFrom(1, 'ids'))
  const ids = Array.from({ length: 3000 }, (_, index) => next(18_000 + Math.floor(index / 100)))
  t.ok(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)))
  t.same(ids, ids.toSorted())
  t.equal(new Set(ids).size, ids.length)
})
