import { readDistrict } from '../../ui/searchValues.ts'

/** Whose quotas are shown, absent: everybody's; what is not known is left out. */
export function readQuotaSearch({ bydel }: Record<string, unknown>): { bydel?: string } {
  return readDistrict(bydel)
}
