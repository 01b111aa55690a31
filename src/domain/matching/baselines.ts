import type { UrgencyClassNumber } from '../../reference/policies.ts'
import { type Day, firstOfMonth } from '../day.ts'
import { type Candidates, pairsOfNeed } from './candidates.ts'
import { dayOf } from './chain.ts'
import { companyOf } from './cut.ts'
import { compileLimits, leftIn, nextMonth, type Pace, pacesByPair } from './limit.ts'
import { isOfWho, type Objective } from './objective.ts'
import { type Plan, planFor } from './plan.ts'
import type { Means } from './program.ts'
import { byUrgencyIn } from './reasons.ts'
import type { Snapshot } from './snapshot.ts'

/** What a way of placing people achieves on the same input. */
export interface Achievement {
  id: 'best' | 'first_come' | 'hardest_place_first' | 'without_chains'
  title: string
  /** Whether it is certain that this way can do no better; null for a way that does not look for its best. */
  proven: boolean | null
  placed: number
  byClass: Record<UrgencyClassNumber, number>
  /** Of those placed, how many moved into the home of somebody who moved. */
  intoFreedHomes: number
  /** Days that those placed had been in their situation, capped as the policy says, added up. */
  daysInSituation: number
}

/** Places given one after the other and never taken back, under the same limits as the best set of moves. */
interface Giving {
  pairOf: Int32Array
  /** Whether the pair can still be given: its place is left, and no limit is broken. */
  isOpen(pair: number): boolean
  /** Gives it; the home that is left is free for those who come after, and is returned (-1 when there is none). */
  give(pair: number): number
}

function startGiving(snapshot: Snapshot, candidates: Candidates): Giving {
  const { pairs, homeOf, residentOf } = candidates
  const pairOf = new Int32Array(snapshot.needs.length).fill(-1)
  const left = new Set([...residentOf.keys()].filter((place) => residentOf[place] === -1))
  const leftOn = new Map<number, Day>()
  const movesBefore = new Int32Array(snapshot.places.length)
  const together = companions(snapshot, candidates)
  const room = roomLeft(snapshot, candidates)
  const soonest = (pair: number): Day | undefined => {
    let day = dayOf(candidates, pair, leftOn.get(pairs[pair]?.place ?? -1))
    for (let months = 0; day !== undefined && room.isFull(pair, day); months += 1)
      day = months < MOST_MONTHS ? dayOf(candidates, pair, nextMonth(day)) : undefined
    return day
  }
  return {
    pairOf,
    isOpen(pair) {
      const found = pairs[pair]
      if (found === undefined || pairOf[found.need] !== -1 || !left.has(found.place)) return false
      if ((movesBefore[found.place] as number) >= snapshot.policy.chainMovesMax || room.isUsed(pair)) return false
      return soonest(pair) !== undefined && together.mayJoin(found.need, found.place)
    },
    give(pair) {
      const found = pairs[pair]
      const day = soonest(pair)
      if (found === undefined || day === undefined) throw new RangeError(`pair ${pair} cannot be given`)
      pairOf[found.need] = pair
      room.use(pair, day)
      together.join(found.need, found.place)
      left.delete(found.place)
      const home = homeOf[found.need] ?? -1
      if (home === -1) return -1
      left.add(home)
      leftOn.set(home, day)
      movesBefore[home] = (movesBefore[found.place] as number) + 1
      return home
    },
  }
}

/** Whoever would wait longer for a house or a team with room is given something else. */
const MOST_MONTHS = 24

/** What limits on many moves together leave, as one after the other is given. */
function roomLeft(snapshot: Snapshot, candidates: Candidates) {
  const { counted, paces } = compileLimits(snapshot, candidates)
  const usedOf = new Map<object, number>()
  const inMonth = new Map<Pace, Map<Day, number>>()
  const countsOf = new Map<number, { limit: (typeof counted)[number]; weight: number }[]>()
  for (const limit of counted) {
    for (const [i, pair] of limit.pairs.entries())
      countsOf.set(pair, [...(countsOf.get(pair) ?? []), { limit, weight: limit.weights[i] ?? 0 }])
  }
  const byPair = pacesByPair(paces)
  const pacesOf = (pair: number) => byPair.get(pair) ?? []
  return {
    isUsed: (pair: number) =>
      (countsOf.get(pair) ?? []).some(({ limit, weight }) => (usedOf.get(limit) ?? 0) + weight > limit.most),
    isFull: (pair: number, day: Day) =>
      pacesOf(pair).some((pace) => {
        const month = firstOfMonth(day)
        return (inMonth.get(pace)?.get(month) ?? 0) + (pace.weightOf.get(pair) ?? 0) > leftIn(pace, month)
      }),
    use(pair: number, day: Day): void {
      for (const { limit, weight } of countsOf.get(pair) ?? []) usedOf.set(limit, (usedOf.get(limit) ?? 0) + weight)
      for (const pace of pacesOf(pair)) {
        const months = inMonth.get(pace) ?? new Map<Day, number>()
        const month = firstOfMonth(day)
        months.set(month, (months.get(month) ?? 0) + (pace.weightOf.get(pair) ?? 0))
        inMonth.set(pace, months)
      }
    },
  }
}

