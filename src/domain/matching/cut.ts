import type { RunLimitId } from '../../reference/runLimits.ts'
import type { MipRow } from '../../solver/mip.ts'
import { type Candidates, pairsOfNeed } from './candidates.ts'
import { type Counted, leastLeft, type Pace } from './limit.ts'
import { compareGains, type Objective } from './objective.ts'
import type { Snapshot } from './snapshot.ts'

/** What a solution does that none may: each that is allowed leaves out at least one of the sets of pairs, all of it. */
export interface Cut {
  why: RunLimitId
  /** Positions of pairs; the one to try first comes first, and each begins with a pair of the solution unless there is a `row`. */
  alternatives: number[][]
  /** False when there are too many ways to name them all: the best solution may be behind another one. */
  complete: boolean
  /** The limit as a sum, where it is one, whichever of its pairs a solution has. */
  row?: Row
}

/** So much at most of the pairs of a solution, each with what it counts. */
export type Row = Pick<Counted, 'most' | 'pairs' | 'weights'>

/** A limit as a row of a program, over those of its pairs that are columns of it. */
export function limitRow({ pairs, weights, most }: Row, columnOf: ReadonlyMap<number, number>, lower = 0): MipRow {
  const inside = [...pairs.keys()].filter((i) => columnOf.has(pairs[i] as number))
  return {
    columns: inside.map((i) => columnOf.get(pairs[i] as number) as number),
    values: inside.map((i) => weights[i] as number),
    lower,
    upper: most,
  }
}

/**
 * The cut as a sum over pairs that every solution within the limits keeps to; undefined where not all ways out are named. Of
 * each set a solution has one pair at most, as all are of one need or with one place: so it must lack one of the sets.
 */
export function rowOf({ row, complete, alternatives }: Cut): Row | undefined {
  if (row !== undefined) return row
  if (!complete) return undefined
  const weightOf = new Map<number, number>()
  for (const pair of alternatives.flat()) weightOf.set(pair, (weightOf.get(pair) ?? 0) + 1)
  return { most: alternatives.length - 1, pairs: [...weightOf.keys()], weights: [...weightOf.values()] }
}

/** Who is not to be together, as positions in the snapshot; the same for all solutions of a run. */
export interface Company {
  /** Each two needs once, the lower first. */
  apart: [number, number][]
  /** For each house how many more with extensive behaviour needs it takes, or null for any number. */
  room: (number | null)[]
  /** Whether a need is one of those. */
  extensive: boolean[]
  /** For each house that has a limit the pairs of those needs with its places, place by place. */
  extensivePairs: Map<number, Map<number, number[]>>
}

/** The level of behaviour that a house's mix is limited by. */
const EXTENSIVE = 3

export function companyOf(
  { needs, facilities }: Snapshot,
  { pairs, offers }: Pick<Candidates, 'pairs' | 'offers'>,
): Company {
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
  const room = facilities.map(({ maxExtensiveBehaviour, extensiveBehaviourNow }) =>
    maxExtensiveBehaviour === null ? null : Math.max(0, maxExtensiveBehaviour - extensiveBehaviourNow),
  )
  const extensive = needs.map(({ requirements }) => requirements.behaviour === EXTENSIVE)
  const limited = pairs.keys().filter((index) => {
    const pair = pairs[index]
    return (
      pair !== undefined && extensive[pair.need] === true && (room[offers[pair.place]?.house ?? -1] ?? null) !== null
    )
  })
  const byHouse = Map.groupBy(limited, (index) => offers[pairs[index]?.place ?? -1]?.house ?? -1)
  const extensivePairs = new Map(
    [...byHouse].map(([house, indexes]) => [house, Map.groupBy(indexes, (index) => pairs[index]?.place ?? -1)]),
  )
  return {
    extensivePairs,
    apart: [...apart.values()],
    room,
    extensive,
  }
}

/** What a solution does that no rule of one pair sees, days and chains apart. */
export function cutsOf(
  candidates: Candidates,
  objective: Objective,
  { company, counted }: { company: Company; counted: readonly Counted[] },
  pairOf: Int32Array,
): Cut[] {
  return [
    ...companyCuts(candidates, objective, company, pairOf),
    ...countedCuts(candidates, objective, counted, pairOf),
  ]
}

/** The pairs that bear on each other by a limit, with how much of them is no matter in any case. */
export function sharedRows(
  { apart, room, extensivePairs }: Company,
  counted: readonly Counted[],
  paces: readonly Pace[],
  candidates: Candidates,
): Row[] {
  const row = (pairs: number[], most: number): Row => ({ pairs, weights: pairs.map(() => 1), most })
  return [
    ...apart.map((two) =>
      row(
        two.flatMap((need) => pairsOfNeed(candidates, need)),
        1,
      ),
    ),
    ...[...extensivePairs].map(([house, byPlace]) => row([...byPlace.values()].flat(), room[house] ?? 0)),
    ...counted,
    ...paces.map((pace) => ({
      pairs: [...pace.weightOf.keys()],
      weights: [...pace.weightOf.values()],
      most: leastLeft(pace),
    })),
  ]
}

/**
 * What the solution brings together that the rules, which look at one pair and at today's residents, cannot see: two who
 * must not live in one house, and more with extensive behaviour needs than a house takes. Whoever moves out by the same
 * solution makes no room yet: if her move comes to nothing, nobody is to be there wrongly.
 */
