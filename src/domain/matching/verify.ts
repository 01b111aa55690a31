import { addDays } from '../day.ts'
import { judge, pairOf as pairFor } from '../eligibility.ts'
import type { Place } from '../place.ts'
import type { Candidates } from './candidates.ts'
import type { Chain } from './chain.ts'
import { type Company, companyOf } from './cut.ts'
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
 * vacant place and end on one that nobody moves into, days that agree, and nobody put together who must not be.
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

function wrong(what: string, where: number): Error {
  return new Error(`refused a wrong plan: ${what} (${where})`)
}
