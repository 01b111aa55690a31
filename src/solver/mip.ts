/**
 * A mixed-integer linear program as numbers: minimise `cost · x` with `lower ≤ x ≤ upper` and every row between its bounds.
 * Which solver answers it is no matter of whoever states it.
 */
export interface Mip {
  cost: number[]
  lower: number[]
  upper: number[]
  /** Which columns take whole numbers only. */
  whole: boolean[]
  rows: MipRow[]
}

/** Columns named once each. */
export interface MipRow {
  columns: number[]
  values: number[]
  lower: number
  upper: number
}

export interface MipAnswer {
  /** `optimal` is proven; with `time_limit` the values are the best that were found, if any. */
  status: 'optimal' | 'infeasible' | 'time_limit'
  /** Empty when nothing was found. */
  values: number[]
  objective: number
  /** No solution costs less. */
  bound: number
}

/** How far the answer may be from the best there is, as a share of its cost: 0 when it is proven, 1 when nothing was found. */
export function gapOf({ status, values, objective, bound }: MipAnswer): number {
  if (values.length === 0) return 1
  if (status === 'optimal' || objective <= bound) return 0
  return objective === 0 ? 1 : Math.min(1, (objective - bound) / Math.abs(objective))
}

export function emptyMip(): Mip {
  return { cost: [], lower: [], upper: [], whole: [], rows: [] }
}

/** Adds a column and answers with its number. */
export function addColumn(mip: Mip, cost: number, lower: number, upper: number, whole: boolean): number {
  mip.lower.push(lower)
  mip.upper.push(upper)
  mip.whole.push(whole)
  return mip.cost.push(cost) - 1
}

const SLACK = 1e-6

/** Whether values keep to every bound and row, and are whole where they must be: knows nothing of how they were found. */
export function isFeasible({ lower, upper, whole, rows }: Mip, values: readonly number[]): boolean {
  const inside = (value: number, low: number, high: number) => {
    const slack = SLACK * (1 + Math.abs(value))
    return value >= low - slack && value <= high + slack
  }
  return (
    values.length === lower.length &&
    values.every((value, i) => inside(value, lower[i]!, upper[i]!) && (!whole[i] || Number.isInteger(value))) &&
    rows.every((row) =>
      inside(
        row.columns.reduce((sum, column, i) => sum + row.values[i]! * values[column]!, 0),
        row.lower,
        row.upper,
      ),
    )
  )
}
