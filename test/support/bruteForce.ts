import type { Problem } from '../../src/solver/instance.ts'

/** Calls `visit` with every matching that is allowed and matches all forced rows and columns. For tiny problems only. */
export function eachMatching(problem: Problem, visit: (columnOf: Int32Array) => void): void {
  const { rows, rowStart, col, forcedRow, forcedColumn } = problem
  const columnOf = new Int32Array(rows).fill(-1)
  const taken = new Uint8Array(problem.columns)
  const place = (r: number): void => {
    if (r === rows) {
      if (forcedColumn.every((forced, c) => forced === 0 || taken[c] === 1)) visit(columnOf)
      return
    }
    if (forcedRow[r] === 0) place(r + 1)
    for (let k = rowStart[r]!; k < rowStart[r + 1]!; k++) {
      const c = col[k]!
      if (taken[c] === 1) continue
      taken[c] = 1
      columnOf[r] = c
      place(r + 1)
      columnOf[r] = -1
      taken[c] = 0
    }
  }
  place(0)
}

/** The total of a matching, each gain looked up among the arcs. */
export function totalOf(problem: Problem, gain: Float64Array, columnOf: Int32Array): number {
  let total = 0
  for (let r = 0; r < problem.rows; r++) {
    for (let k = problem.rowStart[r]!; k < problem.rowStart[r + 1]!; k++) {
      if (problem.col[k] === columnOf[r]) total += gain[k]!
    }
  }
  return total
}

/** The values of the best matching, tier by tier, or null when no matching is allowed. */
export function bestTiers(problem: Problem, tierGains: readonly Float64Array[]): number[] | null {
  let best: number[] | null = null
  eachMatching(problem, (columnOf) => {
    const values = tierGains.map((gain) => totalOf(problem, gain, columnOf))
    const at = best === null ? 0 : values.findIndex((value, tier) => value !== best?.[tier])
    if (best === null || (at >= 0 && values[at]! > best[at]!)) best = values
  })
  return best
}
