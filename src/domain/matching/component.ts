import type { Candidates } from './candidates.ts'
import type { Row } from './cut.ts'

/** Pairs that share no need, place, home or limit with the others. */
export interface Part {
  /** Positions of pairs, in order. */
  pairs: number[]
  members: ReadonlySet<number>
}

/**
 * Splits the pairs that are kept, and those of a solution, into parts: whoever shares a place with somebody, lives in a place
 * that is given, or shares a limit that can bind, is in one with her.
 */
export function componentsOf(
  { candidates, shared }: { candidates: Candidates; shared: readonly Row[] },
  solution: Int32Array,
  isKept: (pair: number) => boolean,
): Part[] {
  const { pairs, homeOf, residentOf } = candidates
  const needs = homeOf.length
  const parent = Int32Array.from({ length: needs + residentOf.length }, (_, node) => node)
  const rootOf = (node: number): number => {
    let root = node
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number
      root = parent[root] as number
    }
    return root
  }
  const join = (a: number, b: number) => {
    parent[rootOf(a)] = rootOf(b)
  }
  const kept = [...pairs.keys()].filter((pair) => {
    const need = pairs[pair]?.need ?? -1
    return solution[need] === pair || isKept(pair)
  })
  for (const index of kept) {
    const { need, place } = pairs[index] as Candidates['pairs'][number]
    join(need, needs + place)
    const resident = residentOf[place] as number
    if (resident !== -1) join(need, resident)
  }
  const known = new Set(kept)
  for (const { pairs: all, weights, most } of shared) {
    const inside = [...all.keys()].filter((i) => known.has(all[i] as number))
    const byNeed = new Map<number, number>()
    for (const i of inside) {
      const need = pairs[all[i] as number]?.need ?? -1
      byNeed.set(need, Math.max(byNeed.get(need) ?? 0, weights[i] ?? 0))
    }
    if (byNeed.values().reduce((sum, weight) => sum + weight, 0) <= most) continue
    const [one, ...others] = byNeed.keys()
    for (const other of others) join(one as number, other)
  }
  const byRoot = Map.groupBy(kept, (index) => rootOf(pairs[index]?.need ?? -1))
  return [...byRoot.values()].map((own) => ({ pairs: own, members: new Set(own) }))
}
