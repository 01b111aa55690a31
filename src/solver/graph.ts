import { arcGains, type Instance, type Problem, problemOf } from './instance.ts'

/**
 * One side of a graph that can be edited. A node is a number below `count`; numbers are never used again. The arcs of node
 * `i` are `pool[at[i]]` to `pool[at[i] + degree[i] - 1]`, in no particular order.
 */
export interface Side {
  count: number
  /** The node of the other side that it is matched with, or -1. */
  mate: Int32Array
  /** The potentials of node `i`, one a tier, from `i * tiers`. */
  potential: Float64Array
  /** 1 for a node that must be matched. */
  forced: Uint8Array
  /** 1 for a node that is not part of the problem: removed, or for the moment taken out. */
  absent: Uint8Array
  at: Int32Array
  degree: Int32Array
  room: Int32Array
  pool: Int32Array
  poolEnd: number
  /** The node of the other side that each arc leads to. */
  end: Int32Array
}

/** Rows and columns with arcs that carry a gain for each tier: those of arc `k` begin at `k * tiers`. */
export interface Graph {
  readonly tiers: number
  readonly row: Side
  readonly column: Side
  gain: Float64Array
  arcs: number
  /** Numbers of arcs that were removed, the next to be used again last. */
  readonly spare: number[]
}

/** The graph of `problemOf(instance)`, nothing matched. O(rows + columns + arcs). */
export function graphOf(instance: Instance, tiers: readonly ArrayLike<number>[]): Graph {
  const problem = problemOf(instance)
  const gains = tiers.map((tier) => arcGains(instance, tier))
  const { rows, columns, rowStart, col } = problem
  const size = col.length
  const gain = new Float64Array(size * gains.length)
  for (const [t, tier] of gains.entries()) for (let k = 0; k < size; k++) gain[k * gains.length + t] = tier[k] as number
  const rowOfArc = new Int32Array(size)
  for (let r = 0; r < rows; r++) rowOfArc.fill(r, rowStart[r], rowStart[r + 1])
  return {
    tiers: gains.length,
    row: sideOf(rows, gains.length, problem.forcedRow, rowOfArc, col),
    column: sideOf(columns, gains.length, problem.forcedColumn, col, rowOfArc),
    gain,
    arcs: size,
    spare: [],
  }
}

function sideOf(count: number, tiers: number, forced: Uint8Array, own: Int32Array, end: Int32Array): Side {
  const degree = new Int32Array(count)
  for (let k = 0; k < own.length; k++) {
    const node = own[k] as number
    degree[node] = (degree[node] as number) + 1
  }
  const at = new Int32Array(count)
  for (let i = 1; i < count; i++) at[i] = (at[i - 1] as number) + (degree[i - 1] as number)
  const next = at.slice()
  const pool = new Int32Array(own.length)
  for (let k = 0; k < own.length; k++) {
    const node = own[k] as number
    const position = next[node] as number
    next[node] = position + 1
    pool[position] = k
  }
  return {
    count,
    mate: new Int32Array(count).fill(-1),
    potential: new Float64Array(count * tiers),
    forced: forced.slice(),
    absent: new Uint8Array(count),
    at,
    degree,
    room: degree.slice(),
    pool,
    poolEnd: own.length,
    end: end.slice(),
  }
}

/** A copy that shares nothing, so that one may be edited and the other kept. */
export function copyGraph(graph: Graph): Graph {
  return {
    ...graph,
    row: copySide(graph.row),
    column: copySide(graph.column),
    gain: graph.gain.slice(),
    spare: [...graph.spare],
  }
}

function copySide(side: Side): Side {
  return {
    ...side,
    mate: side.mate.slice(),
    potential: side.potential.slice(),
    forced: side.forced.slice(),
    absent: side.absent.slice(),
    at: side.at.slice(),
    degree: side.degree.slice(),
    room: side.room.slice(),
    pool: side.pool.slice(),
    end: side.end.slice(),
  }
}

/** Adds a node without arcs, absent until it is inserted; answers its number. */
export function addNode(side: Side, tiers: number, forced: boolean): number {
  const node = side.count++
  if (side.mate.length < side.count) {
    const size = grown(side.count)
    side.mate = widened(side.mate, new Int32Array(size))
    side.potential = widened(side.potential, new Float64Array(size * tiers))
    side.forced = widened(side.forced, new Uint8Array(size))
    side.absent = widened(side.absent, new Uint8Array(size))
    side.at = widened(side.at, new Int32Array(size))
    side.degree = widened(side.degree, new Int32Array(size))
    side.room = widened(side.room, new Int32Array(size))
  }
  side.mate[node] = -1
  side.forced[node] = forced ? 1 : 0
  side.absent[node] = 1
  return node
}

