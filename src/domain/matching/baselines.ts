import type { UrgencyClassNumber } from '../../reference/policies.ts'
import type { Day } from '../day.ts'
import { type Candidate, type Candidates } from './candidates.ts'
import type { Objective } from './objective.ts'
import { type Plan, planFor } from './plan.ts'
import { byUrgency } from './reasons.ts'
import type { Snapshot } from './snapshot.ts'

/** What a way of placing people achieves on the same input. */
export interface Achievement {
  id: 'best' | 'first_come' | 'hardest_place_first' | 'without_chains'
  title: string
  placed: number
  byClass: Record<UrgencyClassNumber, number>
  /** Of those placed, how many moved into the home of somebody who moved. */
  intoFreedHomes: number
  /** Days that those placed had been in their situation, capped as the policy says, added up. */
  daysInSituation: number
}

/** The order in which everybody does it today: the earliest registered first, each given the place that fits best of what is left. */
function firstCome(snapshot: Snapshot, candidates: Candidates, objective: Objective): Int32Array {
  const pairsOf = Map.groupBy(candidates.pairs.keys(), (index) => candidates.pairs[index]?.need ?? -1)
  const left = freePlaces(candidates)
  const pairOf = new Int32Array(snapshot.needs.length).fill(-1)
  const leftOn: (Day | undefined)[] = []
  for (const need of snapshot.needs.keys()) {
    const best = (pairsOf.get(need) ?? []).filter(open(snapshot, candidates, left, leftOn)).sort(byFit(objective))[0]
    if (best !== undefined) give(candidates, pairOf, left, leftOn, best)
  }
  return pairOf
}

/** The place that fewest needs fit is given first, to the most urgent of them. */
function hardestPlaceFirst(snapshot: Snapshot, candidates: Candidates, objective: Objective): Int32Array {
  const pairsAt = Map.groupBy(candidates.pairs.keys(), (index) => candidates.pairs[index]?.place ?? -1)
  const left = freePlaces(candidates)
  const pairOf = new Int32Array(snapshot.needs.length).fill(-1)
  const leftOn: (Day | undefined)[] = []
  const asked = new Uint8Array(snapshot.places.length)
  for (;;) {
    let hardest = -1
    let fewest = Number.POSITIVE_INFINITY
    for (const place of left) {
      const fitting = asked[place] === 1 ? 0 : (pairsAt.get(place) ?? []).length
      if (fitting > 0 && fitting < fewest) [hardest, fewest] = [place, fitting]
    }
    if (hardest === -1) return pairOf
    asked[hardest] = 1
    const needOf = (index: number) => candidates.pairs[index]?.need ?? -1
    const best = (pairsAt.get(hardest) ?? [])
      .filter((index) => pairOf[needOf(index)] === -1)
      .filter(open(snapshot, candidates, left, leftOn))
      .sort((a, b) => {
        const [first, second] = [objective.urgency[needOf(a)], objective.urgency[needOf(b)]]
        return (first === undefined || second === undefined ? 0 : byUrgency(first, second)) || a - b
      })[0]
    if (best !== undefined) give(candidates, pairOf, left, leftOn, best)
  }
}

function freePlaces({ residentOf }: Candidates): Set<number> {
  return new Set([...residentOf.keys()].filter((place) => residentOf[place] === -1))
}

/** A pair can be given while its place is left, on a day that is in the need's window. */
function open({ needs }: Snapshot, { pairs }: Candidates, left: ReadonlySet<number>, leftOn: readonly (Day | undefined)[]) {
  return (index: number): boolean => {
    const pair = pairs[index]
    if (pair === undefined || !left.has(pair.place)) return false
    const to = needs[pair.need]?.requirements.window.to ?? null
    return to === null || dayOf(pair, leftOn) < to
  }
}

function dayOf(pair: Candidate, leftOn: readonly (Day | undefined)[]): Day {
  const left = leftOn[pair.place]
  return left !== undefined && left > pair.availableFrom ? left : pair.availableFrom
}

/** Gives a pair; the home that is left is free for those who come after. */
function give({ pairs, homeOf }: Candidates, pairOf: Int32Array, left: Set<number>, leftOn: (Day | undefined)[], index: number): void {
  const pair = pairs[index]
  if (pair === undefined) return
  pairOf[pair.need] = index
  left.delete(pair.place)
  const home = homeOf[pair.need] ?? -1
  if (home === -1) return
  left.add(home)
  leftOn[home] = dayOf(pair, leftOn)
}

function byFit({ tiers }: Objective): (a: number, b: number) => number {
  const fit = tiers.filter(({ id }) => !id.startsWith('class_') && !id.startsWith('days_'))
  return (a, b) => {
    for (const { gains } of fit) if (gains[a] !== gains[b]) return (gains[b] ?? 0) - (gains[a] ?? 0)
    return a - b
  }
}

function achievement(id: Achievement['id'], title: string, plan: Pick<Plan, 'candidates' | 'objective' | 'pairOf'>): Achievement {
  const byClass: Achievement['byClass'] = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  const result: Achievement = { id, title, placed: 0, byClass, intoFreedHomes: 0, daysInSituation: 0 }
  for (const [need, index] of plan.pairOf.entries()) {
    const pair = plan.candidates.pairs[index]
    const urgency = plan.objective.urgency[need]
    if (pair === undefined || urgency === undefined) continue
    result.placed += 1
    byClass[urgency.urgencyClass] += 1
    if (plan.candidates.residentOf[pair.place] !== -1) result.intoFreedHomes += 1
    result.daysInSituation += urgency.daysInSituation ?? 0
  }
  return result
}

/** The best set of moves beside first come first served, greedy hardest place first, and the optimum without chains. */
export function comparisonOf(snapshot: Snapshot, plan: Plan): Achievement[] {
  const { candidates, objective } = plan
  const by = (pairOf: Int32Array) => ({ candidates, objective, pairOf })
  return [
    achievement('best', 'Beste sett av flyttinger', plan),
    achievement('without_chains', 'Beste uten boligkjeder', planFor(snapshot, candidates, objective, false)),
    achievement('hardest_place_first', 'Vanskeligste plass først', by(hardestPlaceFirst(snapshot, candidates, objective))),
    achievement('first_come', 'Først registrert, først i køen', by(firstCome(snapshot, candidates, objective))),
  ]
}
