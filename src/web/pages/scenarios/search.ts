import type { PlaceForm } from '../../api/types.ts'
import { MEASURES, type Measure } from './comparisonWords.ts'

/** What a series counts together, where it is no form of the ladder. */
export const TOTALS = {
  all: 'Alle boligformer',
  institutions: 'Institusjonene samlet',
  vel: 'Velferdsetatens institusjoner samlet',
} as const
type Total = keyof typeof TOTALS

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
export function readComparisonSearch({ maal, bydel: code, boligform }: Record<string, unknown>): ComparisonSearch {
  // `bydel=030112` loses its quotes on the way and comes as a number
  const bydel = typeof code === 'number' ? String(code).padStart(6, '0') : code
  const measure = (Object.keys(MEASURES) as Measure[]).find((id) => id === maal)
  return {
    ...(measure === undefined ? {} : { maal: measure }),
    ...(typeof bydel === 'string' && /^0301\d{2}$/.test(bydel) ? { bydel } : {}),
    ...(typeof boligform === 'string' && /^[a-z_0-9]{3,40}$/.test(boligform) ? { boligform } : {}),
  }
}

/** The form that is asked for, of those that there are; all of them where the address names none of them. */
export function askedForm(boligform: string | undefined, forms: readonly { id: string }[]): PlaceForm | Total {
  const total = (Object.keys(TOTALS) as Total[]).find((id) => id === boligform)
  const form = forms.find(({ id }) => id === boligform)
  return total ?? ((form?.id ?? 'all') as PlaceForm | 'all')
}
