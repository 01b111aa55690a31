/**
 * A sparse weighted bipartite instance, as numbers only.
 *
 * Row `r` may be given column `col[k]` for `gain[k]`, for each `k` in `[rowStart[r], rowStart[r + 1])`. Within a row the
 * columns ascend, so an instance depends on how rows and columns are numbered and never on the order its edges came in.
 * `ownColumn[r]` is the column the row lives in, or -1. Such a row must be assigned: to its own column (it stays, at gain
 * zero, and that arc is not among the edges) or to another one. It follows that its column goes to somebody else only
 * when the row itself moves.
 */
export interface Instance {
  readonly rows: number
  readonly columns: number
  readonly rowStart: Int32Array
  readonly col: Int32Array
  readonly gain: Float64Array
  readonly ownColumn: Int32Array
}

/**
 * What the solver and the checker work on: every arc written out (those of staying too), and which rows and columns
 * must be matched. Gains may be negative here.
 */
export interface Problem {
  readonly rows: number
  readonly columns: number
  readonly rowStart: Int32Array
  readonly col: Int32Array
  readonly gain: Float64Array
  readonly forcedRow: Uint8Array
  readonly forcedColumn: Uint8Array
}

/** Edges in any order, as parallel arrays, and who lives where (`stayRow[i]` in `stayColumn[i]`). */
export interface InstanceInput {
  readonly rows: number
  readonly columns: number
  readonly row: ArrayLike<number>
  readonly col: ArrayLike<number>
  readonly gain: ArrayLike<number>
  readonly stayRow?: ArrayLike<number>
  readonly stayColumn?: ArrayLike<number>
}

/**
 * Builds a checked instance. O(rows + columns + edges).
 * @throws RangeError when a number is out of range or not an integer, an edge comes twice or leads to the row's own
 * column, a row has two own columns or a column two residents.
 */
export function buildInstance(input: InstanceInput): Instance {
  const { rows, columns } = input
  requireCount(rows, 'rows')
  requireCount(columns, 'columns')
  const edges = input.row.length
  if (input.col.length !== edges || input.gain.length !== edges) throw new RangeError('edge arrays differ in length')
  for (let k = 0; k < edges; k++) {
    requireIndex(input.row[k], rows, `row of edge ${k}`)
    requireIndex(input.col[k], columns, `column of edge ${k}`)
    if (!Number.isSafeInteger(input.gain[k])) throw new RangeError(`gain of edge ${k} is not a safe integer`)
  }
  const instance = { ...sortEdges(input), ownColumn: ownColumns(input) }
  for (let r = 0; r < rows; r++) {
    const end = instance.rowStart[r + 1] as number
    for (let k = instance.rowStart[r] as number; k < end; k++) {
      const c = instance.col[k] as number
      if (c === instance.ownColumn[r]) throw new RangeError(`edge of row ${r} to its own column ${c}`)
      if (k + 1 < end && instance.col[k + 1] === c) throw new RangeError(`edge ${r} ${c} twice`)
    }
  }
  return instance
}

/** Writes the arcs of staying out at gain zero and marks the rows that have one as forced. O(rows + edges). */
export function problemOf(instance: Instance): Problem {
  const { rows, columns, ownColumn } = instance
  const size = instance.col.length + stayCount(instance)
  const problem = {
    rows,
    columns,
    rowStart: new Int32Array(rows + 1),
    col: new Int32Array(size),
    gain: new Float64Array(size),
    forcedRow: new Uint8Array(rows),
    forcedColumn: new Uint8Array(columns),
  }
  let at = 0
  for (let r = 0; r < rows; r++) {
    problem.rowStart[r] = at
    const own = ownColumn[r] as number
    if (own >= 0) {
      problem.forcedRow[r] = 1
      problem.col[at++] = own
    }
    const end = instance.rowStart[r + 1] as number
    for (let k = instance.rowStart[r] as number; k < end; k++) {
      problem.col[at] = instance.col[k] as number
      problem.gain[at++] = instance.gain[k] as number
    }
  }
  problem.rowStart[rows] = at
  return problem
}

function stayCount({ rows, ownColumn }: Instance): number {
  let stays = 0
  for (let r = 0; r < rows; r++) if ((ownColumn[r] as number) >= 0) stays++
  return stays
}

