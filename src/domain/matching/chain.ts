import type { Day } from '../day.ts'
import type { Candidate, Candidates } from './candidates.ts'
import type { Snapshot } from './snapshot.ts'

/** One move of a chain, all positions in the snapshot. */
export interface Move {
  need: number
  place: number
  /** The first day on which it can happen: the place is free, and whoever lived there has moved. */
  on: Day
  /** The need that must move out first, or -1 when the place is vacant. */
  waitsFor: number
}

/**
 * Moves that free each other's places, in the order in which they happen. A chain begins at a vacant place; in a `cycle`
 * all swap on one day. `frees` is the place that is vacant in the end, or -1.
 */
export interface Chain {
  kind: 'chain' | 'cycle'
  moves: Move[]
  frees: number
}

export interface Chains {
  chains: Chain[]
  /** Chains that no calendar allows, or that are longer than the policy allows, with what is wrong. */
  broken: { chain: Chain; why: 'too_long' | 'window'; at: number }[]
}

const later = (a: Day, b: Day): Day => (a > b ? a : b)

/**
 * Puts the moves of a solution in order: a successor moves no earlier than the one before it has left, and within its own
 * window (out and in on one day is fine, days are half-open).
 * @param pairOf for each need the position of its pair, or -1 when it is given no place or stays
 */
export function chainsOf(snapshot: Snapshot, candidates: Candidates, pairOf: Int32Array): Chains {
  const { pairs, homeOf, residentOf } = candidates
  const nextInto = new Int32Array(snapshot.places.length).fill(-1)
  for (const pair of pairOf) {
    const found = pairs[pair]
    if (found !== undefined) nextInto[found.place] = found.need
  }
  const done = new Uint8Array(snapshot.needs.length)
  const result: Chains = { chains: [], broken: [] }
  // chains first: each begins where nobody has to leave
  for (const pair of pairOf) {
    const first = pairs[pair]
    if (first === undefined || residentOf[first.place] !== -1) continue
    keep(result, snapshot, 'chain', follow(candidates, pairOf, nextInto, done, first), homeOf)
  }
  for (const [need, pair] of pairOf.entries()) {
    const first = pairs[pair]
    if (first !== undefined && done[need] === 0) {
      keep(result, snapshot, 'cycle', follow(candidates, pairOf, nextInto, done, first), homeOf)
    }
  }
  return result
}

/** The pairs of one chain from its first: whoever takes the home that the one before leaves, comes next. */
function follow(candidates: Candidates, pairOf: Int32Array, nextInto: Int32Array, done: Uint8Array, first: Candidate): Candidate[] {
  const found: Candidate[] = []
  let current: Candidate | undefined = first
  while (current !== undefined && done[current.need] === 0) {
    done[current.need] = 1
    found.push(current)
    const home: number = candidates.homeOf[current.need] ?? -1
    const next: number = home === -1 ? -1 : (nextInto[home] ?? -1)
    current = next === -1 ? undefined : candidates.pairs[pairOf[next] ?? -1]
  }
  return found
}

function keep(result: Chains, snapshot: Snapshot, kind: Chain['kind'], found: Candidate[], homeOf: Int32Array): void {
  const days: Day[] = []
  for (const { availableFrom } of found) {
    const before = days.at(-1)
    days.push(before === undefined ? availableFrom : later(before, availableFrom))
  }
  const last = days.at(-1)
  // in a cycle nobody can go first: all move on the first day that suits everybody
  const moves = found.map(({ need, place }, i): Move => ({
    need,
    place,
    on: (kind === 'cycle' ? last : days[i]) as Day,
    waitsFor: i > 0 ? (found[i - 1]?.need ?? -1) : kind === 'cycle' ? (found.at(-1)?.need ?? -1) : -1,
  }))
  const end = found.at(-1)
  const chain: Chain = { kind, moves, frees: kind === 'cycle' || end === undefined ? -1 : (homeOf[end.need] ?? -1) }
  const late = moves.findIndex(({ need, on }) => {
    const to = snapshot.needs[need]?.requirements.window.to ?? null
    return to !== null && on >= to
  })
  if (moves.length > snapshot.policy.chainMovesMax) result.broken.push({ chain, why: 'too_long', at: snapshot.policy.chainMovesMax })
  else if (late !== -1) result.broken.push({ chain, why: 'window', at: late })
  else result.chains.push(chain)
}
