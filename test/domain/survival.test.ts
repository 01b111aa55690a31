import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  type AgeCount,
  FEWEST_AT_RISK,
  lastingLonger,
  observed,
  quantile,
  survivalCurve,
} from '../../src/domain/survival.ts'

interface Seen {
  enters: number
  leaves: number
  event: boolean
}

const seen: fc.Arbitrary<Seen> = fc
  .tuple(fc.nat({ max: 20 }), fc.nat({ max: 30 }), fc.boolean())
  .map(([enters, length, event]) => ({ enters, leaves: enters + length, event }))

const counts = (all: readonly Seen[]): AgeCount[] =>
  all.flatMap(({ enters, leaves, event }) => [
    { days: enters, entered: 1, events: 0, censored: 0 },
    { days: leaves, entered: 0, events: event ? 1 : 0, censored: event ? 0 : 1 },
  ])

/** The product over each day somebody ended on, from the cases themselves. */
function lastingNaively(all: readonly Seen[], days: number): number {
  let lasting = 1
  for (let day = 0; day <= days; day += 1) {
    const ended = all.filter(({ leaves, event }) => event && leaves === day).length
    const atRisk = all.filter(({ enters, leaves }) => enters <= day && day <= leaves).length
    if (ended > 0) lasting *= 1 - ended / atRisk
  }
  return lasting
}

t.test('the curve is the product of the shares that go on, as far as it is drawn', async () => {
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 60 }), (all) => {
      const curve = survivalCurve(counts(all))
      for (const { days, atRisk, lasting } of curve.steps) {
        assert.ok(atRisk >= FEWEST_AT_RISK)
        assert.ok(Math.abs(lasting - lastingNaively(all, days)) < 1e-9)
      }
    }),
  )
})

t.test('in whatever order and in whatever parts the counts come', async () => {
  const shuffled = fc
    .array(seen, { maxLength: 40 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(counts(all), { minLength: all.length * 2 })))
  fc.assert(
    fc.property(
      shuffled,
      ([all, mixed]) => JSON.stringify(survivalCurve(counts(all))) === JSON.stringify(survivalCurve(mixed)),
    ),
  )
})

t.test('with nobody out of sight, quantiles are those of the cases', async () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 400 }), { minLength: FEWEST_AT_RISK, maxLength: 80 }), (waits) => {
      const curve = survivalCurve(counts(waits.map((leaves) => ({ enters: 0, leaves, event: true }))))
      const sorted = waits.toSorted((a, b) => a - b)
      for (const share of [0.25, 0.5, 0.75, 0.9]) {
        const expected = sorted[Math.ceil(share * waits.length - 1e-9) - 1] ?? 0
        // the last few are not drawn
        if (sorted.filter((wait) => wait >= expected).length >= FEWEST_AT_RISK)
          assert.equal(quantile(curve, share), expected)
      }
    }),
  )
})

t.test('leaving out those who still wait would make it shorter', async (t) => {
  const housed = Array.from({ length: 20 }, (_, day) => ({ enters: 0, leaves: day + 1, event: true }))
  const waiting = Array.from({ length: 20 }, () => ({ enters: 0, leaves: 100, event: false }))
  t.equal(quantile(survivalCurve(counts(housed)), 0.5), 10)
  t.equal(quantile(survivalCurve(counts([...housed, ...waiting])), 0.5), 20)
  t.equal(quantile(survivalCurve(counts([...housed, ...waiting])), 0.75), null, 'nås ikke')
})

t.test('what was seen of a case lies inside the window', async () => {
  const window = fc
    .tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 50 }))
    .map(([from, length]) => ({ from, to: from + length }))
  fc.assert(
    fc.property(fc.nat({ max: 120 }), fc.nat({ max: 120 }), window, (began, length, { from, to }) => {
      const ended = began + length
      const days = Array.from({ length: length + 1 }, (_, at) => began + at).filter((day) => from <= day && day < to)
      const found = observed(began, ended, { from, to })
      if (days.length === 0) return found === undefined
      return (
        found !== undefined &&
        found.enters === (days[0] ?? 0) - began &&
        found.leaves === (days.at(-1) ?? 0) - began &&
        found.over === ended < to
      )
    }),
  )
})

t.test('beyond what was seen nothing is said', async (t) => {
  const curve = survivalCurve(counts(Array.from({ length: 10 }, () => ({ enters: 0, leaves: 30, event: false }))))
  t.equal(lastingLonger(curve, 30), 1)
  t.equal(lastingLonger(curve, 31), null)
  t.equal(lastingLonger(survivalCurve([]), 0), null)
  t.equal(quantile(survivalCurve([]), 0.5), null)
})