/** Who is put into which house, so that nobody joins whom she must not, nor a house that takes no more like her. */
function companions(snapshot: Snapshot, candidates: Candidates) {
  const { offers } = candidates
  const { apart, room, extensive } = companyOf(snapshot, candidates)
  const others = Map.groupBy([...apart, ...apart.map(([a, b]) => [b, a] as const)], ([need]) => need)
  const houseOf = new Map<number, number>()
  const extensiveIn = new Map<number, number>()
  return {
    mayJoin(need: number, place: number): boolean {
      const house = offers[place]?.house ?? -1
      const limit = room[house] ?? null
      if (limit !== null && extensive[need] === true && (extensiveIn.get(house) ?? 0) >= limit) return false
      return (others.get(need) ?? []).every(([, other]) => houseOf.get(other) !== house)
    },
    join(need: number, place: number): void {
      const house = offers[place]?.house ?? -1
      houseOf.set(need, house)
      if (extensive[need] === true) extensiveIn.set(house, (extensiveIn.get(house) ?? 0) + 1)
    },
  }
}

/** The first of the pairs in the given order that can still be given, or -1. */
function firstOpen({ isOpen }: Giving, pairs: readonly number[], order: (a: number, b: number) => number): number {
  return pairs.reduce((first, pair) => ((first === -1 || order(pair, first) < 0) && isOpen(pair) ? pair : first), -1)
}

/** The order in which everybody does it today: the earliest registered first, each given the place that fits best of what is left. */
function firstCome(snapshot: Snapshot, candidates: Candidates, { tiers }: Objective): Int32Array {
  const giving = startGiving(snapshot, candidates)
  const fit = tiers.filter((tier) => !isOfWho(tier))
  const byFit = (a: number, b: number): number => {
    for (const { gains } of fit) if (gains[a] !== gains[b]) return (gains[b] ?? 0) - (gains[a] ?? 0)
    return a - b
  }
  for (const need of snapshot.needs.keys()) {
    const best = firstOpen(giving, pairsOfNeed(candidates, need), byFit)
    if (best !== -1) giving.give(best)
  }
  return giving.pairOf
}

/** The place that fewest needs fit is given first, to the most urgent of them. */
function hardestPlaceFirst(snapshot: Snapshot, candidates: Candidates, { urgency, classes }: Objective): Int32Array {
  const byUrgency = byUrgencyIn(classes)
  const { pairs, residentOf } = candidates
  const pairsAt = Map.groupBy(pairs.keys(), (index) => pairs[index]?.place ?? -1)
  const fitting = (place: number) => pairsAt.get(place)?.length ?? 0
  const giving = startGiving(snapshot, candidates)
  const order = (a: number, b: number): number => {
    const [first, second] = [urgency[pairs[a]?.need ?? -1], urgency[pairs[b]?.need ?? -1]]
    return (first === undefined || second === undefined ? 0 : byUrgency(first, second)) || a - b
  }
  // the hardest last, so that it is the next one taken
  const easiestFirst = (a: number, b: number) => fitting(b) - fitting(a) || b - a
  const waiting = [...pairsAt.keys()].filter((place) => residentOf[place] === -1).sort(easiestFirst)
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const best = firstOpen(giving, pairsAt.get(place) ?? [], order)
    const home = best === -1 ? -1 : giving.give(best)
    if (home === -1 || fitting(home) === 0) continue
    const at = waiting.findIndex((other) => easiestFirst(home, other) < 0)
    waiting.splice(at === -1 ? waiting.length : at, 0, home)
  }
  return giving.pairOf
}

function achievement(
  id: Achievement['id'],
  title: string,
  { candidates, objective }: Pick<Plan, 'candidates' | 'objective'>,
  { pairOf, proven }: { pairOf: Int32Array; proven: boolean | null },
): Achievement {
  const byClass: Achievement['byClass'] = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  const result: Achievement = { id, title, proven, placed: 0, byClass, intoFreedHomes: 0, daysInSituation: 0 }
  for (const [need, index] of pairOf.entries()) {
    const pair = candidates.pairs[index]
    const urgency = objective.urgency[need]
    if (pair === undefined || urgency === undefined) continue
    result.placed += 1
    byClass[urgency.urgencyClass] += 1
    if (candidates.residentOf[pair.place] !== -1) result.intoFreedHomes += 1
    result.daysInSituation += urgency.daysInSituation ?? 0
  }
  return result
}

/** How others would give the same places to the same people; each for every need the position of its pair, or -1. */
export function baselinesOf(snapshot: Snapshot, candidates: Candidates, objective: Objective, means?: Means) {
  const { pairOf, proven } = planFor(snapshot, candidates, objective, false, () => {}, means)
  return {
    without_chains: { pairOf, proven },
    hardest_place_first: { pairOf: hardestPlaceFirst(snapshot, candidates, objective), proven: null },
    first_come: { pairOf: firstCome(snapshot, candidates, objective), proven: null },
  }
}

/** The best set of moves beside first come first served, greedy hardest place first, and the optimum without chains. */
export function comparisonOf(snapshot: Snapshot, plan: Plan, means?: Means): Achievement[] {
  const others = baselinesOf(snapshot, plan.candidates, plan.objective, means)
  return [
    achievement('best', 'Beste sett av flyttinger', plan, plan),
    achievement('without_chains', 'Beste uten boligkjeder', plan, others.without_chains),
    achievement('hardest_place_first', 'Vanskeligste plass først', plan, others.hardest_place_first),
    achievement('first_come', 'Først registrert, først i køen', plan, others.first_come),
  ]
}
