import fc from 'fast-check'
import t from 'tap'
import { cityInstance, uniformInstance } from '../../src/cli/bench/solverInstances.ts'
import { MAX_SPAN, solve, solveInstance } from '../../src/solver/assignment.ts'
import { checkAssignment } from '../../src/solver/check.ts'
import { buildInstance, gainSpan, problemOf } from '../../src/solver/instance.ts'
import { arbitraryInput, arbitraryInstance, arbitraryProblem } from '../support/arbitraryInstance.ts'
import { bestTiers } from '../support/bruteForce.ts'
import { denseGain } from '../support/denseAssignment.ts'

t.test('an instance is solved as well as by trying everything, and nobody loses a home', async (t) => {
  fc.assert(
    fc.property(arbitraryInstance, (instance) => {
      const problem = problemOf(instance)
      const answer = solveInstance(instance)
      const verdict = checkAssignment(problem, answer)
      if (verdict.kind === 'wrong') throw new Error(JSON.stringify(verdict))
      instance.ownColumn.forEach((own, r) => {
        if (own >= 0 && answer.columnOf[r] === -1) throw new Error(`row ${r} lost its home`)
      })
      return answer.gain === bestTiers(problem, [problem.gain])?.[0]
    }),
    { numRuns: 4000 },
  )
  t.pass()
})

t.test('with rows and columns forced at random: as trying everything, or rightly infeasible', async (t) => {
  let infeasible = 0
  let forcedColumns = 0
  fc.assert(
    fc.property(arbitraryProblem, (problem) => {
      const solution = solve(problem)
      const best = bestTiers(problem, [problem.gain])
      if (solution.kind === 'infeasible') {
        infeasible++
        return best === null
      }
      if (problem.forcedColumn.includes(1)) forcedColumns++
      return checkAssignment(problem, solution.assignment).kind === 'optimal' && solution.assignment.gain === best?.[0]
    }),
    { numRuns: 4000, seed: 11 },
  )
  t.ok(infeasible > 100, `${infeasible} infeasible`)
  t.ok(forcedColumns > 100, `${forcedColumns} solved with forced columns`)
})

t.test('the order in which edges arrive changes nothing', async (t) => {
  const shuffledTwice = arbitraryInput().chain((input) => {
    const edges = Array.from(input.row, (_, k) => k)
    return fc.shuffledSubarray(edges, { minLength: edges.length }).map((order) => ({ input, order }))
  })
  fc.assert(
    fc.property(shuffledTwice, ({ input, order }) => {
      const pick = (from: ArrayLike<number>) => order.map((k) => from[k]!)
      const again = { ...input, row: pick(input.row), col: pick(input.col), gain: pick(input.gain) }
      t.same(solveInstance(buildInstance(again)), solveInstance(buildInstance(input)))
    }),
    { numRuns: 500 },
  )
})

t.test('known answers', async (t) => {
  const empty = solveInstance(buildInstance({ rows: 0, columns: 0, row: [], col: [], gain: [] }))
  t.equal(empty.gain, 0)

  const cycle = { rows: 3, columns: 3, row: [0, 1, 2], col: [1, 2, 0], gain: [5, 5, 5] }
  const swapped = solveInstance(buildInstance({ ...cycle, stayRow: [0, 1, 2], stayColumn: [0, 1, 2] }))
  t.same([...swapped.columnOf], [1, 2, 0], 'three residents exchange their homes')

  const openCycle = { ...cycle, row: [0, 1], col: [1, 2], gain: [5, 5], stayRow: [0, 1, 2], stayColumn: [0, 1, 2] }
  t.same([...solveInstance(buildInstance(openCycle)).columnOf], [0, 1, 2], 'the last one cannot move, so nobody can')

  const chain = { rows: 3, columns: 3, row: [0, 1, 2], col: [1, 2, 0], gain: [1, 1, 100] }
  const moved = solveInstance(buildInstance({ ...chain, stayRow: [0, 1], stayColumn: [0, 1] }))
  t.same([...moved.columnOf], [1, 2, 0], 'a chain from the vacant column frees a home for the third row')
})

t.test('gains up to the bound are exact, beyond it they are refused', async (t) => {
  const huge = MAX_SPAN / 2
  const input = { rows: 2, columns: 2, row: [0, 0, 1], col: [0, 1, 0] }
  const atBound = solveInstance(buildInstance({ ...input, gain: [huge, huge - 1, huge] }))
  t.equal(atBound.gain, 2 * huge - 1)
  t.throws(() => solveInstance(buildInstance({ ...input, gain: [huge + 1, huge, huge] })), RangeError)

  const wide = uniformInstance({ rows: 1000, columns: 800, degree: 10, residents: 300, seed: 4 })
  const scaled = { ...wide, gain: wide.gain.map((gain, k) => 2 ** 40 - gain * 1_000_003 - k) }
  t.ok(gainSpan(problemOf(scaled)) > 2 ** 49)
  t.equal(checkAssignment(problemOf(scaled), solveInstance(scaled)).kind, 'optimal')
})

t.test('larger instances pass the checker and agree with a dense method', async (t) => {
  for (const make of [uniformInstance, cityInstance]) {
    for (let seed = 1; seed <= 12; seed++) {
      const columns = 60 + 15 * seed
      const rows = seed % 3 === 0 ? columns - 20 : columns + 60
      const shape = { rows, columns, degree: 1 + (seed % 8), residents: Math.floor((columns * (seed % 5)) / 5), seed }
      const instance = make({ ...shape, residents: Math.min(shape.residents, rows) })
      const problem = problemOf(instance)
      const answer = solveInstance(instance)
      t.same(checkAssignment(problem, answer), { kind: 'optimal' })
      t.equal(answer.gain, denseGain(problem), `${make.name} ${seed}`)
    }
  }
})

t.test('the size of the city, several structures of gain', async (t) => {
  const city = cityInstance({ rows: 2000, columns: 1400, degree: 40, residents: 800, seed: 7 })
  const even = uniformInstance({ rows: 2000, columns: 1400, degree: 40, residents: 800, seed: 7 })
  const rowOf = Int32Array.from(even.col, () => 0)
  for (let r = 0; r < even.rows; r++) rowOf.fill(r, even.rowStart[r]!, even.rowStart[r + 1]!)
  const structures = {
    city,
    uniform: even,
    'one gain for all': { ...even, gain: even.gain.map(() => 1) },
    'one gain a row': { ...even, gain: even.gain.map((_, k) => 1 + ((rowOf[k]! * 7919) % 730)) },
    products: { ...even, gain: even.gain.map((_, k) => (rowOf[k]! + 1) * (even.col[k]! + 1)) },
    'no vacancy': uniformInstance({ rows: 2000, columns: 1400, degree: 40, residents: 1400, seed: 7 }),
  }
  for (const [name, instance] of Object.entries(structures)) {
    t.same(checkAssignment(problemOf(instance), solveInstance(instance)), { kind: 'optimal' }, name)
  }
})
