import fc from 'fast-check'
import t from 'tap'
import { cityInstance, prng } from '../../src/cli/bench/solverInstances.ts'
import { solveInstance } from '../../src/solver/assignment.ts'
import { type Claim, checkAssignment, checkTiers, type Fault } from '../../src/solver/check.ts'
import { buildInstance, problemOf } from '../../src/solver/instance.ts'
import { solveTiers } from '../../src/solver/lexicographic.ts'
import { arbitraryProblem } from '../support/arbitraryInstance.ts'
import { bestTiers } from '../support/bruteForce.ts'

function copy(claim: Claim): Claim {
  const { columnOf, rowOf, gain, u, v } = claim
  return { columnOf: columnOf.slice(), rowOf: rowOf.slice(), gain, u: u.slice(), v: v.slice() }
}

t.test('whatever the checker calls optimal is so, however it was made up', async (t) => {
  let believed = 0
  const anything = arbitraryProblem.chain((problem) =>
    fc.record({
      problem: fc.constant(problem),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
      u: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: problem.rows, maxLength: problem.rows }),
      v: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: problem.columns, maxLength: problem.columns }),
    }),
  )
  fc.assert(
    fc.property(anything, ({ problem, order, u, v }) => {
      const columnOf = new Int32Array(problem.rows).fill(-1)
      const rowOf = new Int32Array(problem.columns).fill(-1)
      let gain = 0
      for (const r of order.filter((row) => row < problem.rows)) {
        for (let k = problem.rowStart[r]!; k < problem.rowStart[r + 1]!; k++) {
          const c = problem.col[k]!
          if (rowOf[c] !== -1 || u[r]! + v[c]! !== problem.gain[k]) continue
          columnOf[r] = c
          rowOf[c] = r
          gain += problem.gain[k]!
          break
        }
      }
      const claim = { columnOf, rowOf, gain, u: Float64Array.from(u), v: Float64Array.from(v) }
      if (checkAssignment(problem, claim).kind === 'wrong') return true
      believed++
      return bestTiers(problem, [problem.gain])?.[0] === gain
    }),
    { numRuns: 6000, seed: 5 },
  )
  t.ok(believed > 50, `${believed} believed`)
})

t.test('a solved answer with one number changed is refused', async (t) => {
  const instance = cityInstance({ rows: 300, columns: 200, degree: 8, residents: 100, seed: 2 })
  const problem = problemOf(instance)
  const right = solveInstance(instance)
  const random = prng(3)
  t.same(checkAssignment(problem, right), { kind: 'optimal' })
  for (let i = 0; i < 1000; i++) {
    const bad = copy(right)
    const [r, c] = [Math.floor(random() * 300), Math.floor(random() * 200)]
    const by = random() < 0.5 ? 1 : -1
    if (i % 5 === 0) bad.u[r] = bad.u[r]! + by
    else if (i % 5 === 1) bad.v[c] = bad.v[c]! + by
    else if (i % 5 === 2) bad.columnOf[r] = bad.columnOf[r] === c ? -1 : c
    else if (i % 5 === 3) bad.rowOf[c] = bad.rowOf[c] === r ? -1 : r
    const claim = i % 5 === 4 ? { ...bad, gain: bad.gain + by } : bad
    t.equal(checkAssignment(problem, claim).kind, 'wrong', `change ${i}`, { diagnostic: false })
  }
})

