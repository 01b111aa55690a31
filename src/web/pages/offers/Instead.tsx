import { useQuery } from '@tanstack/react-query'
import { matchesQuery } from '../../api/matches.ts'
import { offersOfNeedQuery } from '../../api/offers.ts'
import { useReference } from '../../ui/names.ts'
import { NextPlaces } from './NextPlaces.tsx'

const SHOWN = 3

/** The places that fit a need best and are not offered to it: what to offer when somebody else was first. */
export function Instead({ needId, onInstead }: { needId: string; onInstead(placeId: string): void }) {
  const { names } = useReference()
  const { data: matches } = useQuery(matchesQuery(needId))
  const { data: offers = [] } = useQuery(offersOfNeedQuery(needId))
  if (matches === undefined) return null
  const offered = new Set(offers.map(({ place }) => place.id))
  const places = matches.items
    .filter(({ placeId }) => !offered.has(placeId))
    .slice(0, SHOWN)
    .map(({ placeId, label, form, facility, availableFrom, fit, unknown }) => ({
      placeId,
      label,
      form,
      facilityName: facility.name,
      districtCode: facility.districtCode,
      availableFrom,
      vacancyConfirmedAt: facility.vacancyConfirmedAt,
      lacks: [...fit.wantedMissing.map(names.feature), ...unknown.map(({ title }) => `ikke kjent: ${title}`)],
    }))
  return <NextPlaces places={places} onInstead={onInstead} />
}
