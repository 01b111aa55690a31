import fc from 'fast-check'
import t from 'tap'
import { cityInstance, prng, uniformInstance } from '../../src/cli/bench/solverInstances.ts'
import { checkTiers } from '../../src/solver/check.ts'
import { arcGains, buildInstance, type Instance, problemOf } from '../../src/solver/instance.ts'
import { solveTiers } from '../../src/solver/lexicographic.ts'
import { arbitraryInstance } from '../support/arbitraryInstance.ts'
import { bestTiers, totalOf } from '../support/bruteForce.ts'

const tierGain = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 40 - 2, max: 2 ** 40 }) },
)

const withTiers = arbitraryInstance.chain((instance) => {
  const { length } = instance.col
  const tier = fc.array(tierGain, { minLength: length, maxLength: length })
  return fc.record({ instance: fc.constant(instance), tiers: fc.array(tier, { maxLength: 4 }) })
})

t.test('tiers are as good as the best of all matchings, compared tier by tier', async (t) => {
  fc.assert(
    fc.property(withTiers, ({ instance, tiers }) => {
      const problem = problemOf(instance)
      const gains = tiers.map((tier) => arcGains(instance, tier))
      const answer = solveTiers(instance, tiers)
      t.same(answer.values, bestTiers(problem, gains), { diagnostic: false })
      t.same(
        gains.map((gain) => totalOf(problem, gain, answer.columnOf)),
        answer.values,
      )
      t.same(checkTiers(problem, gains, answer), { kind: 'optimal' })
    }),
    { numRuns: 2500 },
  )
})

t.test('a later tier never costs an earlier one, and without tiers everybody stays', async (t) => {
  const instance = buildInstance({
    rows: 3,
    columns: 2,
    row: [0, 1, 2, 2],
    col: [1, 0, 0, 1],
    gain: [1, 1, 1, 1],
    stayRow: [0],
    stayColumn: [0],
  })
  t.same([...solveTiers(instance, []).columnOf], [0, -1, -1])
  // Edges in order: 0-1, 1-0, 2-0, 2-1. First as many of row 1 as can be, then row 2 at any price.
  t.same(
    solveTiers(instance, [
      [0, 1, 0, 0],
      [0, 0, 1000, 1000],
    ]).values,
    [1, 0],
  )
  t.same(
    solveTiers(instance, [
      [0, 0, 1000, 1000],
      [0, 1, 0, 0],
    ]).values,
    [1000, 0],
  )
  t.throws(() => solveTiers(instance, [[1, 2, 3]]), RangeError)
  t.throws(() => solveTiers(instance, [[1, 2, 3, 0.5]]), RangeError)
})

t.test('five tiers at the size of the city', async (t) => {
  for (const make of [uniformInstance, cityInstance]) {
    const instance = make({ rows: 2000, columns: 1400, degree: 40, residents: 800, seed: 6 })
    const answer = solveTiers(instance, fiveTiers(instance))
    t.equal(answer.values.length, 5)
    t.same(solveTiers(instance, fiveTiers(instance)), answer, 'the same again')
  }
})

/** Two classes by number, days, fit, and moves to be avoided. */
function fiveTiers(instance: Instance): Float64Array[] {
  const random = prng(9)
  const tiers = Array.from({ length: 5 }, () => new Float64Array(instance.col.length))
  for (let r = 0; r < instance.rows; r++) {
    const urgency = Math.floor(random() * 3)
    const days = 1 + Math.floor(random() * 730)
    for (let k = instance.rowStart[r]!; k < instance.rowStart[r + 1]!; k++) {
      tiers[0]![k] = urgency === 0 ? 1 : 0
      tiers[1]![k] = urgency === 1 ? 1 : 0
      tiers[2]![k] = days
      tiers[3]![k] = 100 * Math.floor(random() * 4) + 10 * Math.floor(random() * 6)
      tiers[4]![k] = -Math.floor(random() * 2)
    }
  }
  return tiers
}
