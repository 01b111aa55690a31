import { readDistrict } from '../../ui/searchValues.ts'

/** What the tiles of the map show. */
export const SHOWN = ['mangel', 'behov', 'plasser', 'ventetid', 'kroner'] as const
export type Shown = (typeof SHOWN)[number]

/** Which district everything is about, and what the map shows; no person’s data, so it lives in the address. */
export type CitySearch = { bydel?: string; vis?: Shown }

/** The search as the address has it; what is not known is left out. */
export function readCitySearch({ bydel, vis }: Record<string, unknown>): CitySearch {
  const shown = SHOWN.find((entry) => entry === vis)
  return {
    ...readDistrict(bydel),
    ...(shown === undefined ? {} : { vis: shown }),
  }
}
