import { z } from 'zod'
import { dayRange, districtCode, id, placeFeature, placeForm } from './fields.ts'

const unique = (values: readonly unknown[]) => new Set(values).size === values.length
const once = { message: 'Det samme er valgt to ganger.' }

/** A list in which nothing stands twice. */
export function distinct<T extends z.ZodType>(item: T, most: number) {
  return z.array(item).max(most, `Velg høyst ${most}.`).refine(unique, once)
}

/** What a household requires of a place, as it stands in a need and in a preview of one. */
export const requirementFields = {
  forms: distinct(placeForm, 20).describe('In order of preference.'),
  requiredFeatures: distinct(placeFeature, 20),
  wantedFeatures: distinct(placeFeature, 20),
  excludedDistricts: distinct(districtCode, 30),
  wantedDistricts: distinct(districtCode, 30),
  excludedFacilities: distinct(id, 50),
  substanceStance: z.enum(['wants_substance_free', 'accepts_substance_free', 'cannot_live_substance_free', 'unknown']),
  behaviour: z.number().int().min(0).max(3).nullable().describe('0–3; null: not assessed.'),
  security: z.number().int().min(0).max(2).nullable().describe('0–2; null: not assessed.'),
  neededDuring: dayRange.nullable().describe('The days on which moving in is possible; null: any day from today.'),
}
