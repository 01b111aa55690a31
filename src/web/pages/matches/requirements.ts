import type { Need, Requirements } from '../../api/types.ts'

const FIELDS = [
  'forms',
  'requiredFeatures',
  'wantedFeatures',
  'excludedDistricts',
  'wantedDistricts',
  'excludedFacilities',
  'substanceStance',
  'behaviour',
  'security',
  'neededDuring',
] as const

type RequirementField = (typeof FIELDS)[number]

/**
 * What a need asks of a place, as the preview takes it.
 * @param need as it is stored
 * @param typed what stands in the form now, whether stored or not
 */
export function requirementsOf(need: Need, typed: Partial<Pick<Need, RequirementField>>): Requirements {
  const asked = { ...need, ...typed }
  const fields = Object.fromEntries(FIELDS.map((field) => [field, asked[field]])) as Pick<Need, RequirementField>
  return {
    ...fields,
    residentId: need.resident.id,
    district: need.responsibleDistrict ?? need.holdingDistrict,
  }
}
