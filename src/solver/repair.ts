import type { Problem } from './instance.ts'
import type { LexicographicAssignment } from './lexicographic.ts'
import { nodeHeap } from './nodeHeap.ts'

/** A problem with the gains of all tiers, arc by arc: those of arc `k` begin at `k * tiers`. */
export interface TieredProblem {
  readonly problem: Problem
  readonly tiers: number
  readonly gain: Float64Array
}

/** Puts the gains of each tier, as `solveTiers` numbers them, side by side: a search reads all of an arc's at once. */
export function tieredProblem(problem: Problem, tierGains: readonly Float64Array[]): TieredProblem {
  return { problem, tiers: tierGains.length, gain: sideBySide(tierGains) }
}

/** The vectors' numbers node by node. */
export function sideBySide(vectors: readonly Float64Array[]): Float64Array {
  const size = vectors.length
  const flat = new Float64Array(size * (vectors[0]?.length ?? 0))
  for (const [t, vector] of vectors.entries()) {
    for (let i = 0; i < vector.length; i++) flat[i * size + t] = vector[i] as number
  }
  return flat
}

/**
 * The best assignment when arc `arc` may no longer be used, from the best one that was with it: one shortest path, not a
 * new solve. The potentials of all tiers together, compared lexicographically, are optimal for the tiers together, so
 * Dijkstra's search runs on vectors: row `r` gives up its column `c`, and the path leads from `r` back to `c` over other
 * columns and, when that is cheapest, over somebody who is left out or comes in. `checkTiers` reads the result as it reads
 * `solveTiers`'. O((rows + arcs) log rows) at worst; a few ms at 2,000 x 1,600 with 90,000 arcs.
 *
 * @param limit what the loss must stay below, tier by tier; absent: any loss
 * @param closed 1 for each arc that must not be used, `arc` included; only `arc` may be in use
 * @returns undefined when the loss would not stay below `limit`
 * @throws Error when a forced row or column cannot be matched without the arc
 */
export function withoutArc(
  { problem, tiers, gain }: TieredProblem,
  closed: Uint8Array,
  answer: LexicographicAssignment,
  arc: number,
  limit: readonly number[] = [],
): LexicographicAssignment | undefined {
  const { rows, rowStart, col, forcedRow, forcedColumn } = problem
  const { columnOf, rowOf, duals } = answer
  const start = rowOfArc(problem, arc)
  const given = col[arc] as number
  if (columnOf[start] !== given) return answer
  const u = sideBySide(duals.map((dual) => dual.u))
  const v = sideBySide(duals.map((dual) => dual.v))

  // Nodes: the rows, then whoever is outside, then the column that was given up.
  const outside = rows
  const end = rows + 1
  const way = new Float64Array((rows + 2) * tiers).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(rows + 2).fill(-1)
  const over = new Int32Array(rows + 2).fill(-1)
  const settled = new Uint8Array(rows + 2)
  const queue = nodeHeap(way, tiers, rows + 2)
  const next = new Float64Array(tiers)

  /** Takes `next` as the way to `to` over `from` when it is shorter than what is known. */
  function reach(from: number, to: number, column: number): void {
    const at = to * tiers
    let t = 0
    while (t < tiers && next[t] === way[at + t]) t++
    if (t === tiers || (next[t] as number) > (way[at + t] as number)) return
    for (t = 0; t < tiers; t++) way[at + t] = next[t] as number
    before[to] = from
    over[to] = column
    queue.lower(to)
  }
  /** Sets `next` to the way to `node` and `more[index]` further. */
  function add(node: number, more: Float64Array, index: number): void {
    for (let t = 0; t < tiers; t++) {
      next[t] = (way[node * tiers + t] as number) + (index === -1 ? 0 : (more[index * tiers + t] as number))
    }
  }

  for (let t = 0; t < tiers; t++) way[start * tiers + t] = 0
  queue.lower(start)
  while (settled[end] === 0) {
    const node = queue.pop()
    if (node === -1) throw new Error(`no assignment without arc ${arc}`)
    if (!isBelow(way, node, tiers, limit)) return undefined
    settled[node] = 1
    if (node === end) break
    if (node === outside) {
      // The column stays free, or somebody comes in, or leaves a column free to come in.
      if (forcedColumn[given] === 0) {
        add(outside, v, given)
        reach(outside, end, -1)
      }
      for (let r = 0; r < rows; r++) {
        const c = columnOf[r] as number
        if (settled[r] === 1 || (c !== -1 && forcedColumn[c] === 1)) continue
        add(outside, v, c)
        reach(outside, r, -1)
      }
      continue
    }
    if (forcedRow[node] === 0 && settled[outside] === 0) {
      add(node, u, node)
      reach(node, outside, -1)
    }
    const own = columnOf[node] as number
    const from = node * tiers
    const last = rowStart[node + 1] as number
    for (let k = rowStart[node] as number; k < last; k++) {
      const c = col[k] as number
      if (c === own || closed[k] === 1) continue
      const holder = rowOf[c] as number
      const to = c === given ? end : holder === -1 ? outside : holder
      if (settled[to] === 1) continue
      // Most arcs are out of the question by an early tier.
      let t = 0
      let shorter = false
      for (; t < tiers; t++) {
        const length =
          (way[from + t] as number) +
          (u[from + t] as number) +
          (v[c * tiers + t] as number) -
          (gain[k * tiers + t] as number)
        next[t] = length
        if (shorter) continue
        const known = way[to * tiers + t] as number
        if (length > known) break
        shorter = length < known
      }
      if (shorter) reach(node, to, c)
    }
  }

  // Whoever was not reached sooner stands as far away as the end.
  const length = way.subarray(end * tiers)
  const moved = duals.map((dual, t) => {
    const farthest = length[t] as number
    const zero = settled[outside] === 1 ? (way[outside * tiers + t] as number) : farthest
    const newU = dual.u.slice()
    const newV = dual.v.slice()
    newV[given] = (newV[given] as number) - farthest + zero
    for (let r = 0; r < rows; r++) {
      const shift = (settled[r] === 1 ? (way[r * tiers + t] as number) : farthest) - zero
      const c = columnOf[r] as number
      newU[r] = (newU[r] as number) + shift
      if (c !== -1 && c !== given) newV[c] = (newV[c] as number) - shift
    }
    return { u: newU, v: newV }
  })
  const newColumnOf = columnOf.slice()
  const newRowOf = rowOf.slice()
  const path: { row: number; column: number }[] = []
  for (let node = end; node !== start; node = before[node] as number) {
    const from = before[node] as number
    if (from !== outside) path.push({ row: from, column: over[node] as number })
  }
  for (const { row } of path) {
    const c = columnOf[row] as number
    if (c !== -1) newRowOf[c] = -1
  }
  for (const { row, column } of path) {
    newColumnOf[row] = column
    if (column !== -1) newRowOf[column] = row
  }
  return {
    columnOf: newColumnOf,
    rowOf: newRowOf,
    values: answer.values.map((value, t) => value - (length[t] as number)),
    duals: moved,
  }
}

function isBelow(way: Float64Array, node: number, tiers: number, limit: readonly number[]): boolean {
  if (limit.length === 0) return true
  for (let t = 0; t < tiers; t++) {
    const difference = (way[node * tiers + t] as number) - (limit[t] as number)
    if (difference !== 0) return difference < 0
  }
  return false
}

function rowOfArc({ rows, rowStart }: Problem, arc: number): number {
  let low = 0
  let high = rows - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((rowStart[middle] as number) <= arc) low = middle
    else high = middle - 1
  }
  return low
}