/**
 * Widens a gain per edge of `instance` to a gain per arc of `problemOf(instance)`, where staying is worth zero.
 * @throws RangeError when there is not one integer for each edge.
 */
export function arcGains(instance: Instance, gain: ArrayLike<number>): Float64Array {
  if (gain.length !== instance.col.length) throw new RangeError('a gain vector must have one number for each edge')
  const { rowStart, ownColumn } = instance
  const arcs = new Float64Array(gain.length + stayCount(instance))
  let at = 0
  for (let r = 0; r < instance.rows; r++) {
    if ((ownColumn[r] as number) >= 0) at++
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) {
      const value = gain[k] as number
      if (!Number.isSafeInteger(value)) throw new RangeError(`gain of edge ${k} is not a safe integer`)
      arcs[at++] = value
    }
  }
  return arcs
}

/**
 * An upper bound on what any alternating path or matching can gain or lose: the gains' range (zero included) summed over
 * rows, or over columns where that is less. O(rows + columns + arcs).
 */
export function gainSpan(problem: Problem): number {
  const { rows, columns, rowStart, col, gain } = problem
  const high = new Float64Array(columns)
  const low = new Float64Array(columns)
  let byRow = 0
  for (let r = 0; r < rows; r++) {
    let most = 0
    let least = 0
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) {
      const g = gain[k] as number
      const c = col[k] as number
      if (g > most) most = g
      else if (g < least) least = g
      if (g > (high[c] as number)) high[c] = g
      else if (g < (low[c] as number)) low[c] = g
    }
    byRow += most - least
  }
  let byColumn = 0
  for (let c = 0; c < columns; c++) byColumn += (high[c] as number) - (low[c] as number)
  return Math.min(byRow, byColumn)
}

function sortEdges(input: InstanceInput) {
  const { rows, columns } = input
  const edges = input.row.length
  // Two stable counting sorts, by column and then by row: linear, and independent of the order of arrival.
  const byColumn = countingOrder(input.col, columns, null)
  const order = countingOrder(input.row, rows, byColumn.order)
  const col = new Int32Array(edges)
  const gain = new Float64Array(edges)
  for (let i = 0; i < edges; i++) {
    const k = order.order[i] as number
    col[i] = input.col[k] as number
    gain[i] = input.gain[k] as number
  }
  return { rows, columns, rowStart: order.start, col, gain }
}

function countingOrder(key: ArrayLike<number>, size: number, before: Int32Array | null) {
  const start = new Int32Array(size + 1)
  for (let k = 0; k < key.length; k++) {
    const at = (key[k] as number) + 1
    start[at] = (start[at] as number) + 1
  }
  for (let i = 0; i < size; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number)
  const next = start.slice()
  const order = new Int32Array(key.length)
  for (let i = 0; i < key.length; i++) {
    const k = before === null ? i : (before[i] as number)
    const at = key[k] as number
    const position = next[at] as number
    next[at] = position + 1
    order[position] = k
  }
  return { start, order }
}

function ownColumns(input: InstanceInput): Int32Array {
  const ownColumn = new Int32Array(input.rows).fill(-1)
  const resident = new Uint8Array(input.columns)
  const stayRow = input.stayRow ?? []
  const stayColumn = input.stayColumn ?? []
  if (stayRow.length !== stayColumn.length) throw new RangeError('stay arrays differ in length')
  for (let i = 0; i < stayRow.length; i++) {
    const r = requireIndex(stayRow[i], input.rows, `row of stay ${i}`)
    const c = requireIndex(stayColumn[i], input.columns, `column of stay ${i}`)
    if (ownColumn[r] !== -1) throw new RangeError(`row ${r} has two own columns`)
    if (resident[c] === 1) throw new RangeError(`column ${c} has two residents`)
    ownColumn[r] = c
    resident[c] = 1
  }
  return ownColumn
}

function requireCount(value: number, what: string): void {
  if (!Number.isInteger(value) || value < 0 || value > 2 ** 31 - 2)
    throw new RangeError(`${what} out of range: ${value}`)
}

function requireIndex(value: number | undefined, size: number, what: string): number {
  if (value === undefined || !Number.isInteger(value) || value < 0 || value >= size) {
    throw new RangeError(`${what} out of range: ${value}`)
  }
  return value
}
