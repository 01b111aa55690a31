import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { cityInstance, prng, uniformInstance } from '../../src/cli/bench/solverInstances.ts'
import { solve } from '../../src/solver/assignment.ts'
import { checkAssignment } from '../../src/solver/check.ts'
import { arcGains, buildInstance, type Instance, type Problem, problemOf } from '../../src/solver/instance.ts'
import { solveTiers } from '../../src/solver/lexicographic.ts'
import { solvePlainly } from '../../src/solver/plain.ts'
import { arbitraryInput } from '../support/arbitraryInstance.ts'
import { highs } from '../support/highs.ts'

/** What HiGHS, a general solver for linear programs, makes of the same: the totals tier by tier, or null. */
function highsValues(problem: Problem, tierGains: readonly ArrayLike<number>[]): number[] | null {
  const { rows, columns, rowStart, col, forcedRow, forcedColumn } = problem
  const arcsOfRow: number[][] = Array.from({ length: rows }, () => [])
  const arcsOfColumn: number[][] = Array.from({ length: columns }, () => [])
  for (let r = 0; r < rows; r++) {
    for (let k = rowStart[r]!; k < rowStart[r + 1]!; k++) {
      arcsOfRow[r]!.push(k)
      arcsOfColumn[col[k]!]!.push(k)
    }
  }
  const limits: string[] = []
  for (const [arcs, forced] of [
    [arcsOfRow, forcedRow],
    [arcsOfColumn, forcedColumn],
  ] as const) {
    for (const [i, some] of arcs.entries()) {
      // The program has no empty sum: zero times `none` stands for it.
      if (some.length === 0 && forced[i] === 1) return null
      if (some.length > 0) limits.push(`${some.map((k) => `x${k}`).join(' + ')} ${forced[i] === 1 ? '=' : '<='} 1`)
    }
  }
  const weighted = (gain: ArrayLike<number>) =>
    [...Array.from(gain, (value, k) => `${value < 0 ? '-' : '+'} ${Math.abs(value)} x${k}`), '+ 0 none'].join(' ')
  const values: number[] = []
  for (const gain of tierGains) {
    const solution = highs.solve(
      `Maximize\n${weighted(gain)}\nSubject To\n${[...limits, 'none <= 1'].join('\n')}\nEnd\n`,
    )
    if (solution.Status === 'Infeasible') return null
    assert.equal(solution.Status, 'Optimal')
    // adding zero turns HiGHS's -0 into the 0 that it stands for
    const value = Math.round(solution.ObjectiveValue) + 0
    assert.ok(Math.abs(solution.ObjectiveValue - value) < 1e-4)
    values.push(value)
    limits.push(`${weighted(gain)} = ${value}`)
  }
  return values
}

/** Up to nine by nine: ties, empty rows, components, residents and cycles of them, and rows and columns forced at random. */
const small = fc
  .record({
    input: arbitraryInput(9),
    most: fc.constantFrom(1, 2, 30, 100_000),
    below: fc.integer({ min: 0, max: 2 }),
    forced: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 18, maxLength: 18 }),
    sparse: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ input, most, below, forced, sparse }) => {
    const kept = Array.from(input.row, (_, k) => k).filter((k) => k % sparse === 0)
    const instance = buildInstance({
      ...input,
      row: kept.map((k) => input.row[k]!),
      col: kept.map((k) => input.col[k]!),
      gain: kept.map((k) => 1 + (input.gain[k]! % most)),
    })
    const problem = problemOf(instance)
    return {
      instance,
      problem: {
        ...problem,
        gain: problem.gain.map((gain) => gain - below),
        forcedRow: problem.forcedRow.map((own, r) => (own === 1 || forced[r] === 0 ? 1 : 0)),
        forcedColumn: problem.forcedColumn.map((_, c) => (forced[9 + c] === 0 ? 1 : 0)),
      },
    }
  })

t.test('as good as a general solver for linear programs, or infeasible with it', async (t) => {
  let infeasible = 0
  fc.assert(
    fc.property(small, ({ problem }) => {
      const solution = solve(problem)
      const expected = highsValues(problem, [problem.gain])
      if (solution.kind === 'infeasible') {
        infeasible++
        assert.equal(expected, null)
      } else assert.deepEqual([solution.assignment.gain], expected)
    }),
    { numRuns: 2500 },
  )
  t.ok(infeasible > 100, `${infeasible} infeasible`)
})

