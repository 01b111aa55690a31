import { addDays, contains, type Day } from '../day.ts'
import { judge, pairOf as pairFor } from '../eligibility.ts'
import type { Place } from '../place.ts'
import type { Candidates } from './candidates.ts'
import type { Chain } from './chain.ts'
import { type Company, companyOf } from './cut.ts'
import { hasTeam } from './runLimits.ts'
import { homesOf, type Snapshot } from './snapshot.ts'

/** What is to be believed or not: a plan's pairs and chains. */
interface Claim {
  candidates: Pick<Candidates, 'pairs' | 'offers'>
  pairOf: Int32Array
  chains: readonly Chain[]
}

/**
 * Looks at a plan as somebody who knows nothing of how it was made, from the snapshot alone: no place twice, nobody out of a
 * home that is given to somebody unless she moves too, every move allowed by every rule on its day, chains that start at a
 * vacant place and end on one that nobody moves into, days that agree, nobody put together who must not be, and no more of a house, a team or a quota than there is.
 * @throws {Error} naming what is wrong; the plan must not be shown
 */
export function verifyPlan(snapshot: Snapshot, { candidates, pairOf, chains }: Claim): void {
  const homes = homesOf(snapshot)
  const homeOf = new Map(homes.map(({ need, place }) => [need, place]))
  const residentOf = new Map(homes.map(({ need, place }) => [place, need]))
  const takenBy = new Map<number, number>()
  if (pairOf.length !== snapshot.needs.length) throw wrong('not every need is there', pairOf.length)
  for (const [need, index] of pairOf.entries()) {
    if (index === -1) continue
    const pair = candidates.pairs[index]
    if (pair === undefined || pair.need !== need) throw wrong('a need has a pair that is not its own', need)
    if (takenBy.has(pair.place)) throw wrong('a place is given twice', pair.place)
    takenBy.set(pair.place, need)
  }
  for (const place of takenBy.keys()) {
    const resident = residentOf.get(place)
    if (resident !== undefined && pairOf[resident] === -1) throw wrong('a home is given away under its resident', place)
  }
  const moved = new Set<number>()
  for (const { kind, moves, frees } of chains) {
    const last = moves.at(-1)
    if (last === undefined) throw wrong('a chain has no move', -1)
    if (moves.length > snapshot.policy.chainMovesMax) throw wrong('a chain is too long', moves.length)
    for (const [i, { need, place, on, waitsFor }] of moves.entries()) {
      if (moved.has(need)) throw wrong('a need moves twice', need)
      moved.add(need)
      if (takenBy.get(place) !== need) throw wrong('a move is not the one given', need)
      const before = moves[i - 1]
      const leaves = before?.need ?? (kind === 'cycle' ? last.need : -1)
      if (waitsFor !== leaves || (residentOf.get(place) ?? -1) !== leaves)
        throw wrong('a move waits for somebody else', need)
      if (kind === 'chain' && before !== undefined && on < before.on)
        throw wrong('a move comes before the one it waits for', need)
      if (kind === 'cycle' && on !== moves[0]?.on) throw wrong('a cycle does not move on one day', need)
      if (!isAllowed(snapshot, need, place, residentOf.has(place), on))
        throw wrong('a move is not allowed on its day', need)
    }
    const freed = kind === 'cycle' ? -1 : (homeOf.get(last.need) ?? -1)
    if (frees !== freed) throw wrong('a chain frees another place than it says', frees)
    if (freed !== -1 && takenBy.has(freed)) throw wrong('a chain ends on a place that is given', freed)
  }
  const given = pairOf.reduce((count, index) => (index === -1 ? count : count + 1), 0)
  if (given !== moved.size) throw wrong('a move stands in no chain', given - moved.size)
  verifyCompany(snapshot, companyOf(snapshot, candidates), takenBy)
  const moves = chains.flatMap((chain) => chain.moves)
  verifyMonths(snapshot, moves, homeOf)
  verifyTeams(snapshot, moves, homeOf)
  verifyQuotas(snapshot, moves, candidates.pairs, pairOf)
}

/** Every rule passes, or cannot be answered, when the window is that one day and the resident has left. */
function isAllowed(
  snapshot: Snapshot,
  need: number,
  place: number,
  home: boolean,
  on: Chain['moves'][number]['on'],
): boolean {
  const seeker = snapshot.needs[need]
  const offered = snapshot.places[place]
  const facility = snapshot.facilities.find(({ id }) => id === offered?.facilityId)
  if (seeker === undefined || offered === undefined || facility === undefined) return false
  const { window } = seeker.requirements
  if (on < window.from || (window.to !== null && on >= window.to)) return false
  const left: Place = home ? { ...offered, occupied: offered.occupied.filter(({ to }) => to !== null) } : offered
  const thatDay = { ...seeker.requirements, window: { from: on, to: addDays(on, 1) } }
  return judge(pairFor(thatDay, left, facility, snapshot.asOf)).failed === 0
}

