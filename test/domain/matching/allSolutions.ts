import type { Day } from '../../../src/domain/day.ts'
import { judge, type Pair, pairOf } from '../../../src/domain/eligibility.ts'
import { fitOf } from '../../../src/domain/match.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'
import type { Place } from '../../../src/domain/place.ts'
import { urgencyOf } from '../../../src/domain/urgency.ts'

/** For each need the place it is given, or -1. Everything here is worked out again, slowly, from the snapshot alone. */
export type Given = readonly number[]

/**
 * For each place the need that lives there without an end and frees it by moving, or -1 when nobody has to leave, or -2 for
 * a home that nobody here can give: two needs share it, or its household gives up another one that it lives in.
 */
export function residents({ asOf, needs, places }: Snapshot): number[] {
  const gives = new Set<number>()
  return places.map(({ id, occupied }) => {
    if (!occupied.some(({ from, to }) => to === null && from <= asOf)) return -1
    const living = [...needs.keys()].filter((need) => needs[need]!.requirements.ownPlaces.includes(id))
    if (living.length !== 1 || gives.has(living[0]!)) return -2
    gives.add(living[0]!)
    return living[0]!
  })
}

function whenLeft(place: Place): Place {
  return { ...place, occupied: place.occupied.filter(({ to }) => to !== null) }
}

/** The pair as the explanation of one need and one place would have it; a home of the run as if whoever lives there were gone. */
export function pairFor(
  { needs, places, facilities, asOf }: Snapshot,
  home: boolean,
  need: number,
  place: number,
  notBefore?: Day,
): Pair {
  const { requirements } = needs[need]!
  const offered = places[place]!
  const facility = facilities.find(({ id }) => id === offered.facilityId)!
  const { window } = requirements
  const from = notBefore !== undefined && notBefore > window.from ? notBefore : window.from
  return pairOf(
    { ...requirements, window: { from, to: window.to } },
    home ? whenLeft(offered) : offered,
    facility,
    asOf,
  )
}

/** The first day on which the need may move into the place, not before `notBefore`, whoever lives there gone. */
function dayFor(snapshot: Snapshot, home: boolean, need: number, place: number, notBefore?: Day): Day | undefined {
  const pair = pairFor(snapshot, home, need, place, notBefore)
  return judge(pair).failed !== 0 || pair.availability.kind !== 'available' ? undefined : pair.availability.from
}

/** For each need the places that every rule lets it have. */
export function eligiblePlaces(snapshot: Snapshot): number[][] {
  const living = residents(snapshot)
  return snapshot.needs.map((_, need) =>
    [...snapshot.places.keys()].filter((place) => dayFor(snapshot, living[place]! >= 0, need, place) !== undefined),
  )
}

export interface Limits {
  chains: boolean
  /** Chain length, days along chains, never together, mix: all or none of them. */
  bounded: boolean
}

/** Calls `visit` with every solution: no place twice, and no home given unless whoever lives there is given another place. */
function eachSolution(snapshot: Snapshot, limits: Limits, visit: (given: Given) => void): void {
  const living = residents(snapshot)
  const eligible = eligiblePlaces(snapshot)
  const given: number[] = []
  const go = (need: number): void => {
    if (need === snapshot.needs.length) {
      if (given.some((place) => place !== -1 && living[place]! >= 0 && given[living[place]!] === -1)) return
      if (!limits.bounded || keepsLimits(snapshot, given)) visit(given)
      return
    }
    for (const place of [-1, ...eligible[need]!]) {
      if (place !== -1 && (given.includes(place) || (!limits.chains && living[place] !== -1))) continue
      given.push(place)
      go(need + 1)
      given.pop()
    }
  }
  go(0)
}

