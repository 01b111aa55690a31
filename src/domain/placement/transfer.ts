import type { NextBest } from '../error.ts'
import type { Requirements } from '../need.ts'
import type { City } from '../place.ts'
import { pairOnDay, standingOn, transferUnfitBy } from './vacancy.ts'

/** Where a household lives that is to change place. */
export interface LivesAt {
  placeId: string
  facilityId: string
}

/**
 * The places that a household can change to today: of the form it lives in, free, and nothing that keeps it from them. Those in
 * its own house first, since it knows them; then by house and label.
 * @param within only places of these houses: a house moves nobody to another; undefined: the whole city
 * @param shown at most so many
 */
export function transferPlaces(
  city: City,
  requirements: Requirements,
  from: LivesAt,
  { within, shown, except }: { within: readonly string[] | undefined; shown: number; except: string },
): NextBest[] {
  const { today } = city
  return city.places
    .flatMap((place) => {
      const facility = city.facilities.get(place.facilityId)
      if (facility === undefined || place.id === from.placeId || place.id === except) return []
      if (!requirements.forms.includes(place.form)) return []
      if (within !== undefined && !within.includes(place.facilityId)) return []
      const sameHouse = place.facilityId === from.facilityId
      const standing = standingOn(place, facility, { on: today, today, ownHold: false })
      if (standing !== undefined && !(sameHouse && standing.kind === 'not_admitting')) return []
      if (transferUnfitBy(pairOnDay(requirements, place, facility, today, today), sameHouse, []).length > 0) return []
      return [{ place, facility, sameHouse }]
    })
    .sort(
      (a, b) =>
        Number(b.sameHouse) - Number(a.sameHouse) ||
        a.facility.name.localeCompare(b.facility.name, 'nb') ||
        a.place.label.localeCompare(b.place.label, 'nb') ||
        a.place.id.localeCompare(b.place.id),
    )
    .slice(0, shown)
    .map(({ place, facility }) => ({
      placeId: place.id,
      label: place.label,
      form: place.form,
      facilityName: facility.name,
      districtCode: facility.district,
      availableFrom: today,
      vacancyConfirmedAt: facility.vacancyConfirmedAt,
      lacks: [],
    }))
}