/** Adds an arc; the two must not have one yet. Amortised O(tiers). */
export function addArc(graph: Graph, row: number, column: number, gains: ArrayLike<number>): void {
  const arc = graph.spare.pop() ?? graph.arcs++
  if (graph.row.end.length < graph.arcs) {
    const size = grown(graph.arcs)
    graph.row.end = widened(graph.row.end, new Int32Array(size))
    graph.column.end = widened(graph.column.end, new Int32Array(size))
    graph.gain = widened(graph.gain, new Float64Array(size * graph.tiers))
  }
  graph.row.end[arc] = column
  graph.column.end[arc] = row
  for (let t = 0; t < graph.tiers; t++) graph.gain[arc * graph.tiers + t] = gains[t] as number
  list(graph.row, row, arc)
  list(graph.column, column, arc)
}

/** O(degree of the row and of the column). */
export function removeArc(graph: Graph, arc: number): void {
  unlist(graph.row, graph.column.end[arc] as number, arc)
  unlist(graph.column, graph.row.end[arc] as number, arc)
  graph.spare.push(arc)
}

/** The arc between the two, or -1. O(degree of the row). */
export function arcBetween({ row: { at, degree, pool, end } }: Graph, row: number, column: number): number {
  const from = at[row] as number
  for (let i = from; i < from + (degree[row] as number); i++)
    if (end[pool[i] as number] === column) return pool[i] as number
  return -1
}

/** The arcs of a node, as they are listed now. */
export function arcsOf({ at, degree, pool }: Side, node: number): Int32Array {
  return pool.slice(at[node], (at[node] as number) + (degree[node] as number))
}

/** The graph as it is now, as a problem and the gains of each tier on its arcs. Nodes that are absent are without arcs. */
export function problemOn({ tiers, row, column, gain }: Graph): { problem: Problem; tierGains: Float64Array[] } {
  const rowStart = new Int32Array(row.count + 1)
  for (let r = 0; r < row.count; r++) rowStart[r + 1] = (rowStart[r] as number) + (row.degree[r] as number)
  const size = rowStart[row.count] as number
  const col = new Int32Array(size)
  const tierGains = Array.from({ length: tiers }, () => new Float64Array(size))
  for (let r = 0; r < row.count; r++) {
    const listed = row.at[r] as number
    const first = rowStart[r] as number
    for (let i = 0; i < (row.degree[r] as number); i++) {
      const arc = row.pool[listed + i] as number
      col[first + i] = row.end[arc] as number
      for (const [t, tier] of tierGains.entries()) tier[first + i] = gain[arc * tiers + t] as number
    }
  }
  const forcedRow = row.forced.slice(0, row.count)
  const forcedColumn = column.forced.slice(0, column.count)
  const sizes = { rows: row.count, columns: column.count }
  return { problem: { ...sizes, rowStart, col, gain: new Float64Array(size), forcedRow, forcedColumn }, tierGains }
}

/** Who has whom, and the potentials tier by tier: those of absent nodes are zero. */
export function matchingOn({ tiers, row, column }: Graph) {
  const potentials = ({ count, potential, absent }: Side, tier: number) =>
    Float64Array.from({ length: count }, (_, i) => (absent[i] === 1 ? 0 : (potential[i * tiers + tier] as number)))
  return {
    columnOf: row.mate.slice(0, row.count),
    rowOf: column.mate.slice(0, column.count),
    duals: Array.from({ length: tiers }, (_, t) => ({ u: potentials(row, t), v: potentials(column, t) })),
  }
}

function list(side: Side, node: number, arc: number): void {
  const { at, degree, room } = side
  const count = degree[node] as number
  if (count === room[node]) {
    // The list moves to the end of the pool, with room to grow; what it leaves behind stays unused.
    const size = grown(count + 1)
    const from = at[node] as number
    if (side.poolEnd + size > side.pool.length) {
      side.pool = widened(side.pool, new Int32Array(grown(side.poolEnd + size)))
    }
    side.pool.copyWithin(side.poolEnd, from, from + count)
    at[node] = side.poolEnd
    room[node] = size
    side.poolEnd += size
  }
  side.pool[(at[node] as number) + count] = arc
  degree[node] = count + 1
}

function unlist({ at, degree, pool }: Side, node: number, arc: number): void {
  const last = (at[node] as number) + (degree[node] as number) - 1
  let i = at[node] as number
  while (pool[i] !== arc) i++
  pool[i] = pool[last] as number
  degree[node] = (degree[node] as number) - 1
}

function grown(size: number): number {
  return Math.max(8, Math.ceil(1.5 * size))
}

function widened<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
