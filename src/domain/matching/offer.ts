import { type Day, type DayRange, laterDay } from '../day.ts'
import { type Pair, pairOf } from '../eligibility.ts'
import type { Requirements } from '../need.ts'
import type { Availability, Facility, Place } from '../place.ts'
import { type Alike, alikeIn } from './alike.ts'
import { homesOf, type Snapshot } from './snapshot.ts'

/** A place of the snapshot as it is offered: the home of a household of the run as if that household had moved. */
export interface Offer {
  place: Place
  facility: Facility
  /** The facility's position in the snapshot. */
  house: number
}

export interface Offers {
  offers: Offer[]
  alike: Alike
  /** For each need the place it lives in and frees by moving, or -1. */
  homeOf: Int32Array
  /** For each place the need that lives in it, or -1: then nobody has to leave for somebody to move in. */
  residentOf: Int32Array
  /** The pair of a need and a place, by their positions in the snapshot. */
  pairAt(need: number, place: number): Pair
  /** The first day on which the need can move into the place, not before `notBefore`; undefined when there is none. */
  availableFrom(need: number, place: number, notBefore: Day): Day | undefined
}

/** When the places of each group that are free on the same days are so within one window, as far as it was asked. */
type Calendar = (Availability | undefined)[]

/** The same place each time it is asked for, as a place is never changed. */
const knownVacated = new WeakMap<Place, Place>()

/** Whether she moves is the solver's to say; the place is asked about without the stay that has no end. */
function vacated(place: Place): Place {
  const known = knownVacated.get(place)
  if (known !== undefined) return known
  const without = { ...place, occupied: place.occupied.filter((range) => range.to !== null) }
  knownVacated.set(place, without)
  return without
}

/** What there is to give. When a place is free is worked out once for all places alike and needs with the same window. */
export function offersOf(snapshot: Snapshot): Offers {
  const { needs, places, asOf } = snapshot
  const homeOf = new Int32Array(needs.length).fill(-1)
  const residentOf = new Int32Array(places.length).fill(-1)
  for (const { need, place } of homesOf(snapshot)) {
    homeOf[need] = place
    residentOf[place] = need
  }
  const houseAt = new Map(snapshot.facilities.map((facility, house) => [facility.id, house]))
  const offers = places.map((place, index): Offer => {
    const house = houseAt.get(place.facilityId) ?? -1
    const facility = snapshot.facilities[house]
    if (facility === undefined) throw new RangeError(`place ${place.id} has no facility in the snapshot`)
    return { place: residentOf[index] === -1 ? place : vacated(place), facility, house }
  })
  const alike = alikeIn(offers.map(({ place }) => place))
  const calendars = new Map<string, Calendar>()
  const calendarOf = ({ from, to }: DayRange): Calendar => {
    const key = `${from}/${to ?? ''}`
    const known = calendars.get(key)
    if (known !== undefined) return known
    const found = new Array<Availability | undefined>(alike.samples.length).fill(undefined)
    calendars.set(key, found)
    return found
  }
  const own: (Calendar | undefined)[] = new Array<undefined>(needs.length).fill(undefined)

  function pairIn(requirements: Requirements, calendar: Calendar, index: number): Pair {
    const offer = offers[index]
    if (offer === undefined) throw new RangeError(`no place ${index}`)
    const { place, facility } = offer
    // a hold of her own makes the answer hers alone
    if (requirements.ownHolds.includes(place.id)) return pairOf(requirements, place, facility, asOf)
    const days = alike.daysOf[index] as number
    let availability = calendar[days]
    if (availability === undefined) {
      availability = pairOf(requirements, place, facility, asOf).availability
      calendar[days] = availability
    }
    return { requirements, place, facility, today: asOf, availability }
  }
  return {
    offers,
    alike,
    homeOf,
    residentOf,
    pairAt(need, place) {
      const requirements = needs[need]?.requirements
      if (requirements === undefined) throw new RangeError(`no need ${need}`)
      const calendar = own[need] ?? calendarOf(requirements.window)
      own[need] = calendar
      return pairIn(requirements, calendar, place)
    },
    availableFrom(need, place, notBefore) {
      const requirements = needs[need]?.requirements
      if (requirements === undefined) throw new RangeError(`no need ${need}`)
      const window = { from: laterDay(notBefore, requirements.window.from), to: requirements.window.to }
      const { availability } = pairIn({ ...requirements, window }, calendarOf(window), place)
      return availability.kind === 'available' ? availability.from : undefined
    },
  }
}
