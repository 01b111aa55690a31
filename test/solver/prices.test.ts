import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { cityInstance, prng } from '../../src/cli/bench/solverInstances.ts'
import { arcGains, buildInstance, type Instance, problemOf } from '../../src/solver/instance.ts'
import { type LexicographicAssignment, solveTiers } from '../../src/solver/lexicographic.ts'
import { livingAssignment, type Option } from '../../src/solver/living.ts'
import { columnPricer, type Price } from '../../src/solver/prices.ts'
import { tieredProblem, withoutArc } from '../../src/solver/repair.ts'
import { arbitraryInstance } from '../support/arbitraryInstance.ts'

const gain = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 40 - 2, max: 2 ** 40 }) },
)

const noOptions: fc.Arbitrary<{ node: number; gains: number[] }[]> = fc.constant([])

const cases = arbitraryInstance.chain((instance) => {
  const { length } = instance.col
  return fc.integer({ min: 1, max: 3 }).chain((tiers) => {
    const gains = fc.array(gain, { minLength: tiers, maxLength: tiers })
    const options = fc.uniqueArray(fc.record({ node: fc.nat({ max: Math.max(0, instance.rows - 1) }), gains }), {
      selector: ({ node }) => node,
    })
    return fc.record({
      instance: fc.constant(instance),
      tiers: fc.array(fc.array(gain, { minLength: length, maxLength: length }), { minLength: tiers, maxLength: tiers }),
      candidates: fc.array(instance.rows === 0 ? noOptions : options, { minLength: 1, maxLength: 6 }),
      closing: fc.array(fc.nat(), { maxLength: 3 }),
    })
  })
})

/** The instance with one more column, and its tiers. */
function enlarged(instance: Instance, tiers: readonly ArrayLike<number>[], options: readonly Option[]) {
  const row: number[] = []
  for (let r = 0; r < instance.rows; r++) {
    for (let k = instance.rowStart[r]!; k < instance.rowStart[r + 1]!; k++) row.push(r)
  }
  const edges = [
    ...Array.from(instance.col, (column, k) => ({ row: row[k]!, column, gains: tiers.map((tier) => tier[k]!) })),
    ...options.map(({ node, gains }) => ({ row: node, column: instance.columns, gains })),
  ].sort((a, b) => a.row - b.row || a.column - b.column)
  const stayRow = [...instance.ownColumn.keys()].filter((r) => instance.ownColumn[r]! >= 0)
  const larger = buildInstance({
    rows: instance.rows,
    columns: instance.columns + 1,
    row: edges.map((edge) => edge.row),
    col: edges.map((edge) => edge.column),
    gain: edges.map(() => 1),
    stayRow,
    stayColumn: stayRow.map((r) => instance.ownColumn[r]!),
  })
  return { larger, tiers: tiers.map((_, tier) => Float64Array.from(edges, ({ gains }) => gains[tier]!)) }
}

function solvedAgain(instance: Instance, tiers: readonly ArrayLike<number>[], options: readonly Option[]) {
  const again = enlarged(instance, tiers, options)
  return solveTiers(again.larger, again.tiers).values
}

/** Makes the moves, one after the other, and says what the whole is worth then. */
function afterMoves(
  instance: Instance,
  answer: LexicographicAssignment,
  price: Price,
  worth: (r: number, c: number) => number[],
) {
  const columnOf = [...answer.columnOf]
  const holders = new Map(columnOf.map((column, row) => [column, row]))
  for (const { row, from, to } of price.moves) {
    assert.equal(columnOf[row], from)
    if (to !== -1) assert.equal(holders.has(to), false, 'the column is free when it is its turn')
    if (from !== -1) holders.delete(from)
    columnOf[row] = to
    if (to !== -1) holders.set(to, row)
  }
  instance.ownColumn.forEach((own, row) => {
    if (own >= 0) assert.notEqual(columnOf[row], -1, 'nobody loses a home')
  })
  return columnOf.reduce(
    (sum, column, row) => (column === -1 ? sum : worth(row, column).map((value, tier) => value + sum[tier]!)),
    answer.values.map(() => 0),
  )
}

t.test('any candidate is worth what adding it and solving again gains, by moves that can be made', async (t) => {
  let worthwhile = 0
  let chains = 0
  fc.assert(
    fc.property(cases, ({ instance, tiers, candidates }) => {
      const answer = solveTiers(instance, tiers)
      const problem = problemOf(instance)
      const tierGains = tiers.map((tier) => arcGains(instance, tier))
      const price = columnPricer(tieredProblem(problem, tierGains), answer)
      for (const options of candidates) {
        const priced = price(options)
        const expected = solvedAgain(instance, tiers, options)
        assert.deepEqual(
          answer.values.map((value, tier) => value + priced.gains[tier]!),
          expected,
        )
        const worth = (row: number, column: number) => {
          if (column === instance.columns) return [...(options.find(({ node }) => node === row)!.gains as number[])]
          for (let k = problem.rowStart[row]!; k < problem.rowStart[row + 1]!; k++) {
            if (problem.col[k] === column) return tierGains.map((tier) => tier[k]!)
          }
          throw new Error(`row ${row} has no arc to ${column}`)
        }
        assert.deepEqual(afterMoves(instance, answer, priced, worth), expected)
        if (priced.moves.length > 0) worthwhile++
        if (priced.moves.length > 1) chains++
      }
    }),
    { numRuns: 2500 },
  )
  t.ok(worthwhile > 1000, `${worthwhile} worth something`)
  t.ok(chains > 300, `${chains} with more than one move`)
})

