import { type Assignment, solve } from './assignment.ts'
import { checkTiers, type Verdict } from './check.ts'
import { arcGains, type Instance, type Problem, problemOf } from './instance.ts'

/** `values[t]` is the total of tier `t`; `duals[t]` its potentials on `problemOf(instance)`, as `checkTiers` reads them. */
export interface LexicographicAssignment {
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly values: readonly number[]
  readonly duals: readonly { readonly u: Float64Array; readonly v: Float64Array }[]
}

/**
 * The matching that is best in the first tier, then best in the second among those, and so on. A tier is a gain for each
 * edge of the instance, in its order (integers, zero and below allowed); staying is worth zero in all, and the instance's
 * own gains are not used. The answer without tiers is that everybody stays.
 *
 * By complementary slackness the solutions that are optimal in a tier are exactly those that use only its tight arcs and
 * match all rows and columns of positive potential, whichever optimal potentials are at hand; the next tier is solved on
 * that face. All tiers are checked at the end, each on the face that the checker finds by itself: a wrong answer throws, it
 * is never returned. One `solve` a tier, on ever fewer arcs.
 *
 * Tried: all tiers in one pass, each row inserted once by a search on vectors (`augmenter`). The same values; 17 ms instead
 * of 7 on the demo city's three tiers, 1,200 instead of 50 to 90 at 2,000 x 1,400 x 40 with six, as bids settle nothing
 * and later tiers are looked at along arcs that an earlier one rules out for good. Checking each tier as it is solved, and
 * all at the end once more, took as long again as checking once.
 *
 * @throws RangeError as `solve`, tier by tier (from the second tier on columns are forced), or on a vector that does not
 * fit the instance.
 */
export function solveTiers(instance: Instance, tiers: readonly ArrayLike<number>[]): LexicographicAssignment {
  const problem = problemOf(instance)
  const tierGains = tiers.map((tier) => arcGains(instance, tier))
  const values: number[] = []
  const duals: { u: Float64Array; v: Float64Array }[] = []
  let face: Face = { problem, origin: undefined }
  let matching: Pick<Assignment, 'columnOf' | 'rowOf'> = everybodyStays(instance)
  for (const [tier, gain] of tierGains.entries()) {
    const restricted = { ...face.problem, gain: face.origin === undefined ? gain : picked(gain, face.origin) }
    const solution = solve(restricted)
    if (solution.kind === 'infeasible') throw new Error(`the face lost its ${solution.side} ${solution.index}`)
    const { assignment } = solution
    values.push(assignment.gain)
    duals.push({ u: assignment.u, v: assignment.v })
    matching = assignment
    if (tier + 1 < tierGains.length) face = optimalFace({ problem: restricted, origin: face.origin }, assignment)
  }
  const answer = { columnOf: matching.columnOf, rowOf: matching.rowOf, values, duals }
  requireOptimal(checkTiers(problem, tierGains, answer))
  return answer
}

/** A problem on some of the arcs of another; `origin[k]` says which, and is absent while they are all there. */
interface Face {
  readonly problem: Problem
  readonly origin: Int32Array | undefined
}

function picked(from: Float64Array, which: Int32Array): Float64Array {
  const some = new Float64Array(which.length)
  for (let k = 0; k < some.length; k++) some[k] = from[which[k] as number] as number
  return some
}

/**
 * What the solutions that are at most `spare` short of the best are made of, whichever best potentials are at hand. Its problem
 * has no gains.
 */
export function optimalFace(
  face: Face,
  { u, v }: Pick<Assignment, 'u' | 'v'>,
  spare = 0,
): { problem: Problem; origin: Int32Array } {
  const { problem, origin } = face
  const { rows, columns, rowStart, col, gain } = problem
  const start = new Int32Array(rows + 1)
  const keptCol = new Int32Array(col.length)
  const keptOrigin = new Int32Array(col.length)
  const forcedRow = problem.forcedRow.slice()
  const forcedColumn = problem.forcedColumn.slice()
  let at = 0
  for (let r = 0; r < rows; r++) {
    const own = u[r] as number
    if (own > spare) forcedRow[r] = 1
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) {
      const c = col[k] as number
      if (own + (v[c] as number) - (gain[k] as number) > spare) continue
      keptCol[at] = c
      keptOrigin[at++] = origin === undefined ? k : (origin[k] as number)
    }
    start[r + 1] = at
  }
  for (let c = 0; c < columns; c++) if ((v[c] as number) > spare) forcedColumn[c] = 1
  const kept = { rows, columns, rowStart: start, col: keptCol.slice(0, at) }
  return { problem: { ...kept, gain: new Float64Array(0), forcedRow, forcedColumn }, origin: keptOrigin.slice(0, at) }
}

function everybodyStays(instance: Instance) {
  const columnOf = instance.ownColumn.slice()
  const rowOf = new Int32Array(instance.columns).fill(-1)
  for (let r = 0; r < instance.rows; r++) {
    const own = columnOf[r] as number
    if (own >= 0) rowOf[own] = r
  }
  return { columnOf, rowOf }
}

function requireOptimal(verdict: Verdict): void {
  if (verdict.kind === 'optimal') return
  const { tier, row, column } = verdict.where
  throw new Error(`refused a wrong optimum: ${verdict.what} in tier ${tier} at row ${row}, column ${column}`)
}
