import type { Candidates } from './candidates.ts'
import type { Snapshot } from './snapshot.ts'

export type CutReason = 'too_long' | 'window' | 'never_together' | 'mix'

/** What a solution does that none may: each that is allowed leaves out at least one of the sets of pairs, all of it. */
export interface Cut {
  why: CutReason
  /** Positions of pairs. */
  alternatives: number[][]
}

/** Who is not to be together, as positions in the snapshot; the same for all solutions of a run. */
export interface Company {
  /** Each two needs once, the lower first. */
  apart: [number, number][]
  /** For each house how many more with extensive behaviour needs it takes, or null for any number. */
  room: (number | null)[]
}

/** The level of behaviour that a house's mix is limited by. */
export const EXTENSIVE = 3

export function companyOf({ needs, facilities }: Snapshot): Company {
  const at = new Map(needs.map(({ pseudonym }, need) => [pseudonym, need]))
  const apart = new Map<string, [number, number]>()
  for (const [need, { apartFrom }] of needs.entries()) {
    for (const pseudonym of apartFrom) {
      const other = at.get(pseudonym)
      if (other === undefined || other === need) continue
      const two: [number, number] = need < other ? [need, other] : [other, need]
      apart.set(two.join(), two)
    }
  }
  return {
    apart: [...apart.values()],
    room: facilities.map(({ maxExtensiveBehaviour, extensiveBehaviourNow }) =>
      maxExtensiveBehaviour === null ? null : Math.max(0, maxExtensiveBehaviour - extensiveBehaviourNow),
    ),
  }
}

/**
 * What the solution brings together that the rules, which look at one pair and at today's residents, cannot see: two who
 * must not live in one house, and more with extensive behaviour needs than a house takes. Whoever moves out by the same
 * solution makes no room yet: if her move comes to nothing, nobody is to be there wrongly.
 */
export function companyCuts(snapshot: Snapshot, candidates: Candidates, company: Company, pairOf: Int32Array): Cut[] {
  const { pairs, offers } = candidates
  const houseOf = (need: number) => offers[pairs[pairOf[need] ?? -1]?.place ?? -1]?.house ?? -1
  const cuts: Cut[] = []
  for (const [one, other] of company.apart) {
    const house = houseOf(one)
    if (house === -1 || house !== houseOf(other)) continue
    cuts.push({ why: 'never_together', alternatives: [one, other].map((need) => pairsIn(candidates, need, house)) })
  }
  const extensive = new Map<number, number[]>()
  for (const [need, { requirements }] of snapshot.needs.entries()) {
    const house = requirements.behaviour === EXTENSIVE ? houseOf(need) : -1
    const room = company.room[house] ?? null
    if (room === null) continue
    const there = extensive.get(house) ?? []
    extensive.set(house, there)
    there.push(need)
  }
  for (const [house, there] of extensive) {
    const room = company.room[house] ?? 0
    if (there.length <= room) continue
    cuts.push({ why: 'mix', alternatives: there.slice(0, room + 1).map((need) => pairsIn(candidates, need, house)) })
  }
  return cuts
}

/** All pairs of a need with places of one house. */
function pairsIn({ pairs, offers }: Candidates, need: number, house: number): number[] {
  const found: number[] = []
  // pairs are in order of need
  for (let index = firstOf(pairs, need); pairs[index]?.need === need; index += 1) {
    if (offers[pairs[index]?.place ?? -1]?.house === house) found.push(index)
  }
  return found
}

function firstOf(pairs: Candidates['pairs'], need: number): number {
  let low = 0
  let high = pairs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pairs[middle]?.need ?? 0) < need) low = middle + 1
    else high = middle
  }
  return low
}
