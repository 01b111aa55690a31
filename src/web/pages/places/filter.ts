import type { PlaceFilter } from '../../api/inventory.ts'
import type { PlaceForm } from '../../api/types.ts'

/** The filters as they stand in the address, in Norwegian. */
export type PlaceSearch = { boligform?: string; bydel?: string; ledig?: string }

/** Reads the filters from the address. What is malformed is left out; the page then shows more, never an error. */
export function readPlaceSearch(search: Record<string, unknown>): PlaceSearch {
  const text = (value: unknown, shape: RegExp) => {
    // An address may hold a number where a code was meant: `bydel=030112` loses its quotes on the way.
    const found = typeof value === 'string' ? value : typeof value === 'number' ? String(value).padStart(6, '0') : ''
    return shape.test(found) ? found : undefined
  }
  const boligform = text(search.boligform, /^[a-z_0-9]{3,40}$/)
  const bydel = text(search.bydel, /^0301\d{2}$/)
  const ledig = text(search.ledig, /^\d{4}-\d{2}-\d{2}$/)
  return {
    ...(boligform === undefined ? {} : { boligform }),
    ...(bydel === undefined ? {} : { bydel }),
    ...(ledig === undefined ? {} : { ledig }),
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
