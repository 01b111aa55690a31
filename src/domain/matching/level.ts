import type { Candidates } from './candidates.ts'
import { compareGains, type Objective } from './objective.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * The pairs to leave out so that no chain can be longer than the policy allows, whatever is chosen of the rest: everybody
 * who has a home is given a level, and homes are taken only by those of a higher one. The levels are the positions in the
 * chains of a solution, so all of it stays possible but the links where a chain that is too long is cut; each is cut before
 * the move that is worth least. Short cycles stay as they are.
 */
export function overLevels(
  { policy: { chainMovesMax } }: Snapshot,
  candidates: Candidates,
  objective: Objective,
  pairOf: Int32Array,
): number[] {
  const { pairs, homeOf, residentOf } = candidates
  const levels = levelsOf(candidates, objective, pairOf, chainMovesMax)
  const left: number[] = []
  for (const [index, { need, place }] of pairs.entries()) {
    const resident = residentOf[place] as number
    if (resident === -1) continue
    const below = levels[resident] as number
    if (below === 0) {
      // of a short cycle nothing is left out but what would make a chain of it
      if (pairOf[need] !== index) left.push(index)
      continue
    }
    const level = homeOf[need] === -1 ? chainMovesMax : (levels[need] as number)
    if (level <= below) left.push(index)
  }
  return left
}

/** For each need that has a home its level, 0 in a short cycle. */
function levelsOf(
  { pairs, homeOf, residentOf }: Candidates,
  objective: Objective,
  pairOf: Int32Array,
  most: number,
): Int32Array {
  // who stays is put low: she may still take what is vacant, and others her home
  const levels = new Int32Array(homeOf.length).fill(Math.min(2, most))
  const next = new Int32Array(homeOf.length).fill(-1)
  const begins: number[] = []
  for (const [need, index] of pairOf.entries()) {
    const pair = pairs[index]
    if (pair === undefined) continue
    const resident = residentOf[pair.place] as number
    if (resident === -1) begins.push(need)
    else next[resident] = need
  }
  const done = new Uint8Array(homeOf.length)
  const along = (first: number): number[] => {
    const chain: number[] = []
    for (let need = first; need !== -1 && done[need] === 0; need = next[need] as number) {
      done[need] = 1
      chain.push(need)
    }
    return chain
  }
  const put = (chain: readonly number[]) => {
    for (let from = 0; from < chain.length; ) {
      const to = from + cutAt(objective, pairOf, chain.slice(from), most)
      for (let i = from; i < to; i += 1) levels[chain[i] as number] = i - from + 1
      from = to
    }
  }
  for (const first of begins) put(along(first))
  for (const [need, index] of pairOf.entries()) {
    if (index === -1 || done[need] === 1) continue
    const cycle = along(need)
    if (cycle.length > most) put(cycle)
    else for (const member of cycle) levels[member] = 0
  }
  return levels
}

/** How many moves of a chain are kept together: all of a short one, else up to the one that is worth least. */
function cutAt({ tiers }: Objective, pairOf: Int32Array, chain: readonly number[], most: number): number {
  if (chain.length <= most) return chain.length
  let cut = most
  for (let at = most - 1; at >= Math.max(1, chain.length - most); at -= 1) {
    if (compareGains(tiers, pairOf[chain[at] as number] as number, pairOf[chain[cut] as number] as number) < 0) cut = at
  }
  return cut
}