function verifyCompany(
  { needs, places, facilities }: Snapshot,
  { apart, room }: Company,
  takenBy: ReadonlyMap<number, number>,
): void {
  const houseOf = new Map([...takenBy].map(([place, need]) => [need, places[place]?.facilityId]))
  for (const [one, other] of apart) {
    const house = houseOf.get(one)
    if (house !== undefined && house === houseOf.get(other))
      throw wrong('two who must not live together are put together', one)
  }
  const extensive = new Map<string, number>()
  for (const [need, house] of houseOf) {
    if (house === undefined || needs[need]?.requirements.behaviour !== 3) continue
    extensive.set(house, (extensive.get(house) ?? 0) + 1)
  }
  for (const [index, { id }] of facilities.entries()) {
    const limit = room[index] ?? null
    if (limit !== null && (extensive.get(id) ?? 0) > limit) throw wrong('a house gets more than its mix allows', index)
  }
}

type Moved = Chain['moves'][number]

const monthOf = (day: Day) => day.slice(0, 7)

/** People who are new to the teams of their bydel by a move; nobody whom they come to already. */
function newToTeam({ needs, places }: Snapshot, homeOf: ReadonlyMap<number, number>, { need, place }: Moved): number {
  const comesTo = (at: number) => {
    const form = places[at]?.form
    return form !== undefined && hasTeam(form)
  }
  return comesTo(place) && !comesTo(homeOf.get(need) ?? -1) ? (needs[need]?.requirements.adults ?? 0) : 0
}

function verifyMonths(snapshot: Snapshot, moves: readonly Moved[], homeOf: ReadonlyMap<number, number>): void {
  const { needs, places, limits } = snapshot
  const keeps = (
    what: string,
    most: number,
    taken: readonly { month: Day; count: number }[],
    counts: [Day, number][],
  ) => {
    const months = new Map<string, number>()
    for (const [day, count] of counts) months.set(monthOf(day), (months.get(monthOf(day)) ?? 0) + count)
    for (const [month, count] of months) {
      const already = taken.find(({ month: first }) => monthOf(first) === month)?.count ?? 0
      if (count > Math.max(0, most - already)) throw wrong(what, count)
    }
  }
  for (const { facilityId, mostPerMonth, taken } of limits.moveIns) {
    const there = moves.filter(({ place }) => places[place]?.facilityId === facilityId)
    keeps(
      'a house takes more in a month than it can',
      mostPerMonth,
      taken,
      there.map(({ on }) => [on, 1]),
    )
  }
  for (const { district, newPerMonth, taken } of limits.teams) {
    if (newPerMonth === null) continue
    const own = moves.filter(({ need }) => needs[need]?.requirements.district === district)
    const counts = own.flatMap((move): [Day, number][] => {
      const people = newToTeam(snapshot, homeOf, move)
      return people === 0 ? [] : [[move.on, Math.min(people, Math.max(1, newPerMonth))]]
    })
    keeps('a team begins with more in a month than it can', newPerMonth, taken, counts)
  }
}

function verifyTeams(snapshot: Snapshot, moves: readonly Moved[], homeOf: ReadonlyMap<number, number>): void {
  for (const { district, left } of snapshot.limits.teams) {
    const own = moves.filter(({ need }) => snapshot.needs[need]?.requirements.district === district)
    const people = own.reduce((sum, move) => sum + newToTeam(snapshot, homeOf, move), 0)
    if (left !== null && people > Math.max(0, left)) throw wrong('a team follows up more than it can', people)
  }
}

/** A move counts by the first day on which it could be had by itself, which the pair says. */
function verifyQuotas(
  { needs, places, limits }: Snapshot,
  moves: readonly Moved[],
  pairs: Claim['candidates']['pairs'],
  pairOf: Int32Array,
): void {
  for (const { district, facilityIds, during, left, exempt } of limits.quotas) {
    const counted = moves.filter(({ need, place }) => {
      const from = needs[need]?.requirements.district ?? district
      const first = pairs[pairOf[need] ?? -1]?.availableFrom
      if (first === undefined || !contains(during, first)) return false
      return from !== district && !exempt.includes(from) && facilityIds.includes(places[place]?.facilityId ?? '')
    })
    if (counted.length > Math.max(0, left)) throw wrong('a quota is exceeded', counted.length)
  }
}

function wrong(what: string, where: number): Error {
  return new Error(`refused a wrong plan: ${what} (${where})`)
}
