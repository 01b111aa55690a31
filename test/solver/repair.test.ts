import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { cityInstance, prng } from '../../src/cli/bench/solverInstances.ts'
import { checkTiers, type TierClaim } from '../../src/solver/check.ts'
import { arcGains, type Instance, type Problem, problemOf } from '../../src/solver/instance.ts'
import { solveTiers } from '../../src/solver/lexicographic.ts'
import { tieredProblem, withoutArc } from '../../src/solver/repair.ts'
import { arbitraryInstance } from '../support/arbitraryInstance.ts'

const gain = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 40 - 2, max: 2 ** 40 }) },
)

const cases = arbitraryInstance.chain((instance) => {
  const tier = fc.array(gain, { minLength: instance.col.length, maxLength: instance.col.length })
  return fc.record({
    instance: fc.constant(instance),
    tiers: fc.array(tier, { minLength: 1, maxLength: 3 }),
    order: fc.array(fc.nat(), { maxLength: 8 }),
  })
})

/** The arcs in use that are edges of the instance, staying left out. */
function usedEdges(instance: Instance, columnOf: Int32Array): number[] {
  const problem = problemOf(instance)
  const arcs: number[] = []
  for (let r = 0; r < problem.rows; r++) {
    for (let k = problem.rowStart[r]!; k < problem.rowStart[r + 1]!; k++) {
      if (problem.col[k] === columnOf[r] && columnOf[r] !== instance.ownColumn[r]) arcs.push(k)
    }
  }
  return arcs
}

/** What the checker says of an answer to the problem that is left when the closed arcs are taken out. */
function verdict(problem: Problem, tierGains: readonly Float64Array[], closed: Uint8Array, answer: TierClaim) {
  const before = new Int32Array(closed.length + 1)
  for (const [k, taken] of closed.entries()) before[k + 1] = before[k]! + taken
  const kept = problem.col.map((_, k) => k).filter((k) => closed[k] === 0)
  const rest = {
    ...problem,
    rowStart: problem.rowStart.map((start) => start - before[start]!),
    col: kept.map((k) => problem.col[k]!),
  }
  return checkTiers(
    rest,
    tierGains.map((tier) => Float64Array.from(kept, (k) => tier[k]!)),
    answer,
  )
}

t.test('closing one arc after the other is as good as solving without them, and carries its proof', async (t) => {
  let repaired = 0
  fc.assert(
    fc.property(cases, ({ instance, tiers, order }) => {
      const problem = problemOf(instance)
      const tierGains = tiers.map((tier) => arcGains(instance, tier))
      const closed = new Uint8Array(problem.col.length)
      let answer = solveTiers(instance, tiers)
      for (const choice of order) {
        const used = usedEdges(instance, answer.columnOf)
        if (used.length === 0) break
        const arc = used[choice % used.length]!
        closed[arc] = 1
        answer = withoutArc(tieredProblem(problem, tierGains), closed, answer, arc) ?? answer
        repaired++
        assert.deepEqual(verdict(problem, tierGains, closed, answer), { kind: 'optimal' })
      }
    }),
    { numRuns: 3000 },
  )
  t.ok(repaired > 3000, `${repaired} repairs`)
})

t.test('at the size of the city', async (t) => {
  const instance = cityInstance({ rows: 2000, columns: 1400, degree: 40, residents: 800, seed: 6 })
  const random = prng(4)
  const tiers = [instance.gain, Float64Array.from(instance.col, () => Math.floor(random() * 700))]
  const problem = problemOf(instance)
  const tierGains = tiers.map((tier) => arcGains(instance, tier))
  const closed = new Uint8Array(problem.col.length)
  let answer = solveTiers(instance, tiers)
  for (let i = 0; i < 100; i++) {
    const used = usedEdges(instance, answer.columnOf)
    const arc = used[Math.floor(random() * used.length)]!
    closed[arc] = 1
    answer = withoutArc(tieredProblem(problem, tierGains), closed, answer, arc) ?? answer
  }
  t.same(verdict(problem, tierGains, closed, answer), { kind: 'optimal' })
})
