import type { PlaceForm } from '../../api/types.ts'
import { readDistrict, readForm } from '../../ui/searchValues.ts'
import { type Measure, UNITS } from './comparisonWords.ts'

/** What a series counts together, where it is no form of the ladder. */
const TOTALS = ['all', 'institutions', 'vel'] as const
type Total = (typeof TOTALS)[number]

/** What is looked at in a comparison, so that its address says it; no person's data. */
export type ComparisonSearch = {
  /** What is counted; absent: needs that wait. */
  maal?: Measure
  /** A district's code, also a new one's; absent: the city. */
  bydel?: string
  /** A form, all of them or the institutions together; absent: all. */
  boligform?: string
}

/** The search as the address has it; what is not known is left out. */
export function readComparisonSearch({ maal, bydel, boligform }: Record<string, unknown>): ComparisonSearch {
  const measure = (Object.keys(UNITS) as Measure[]).find((id) => id === maal)
  return {
    ...(measure === undefined ? {} : { maal: measure }),
    ...readDistrict(bydel),
    ...readForm(boligform),
  }
}

/** The form that is asked for, of those that there are; all of them where the address names none of them. */
export function askedForm(boligform: string | undefined, forms: readonly { id: string }[]): PlaceForm | Total {
  const total = TOTALS.find((id) => id === boligform)
  const form = forms.find(({ id }) => id === boligform)
  return total ?? ((form?.id ?? 'all') as PlaceForm | 'all')
}
