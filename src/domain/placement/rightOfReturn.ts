import type { Day } from '../day.ts'
import { addDays } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import type { Requirements } from '../need.ts'
import type { City, Place } from '../place.ts'
import { formatDay } from '../words.ts'
import { pairOnDay, standingOn, unfitBy } from './vacancy.ts'

/** That somebody who moved on from an institution may come back to it for a time (rule 10). */
export interface RightOfReturn {
  /** The stay that she moved on from. */
  stayId: string
  form: HousingForm
  facilityId: string
  facilityName: string
  /** The first day on which she can no longer come back. */
  until: Day
}

/** The right as a user reads it: it holds through the day before `until`. */
export function rightOfReturnSentence({ facilityName, until }: Pick<RightOfReturn, 'facilityName' | 'until'>): string {
  return `Rett til å komme tilbake til ${facilityName} til og med ${formatDay(addDays(until, -1))}.`
}

/** Whether a place is one to come back to: of the same form in the same house. */
export function isReturn(rights: readonly RightOfReturn[], place: Pick<Place, 'facilityId' | 'form'>): boolean {
  return rights.some(({ facilityId, form }) => facilityId === place.facilityId && form === place.form)
}

/**
 * The places that somebody can come back to on `on`: of the form and in the house of the right, free, and nothing in the rules that
 * keeps her from them now. Which form the need asks for is not asked, since it asks for what comes after.
 */
export function returnPlaces(city: City, requirements: Requirements, right: RightOfReturn, on: Day): Place[] {
  const { today } = city
  if (on >= right.until) return []
  const facility = city.facilities.get(right.facilityId)
  if (facility === undefined) return []
  return city.places
    .filter(
      (place) =>
        isReturn([right], place) &&
        standingOn(place, facility, { on, today, ownHold: false }) === undefined &&
        unfitBy(pairOnDay(requirements, place, facility, on, today), []).length === 0,
    )
    .toSorted((a, b) => a.label.localeCompare(b.label, 'nb') || a.id.localeCompare(b.id))
}
