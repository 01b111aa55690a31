import type { Problem } from './instance.ts'

/**
 * A partial answer that is optimal for the rows taken in so far. Kept true between calls: `u[r] + v[c] >= gain` on every
 * arc of a row taken in, with equality on matched ones; `u = 0` for a row taken in and left unmatched; a free column keeps
 * the potential it started with; potentials of columns never fall, and a matched column stays matched.
 */
export interface PartialMatching {
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly u: Float64Array
  readonly v: Float64Array
}

/** Nobody taken in. A forced column starts at `-bonus`, which makes matching it worth more than any sum of gains. */
export function emptyPartial(problem: Problem, bonus: number): PartialMatching {
  const v = new Float64Array(problem.columns)
  for (let c = 0; c < problem.columns; c++) if (problem.forcedColumn[c] === 1) v[c] = -bonus
  return {
    columnOf: new Int32Array(problem.rows).fill(-1),
    rowOf: new Int32Array(problem.columns).fill(-1),
    u: new Float64Array(problem.rows),
    v,
  }
}

/** Forced rows first, then by greatest gain, descending; ties ascending by number. */
export function takingOrder({ rows, rowStart, gain, forcedRow }: Problem): Int32Array {
  const best = new Float64Array(rows).fill(-Infinity)
  for (let r = 0; r < rows; r++) {
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++)
      if ((gain[k] as number) > (best[r] as number)) best[r] = gain[k] as number
  }
  return Int32Array.from(best.keys()).sort(
    (a, b) => (forcedRow[b] as number) - (forcedRow[a] as number) || (best[b] as number) - (best[a] as number) || a - b,
  )
}

/**
 * Returns the function that takes a row in without a search where it can: the row bids for its best column the difference
 * to its second best (being left out counts as zero), and whoever held the column bids in turn (the "augmenting row
 * reduction" of Jonker and Volgenant, 1987). Answers the row that gave up and is to be inserted, or -1. A row gives up at
 * a tie between taken columns, where prices would go in circles, and when all `budget` bids are spent.
 */
export function bidder(problem: Problem, partial: PartialMatching, budget: number): (row: number) => number {
  const { rowStart, col, gain, forcedRow } = problem
  const { columnOf, rowOf, u, v } = partial
  let bidsLeft = budget
  return (first) => {
    for (let r = first; r >= 0; ) {
      if (bidsLeft-- <= 0) return r
      const outside = forcedRow[r] === 1 ? -Infinity : 0
      let best = outside
      let second = outside
      let taken = -1
      const end = rowStart[r + 1] as number
      for (let k = rowStart[r] as number; k < end; k++) {
        const c = col[k] as number
        const worth = (gain[k] as number) - (v[c] as number)
        if (worth > best) {
          second = best
          best = worth
          taken = c
        } else if (worth > second) second = worth
      }
      if (taken === -1 && outside === 0) {
        u[r] = 0
        return -1
      }
      // With no finite second choice there is no price to name; the insertion also reports a forced row without an arc.
      if (second === -Infinity || second === best) return r
      const holder = rowOf[taken] as number
      u[r] = second
      v[taken] = (v[taken] as number) + (best - second)
      columnOf[r] = taken
      rowOf[taken] = r
      if (holder !== -1) columnOf[holder] = -1
      r = holder
    }
    return -1
  }
}

/**
 * Returns the function that takes one row in by a shortest augmenting path (Dijkstra on `u + v - gain`, stopped as soon
 * as the nearest end is known). A path ends in a free column or in a row that may be left out. It answers false when the
 * row is forced and there is no such path. O(arcs + columns log columns) a call at worst, usually a few rows.
 */