t.test('on a solution with closed arcs', async (t) => {
  fc.assert(
    fc.property(cases, ({ instance, tiers, candidates, closing }) => {
      const problem = problemOf(instance)
      const tiered = tieredProblem(
        problem,
        tiers.map((tier) => arcGains(instance, tier)),
      )
      const closed = new Uint8Array(problem.col.length)
      let answer = solveTiers(instance, tiers)
      const edges: number[] = []
      for (let r = 0, k = 0; r < instance.rows; r++) {
        if (instance.ownColumn[r]! >= 0) k++
        for (let i = instance.rowStart[r]!; i < instance.rowStart[r + 1]!; i++) edges.push(k++)
      }
      for (const choice of closing) {
        if (edges.length === 0) break
        const at = choice % edges.length
        closed[edges[at]!] = 1
        answer = withoutArc(tiered, closed, answer, edges[at]!)!
      }
      const price = columnPricer(tiered, answer, closed)
      for (const options of candidates) {
        const open = edges.map((arc, k) => ({ arc, k })).filter(({ arc }) => closed[arc] === 0)
        const rest = withoutEdges(instance, new Set(open.map(({ k }) => k)))
        const restTiers = tiers.map((tier) => open.map(({ k }) => tier[k]!))
        assert.deepEqual(
          answer.values.map((value, tier) => value + price(options).gains[tier]!),
          solvedAgain(rest, restTiers, options),
        )
      }
    }),
    { numRuns: 700 },
  )
  t.pass()
})

function withoutEdges(instance: Instance, kept: ReadonlySet<number>): Instance {
  const rowStart = new Int32Array(instance.rows + 1)
  for (let r = 0; r < instance.rows; r++) {
    rowStart[r + 1] = rowStart[r]!
    for (let k = instance.rowStart[r]!; k < instance.rowStart[r + 1]!; k++) if (kept.has(k)) rowStart[r + 1]!++
  }
  return {
    ...instance,
    rowStart,
    col: instance.col.filter((_, k) => kept.has(k)),
    gain: instance.gain.filter((_, k) => kept.has(k)),
  }
}

/** Candidates of each form in each district: rows that accept the form, and for those of the district more. */
function candidatesOf(instance: Instance, forms: number, districts: number, seed: number): Option[][] {
  const random = prng(seed)
  const accepts = Array.from(
    { length: instance.rows },
    () => new Set([0, 0, 0].map(() => Math.floor(random() * forms))),
  )
  const home = Array.from({ length: instance.rows }, () => Math.floor(random() * districts))
  const urgency = Array.from({ length: instance.rows }, () => 100 * (1 + Math.floor(random() * 5)))
  return Array.from({ length: forms * districts }, (_, i) => {
    const [form, district] = [i % forms, Math.floor(i / forms)]
    return [...accepts.keys()]
      .filter((row) => accepts[row]!.has(form))
      .map((row) => ({
        node: row,
        gains: [urgency[row]!, home[row] === district ? 30 : 10 * Math.floor(random() * 3)],
      }))
  })
}

t.test('all candidates of a small city, and a sample of a large one', async (t) => {
  for (const { shape, forms, districts, every } of [
    { shape: { rows: 200, columns: 150, degree: 8, residents: 80, seed: 3 }, forms: 22, districts: 15, every: 1 },
    { shape: { rows: 2000, columns: 3000, degree: 30, residents: 1500, seed: 3 }, forms: 22, districts: 15, every: 30 },
  ]) {
    const instance = cityInstance(shape)
    const random = prng(8)
    const tiers = [instance.gain, Float64Array.from(instance.col, () => Math.floor(random() * 700))]
    const answer = solveTiers(instance, tiers)
    const tierGains = tiers.map((tier) => arcGains(instance, tier))
    const price = columnPricer(tieredProblem(problemOf(instance), tierGains), answer)
    const living = livingAssignment(instance, tiers, answer)
    const candidates = candidatesOf(instance, forms, districts, 5)
    t.equal(candidates.length, 330)
    let worthwhile = 0
    for (const [i, options] of candidates.entries()) {
      const { gains } = price(options)
      if (gains[0]! > 0) worthwhile++
      if (i % every !== 0) continue
      assert.deepEqual(living.copy().addColumn(options).change.gains, gains)
      if (i % (7 * every) !== 0) continue
      assert.deepEqual(
        answer.values.map((value, tier) => value + gains[tier]!),
        solvedAgain(instance, tiers, options),
      )
    }
    t.ok(worthwhile > 0, `${worthwhile} of 330 are worth something`)
  }
})

t.test('a wrong answer is priced by nobody', async (t) => {
  const instance = buildInstance({ rows: 2, columns: 2, row: [0, 0, 1, 1], col: [0, 1, 0, 1], gain: [1, 2, 3, 1] })
  const tiers = [instance.gain]
  const problem = problemOf(instance)
  const tiered = tieredProblem(problem, [arcGains(instance, instance.gain)])
  const answer = solveTiers(instance, tiers)
  t.same(columnPricer(tiered, answer)([{ node: 0, gains: [4] }]), { gains: [2], moves: [{ row: 0, from: 1, to: 2 }] })
  t.same(columnPricer(tiered, answer)([{ node: 0, gains: [2] }]), { gains: [0], moves: [] })
  t.same(columnPricer(tiered, answer)([]), { gains: [0], moves: [] })
  const straight = { ...answer, columnOf: Int32Array.of(0, 1), rowOf: Int32Array.of(0, 1), values: [2] }
  t.throws(() => columnPricer(tiered, straight), /refused wrong prices/)
  t.throws(() => columnPricer(tiered, answer)([{ node: 2, gains: [1] }]), RangeError)
  t.throws(() => columnPricer(tiered, answer)([{ node: 0, gains: [1, 1] }]), RangeError)
  t.throws(
    () => columnPricer({ ...tiered, problem: { ...problem, forcedColumn: Uint8Array.of(0, 1) } }, answer),
    RangeError,
  )
})