/** The first day of each move when nobody moves in before whoever lives there has left; undefined when there is none. */
export function daysOf(
  snapshot: Snapshot,
  given: Given,
  notBefore: readonly (Day | undefined)[] = [],
): (Day | undefined)[] | undefined {
  const living = residents(snapshot)
  const days: (Day | undefined)[] = given.map((_, need) => notBefore[need])
  for (let changed = true; changed; ) {
    changed = false
    for (const [need, place] of given.entries()) {
      if (place === -1) continue
      const before = living[place] === -1 ? undefined : days[living[place]!]
      const latest = [days[need], before]
        .filter((day) => day !== undefined)
        .sort()
        .at(-1)
      const day = dayFor(snapshot, living[place] !== -1, need, place, latest)
      if (day === undefined) return undefined
      if (day !== days[need]) changed = true
      days[need] = day
    }
  }
  return days
}

export function keepsLimits(snapshot: Snapshot, given: Given): boolean {
  const living = residents(snapshot)
  const waitsFor = given.map((place) => (place === -1 ? -1 : living[place]!))
  for (const need of given.keys()) {
    let length = given[need] === -1 ? 0 : 1
    for (let at = waitsFor[need]!; at !== -1 && at !== need && length <= given.length; at = waitsFor[at]!) length += 1
    if (length > snapshot.policy.chainMovesMax) return false
  }
  const house = (need: number) => snapshot.places[given[need]!]?.facilityId
  for (const [need, { apartFrom }] of snapshot.needs.entries()) {
    for (const [other, { pseudonym }] of snapshot.needs.entries()) {
      if (other !== need && apartFrom.includes(pseudonym) && house(need) !== undefined && house(need) === house(other))
        return false
    }
  }
  for (const { id, maxExtensiveBehaviour, extensiveBehaviourNow } of snapshot.facilities) {
    const there = snapshot.needs.filter(({ requirements }, need) => requirements.behaviour === 3 && house(need) === id)
    if (maxExtensiveBehaviour !== null && there.length > Math.max(0, maxExtensiveBehaviour - extensiveBehaviourNow))
      return false
  }
  return keepsCounts(snapshot, given) && hasDays(snapshot, given)
}

/** Capacity of teams and quotas. */
function keepsCounts(snapshot: Snapshot, given: Given): boolean {
  const { limits, needs, places, facilities } = snapshot
  const moved = [...given.keys()].filter((need) => given[need] !== -1)
  for (const { district, left } of limits.teams) {
    const people = moved.reduce((sum, need) => sum + newWithTeam(snapshot, given, need, district), 0)
    if (left !== null && people > left) return false
  }
  const living = residents(snapshot)
  for (const { district, facilityIds, during, left, exempt } of limits.quotas) {
    const counted = moved.filter((need) => {
      const from = needs[need]!.requirements.district
      const house = facilities.find(({ id }) => id === places[given[need]!]!.facilityId)!
      const day = dayFor(snapshot, living[given[need]!]! >= 0, need, given[need]!)!
      const inTime = day >= during.from && (during.to === null || day < during.to)
      return inTime && from !== district && !exempt.includes(from) && facilityIds.includes(house.id)
    })
    if (counted.length > left) return false
  }
  return true
}

/** People whom a bydel's teams begin with when a need moves as given. */
function newWithTeam(snapshot: Snapshot, given: Given, need: number, district: string): number {
  const { needs, places } = snapshot
  const { requirements } = needs[need]!
  const comesTo = (place: number) => ['municipal_support', 'private_support'].includes(places[place]!.form)
  const home = residents(snapshot).indexOf(need)
  const isNew = comesTo(given[need]!) && (home === -1 || !comesTo(home))
  return requirements.district === district && isNew ? requirements.adults : 0
}

/** More months than anybody here needs: each takes one at least, unless it takes none at all. */
const MONTHS = ['2026-09-01', '2026-10-01', '2026-11-01', '2026-12-01', '2027-01-01'] as Day[]

