import { type Day, laterDay } from '../day.ts'
import { type Candidate, type Candidates, pairsOfNeed, pairsOfPlace } from './candidates.ts'
import type { Cut } from './cut.ts'
import type { Snapshot } from './snapshot.ts'

/** One move of a chain, all positions in the snapshot. */
export interface Move {
  need: number
  place: number
  /** The first day on which it can happen: the place is free and open, and whoever lived there has moved. */
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

/**
 * Puts the moves of a solution in order: a successor moves no earlier than the one before it has left, within its own
 * window, and when its place is open (out and in on one day is fine, days are half-open). A chain that is longer than the
 * policy allows, or that no calendar allows, is a cut instead: the fewest of its moves that cannot be together.
 * @param pairOf for each need the position of its pair, or -1 when it is given no place or stays
 */
export function chainsOf(
  snapshot: Snapshot,
  candidates: Candidates,
  pairOf: Int32Array,
): { chains: Chain[]; cuts: Cut[] } {
  const { pairs, residentOf } = candidates
  const nextInto = new Int32Array(snapshot.places.length).fill(-1)
  for (const index of pairOf) {
    const pair = pairs[index]
    if (pair !== undefined) nextInto[pair.place] = pair.need
  }
  const done = new Uint8Array(snapshot.needs.length)
  const chains: Chain[] = []
  const cuts: Cut[] = []
  const keep = (kind: Chain['kind'], first: number) => {
    const indexes = follow(candidates, pairOf, nextInto, done, first)
    const forbidden = tooLong(snapshot, indexes) ?? tooLate(candidates, kind, indexes)
    if (forbidden !== undefined) cuts.push(forbidden)
    else chains.push(chainOf(candidates, kind, indexes))
  }
  // chains first: each begins where nobody has to leave
  for (const index of pairOf) {
    const pair = pairs[index]
    if (pair !== undefined && residentOf[pair.place] === -1) keep('chain', index)
  }
  for (const [need, index] of pairOf.entries()) if (index !== -1 && done[need] === 0) keep('cycle', index)
  return { chains, cuts }
}

/** The pairs of one chain from its first: whoever takes the home that the one before leaves, comes next. */
function follow(
  { pairs, homeOf }: Candidates,
  pairOf: Int32Array,
  nextInto: Int32Array,
  done: Uint8Array,
  first: number,
): number[] {
  const found: number[] = []
  let index = first
  for (let pair = pairs[index]; pair !== undefined && done[pair.need] === 0; pair = pairs[index]) {
    done[pair.need] = 1
    found.push(index)
    const home = homeOf[pair.need] ?? -1
    const next = home === -1 ? -1 : (nextInto[home] ?? -1)
    index = next === -1 ? -1 : (pairOf[next] ?? -1)
  }
  return found
}

function tooLong({ policy }: Snapshot, indexes: readonly number[]): Cut | undefined {
  if (indexes.length <= policy.chainMovesMax) return undefined
  // any such stretch is too long, whatever comes before and after it
  return {
    why: 'too_long',
    complete: true,
    alternatives: indexes.slice(0, policy.chainMovesMax + 1).map((index) => [index]),
  }
}

/**
 * What makes a chain late, as ways out of which every solution that keeps to the calendar takes one. With the days of its
 * moves, from the first on that makes it late by itself: one of its movers leaves sooner than on her day here, or the last
 * home goes to somebody who can still come on that day. (Else the first leaves on her day or later, so does each that follows
 * into a home that is left, and nobody who may take the last home is in time for it.)
 *
 * To leave out one move of the chain at a time was tried and left: the next best solution led through the neighbouring door
 * on the same day, and 900 steps did not end what now ends in ten.
 */
function tooLate(candidates: Candidates, kind: Chain['kind'], indexes: readonly number[]): Cut | undefined {
  const late = daysAlong(candidates, indexes, 0).length
  if (late === indexes.length) {
    if (kind !== 'cycle' || dayOfCycle(candidates, indexes) !== undefined) return undefined
    return { why: 'window', complete: true, alternatives: indexes.map((index) => [index]) }
  }
  // as much of the chain before the late move as makes it late by itself
  const stretch = indexes.slice(0, late + 1)
  let from = late
  while (from > 0 && daysAlong(candidates, stretch, from).length === stretch.length - from) from -= 1
  const days = daysAlong(candidates, stretch, from)
  const sooner = days.map((day, i) => {
    const index = stretch[from + i] as number
    const { need } = pairAt(candidates.pairs, index)
    return [index, ...pairsOfNeed(candidates, need).filter((other) => isOnOrAfter(candidates, other, day))]
  })
  const last = stretch[late] as number
  const inTime = (pair: number) => dayOf(candidates, pair, days.at(-1)) !== undefined
  const tooLateForIt = pairsOfPlace(candidates, pairAt(candidates.pairs, last).place).filter((pair) => !inTime(pair))
  const ways = [...sooner, [last, ...tooLateForIt]]
  return { why: 'window', complete: true, alternatives: ways.map((pairs) => [...new Set(pairs)]) }
}

function isOnOrAfter({ pairs }: Candidates, pair: number, day: Day): boolean {
  return pairAt(pairs, pair).availableFrom >= day
}

/** The day of each move from `from` on, up to the first that has none. */
function daysAlong(candidates: Candidates, indexes: readonly number[], from: number): Day[] {
  const days: Day[] = []
  for (const index of indexes.slice(from)) {
    const day = dayOf(candidates, index, days.at(-1))
    if (day === undefined) break
    days.push(day)
  }
  return days
}

/** The first day on which a pair's move can be, not before another; undefined when there is none. */
export function dayOf(
  { pairs, availableFrom }: Candidates,
  index: number,
  notBefore: Day | undefined,
): Day | undefined {
  const { need, place, availableFrom: first } = pairAt(pairs, index)
  return notBefore === undefined || notBefore <= first ? first : availableFrom(need, place, notBefore)
}

/** In a cycle nobody can go first: all move on the first day that suits everybody, not before another. */
export function dayOfCycle(candidates: Candidates, indexes: readonly number[], notBefore?: Day): Day | undefined {
  let day = notBefore
  for (;;) {
    let latest: Day | undefined = day
    for (const index of indexes) {
      const found = dayOf(candidates, index, day)
      if (found === undefined) return undefined
      latest = latest === undefined ? found : laterDay(latest, found)
    }
    if (latest === day) return day
    day = latest
  }
}

function chainOf(candidates: Candidates, kind: Chain['kind'], indexes: readonly number[]): Chain {
  const { pairs, homeOf } = candidates
  const together = kind === 'cycle' ? dayOfCycle(candidates, indexes) : undefined
  const days = daysAlong(candidates, indexes, 0)
  const needs = indexes.map((index) => pairAt(pairs, index).need)
  const last = needs.at(-1) ?? -1
  return {
    kind,
    frees: kind === 'cycle' ? -1 : (homeOf[last] ?? -1),
    moves: indexes.map((index, i): Move => {
      const { need, place, availableFrom } = pairAt(pairs, index)
      const before = i > 0 ? (needs[i - 1] ?? -1) : kind === 'cycle' ? last : -1
      return { need, place, on: together ?? days[i] ?? availableFrom, waitsFor: before }
    }),
  }
}

function pairAt(pairs: readonly Candidate[], index: number): Candidate {
  const pair = pairs[index]
  if (pair === undefined) throw new RangeError(`no pair ${index}`)
  return pair
}
