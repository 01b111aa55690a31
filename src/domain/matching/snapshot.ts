import type { Day } from '../day.ts'
import type { Requirements } from '../need.ts'
import type { City, Facility, Place } from '../place.ts'
import type { SituationFacts } from '../urgency.ts'
import { type MatchingPolicy, requirementsUnder } from './policy.ts'
import { NO_LIMITS, type RunLimits } from './runLimits.ts'

/** A need as a run over the city sees it: its features under a pseudonym, and no name, number or birth date. */
export interface RunNeed {
  pseudonym: string
  /** The district that holds the need: whose staff may read what the run says of it. */
  holdingDistrict: string
  /** RFC 3339 in UTC: ties are broken by it, then by the pseudonym. */
  registeredAt: string
  situation: SituationFacts
  requirements: Requirements
  /** Pseudonyms of other needs whose households must not live in one house with this one. */
  apartFrom: readonly string[]
  /** True for a protected address: a chain says nothing of whose people its moves are on her account. */
  shielded: boolean
}

/** Everything a run is computed from. Stored with the result, so that it can be computed again. */
export interface Snapshot {
  asOf: Day
  cityVersion: number
  /** Policy versions, so that the same snapshot gives the same answer under the same policy. */
  policy: {
    objective: number
    urgency: number
    chainMovesMax: number
    /** What the version says beside that; absent: it is the first one. The needs' requirements are already as it asks. */
    choices?: Omit<MatchingPolicy, 'chainMovesMax'>
  }
  /** In order of id. */
  facilities: Facility[]
  /** Places that are vacant at some time the needs can use, and those that the needs' own households live in; in order of id. */
  places: Place[]
  /** In order of registration, then of pseudonym. */
  needs: RunNeed[]
  /** What many moves together must keep to, beside what is said of a house and a need. */
  limits: RunLimits
}

/** Where a household of the run lives: which of the places is its home and is free when it has moved. */
export interface Home {
  need: number
  place: number
}

const isFree = (place: Place) =>
  place.occupied.every((range) => range.to !== null) && place.held.every(({ during }) => during.to !== null)

/**
 * Cuts the city down to what the needs can touch: places that become free by a recorded departure and are held for nobody
 * else, and the homes of the households that seek another one. Rows are put in the order that ties are broken by, so that the order in which they
 * arrived means nothing.
 */
export function snapshotOf(
  city: City,
  needs: readonly RunNeed[],
  policy: Snapshot['policy'],
  limits: RunLimits = NO_LIMITS,
): Snapshot {
  const homes = new Set(needs.flatMap((need) => need.requirements.ownPlaces))
  const held = new Set(needs.flatMap((need) => need.requirements.ownHolds))
  const places = city.places.filter((place) => isFree(place) || homes.has(place.id) || held.has(place.id))
  const used = new Set(places.map((place) => place.facilityId))
  return {
    asOf: city.today,
    cityVersion: city.version,
    policy,
    facilities: [...city.facilities.values()].filter((facility) => used.has(facility.id)).sort(byId),
    places: places.sort(byId),
    needs: [...needs].sort(byRegistration),
    limits,
  }
}

/**
 * The same city and needs under a version of the policy, or under a draft of one.
 * @param snapshot with the needs as they are registered, under no version's choices yet
 */
export function snapshotUnder(snapshot: Snapshot, version: number, policy: MatchingPolicy): Snapshot {
  return {
    ...snapshot,
    policy: choicesUnder(snapshot, version, policy),
    needs: snapshot.needs.map((need) => ({ ...need, requirements: requirementsUnder(policy, need.requirements) })),
  }
}

/** What a snapshot's policy says under a version, whatever that asks of the needs. */
export function choicesUnder(
  { policy: before }: Pick<Snapshot, 'policy'>,
  version: number,
  { chainMovesMax, ...choices }: MatchingPolicy,
): Snapshot['policy'] {
  return { ...before, objective: version, chainMovesMax, choices }
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Ties by registration, then by pseudonym. */
function byRegistration(a: RunNeed, b: RunNeed): number {
  if (a.registeredAt !== b.registeredAt) return a.registeredAt < b.registeredAt ? -1 : 1
  return a.pseudonym < b.pseudonym ? -1 : a.pseudonym > b.pseudonym ? 1 : 0
}

/**
 * Which need lives where. A home is a place lived in today without an end; one with a recorded departure is a vacancy that
 * comes, whoever leaves it. A household that lives in several of the places gives up the first of them by id; a place that two needs of
 * a run call their home frees nothing by one of them moving, so it is nobody's to give.
 */
export function homesOf({ asOf, needs, places }: Pick<Snapshot, 'asOf' | 'needs' | 'places'>): Home[] {
  const placeAt = new Map(places.map((place, index) => [place.id, index]))
  const isHome = (index: number) => places[index]?.occupied.some(({ from, to }) => to === null && from <= asOf) === true
  const livesIn = new Map<number, number[]>()
  for (const [need, { requirements }] of needs.entries()) {
    for (const id of requirements.ownPlaces) {
      const place = placeAt.get(id)
      if (place !== undefined && isHome(place)) livesIn.set(place, [...(livesIn.get(place) ?? []), need])
    }
  }
  return [...needs.entries()].flatMap(([need, { requirements }]): Home[] => {
    const own = requirements.ownPlaces.map((id) => placeAt.get(id) ?? -1).filter((at) => livesIn.get(at)?.length === 1)
    return own.length === 0 ? [] : [{ need, place: Math.min(...own) }]
  })
}