t.test('tier after tier as good as the linear program with the earlier totals fixed', async (t) => {
  const withTiers = small.chain(({ instance }) => {
    const { length } = instance.col
    const gain = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: -9, max: 500 }))
    return fc.record({
      instance: fc.constant(instance),
      tiers: fc.array(fc.array(gain, { minLength: length, maxLength: length }), { minLength: 2, maxLength: 4 }),
    })
  })
  fc.assert(
    fc.property(withTiers, ({ instance, tiers }) => {
      const expected = highsValues(
        problemOf(instance),
        tiers.map((tier) => arcGains(instance, tier)),
      )
      assert.deepEqual([...solveTiers(instance, tiers).values], expected)
    }),
    { numRuns: 600 },
  )
  t.pass()
})

t.test('a few of some dozens of rows, as the linear program', async (t) => {
  for (let seed = 1; seed <= 6; seed++) {
    for (const make of [uniformInstance, cityInstance]) {
      const problem = problemOf(make({ rows: 90, columns: 60, degree: 6, residents: 20, seed }))
      t.equal(totalOf(problem), highsValues(problem, [problem.gain])?.[0])
    }
  }
})

function totalOf(problem: Problem): number {
  const solution = solve(problem)
  assert.ok(solution.kind === 'solved')
  assert.deepEqual(checkAssignment(problem, solution.assignment), { kind: 'optimal' })
  return solution.assignment.gain
}

/** Gains of several structures on one pattern, so that what makes one method slow or wrong is met. */
const STRUCTURES: readonly ((row: number, column: number, random: () => number) => number)[] = [
  () => 1,
  (row) => 1 + ((row * 7919) % 730),
  (_, column) => 1 + ((column * 7919) % 730),
  (row, column) => (row + 1) * (column + 1),
  (_row, _column, random) => 1 + Math.floor(random() * 3),
  (_row, _column, random) => 2 ** 40 - Math.floor(random() * 5),
  (row, _, random) => (row % 7 === 0 ? 2 ** 38 : 1) + Math.floor(random() * 1000),
]

function structured(instance: Instance, structure: number, seed: number): Instance {
  const random = prng(seed)
  const gain = instance.gain.slice()
  for (let r = 0; r < instance.rows; r++) {
    for (let k = instance.rowStart[r]!; k < instance.rowStart[r + 1]!; k++) {
      gain[k] = STRUCTURES[structure]!(r, instance.col[k]!, random)
    }
  }
  return { ...instance, gain }
}

t.test('as good as the plain method, at every size and structure of gains', async (t) => {
  const shapes = fc.record({
    make: fc.constantFrom(uniformInstance, cityInstance),
    rows: fc.integer({ min: 1, max: 120 }),
    columns: fc.integer({ min: 1, max: 120 }),
    degree: fc.integer({ min: 0, max: 12 }),
    share: fc.integer({ min: 0, max: 4 }),
    seed: fc.nat({ max: 1_000_000 }),
    structure: fc.integer({ min: -1, max: STRUCTURES.length - 1 }),
  })
  fc.assert(
    fc.property(shapes, ({ make, rows, columns, degree, share, seed, structure }) => {
      const residents = Math.floor((Math.min(rows, columns) * share) / 4)
      const made = make({ rows, columns, degree, residents, seed })
      const problem = problemOf(structure === -1 ? made : structured(made, structure, seed))
      assert.equal(totalOf(problem), solvePlainly(problem)?.gain)
    }),
    { numRuns: 3000 },
  )
  for (const shape of [
    { rows: 2000, columns: 1400, degree: 40, residents: 800 },
    { rows: 3000, columns: 3500, degree: 10, residents: 2900 },
    { rows: 5000, columns: 1500, degree: 3, residents: 1000 },
  ]) {
    for (const make of [uniformInstance, cityInstance]) {
      const problem = problemOf(make({ ...shape, seed: 13 }))
      t.equal(totalOf(problem), solvePlainly(problem)?.gain, `${make.name} ${shape.rows}`)
    }
  }
})

t.test('the plain method knows when not all can be matched', async (t) => {
  const problem = problemOf(buildInstance({ rows: 2, columns: 1, row: [0, 1], col: [0, 0], gain: [1, 2] }))
  t.same(solvePlainly(problem), { columnOf: Int32Array.of(-1, 0), gain: 2 })
  t.equal(solvePlainly({ ...problem, forcedRow: Uint8Array.of(1, 1) }), undefined)
  t.equal(solve({ ...problem, forcedRow: Uint8Array.of(1, 1) }).kind, 'infeasible')
})
