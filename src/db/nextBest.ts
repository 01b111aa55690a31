import type { NextBest } from '../domain/error.ts'
import { matchesIn } from '../domain/match.ts'
import type { Requirements } from '../domain/need.ts'
import type { City, Place } from '../domain/place.ts'
import { featureName } from '../domain/words.ts'
import type { Acting } from './actor.ts'
import type { ReadCity } from './city.ts'
import { needById, requirementsOf } from './needs.ts'
import { otherOffers } from './offers.ts'

const SHOWN = 3

/**
 * The places to look at next for a need, best first: those that fit and are not offered to it already. A transaction of its
 * own, because the one that lost the place is over. Nothing when the need is no longer there to be seen.
 */
export async function nextBestFor(
  acting: Acting,
  readCity: ReadCity,
  needId: string,
  exceptPlaceId: string,
): Promise<NextBest[]> {
  const need = await needById(acting.trx, needId)
  if (need === undefined) return []
  const [requirements] = await requirementsOf(acting, [need])
  if (requirements === undefined) return []
  const offered = new Set([exceptPlaceId, ...(await otherOffers(acting.trx, needId)).map(({ placeId }) => placeId)])
  return bestPlaces(await readCity(acting), requirements, offered, SHOWN)
}

/**
 * The places that fit, best first, at most `shown`, without those in `except`.
 * @param first those that come before all others, whatever else is better
 */
export function bestPlaces(
  city: City,
  requirements: Requirements,
  except: ReadonlySet<string>,
  shown: number,
  first: (place: Place) => boolean = () => false,
): NextBest[] {
  return matchesIn(city, requirements)
    .matches.filter(({ place }) => !except.has(place.id))
    .toSorted((a, b) => Number(first(b.place)) - Number(first(a.place)))
    .slice(0, shown)
    .map(({ place, facility, availableFrom, fit, unknownRules }) => ({
      placeId: place.id,
      label: place.label,
      form: place.form,
      facilityName: facility.name,
      districtCode: facility.district,
      availableFrom,
      vacancyConfirmedAt: facility.vacancyConfirmedAt,
      lacks: [
        ...fit.wantedMissing.map(featureName),
        ...unknownRules.map(({ title }) => `ikke kjent: ${title.toLowerCase()}`),
      ],
    }))
}
