import { readDistrict } from '../../ui/searchValues.ts'

/** What of the flags is shown; it is no person’s data, so it lives in the address. */
export type FlagSearch = { bydel?: string; lukket?: boolean }

/** The search as the address has it; what is not known is left out. */
export function readFlagSearch({ bydel, lukket }: Record<string, unknown>): FlagSearch {
  return {
    ...(bydel === 'alle' || bydel === 'byen' ? { bydel } : readDistrict(bydel)),
    ...(lukket === true || lukket === 'true' ? { lukket: true } : {}),
  }
}

/** Which district’s flags are asked for; of one who works for a district, hers unless she asks for others. */
export function askedDistrict(bydel: string | undefined, own: string | undefined): string | undefined {
  if (bydel === 'alle') return undefined
  if (bydel === 'byen') return 'city'
  return bydel ?? own
}
