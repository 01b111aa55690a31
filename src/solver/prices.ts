import { checkTiers } from './check.ts'
import type { Problem } from './instance.ts'
import type { LexicographicAssignment } from './lexicographic.ts'
import type { Option } from './living.ts'
import { nodeHeap } from './nodeHeap.ts'
import { sideBySide, type TieredProblem } from './repair.ts'

/**
 * What one more column would change: by how much each tier's total grows (lexicographically never below zero, a later
 * tier may fall), and who moves then, first whoever takes the new column. Its number is `problem.columns`; -1 is none.
 */
export interface Price {
  readonly gains: readonly number[]
  readonly moves: readonly { readonly row: number; readonly from: number; readonly to: number }[]
}

/**
 * Returns the function that prices a column that might be added, as adding it and solving again would. One search over
 * the solved problem serves all candidates: Dijkstra's, on vectors, from everybody who may take what is given up without
 * giving anything up, tells for each row what it is worth that it leaves where it is. A candidate then costs no more than
 * a look at its options. O((rows + arcs) * tiers + rows * log rows) once, O(options * tiers) and the moves a candidate.
 *
 * Always checked. The potentials moved by the search's distances are optimal too, the greatest that rows can have: the
 * checker says so once, and so no candidate can be worth more than is said; and its moves add up to what is said.
 *
 * Tried: one search for each candidate from its options, as `LivingAssignment.addColumn` does on a copy; the same values,
 * but 330 candidates with 700 options each on 2,000 x 3,000 took 8.7 s instead of 55 ms.
 *
 * @param answer the best assignment of the problem without the arcs that are `closed` (1 for each)
 * @throws RangeError when a column is forced: nothing could be given up for it; Error when `answer` is not the best
 */
export function columnPricer(tiered: TieredProblem, answer: LexicographicAssignment, closed?: Uint8Array) {
  const { problem, tiers, gain } = tiered
  const { rows, columns, rowStart, col } = problem
  const { columnOf } = answer
  if (problem.forcedColumn.includes(1)) throw new RangeError('columns must not be forced')
  const u = sideBySide(answer.duals.map((dual) => dual.u))
  const { way, taker } = release(tiered, answer, closed, u)
  requireGreatest(tiered, answer, closed, way)

  const gainOf = (row: number, column: number, t: number): number => {
    let k = rowStart[row] as number
    while (col[k] !== column) k++
    return gain[k * tiers + t] as number
  }
  return (options: readonly Option[]): Price => {
    const best = new Float64Array(tiers)
    let row = -1
    let first: ArrayLike<number> | undefined
    for (const { node, gains } of options) {
      if (!(node >= 0 && node < rows) || gains.length !== tiers) throw new RangeError(`no such option for row ${node}`)
      let isBetter = false
      for (let t = 0; t < tiers; t++) {
        const at = node * tiers + t
        const worth = (gains[t] as number) - (u[at] as number) - (way[at] as number)
        if (!isBetter) {
          if (!(worth >= (best[t] as number))) break
          isBetter = worth > (best[t] as number)
        }
        best[t] = worth
      }
      if (!isBetter) continue
      row = node
      first = gains
    }
    const moves: { row: number; from: number; to: number }[] = []
    const total = new Float64Array(tiers)
    for (let to = columns; row !== -1; row = taker[row] as number) {
      const from = columnOf[row] as number
      moves.push({ row, from, to })
      for (let t = 0; t < tiers; t++) {
        const gained = to === columns ? (first?.[t] as number) : gainOf(row, to, t)
        total[t] = (total[t] as number) + gained - (from === -1 ? 0 : gainOf(row, from, t))
      }
      to = from
    }
    const gains = Array.from(best)
    if (gains.some((value, t) => value !== total[t]))
      throw new Error('refused a wrong price: its moves add up to another')
    return { gains, moves }
  }
}

/**
 * For each row the least that is lost when it gives up its column, as a vector in `way`, and who takes the column then in
 * `taker` (-1: it stays free, or the row had none).
 */
function release(
  { problem, tiers, gain }: TieredProblem,
  { columnOf, rowOf, duals }: LexicographicAssignment,
  closed: Uint8Array | undefined,
  u: Float64Array,
) {
  const { rows, rowStart, col } = problem
  const v = sideBySide(duals.map((dual) => dual.v))
  const way = new Float64Array(rows * tiers)
  const taker = new Int32Array(rows).fill(-1)
  const settled = new Uint8Array(rows)
  const queue = nodeHeap(way, tiers, rows)
  for (let r = 0; r < rows; r++) {
    const c = columnOf[r] as number
    if (c === -1) continue
    for (let t = 0; t < tiers; t++) way[r * tiers + t] = v[c * tiers + t] as number
    queue.lower(r)
  }
  const scan = (row: number) => {
    settled[row] = 1
    const end = rowStart[row + 1] as number
    for (let k = rowStart[row] as number; k < end; k++) {
      const c = col[k] as number
      const holder = rowOf[c] as number
      if (holder === -1 || settled[holder] === 1 || closed?.[k] === 1) continue
      let isShorter = false
      for (let t = 0; t < tiers; t++) {
        const length =
          (way[row * tiers + t] as number) +
          (u[row * tiers + t] as number) +
          (v[c * tiers + t] as number) -
          (gain[k * tiers + t] as number)
        const at = holder * tiers + t
        if (!isShorter) {
          if (length > (way[at] as number)) break
          isShorter = length < (way[at] as number)
          if (!isShorter) continue
        }
        way[at] = length
      }
      if (!isShorter) continue
      taker[holder] = row
      queue.lower(holder)
    }
  }
  for (let r = 0; r < rows; r++) if (columnOf[r] === -1) scan(r)
  for (let row = queue.pop(); row !== -1; row = queue.pop()) scan(row)
  return { way, taker }
}

/** Has the checker say that the answer is the best with each row's potential greater by its way. */
function requireGreatest(
  { problem, tiers, gain }: TieredProblem,
  answer: LexicographicAssignment,
  closed: Uint8Array | undefined,
  way: Float64Array,
): void {
  const { rows, rowStart, col } = problem
  const kept = new Int32Array(col.length)
  const keptStart = new Int32Array(rows + 1)
  let count = 0
  for (let r = 0; r < rows; r++) {
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) if (closed?.[k] !== 1) kept[count++] = k
    keptStart[r + 1] = count
  }
  const keptCol = new Int32Array(count)
  for (let i = 0; i < count; i++) keptCol[i] = col[kept[i] as number] as number
  const rest: Problem = { ...problem, rowStart: keptStart, col: keptCol, gain: new Float64Array(count) }
  const tierGains = answer.duals.map((_, t) => {
    const tier = new Float64Array(count)
    for (let i = 0; i < count; i++) tier[i] = gain[(kept[i] as number) * tiers + t] as number
    return tier
  })
  const duals = answer.duals.map(({ u, v }, t) => {
    const greaterU = u.slice()
    const lesserV = v.slice()
    for (let r = 0; r < rows; r++) {
      const more = way[r * tiers + t] as number
      greaterU[r] = (greaterU[r] as number) + more
      const c = answer.columnOf[r] as number
      if (c !== -1) lesserV[c] = (lesserV[c] as number) - more
    }
    return { u: greaterU, v: lesserV }
  })
  const verdict = checkTiers(rest, tierGains, { ...answer, duals })
  if (verdict.kind === 'wrong') throw new Error(`refused wrong prices: ${verdict.what} in tier ${verdict.where.tier}`)
}
