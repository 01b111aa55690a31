import type { Problem } from './instance.ts'

/** What is to be believed or not: a matching and potentials for rows (`u`) and columns (`v`). */
export interface Claim {
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly gain: number
  readonly u: Float64Array
  readonly v: Float64Array
}

export type Fault =
  | 'wrong_length'
  | 'index_out_of_range'
  | 'sides_disagree'
  | 'no_such_edge'
  | 'forced_row_unmatched'
  | 'forced_column_unmatched'
  | 'not_an_integer'
  | 'edge_above_potentials'
  | 'matched_edge_not_tight'
  | 'negative_row_potential'
  | 'unmatched_row_has_potential'
  | 'negative_column_potential'
  | 'free_column_has_potential'
  | 'gain_differs'
  | 'dual_sum_differs'

/** `row` or `column` is -1 where the fault is not at one. `tier` counts from 0. */
export type Verdict =
  | { readonly kind: 'optimal' }
  | {
      readonly kind: 'wrong'
      readonly what: Fault
      readonly where: { readonly tier: number; readonly row: number; readonly column: number }
    }

/** Each tier's gains on the arcs of the problem, its claimed value and its potentials; one matching for all. */
export interface TierClaim {
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly values: readonly number[]
  readonly duals: readonly { readonly u: Float64Array; readonly v: Float64Array }[]
}

/**
 * Says whether a matching has the greatest total gain, by complementary slackness alone: it is allowed, the potentials
 * are (`u + v >= gain` on every arc, not negative except on forced rows and columns), and the two meet (equality on
 * matched arcs, zero where unmatched, equal sums). Knows nothing of how the answer came about. O(rows + columns + arcs).
 *
 * Exact: with safe integers `u + v` rounds monotonically, so comparing it with a safe integer is never wrong.
 */
export function checkAssignment(problem: Problem, claim: Claim): Verdict {
  return checkFace(wholeFace(problem), problem.gain, claim, 0)
}

/**
 * Says whether one matching is best in the first tier, then best in the second among those, and so on. Each tier is
 * checked on what the checked potentials of the earlier ones leave: their tight arcs only, with every row and column of
 * positive potential forced.
 */
export function checkTiers(problem: Problem, tierGains: readonly Float64Array[], claim: TierClaim): Verdict {
  const face = wholeFace(problem)
  if (claim.values.length !== tierGains.length || claim.duals.length !== tierGains.length) {
    return wrong('wrong_length', claim.values.length, -1, -1)
  }
  for (const [tier, gain] of tierGains.entries()) {
    const dual = claim.duals[tier]
    if (dual === undefined) return wrong('wrong_length', tier, -1, -1)
    const { u, v } = dual
    const one = { columnOf: claim.columnOf, rowOf: claim.rowOf, gain: claim.values[tier] ?? Number.NaN, u, v }
    const verdict = checkFace(face, gain, one, tier)
    if (verdict.kind === 'wrong') return verdict
    narrow(face, gain, u, v)
  }
  return { kind: 'optimal' }
}

interface Face {
  readonly problem: Problem
  readonly open: Uint8Array
  readonly forcedRow: Uint8Array
  readonly forcedColumn: Uint8Array
}

function wholeFace(problem: Problem): Face {
  return {
    problem,
    open: new Uint8Array(problem.col.length).fill(1),
    forcedRow: problem.forcedRow.slice(),
    forcedColumn: problem.forcedColumn.slice(),
  }
}

function narrow(face: Face, gain: Float64Array, u: Float64Array, v: Float64Array): void {
  const { rows, columns, rowStart, col } = face.problem
  for (let r = 0; r < rows; r++) {
    if ((u[r] as number) > 0) face.forcedRow[r] = 1
    for (let k = rowStart[r] as number; k < (rowStart[r + 1] as number); k++) {
      if ((u[r] as number) + (v[col[k] as number] as number) !== gain[k]) face.open[k] = 0
    }
  }
  for (let c = 0; c < columns; c++) if ((v[c] as number) > 0) face.forcedColumn[c] = 1
}

function checkFace(face: Face, gain: Float64Array, claim: Claim, tier: number): Verdict {
  const { problem, open, forcedRow, forcedColumn } = face
  const { rows, columns, rowStart, col } = problem
  const { columnOf, rowOf, u, v } = claim
  if (gain.length !== col.length || columnOf.length !== rows || u.length !== rows)
    return wrong('wrong_length', tier, -1, -1)
  if (rowOf.length !== columns || v.length !== columns) return wrong('wrong_length', tier, -1, -1)
  const duals = exactSum()
  const gains = exactSum()
  for (let c = 0; c < columns; c++) {
    const r = rowOf[c] as number
    const price = v[c] as number
    if (!Number.isSafeInteger(price)) return wrong('not_an_integer', tier, -1, c)
    if (r < -1 || r >= rows) return wrong('index_out_of_range', tier, r, c)
    if (r >= 0 && columnOf[r] !== c) return wrong('sides_disagree', tier, r, c)
    if (forcedColumn[c] === 1) {
      if (r === -1) return wrong('forced_column_unmatched', tier, -1, c)
    } else {
      if (price < 0) return wrong('negative_column_potential', tier, -1, c)
      if (r === -1 && price !== 0) return wrong('free_column_has_potential', tier, -1, c)
    }
    duals.add(price)
  }
  for (let r = 0; r < rows; r++) {
    const c = columnOf[r] as number
    const worth = u[r] as number
    if (!Number.isSafeInteger(worth)) return wrong('not_an_integer', tier, r, -1)
    if (c < -1 || c >= columns) return wrong('index_out_of_range', tier, r, c)
    if (c >= 0 && rowOf[c] !== r) return wrong('sides_disagree', tier, r, c)
    if (forcedRow[r] === 1) {
      if (c === -1) return wrong('forced_row_unmatched', tier, r, -1)
    } else {
      if (worth < 0) return wrong('negative_row_potential', tier, r, -1)
      if (c === -1 && worth !== 0) return wrong('unmatched_row_has_potential', tier, r, -1)
    }
    duals.add(worth)
    let found = c === -1
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) {
      if (open[k] === 0) continue
      const to = col[k] as number
      const sum = worth + (v[to] as number)
      const own = gain[k] as number
      if (!(sum >= own)) return wrong('edge_above_potentials', tier, r, to)
      if (to === c) {
        if (sum !== own) return wrong('matched_edge_not_tight', tier, r, c)
        gains.add(own)
        found = true
      }
    }
    if (!found) return wrong('no_such_edge', tier, r, c)
  }
  if (gains.total() !== BigInt(Number.isSafeInteger(claim.gain) ? claim.gain : 0))
    return wrong('gain_differs', tier, -1, -1)
  if (!Number.isSafeInteger(claim.gain)) return wrong('not_an_integer', tier, -1, -1)
  // Follows from what was checked above; added up all the same, as a second way to the same end.
  if (duals.total() !== gains.total()) return wrong('dual_sum_differs', tier, -1, -1)
  return { kind: 'optimal' }
}

/** Adds safe integers without rounding: what no longer fits a double is carried over into a big integer. */
function exactSum() {
  let carried = 0n
  let small = 0
  return {
    add(value: number): void {
      const sum = small + value
      if (Number.isSafeInteger(sum)) small = sum
      else {
        carried += BigInt(small)
        small = value
      }
    },
    total: (): bigint => carried + BigInt(small),
  }
}

function wrong(what: Fault, tier: number, row: number, column: number): Verdict {
  return { kind: 'wrong', what, where: { tier, row, column } }
}
