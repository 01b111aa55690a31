import { bidder, emptyPartial, inserter, takingOrder } from './insertion.ts'
import { gainSpan, type Instance, type Problem, problemOf } from './instance.ts'

/**
 * A matching and the potentials that prove it is best. `columnOf[r]` and `rowOf[c]` are -1 where unmatched. `u` (rows)
 * and `v` (columns) are integers; they are one optimal dual solution, seldom the only one.
 */
export interface Assignment {
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly gain: number
  readonly u: Float64Array
  readonly v: Float64Array
}

export type Solution =
  | { readonly kind: 'solved'; readonly assignment: Assignment }
  | { readonly kind: 'infeasible'; readonly side: 'row' | 'column'; readonly index: number }

/** Sums and potentials stay below four times this, so every step is exact in a double. */
export const MAX_SPAN = 2 ** 51

// Measured, see `solve`: fewer leave searches over that bids would have spared, more spend them on prices that creep.
const BIDS_PER_ROW = 4

/**
 * The matching of greatest total gain among those that match every forced row and column. Bidding settles most rows,
 * each of the rest is inserted by a shortest augmenting path. O(rows * (arcs + columns * log columns)) at worst; what was
 * measured stands below.
 *
 * Tie-break: forced rows first, then rows by their greatest gain, descending, then by number; columns ascend within a row.
 * So the answer is a function of the numbering of rows and columns alone. Which of several optima it is has no further
 * meaning: number rows by precedence, and add a tier where ties must mean something.
 *
 * Tried, best of four warm runs on one 2.5 GHz core, in milliseconds (uniform / city-like, with 800, 2,500 and 5,000
 * forced rows):
 * |                                 | 2,000 x 1,400 x 40 | 5,000 x 4,000 x 40 | 30,000 x 10,000 x 50 |
 * | no bids                         | 27 / 4             | 136 / 15           | 790 / 60             |
 * | 4 bids a row (this one)         | 14 / 4             | 83 / 18            | 170 / 80             |
 * | 64 bids a row                   | 15 / 4             | 82 / 18            | 330 / 80             |
 * | 16 bids, rows by number         | 12 / 7             | 62 / 17            | 290 / 200            |
 * | columns inserted instead, 16 *  | 30 / 50            | 51 / 136           | 350 / 1,000          |
 * | scaled auction first **         | 49 / 195           | 394 / 742          |                      |
 * | `solvePlainly` **               | 115 / 126          | 855 / 277          | 5,790 / 5,540        |
 * (* measured before rows were put in order. ** on a busy machine, where this one took 17 / 10, 83 / 41 and 308 / 76.)
 * The auction (Bertsekas, prices kept from one epsilon to the next, down to 1) leaves few rows unsettled, but many columns
 * at prices that nobody pays, and lowering these costs a search each. It wins where a gain depends on the column alone
 * (30 ms against 500 at 2,000 rows) and loses 10 times and more where it depends on the row. Queues by distance instead
 * of a heap do not fit gains up to 2^49. Splitting components off first gains nothing: a search never leaves its own.
 * Rows by number lose where a gain depends on the row alone, as waiting time does: 200 ms against 12 at 2,000 rows, 8.1 s
 * against 85 ms at 30,000. Bids that take a free column at a tie lose there too (2.3 s at 30,000), as a low row then holds
 * it until a search over all columns moves it. The hardest found are gains that are products of a row's and a column's
 * number: 0.5 s at 2,000 x 1,400 x 40 (plainly 5 s), 5 s at 8,000 x 4,000 x 50. `npm run bench -- solver` measures again.
 *
 * @returns which row or column cannot be matched when not all forced ones can. (A problem made from an instance always
 * can: everybody stays.)
 * @throws RangeError when `gainSpan` exceeds MAX_SPAN (half of it when columns are forced): gains of 2^40 are then exact
 * up to 2,048 rows or columns (1,023), gains of 2^37 up to 16,384.
 */
export function solve(problem: Problem): Solution {
  const bonus = bonusFor(problem)
  const partial = emptyPartial(problem, bonus)
  const insert = inserter(problem, partial)
  const bid = bidder(problem, partial, BIDS_PER_ROW * problem.rows)
  const left: number[] = []
  for (const first of takingOrder(problem)) {
    const row = bid(first)
    if (row !== -1) left.push(row)
  }
  for (const row of left) if (!insert(row)) return { kind: 'infeasible', side: 'row', index: row }
  const { columnOf, rowOf, u, v } = partial
  for (let c = 0; c < problem.columns; c++) {
    if (problem.forcedColumn[c] === 1 && rowOf[c] === -1) return { kind: 'infeasible', side: 'column', index: c }
  }
  return { kind: 'solved', assignment: { columnOf, rowOf, gain: totalGain(problem, columnOf), u, v } }
}

/** `solve` for an instance, where staying makes a solution certain. The potentials belong to `problemOf(instance)`. */
export function solveInstance(instance: Instance): Assignment {
  const solution = solve(problemOf(instance))
  if (solution.kind === 'infeasible') throw new Error(`unreachable: ${solution.side} ${solution.index} cannot stay`)
  return solution.assignment
}

/**
 * What matching one more forced column is worth: more than any rearrangement of gains, or 0 when none is forced.
 * @throws RangeError as `solve`
 */
function bonusFor(problem: Problem): number {
  const span = gainSpan(problem)
  const bonus = problem.forcedColumn.includes(1) ? span + 1 : 0
  if (!(span + bonus <= MAX_SPAN)) {
    throw new RangeError(`gains too large for exact sums: span ${span + bonus} exceeds 2^51`)
  }
  return bonus
}

function totalGain(problem: Problem, columnOf: Int32Array): number {
  let total = 0
  for (let r = 0; r < problem.rows; r++) {
    const c = columnOf[r] as number
    if (c < 0) continue
    let k = problem.rowStart[r] as number
    while (problem.col[k] !== c) k++
    total += problem.gain[k] as number
  }
  return total
}
