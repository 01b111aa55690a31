import type { Graph, Side } from './graph.ts'
import { compareAt, isBelow, isSame } from './vector.ts'

/** Nodes that a search changed, of one side, each with its mate before; in the order of their first change. */
export type Touched = Map<number, number>

const UNSEEN = -1
const SEEN = -2

/**
 * Returns the function that takes an absent node into a best matching of the rest, by one shortest augmenting path. In two
 * respects wider than `inserter`: a node of either side may come in, and potentials, gains and distances are vectors with
 * a number for each tier, compared lexicographically, so that the matching stays best in the first tier, then in the
 * second among those, and so on. O((arcs + nodes * log nodes) * tiers) at worst, usually a few nodes.
 *
 * Potentials do not grow however many searches there are: what a search changes becomes a difference of gains along two
 * alternating paths, as potentials are zero at the ends of paths.
 */
export function augmenter(graph: Graph) {
  const { tiers } = graph
  let distance = new Float64Array(0)
  let cameFrom = new Int32Array(0)
  let position = new Int32Array(0)
  let heap = new Int32Array(0)
  let seen = new Int32Array(0)
  let settled = new Int32Array(0)
  // Nodes found at the very distance that is being settled need no heap: with many ties that is most of them.
  let level = new Int32Array(0)
  const near = new Float64Array(tiers)
  const far = new Float64Array(tiers)
  const reach = new Float64Array(tiers)
  const best = new Float64Array(tiers)
  const dropped = new Float64Array(tiers)

  function makeRoom(count: number): void {
    if (position.length >= count) return
    const size = Math.ceil(1.5 * count)
    distance = new Float64Array(size * tiers)
    cameFrom = new Int32Array(size)
    position = new Int32Array(size).fill(UNSEEN)
    heap = new Int32Array(size)
    seen = new Int32Array(size)
    settled = new Int32Array(size)
    level = new Int32Array(size)
  }

  function rise(node: number, from: number): void {
    let i = from
    while (i > 0) {
      const up = (i - 1) >> 1
      const other = heap[up] as number
      if (compareAt(distance, node, other, tiers) >= 0) break
      heap[i] = other
      position[other] = i
      i = up
    }
    heap[i] = node
    position[node] = i
  }

  function sink(node: number, size: number): void {
    let i = 0
    for (let down = 1; down < size; down = 2 * i + 1) {
      if (down + 1 < size && compareAt(distance, heap[down + 1] as number, heap[down] as number, tiers) < 0) down++
      const child = heap[down] as number
      if (compareAt(distance, child, node, tiers) >= 0) break
      heap[i] = child
      position[child] = i
      i = down
    }
    heap[i] = node
    position[node] = i
  }

  /** Sets `best` to the most that the root can have at once; false when a forced root has no arc. */
  function findBest(from: Side, to: Side, root: number): boolean {
    const { gain } = graph
    let found = from.forced[root] === 0
    best.fill(found ? 0 : Number.NEGATIVE_INFINITY)
    const first = from.at[root] as number
    const last = first + (from.degree[root] as number)
    for (let i = first; i < last; i++) {
      const arc = from.pool[i] as number
      const node = from.end[arc] as number
      if (to.absent[node] === 1) continue
      found = true
      let isBetter = false
      for (let t = 0; t < tiers; t++) {
        const worth = (gain[arc * tiers + t] as number) - (to.potential[node * tiers + t] as number)
        if (!isBetter) {
          if (worth < (best[t] as number)) break
          isBetter = worth > (best[t] as number)
        }
        best[t] = worth
      }
    }
    return found
  }

  /**
   * @param from the side of `root`, which is absent and not matched; `to` is the other side
   * @param fromTouched is told whom of `from` the search changed, and `toTouched` of the other side
   * @returns what the totals of the tiers grow by; undefined when a forced root cannot be matched, and nothing is changed
   */
  return (from: Side, to: Side, root: number, fromTouched: Touched, toTouched: Touched): Float64Array | undefined => {
    if (!findBest(from, to, root)) return undefined
    makeRoom(to.count)
    const { gain } = graph
    const { pool, at, degree, end, forced, mate, potential: inside } = from
    const { absent, mate: holderOf, potential: across } = to
    for (let t = 0; t < tiers; t++) inside[root * tiers + t] = best[t] as number
    near.fill(0)
    if (forced[root] === 1) reach.fill(Number.POSITIVE_INFINITY)
    else reach.set(best)
    let endTo = -1
    let endFrom = root
    let seenCount = 0
    let settledCount = 0
    let levelCount = 0
    let heapSize = 0
    let node = root
    search: while (isBelow(near, reach, tiers)) {
      const first = at[node] as number
      const last = first + (degree[node] as number)
      for (let i = first; i < last; i++) {
        const arc = pool[i] as number
        const next = end[arc] as number
        if (absent[next] === 1) continue
        // Most arcs are too long by an early tier.
        let isShorter = false
        for (let t = 0; t < tiers; t++) {
          const length =
            (near[t] as number) +
            (inside[node * tiers + t] as number) +
            (across[next * tiers + t] as number) -
            (gain[arc * tiers + t] as number)
          far[t] = length
          if (isShorter) continue
          if (length > (reach[t] as number)) break
          isShorter = length < (reach[t] as number)
        }
        if (!isShorter) continue
        const known = position[next] as number
        const base = next * tiers
        if (known === UNSEEN) {
          seen[seenCount++] = next
          position[next] = SEEN
        } else {
          let t = 0
          while (t < tiers && far[t] === distance[base + t]) t++
          if (t === tiers || (far[t] as number) > (distance[base + t] as number)) continue
        }
        for (let t = 0; t < tiers; t++) distance[base + t] = far[t] as number
        cameFrom[next] = node
        const holder = holderOf[next] as number
        if (holder === -1) {
          reach.set(far)
          endTo = next
          endFrom = -1
          if (isSame(far, near, tiers)) break search
          continue
        }
        if (forced[holder] === 0) {
          for (let t = 0; t < tiers; t++) dropped[t] = (far[t] as number) + (inside[holder * tiers + t] as number)
          if (isBelow(dropped, reach, tiers)) {
            reach.set(dropped)
            endFrom = holder
            endTo = -1
            if (isSame(dropped, near, tiers)) break search
          }
        }
        if (known === UNSEEN && isSame(far, near, tiers)) level[levelCount++] = next
        else rise(next, known >= 0 ? known : heapSize++)
      }
      let nearest: number
      if (levelCount > 0) nearest = level[--levelCount] as number
      else {
        if (heapSize === 0) break
        nearest = heap[0] as number
        for (let t = 0; t < tiers; t++) near[t] = distance[nearest * tiers + t] as number
        if (!isBelow(near, reach, tiers)) break
        heapSize--
        if (heapSize > 0) sink(heap[heapSize] as number, heapSize)
      }
      settled[settledCount++] = nearest
      node = holderOf[nearest] as number
    }
    for (let i = 0; i < seenCount; i++) position[seen[i] as number] = UNSEEN
    if (reach[0] === Number.POSITIVE_INFINITY) return undefined

    const touch = (nodes: Touched, side: Side, which: number) => {
      if (!nodes.has(which)) nodes.set(which, side.mate[which] as number)
    }
    from.absent[root] = 0
    touch(fromTouched, from, root)
    for (let t = 0; t < tiers; t++) inside[root * tiers + t] = (best[t] as number) - (reach[t] as number)
    for (let i = 0; i < settledCount; i++) {
      const next = settled[i] as number
      const holder = holderOf[next] as number
      touch(toTouched, to, next)
      touch(fromTouched, from, holder)
      for (let t = 0; t < tiers; t++) {
        const raise = (reach[t] as number) - (distance[next * tiers + t] as number)
        across[next * tiers + t] = (across[next * tiers + t] as number) + raise
        inside[holder * tiers + t] = (inside[holder * tiers + t] as number) - raise
      }
    }
    let given = endTo
    if (endFrom >= 0) {
      touch(fromTouched, from, endFrom)
      given = mate[endFrom] as number
      mate[endFrom] = -1
    }
    // Back along the path: each hands its mate on to the one before it. A root left out at once has no path.
    while (given >= 0) {
      const taker = cameFrom[given] as number
      touch(toTouched, to, given)
      touch(fromTouched, from, taker)
      const before = mate[taker] as number
      mate[taker] = given
      holderOf[given] = taker
      given = before
    }
    return best.map((value, t) => value - (reach[t] as number))
  }
}
