import type { PlaceFilter } from '../../api/inventory.ts'
import type { PlaceForm } from '../../api/types.ts'
import { isDay, readDistrict, readForm } from '../../ui/searchValues.ts'

/** The filters as they stand in the address, in Norwegian. */
export type PlaceSearch = { boligform?: string; bydel?: string; ledig?: string }

/** Reads the filters from the address. What is malformed is left out; the page then shows more, never an error. */
export function readPlaceSearch({ boligform, bydel, ledig }: Record<string, unknown>): PlaceSearch {
  return {
    ...readForm(boligform),
    ...readDistrict(bydel),
    ...(isDay(ledig) ? { ledig } : {}),
  }
}

/**
 * The filters as the service takes them.
 * @param forms the forms that exist; another is left out
 */
export function placeFilter({ boligform, bydel, ledig }: PlaceSearch, forms: { id: string }[]): PlaceFilter {
  const form = forms.find(({ id }) => id === boligform)?.id as PlaceForm | undefined
  return {
    ...(form === undefined ? {} : { form }),
    ...(bydel === undefined ? {} : { district: bydel }),
    ...(ledig === undefined ? {} : { vacantOn: ledig }),
  }
}