function companyCuts(
  candidates: Candidates,
  { tiers }: Objective,
  { apart, room, extensive, extensivePairs }: Company,
  pairOf: Int32Array,
): Cut[] {
  const { pairs, offers } = candidates
  const placeOf = (need: number) => pairs[pairOf[need] ?? -1]?.place ?? -1
  const houseOf = (need: number) => offers[placeOf(need)]?.house ?? -1
  const cuts: Cut[] = []
  for (const two of apart) {
    const [house, other] = two.map(houseOf)
    if (house === undefined || house === -1 || house !== other) continue
    cuts.push({
      why: 'never_together',
      alternatives: two.map((need) => pairsIn(candidates, need, house)),
      complete: true,
    })
  }
  const used = new Map<number, number[]>()
  for (const need of pairOf.keys()) {
    const house = extensive[need] === true ? houseOf(need) : -1
    if ((room[house] ?? null) === null) continue
    used.set(house, [...(used.get(house) ?? []), pairOf[need] as number])
  }
  for (const [house, there] of used) {
    const limit = room[house] ?? 0
    const places = there.sort((a, b) => compareGains(tiers, b, a)).map((pair) => pairs[pair]?.place ?? -1)
    if (places.length > limit) cuts.push(mixCut(extensivePairs.get(house) ?? new Map(), places, limit))
  }
  return cuts
}

/** Ways of choosing places that are all tried; with more of them only the one at hand is. */
const WAYS = 20

/**
 * Only so many of a house's places can go to people with extensive needs: each alternative keeps some for them and closes
 * the rest to them. Closing one place at a time instead would only move them from door to door.
 */
function mixCut(theirs: ReadonlyMap<number, number[]>, used: readonly number[], limit: number): Cut {
  // used places first, as they come: the first of all ways keeps those that are worth most
  const all = [...used, ...[...theirs.keys()].filter((place) => !used.includes(place))]
  const ways = choices(all, limit, WAYS + 1)
  const complete = ways.length <= WAYS
  const pairs = [...theirs.values()].flat()
  return {
    why: 'mix',
    row: { most: limit, pairs, weights: pairs.map(() => 1) },
    complete,
    alternatives: (complete ? ways : ways.slice(0, 1)).map((kept) =>
      all.filter((place) => !kept.includes(place)).flatMap((place) => theirs.get(place) ?? []),
    ),
  }
}

/** Up to `most` ways of choosing `count` of the values, in the values' order. */
function choices(values: readonly number[], count: number, most: number): number[][] {
  if (count === 0) return [[]]
  const found: number[][] = []
  for (let i = 0; i + count <= values.length && found.length < most; i += 1) {
    const rest = choices(values.slice(i + 1), count - 1, most - found.length)
    for (const others of rest) found.push([values[i] as number, ...others])
  }
  return found
}

/** All pairs of a need with places of one house. */
function pairsIn(candidates: Candidates, need: number, house: number): number[] {
  const { pairs, offers } = candidates
  return pairsOfNeed(candidates, need).filter((index) => offers[pairs[index]?.place ?? -1]?.house === house)
}

/** What a solution has too much of. */
function countedCuts(
  candidates: Candidates,
  objective: Objective,
  counted: readonly Counted[],
  pairOf: Int32Array,
): Cut[] {
  return counted.flatMap((limit) => {
    const used: number[] = []
    let sum = 0
    for (const [i, pair] of limit.pairs.entries()) {
      if (pairOf[candidates.pairs[pair]?.need ?? -1] !== pair) continue
      used.push(pair)
      sum += limit.weights[i] ?? 0
    }
    return sum > limit.most ? [countedCut(candidates, objective, limit, used)] : []
  })
}

/**
 * Each way keeps a limit's pairs for some needs and closes them to the rest; the first for those of a solution that are worth
 * most. All ways where they are few.
 */
export function countedCut({ pairs }: Candidates, { tiers }: Objective, limit: Counted, used: readonly number[]): Cut {
  const first = used.toSorted((a, b) => compareGains(tiers, b, a))
  const byNeed = Map.groupBy(limit.pairs.keys(), (i) => pairs[limit.pairs[i] ?? -1]?.need ?? -1)
  const needs = [...new Set([...first.map((pair) => pairs[pair]?.need ?? -1), ...byNeed.keys()])]
  const weights = needs.map((need) =>
    (byNeed.get(need) ?? []).reduce((most, i) => Math.max(most, limit.weights[i] ?? 0), 0),
  )
  const ways = fillings(weights, limit.most)
  const complete = ways.length <= WAYS
  return {
    why: limit.why,
    row: limit,
    complete,
    alternatives: (complete ? ways : ways.slice(0, 1)).map((kept) => {
      const closed = needs.filter((_, i) => !kept.has(i))
      return closed.flatMap((need) => (byNeed.get(need) ?? []).map((i) => limit.pairs[i] as number))
    }),
  }
}

/** The sets of positions that nothing fits into any more, in their order, until there are too many. */
function fillings(weights: readonly number[], most: number): Set<number>[] {
  const found: Set<number>[] = []
  const fill = (from: number, kept: readonly number[], room: number): void => {
    if (found.length > WAYS) return
    let least = Number.POSITIVE_INFINITY
    for (let at = from; at < weights.length && found.length <= WAYS; at += 1) {
      const weight = weights[at] as number
      if (weight <= room) fill(at + 1, [...kept, at], room - weight)
      least = Math.min(least, weight)
    }
    if (room < least) found.push(new Set(kept))
  }
  fill(0, [], most)
  return found
}
