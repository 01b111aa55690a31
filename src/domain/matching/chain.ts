import type { Day } from '../day.ts'
import type { Candidate, Candidates } from './candidates.ts'
import type { Cut } from './cut.ts'
import { laterDay } from './offer.ts'
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

function tooLate(candidates: Candidates, kind: Chain['kind'], indexes: readonly number[]): Cut | undefined {
  const cut = (from: number, to: number): Cut => ({
    why: 'window',
    complete: true,
    alternatives: indexes.slice(from, to + 1).map((index) => [index]),
  })
  const { days } = daysAlong(candidates, indexes, 0)
  if (days.length < indexes.length) {
    // as much of the chain before the late move as makes it late by itself: no solution holds these together
    const late = days.length
    let from = late
    while (from > 0 && daysAlong(candidates, indexes.slice(0, late + 1), from).days.length === late + 1 - from)
      from -= 1
    return cut(from, late)
  }
  return kind === 'cycle' && dayOfCycle(candidates, indexes) === undefined ? cut(0, indexes.length - 1) : undefined
}

/** The day of each move from `from` on, up to the first that has none. */
function daysAlong(candidates: Candidates, indexes: readonly number[], from: number): { days: Day[] } {
  const days: Day[] = []
  for (const index of indexes.slice(from)) {
    const day = dayOf(candidates, index, days.at(-1))
    if (day === undefined) break
    days.push(day)
  }
  return { days }
}

function dayOf({ pairs, availableFrom }: Candidates, index: number, notBefore: Day | undefined): Day | undefined {
  const { need, place, availableFrom: first } = pairAt(pairs, index)
  return notBefore === undefined || notBefore <= first ? first : availableFrom(need, place, notBefore)
}

/** In a cycle nobody can go first: all move on the first day that suits everybody. */
function dayOfCycle(candidates: Candidates, indexes: readonly number[]): Day | undefined {
  let day: Day | undefined
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
  const { days } = daysAlong(candidates, indexes, 0)
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
