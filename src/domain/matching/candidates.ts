import type { Day } from '../day.ts'
import { ELIGIBILITY_RULES, judge, MINIMUM_OPEN_DAYS, type Pair } from '../eligibility.ts'
import { formById } from '../ladder.ts'
import { availability, type Facility, type Place } from '../place.ts'
import { homesOf, type Snapshot } from './snapshot.ts'

/** An eligible pair: row and column are positions in the snapshot's needs and places. */
export interface Candidate {
  need: number
  place: number
  availableFrom: Day
  /** How many rules could not be answered: the match is conditional on them. */
  unknown: number
}

export interface Candidates {
  pairs: Candidate[]
  /** For each need the place it lives in and frees by moving, or -1. */
  homeOf: Int32Array
  /** For each place the need that lives in it, or -1 for a vacant one. */
  residentOf: Int32Array
}

const FACILITY_RULES = ELIGIBILITY_RULES.filter(({ level }) => level === 'facility')
const PLACE_RULES = ELIGIBILITY_RULES.filter(({ level }) => level === 'place')

/**
 * The place as it is when its resident moves out: free of the stay that has no end. Whether she does, is the solver's to say.
 */
function vacated(place: Place): Place {
  return { ...place, occupied: place.occupied.filter((range) => range.to !== null) }
}

/** The pair of need and place of the snapshot; a resident's home is asked about as if she had moved. */
export function pairAt(snapshot: Snapshot, facilities: ReadonlyMap<string, Facility>, home: boolean, need: number, place: number): Pair {
  const seeker = snapshot.needs[need]
  const offered = snapshot.places[place]
  const facility = offered === undefined ? undefined : facilities.get(offered.facilityId)
  if (seeker === undefined || offered === undefined || facility === undefined) throw new RangeError(`no pair ${need}, ${place}`)
  const asked = home ? vacated(offered) : offered
  const minimumDays = formById(asked.form).stayNormDays ?? MINIMUM_OPEN_DAYS
  return {
    requirements: seeker.requirements,
    place: asked,
    facility,
    today: snapshot.asOf,
    availability: availability(asked, seeker.requirements.window, snapshot.asOf, minimumDays),
  }
}

/**
 * Every eligible pair of the snapshot, in order of need and place. What depends on the house alone is asked once a house:
 * O(needs × facilities × rules of houses + needs × places of accepted houses × rules of places).
 */
export function candidatesOf(snapshot: Snapshot): Candidates {
  const { needs, places } = snapshot
  const { homes, contested } = homesOf(snapshot)
  const homeOf = new Int32Array(needs.length).fill(-1)
  const residentOf = new Int32Array(places.length).fill(-1)
  for (const { need, place } of homes) {
    homeOf[need] = place
    residentOf[place] = need
  }
  const asked = places.map((place, index) => (residentOf[index] === -1 ? place : vacated(place)))
  const byFacility = Map.groupBy(places.keys(), (index) => places[index]?.facilityId ?? '')
  const facilities = new Map(snapshot.facilities.map((facility) => [facility.id, facility]))
  const pairs: Candidate[] = []
  for (const [need, { requirements }] of needs.entries()) {
    const accepted: number[] = []
    const unknownOfHouse = new Map<string, number>()
    for (const facility of snapshot.facilities) {
      const [sample] = byFacility.get(facility.id) ?? []
      const place = sample === undefined ? undefined : asked[sample]
      if (place === undefined) continue
      // the rules of houses read neither the place nor its availability
      const pair: Pair = { requirements, place, facility, today: snapshot.asOf, availability: { kind: 'taken' } }
      const unknown = answer(FACILITY_RULES, pair)
      if (unknown === undefined) continue
      unknownOfHouse.set(facility.id, unknown)
      for (const index of byFacility.get(facility.id) ?? []) if (!contested.has(index)) accepted.push(index)
    }
    for (const index of accepted.sort((a, b) => a - b)) {
      const place = asked[index]
      const facility = place === undefined ? undefined : facilities.get(place.facilityId)
      if (place === undefined || facility === undefined || !requirements.forms.includes(place.form)) continue
      const minimumDays = formById(place.form).stayNormDays ?? MINIMUM_OPEN_DAYS
      const found = availability(place, requirements.window, snapshot.asOf, minimumDays)
      if (found.kind !== 'available') continue
      const unknown = answer(PLACE_RULES, { requirements, place, facility, today: snapshot.asOf, availability: found })
      if (unknown === undefined) continue
      pairs.push({ need, place: index, availableFrom: found.from, unknown: unknown + (unknownOfHouse.get(facility.id) ?? 0) })
    }
  }
  return { pairs, homeOf, residentOf }
}

/** How many of the rules could not be answered, or undefined as soon as one fails. */
function answer(rules: typeof ELIGIBILITY_RULES, pair: Pair): number | undefined {
  let unknown = 0
  for (const rule of rules) {
    const outcome = rule.test(pair)
    if (outcome === 'failed') return undefined
    if (outcome === 'unknown') unknown += 1
  }
  return unknown
}

/** For one need, how often each set of failed rules keeps one of the snapshot's places away (a mask of `judge` → places). */
export function exclusionsOf(snapshot: Snapshot, { residentOf }: Candidates, need: number): Map<number, number> {
  const facilities = new Map(snapshot.facilities.map((facility) => [facility.id, facility]))
  const byMask = new Map<number, number>()
  for (const index of snapshot.places.keys()) {
    const { failed } = judge(pairAt(snapshot, facilities, residentOf[index] !== -1, need, index))
    byMask.set(failed, (byMask.get(failed) ?? 0) + 1)
  }
  return byMask
}
