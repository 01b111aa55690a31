import type { RunLimitId } from '../../reference/runLimits.ts'
import { addDays, contains, type Day, firstOfMonth } from '../day.ts'
import type { Candidate, Candidates } from './candidates.ts'
import { hasTeam, type Taken } from './runLimits.ts'
import type { Snapshot } from './snapshot.ts'

/** Of some pairs a solution may have so much at most. */
export interface Counted {
  why: RunLimitId
  most: number
  /** Positions of pairs, in order, and what each counts. */
  pairs: number[]
  weights: number[]
}

/** Of some pairs so much at most may fall on one calendar month; a move that does not fit is put off to a later one. */
export interface Pace {
  why: Extract<RunLimitId, 'move_ins' | 'team_pace'>
  most: number
  taken: ReadonlyMap<Day, number>
  /** Positions of pairs, and what each counts. */
  weightOf: ReadonlyMap<number, number>
}

export interface CompiledLimits {
  counted: Counted[]
  paces: Pace[]
}

/**
 * The limits as sums over pairs. A quota counts a pair by the first day on which the household can have the place; a team
 * counts people, a house and a quota households. Whoever the teams come to already counts for nothing.
 */
export function compileLimits(
  { needs, facilities, limits }: Pick<Snapshot, 'needs' | 'facilities' | 'limits'>,
  { pairs, offers, homeOf }: Pick<Candidates, 'pairs' | 'offers' | 'homeOf'>,
): CompiledLimits {
  const districtOf = (need: number) => needs[need]?.requirements.district
  const formOf = (place: number) => offers[place]?.place.form
  const comesTo = (place: number) => {
    const form = formOf(place)
    return form !== undefined && hasTeam(form)
  }
  const byHouse = groupedBy(limits.moveIns.length + limits.quotas.length, pairs, ({ place }) => offers[place]?.house)
  const byTeam = groupedBy(limits.teams.length, pairs, ({ need, place }) =>
    comesTo(place) && !comesTo(homeOf[need] ?? -1) ? districtOf(need) : undefined,
  )
  const houseAt = new Map(facilities.map(({ id }, house) => [id, house]))
  const counted: Counted[] = []
  const paces: Pace[] = []
  const count = (why: Counted['why'], most: number, weightOf: ReadonlyMap<number, number>) => {
    if (weightOf.size > 0)
      counted.push({ why, most: Math.max(0, most), pairs: [...weightOf.keys()], weights: [...weightOf.values()] })
  }
  const pace = (why: Pace['why'], most: number, taken: readonly Taken[], weightOf: ReadonlyMap<number, number>) => {
    // what takes nobody in any month has no later month either
    if (most === 0) count(why, 0, weightOf)
    else if (weightOf.size > 0)
      paces.push({ why, most, taken: new Map(taken.map(({ month, count: some }) => [month, some])), weightOf })
  }
  for (const { facilityId, mostPerMonth, taken } of limits.moveIns) {
    const there = byHouse.get(houseAt.get(facilityId)) ?? []
    pace('move_ins', mostPerMonth, taken, new Map(there.map((pair) => [pair, 1])))
  }
  for (const { district, left, newPerMonth, taken } of limits.teams) {
    const followed = (byTeam.get(district) ?? []).map((pair): [number, number] => [
      pair,
      needs[pairs[pair]?.need ?? -1]?.requirements.adults ?? 0,
    ])
    if (left !== null) count('team', left, new Map(followed))
    // a household of more people than a team begins with in a month takes the whole of one
    const atOnce = followed.map(([pair, people]): [number, number] => [
      pair,
      Math.min(people, Math.max(1, newPerMonth ?? 0)),
    ])
    if (newPerMonth !== null) pace('team_pace', newPerMonth, taken, new Map(atOnce))
  }
  for (const { district, facilityIds, during, left, exempt } of limits.quotas) {
    const there = facilityIds.flatMap((id) => byHouse.get(houseAt.get(id)) ?? []).sort((a, b) => a - b)
    const counts = there.filter((pair) => {
      const { need = -1, availableFrom = during.from } = pairs[pair] ?? {}
      const from = districtOf(need) ?? district
      return from !== district && !exempt.includes(from) && contains(during, availableFrom)
    })
    count('quota', left, new Map(counts.map((pair) => [pair, 1])))
  }
  return { counted, paces }
}

/** The positions of pairs by a key, where there is any limit to ask for it; the key `undefined` is of no use to anybody. */
function groupedBy<K>(limits: number, pairs: readonly Candidate[], keyOf: (pair: Candidate) => K): Map<K, number[]> {
  return limits === 0 ? new Map() : Map.groupBy(pairs.keys(), (index) => keyOf(pairs[index] as Candidate))
}

/** For each pair that counts against a pace the paces that it does. */
export function pacesByPair(paces: readonly Pace[]): Map<number, Pace[]> {
  const found = new Map<number, Pace[]>()
  for (const pace of paces) {
    for (const pair of pace.weightOf.keys()) {
      const known = found.get(pair)
      if (known === undefined) found.set(pair, [pace])
      else known.push(pace)
    }
  }
  return found
}

/** What a month has left. */
export function leftIn({ most, taken }: Pace, month: Day): number {
  return Math.max(0, most - (taken.get(month) ?? 0))
}

/** What every month has left. */
export function leastLeft(pace: Pace): number {
  return Math.min(pace.most, ...pace.taken.keys().map((month) => leftIn(pace, month)))
}

/** The first day of the calendar month after that of `day`. */
export function nextMonth(day: Day): Day {
  return firstOfMonth(addDays(firstOfMonth(day), 31))
}