t.test('each fault has its name', async (t) => {
  // Row 0 lives in column 0 and may take 1 for 5; row 1 may take 0 for 3 or 1 for 4; row 2 nothing; column 2 is free.
  const instance = buildInstance({
    rows: 3,
    columns: 3,
    row: [0, 1, 1],
    col: [1, 0, 1],
    gain: [5, 3, 4],
    stayRow: [0],
    stayColumn: [0],
  })
  const problem = problemOf(instance)
  const right: Claim = {
    columnOf: Int32Array.of(1, 0, -1),
    rowOf: Int32Array.of(1, 0, -1),
    gain: 8,
    u: Float64Array.of(1, 0, 0),
    v: Float64Array.of(3, 4, 0),
  }
  t.same(checkAssignment(problem, right), { kind: 'optimal' })
  const cases: [Fault, number, number, Partial<Claim>][] = [
    ['wrong_length', -1, -1, { u: Float64Array.of(1, 0) }],
    ['wrong_length', -1, -1, { rowOf: Int32Array.of(1, 0) }],
    ['index_out_of_range', 3, 2, { rowOf: Int32Array.of(1, 0, 3) }],
    ['index_out_of_range', 2, 3, { columnOf: Int32Array.of(1, 0, 3) }],
    ['sides_disagree', 2, 2, { rowOf: Int32Array.of(1, 0, 2) }],
    ['sides_disagree', 2, 2, { columnOf: Int32Array.of(1, 0, 2) }],
    ['no_such_edge', 2, 2, { columnOf: Int32Array.of(1, 0, 2), rowOf: Int32Array.of(1, 0, 2) }],
    [
      'forced_row_unmatched',
      0,
      -1,
      { columnOf: Int32Array.of(-1, 0, -1), rowOf: Int32Array.of(1, -1, -1), v: Float64Array.of(3, 0, 0) },
    ],
    ['not_an_integer', 1, -1, { u: Float64Array.of(1, 0.5, 0) }],
    ['not_an_integer', -1, 1, { v: Float64Array.of(3, 2 ** 53, 0) }],
    ['edge_above_potentials', 0, 1, { v: Float64Array.of(3, 3, 0) }],
    ['matched_edge_not_tight', 0, 1, { u: Float64Array.of(2, 0, 0) }],
    ['negative_row_potential', 1, -1, { u: Float64Array.of(1, -1, 0) }],
    ['unmatched_row_has_potential', 2, -1, { u: Float64Array.of(1, 0, 1) }],
    ['negative_column_potential', -1, 1, { v: Float64Array.of(3, -4, 0) }],
    ['free_column_has_potential', -1, 2, { v: Float64Array.of(3, 4, 1) }],
    ['gain_differs', -1, -1, { gain: 9 }],
    ['gain_differs', -1, -1, { gain: Number.NaN }],
  ]
  for (const [what, row, column, change] of cases) {
    t.same(checkAssignment(problem, { ...right, ...change }), { kind: 'wrong', what, where: { tier: 0, row, column } })
  }
  const forced = { ...problem, forcedColumn: Uint8Array.of(0, 0, 1) }
  t.match(checkAssignment(forced, right), { kind: 'wrong', what: 'forced_column_unmatched', where: { column: 2 } })
})

t.test('sums of potentials beyond a double are still added exactly', async (t) => {
  const size = 64
  const indexes = Int32Array.from({ length: size }, (_, i) => i)
  const big = Number.MAX_SAFE_INTEGER - 1
  const problem = {
    rows: size,
    columns: size,
    rowStart: Int32Array.from({ length: size + 1 }, (_, i) => i),
    col: indexes,
    gain: new Float64Array(size).fill(1),
    forcedRow: new Uint8Array(size),
    forcedColumn: new Uint8Array(size).fill(1),
  }
  const [u, v] = [new Float64Array(size).fill(big), new Float64Array(size).fill(1 - big)]
  t.same(checkAssignment(problem, { columnOf: indexes, rowOf: indexes, gain: size, u, v }), { kind: 'optimal' })
})

t.test('a tier that is not best among the best of the earlier ones is refused', async (t) => {
  const instance = buildInstance({ rows: 2, columns: 2, row: [0, 0, 1, 1], col: [0, 1, 0, 1], gain: [1, 1, 1, 1] })
  const problem = problemOf(instance)
  const tiers = [Float64Array.of(1, 1, 1, 1), Float64Array.of(0, 2, 3, 0)]
  const right = solveTiers(instance, tiers)
  t.same(right.values, [2, 5])
  t.same(checkTiers(problem, tiers, right), { kind: 'optimal' })
  const straight = { ...right, columnOf: Int32Array.of(0, 1), rowOf: Int32Array.of(0, 1) }
  t.match(checkTiers(problem, tiers, straight), { kind: 'wrong', where: { tier: 1 } })
  t.match(checkTiers(problem, tiers, { ...right, values: [2, 4] }), { what: 'gain_differs', where: { tier: 1 } })
  t.match(checkTiers(problem, tiers, { ...right, values: [2] }), { what: 'wrong_length' })
  t.match(checkTiers(problem, tiers, { ...right, duals: right.duals.slice(0, 1) }), { what: 'wrong_length' })
})