export function inserter(problem: Problem, partial: PartialMatching): (row: number) => boolean {
  const { rowStart, col, gain, forcedRow, columns } = problem
  const { columnOf, rowOf, u, v } = partial
  const distance = new Float64Array(columns).fill(Infinity)
  const cameFrom = new Int32Array(columns)
  const heap = new Int32Array(columns)
  const position = new Int32Array(columns)
  const touched = new Int32Array(columns)
  const settled = new Int32Array(columns)
  // Columns found at the very distance that is being settled need no heap: with many ties that is most of them.
  const level = new Int32Array(columns)

  return (root) => {
    let touchedCount = 0
    let settledCount = 0
    let levelCount = 0
    let heapSize = 0
    let start = forcedRow[root] === 1 ? -Infinity : 0
    const rootEnd = rowStart[root + 1] as number
    for (let k = rowStart[root] as number; k < rootEnd; k++) {
      const worth = (gain[k] as number) - (v[col[k] as number] as number)
      if (worth > start) start = worth
    }
    if (start === -Infinity) return false
    u[root] = start
    let reach = forcedRow[root] === 1 ? Infinity : start
    let endColumn = -1
    let endRow = root
    let near = 0
    let row = root
    search: while (reach > near) {
      const base = near + (u[row] as number)
      const end = rowStart[row + 1] as number
      for (let k = rowStart[row] as number; k < end; k++) {
        const c = col[k] as number
        const far = base + (v[c] as number) - (gain[k] as number)
        const known = distance[c] as number
        if (far >= reach || far >= known) continue
        distance[c] = far
        cameFrom[c] = row
        if (known === Infinity) touched[touchedCount++] = c
        const holder = rowOf[c] as number
        if (holder < 0) {
          reach = far
          endColumn = c
          endRow = -1
          if (far === near) break search
          continue
        }
        if (forcedRow[holder] === 0) {
          const dropped = far + (u[holder] as number)
          if (dropped < reach) {
            reach = dropped
            endRow = holder
            endColumn = -1
            if (dropped === near) break search
          }
        }
        if (known === Infinity && far === near) {
          level[levelCount++] = c
          continue
        }
        let at = known === Infinity ? heapSize++ : (position[c] as number)
        while (at > 0) {
          const up = (at - 1) >> 1
          const other = heap[up] as number
          if ((distance[other] as number) <= far) break
          heap[at] = other
          position[other] = at
          at = up
        }
        heap[at] = c
        position[c] = at
      }
      let next: number
      if (levelCount > 0) next = level[--levelCount] as number
      else {
        if (heapSize === 0) break
        next = heap[0] as number
        if ((distance[next] as number) >= reach) break
        const last = heap[--heapSize] as number
        const key = distance[last] as number
        let at = 0
        for (let down = 1; down < heapSize; down = 2 * at + 1) {
          let child = heap[down] as number
          if (down + 1 < heapSize && (distance[heap[down + 1] as number] as number) < (distance[child] as number)) {
            down++
            child = heap[down] as number
          }
          if ((distance[child] as number) >= key) break
          heap[at] = child
          position[child] = at
          at = down
        }
        heap[at] = last
        position[last] = at
      }
      near = distance[next] as number
      settled[settledCount++] = next
      row = rowOf[next] as number
    }
    if (reach === Infinity) {
      for (let i = 0; i < touchedCount; i++) distance[touched[i] as number] = Infinity
      return false
    }
    u[root] = start - reach
    for (let i = 0; i < settledCount; i++) {
      const c = settled[i] as number
      const raise = reach - (distance[c] as number)
      const holder = rowOf[c] as number
      v[c] = (v[c] as number) + raise
      u[holder] = (u[holder] as number) - raise
    }
    for (let i = 0; i < touchedCount; i++) distance[touched[i] as number] = Infinity
    let c = endColumn
    if (endRow >= 0) {
      c = columnOf[endRow] as number
      columnOf[endRow] = -1
    }
    // Back along the path: each row hands its column on to the one before it. A root left out at once has no path.
    while (c >= 0) {
      const r = cameFrom[c] as number
      const before = columnOf[r] as number
      columnOf[r] = c
      rowOf[c] = r
      c = before
    }
    return true
  }
}
