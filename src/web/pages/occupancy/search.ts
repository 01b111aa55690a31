import type { OccupancyFilter } from '../../api/occupancy.ts'
import type { PlaceForm } from '../../api/types.ts'
import { dayAfter } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { isDay, readDistrict, readForm } from '../../ui/searchValues.ts'

const SPANS = [4, 8, 13, 26, 52] as const
const KINDS = { hull: 'gaps', holdt: 'held', sperret: 'closed', endres: 'changing' } as const
const KIND_NAMES: Record<keyof typeof KINDS, string> = {
  hull: 'Med ledige dager',
  holdt: 'Holdt av for noen',
  sperret: 'Sperret',
  endres: 'Åpner eller legges ned',
}

/** What is shown, as it stands in the address, in Norwegian. */
export type OccupancySearch = {
  boligform?: string
  bydel?: string
  fra?: string
  /** Weeks; absent: eight. */
  uker?: number
  vis?: keyof typeof KINDS
  som?: 'tabell'
}

export const USUAL_WEEKS = 8

/** The spans that can be chosen, in weeks. */
export const spans: readonly number[] = SPANS

/** Which places can be chosen, as they stand in the address and as a user reads them. */
export const kindNames = Object.entries(KIND_NAMES)

/** Reads it from the address. What is malformed is left out; the page then shows more, never an error. */
export function readOccupancySearch(search: Record<string, unknown>): OccupancySearch {
  const { boligform, bydel, fra, uker, vis, som } = search
  return {
    ...readForm(boligform),
    ...readDistrict(bydel),
    ...(isDay(fra) ? { fra } : {}),
    ...(SPANS.some((weeks) => weeks === uker) ? { uker: uker as number } : {}),
    ...(typeof vis === 'string' && Object.hasOwn(KINDS, vis) ? { vis: vis as keyof typeof KINDS } : {}),
    ...(som === 'tabell' ? { som } : {}),
  }
}

/**
 * The same as the service takes it.
 * @param forms the forms that exist; another is left out
 */
export function occupancyFilter(search: OccupancySearch, today: string, forms: { id: string }[]): OccupancyFilter {
  const from = search.fra ?? today
  const form = forms.find(({ id }) => id === search.boligform)?.id as PlaceForm | undefined
  return {
    from,
    to: dayAfter(from, 7 * (search.uker ?? USUAL_WEEKS)),
    ...(form === undefined ? {} : { form }),
    ...(search.bydel === undefined ? {} : { district: search.bydel }),
    ...(search.vis === undefined ? {} : { only: KINDS[search.vis] }),
  }
}

/** What is chosen, as a sentence: on paper the filters are not seen. */
export function chosenInWords(
  { boligform, bydel, vis }: OccupancySearch,
  names: { form(id: string): string; district(code: string): string },
): string {
  const chosen = [
    boligform === undefined ? 'alle boligformer' : inText(names.form(boligform)),
    bydel === undefined ? 'hele byen' : `Bydel ${names.district(bydel)}`,
    ...(vis === undefined ? [] : [`bare plasser: ${inText(KIND_NAMES[vis])}`]),
  ]
  return `Utvalg: ${chosen.join(', ')}.`
}
