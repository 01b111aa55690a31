import type { Graph, Side } from './graph.ts'

/** An arc that is to be added. */
export interface NewArc {
  readonly row: number
  readonly column: number
  readonly gains: ArrayLike<number>
}

/** Gains up to this in total leave room for the potentials of a solution whose columns were forced; see `MAX_SPAN`. */
const MOST = 2 ** 50

/**
 * Returns the function that refuses arcs whose gains might make sums inexact. As `gainSpan` it adds up the range of the
 * gains (zero included) of each row, or of each column where that is less, tier by tier. Ranges only widen as arcs are
 * added, and are found anew when they seem too wide.
 */
export function spanGuard(graph: Graph): (added: readonly NewArc[]) => void {
  let byRow: Ranges | undefined
  let byColumn: Ranges | undefined
  const fits = (added: readonly NewArc[]): boolean => {
    byRow ??= rangesOf(graph, graph.row)
    byColumn ??= rangesOf(graph, graph.column)
    for (const { row, column, gains } of added) {
      widen(byRow, row, gains, 0)
      widen(byColumn, column, gains, 0)
    }
    for (let t = 0; t < graph.tiers; t++) {
      if (Math.min(byRow.total[t] as number, byColumn.total[t] as number) > MOST) return false
    }
    return true
  }
  return (added) => {
    if (fits(added)) return
    byRow = undefined
    byColumn = undefined
    if (!fits(added)) throw new RangeError('gains too large for exact sums')
  }
}

interface Ranges {
  readonly tiers: number
  high: Float64Array
  low: Float64Array
  readonly total: Float64Array
}

function rangesOf({ tiers, gain }: Graph, side: Side): Ranges {
  const size = side.mate.length * tiers
  const ranges = { tiers, high: new Float64Array(size), low: new Float64Array(size), total: new Float64Array(tiers) }
  for (let node = 0; node < side.count; node++) {
    const first = side.at[node] as number
    for (let i = first; i < first + (side.degree[node] as number); i++) {
      widen(ranges, node, gain, (side.pool[i] as number) * tiers)
    }
  }
  return ranges
}

function widen(ranges: Ranges, node: number, gains: ArrayLike<number>, from: number): void {
  const { tiers, total } = ranges
  if ((node + 1) * tiers > ranges.high.length) {
    ranges.high = wider(ranges.high, node, tiers)
    ranges.low = wider(ranges.low, node, tiers)
  }
  const { high, low } = ranges
  for (let t = 0; t < tiers; t++) {
    const value = gains[from + t] as number
    const at = node * tiers + t
    const over = value - (high[at] as number)
    const under = (low[at] as number) - value
    if (over > 0) {
      high[at] = value
      total[t] = (total[t] as number) + over
    } else if (under > 0) {
      low[at] = value
      total[t] = (total[t] as number) + under
    }
  }
}

function wider(from: Float64Array, node: number, tiers: number): Float64Array {
  const to = new Float64Array(Math.ceil(1.5 * (node + 1)) * tiers)
  to.set(from)
  return to
}