/** Whether there are days for all moves on which no month has more of a house or a team than it takes: every way is tried. */
function hasDays(snapshot: Snapshot, given: Given): boolean {
  const soonest = daysOf(snapshot, given)
  if (soonest === undefined) return false
  const { limits, places } = snapshot
  if (limits.moveIns.length + limits.teams.length === 0) return true
  const moved = [...given.keys()].filter((need) => given[need] !== -1)
  const fits = (days: readonly (Day | undefined)[]): boolean => {
    const keeps = (most: number, taken: readonly { month: Day; count: number }[], weight: (need: number) => number) =>
      [...new Set(moved.map((need) => days[need]!.slice(0, 7)))].every((month) => {
        const used = moved.filter((need) => days[need]!.startsWith(month)).reduce((sum, need) => sum + weight(need), 0)
        return used === 0 || used <= most - (taken.find((one) => one.month.startsWith(month))?.count ?? 0)
      })
    return (
      limits.moveIns.every(({ facilityId, mostPerMonth, taken }) =>
        keeps(mostPerMonth, taken, (need) => (places[given[need]!]!.facilityId === facilityId ? 1 : 0)),
      ) &&
      limits.teams.every(
        ({ district, newPerMonth, taken }) =>
          newPerMonth === null ||
          keeps(newPerMonth, taken, (need) =>
            Math.min(newWithTeam(snapshot, given, need, district), Math.max(1, newPerMonth)),
          ),
      )
    )
  }
  const notBefore: (Day | undefined)[] = given.map(() => undefined)
  const go = (at: number): boolean => {
    const days = daysOf(snapshot, given, notBefore)
    if (days === undefined) return false
    if (fits(days)) return true
    const need = moved[at]
    if (need === undefined) return false
    const own = notBefore[need]
    for (const month of [undefined, ...MONTHS.slice(1)]) {
      notBefore[need] = month
      if (go(at + 1)) return true
    }
    notBefore[need] = own
    return false
  }
  return go(0)
}

/** What a solution is worth, in the order of the policy. */
export function worth(snapshot: Snapshot, given: Given): number[] {
  const living = residents(snapshot)
  const ranks = Math.max(1, ...snapshot.needs.map(({ requirements }) => requirements.forms.length))
  const total = Array.from({ length: 12 }, () => 0)
  for (const [need, place] of given.entries()) {
    if (place === -1) continue
    const { situation, requirements } = snapshot.needs[need]!
    const offered = snapshot.places[place]!
    const fit = fitOf(requirements, offered, snapshot.facilities.find(({ id }) => id === offered.facilityId)!)
    const urgency = urgencyOf(situation, snapshot.asOf)
    const parts = [
      ...[1, 2, 3, 4, 5].map((number) => (urgency.urgencyClass === number ? 1 : 0)),
      urgency.daysInSituation ?? 0,
      urgency.daysSinceRegistration,
      ranks - fit.formRank,
      fit.homeDistrict ? 1 : 0,
      fit.wantedPresent.length,
      5 - Math.abs(fit.staffingDifference ?? 0),
      living[place] === -1 ? 1 : 0,
    ]
    for (const [tier, part] of parts.entries()) total[tier]! += part
  }
  return total
}

/** The lexicographically greatest worth of all solutions. @param worthOf as another policy has it */
export function bestWorth(snapshot: Snapshot, limits: Limits, worthOf = worth): number[] {
  let best = worthOf(snapshot, [])
  eachSolution(snapshot, limits, (given) => {
    const found = worthOf(snapshot, given)
    if (compare(found, best) > 0) best = found
  })
  return best
}

export function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - b[i]!
  return 0
}

/** How many can be matched at most, by augmenting one need after the other. */
export function maximumMatching(eligible: readonly (readonly number[])[]): number {
  const needAt = new Map<number, number>()
  const augment = (need: number, tried: Set<number>): boolean =>
    eligible[need]!.some((place) => {
      if (tried.has(place)) return false
      tried.add(place)
      const holder = needAt.get(place)
      if (holder !== undefined && !augment(holder, tried)) return false
      needAt.set(place, need)
      return true
    })
  return [...eligible.keys()].filter((need) => augment(need, new Set())).length
}
