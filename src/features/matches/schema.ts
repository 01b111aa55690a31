import { z } from 'zod'
import { day, districtCode, id, placeFeature, placeForm } from '../../http/fields.ts'
import { requirementFields } from '../../http/requirements.ts'

const fit = z
  .object({
    formRank: z.number().int().describe('0 for the form most wanted.'),
    homeDistrict: z.boolean(),
    wantedPresent: z.array(z.string()),
    wantedMissing: z.array(z.string()),
    staffingDifference: z
      .number()
      .int()
      .nullable()
      .describe('Levels more or less than the most wanted form; null: unknown.'),
  })
  .meta({ id: 'Fit' })

const ruleName = z.object({ id: z.string(), title: z.string() })

export const match = z
  .object({
    rank: z.number().int(),
    placeId: id,
    label: z.string(),
    form: placeForm,
    facility: z.object({
      id,
      name: z.string(),
      operator: z.string(),
      districtCode: z.string(),
      vacancyConfirmedAt: z.string().nullable(),
    }),
    features: z.array(z.string()),
    availableFrom: day,
    fit,
    unknown: z.array(ruleName).describe('Rules that could not be answered: the match is conditional on them.'),
  })
  .meta({ id: 'Match' })

const relaxation = z
  .object({
    rules: z.array(ruleName.extend({ relaxable: z.enum(['person', 'facility', 'district', 'nobody']) })),
    opens: z.number().int().describe('How many places fit when all of these are relaxed.'),
  })
  .meta({ id: 'Relaxation' })

const summary = {
  total: z.number().int().describe('How many places fit.'),
  considered: z.number().int().describe('How many places were looked at.'),
  cityVersion: z.number().int(),
  asOf: day,
  byForm: z.array(z.object({ form: placeForm, places: z.number().int() })),
  excludedBy: z.array(
    ruleName.extend({
      places: z.number().int().describe('Places that fail this rule.'),
      alone: z.number().int().describe('Places that fail only this rule.'),
    }),
  ),
  relaxations: z.array(relaxation).describe('The smallest sets of rules whose relaxing opens places.'),
}

export const needMatches = z.object({ needId: id, ...summary, items: z.array(match) }).meta({ id: 'NeedMatches' })

export const preview = z.object({ ...summary, items: z.array(match) }).meta({ id: 'MatchPreview' })

export const previewRequest = z
  .strictObject(requirementFields)
  .partial()
  .extend({
    district: districtCode.describe('The district whose need it is.'),
    residentId: id.optional().describe('Takes household, age, gender and where she lives from the resident.'),
  })
  .meta({ id: 'MatchPreviewRequest' })
export type PreviewRequest = z.output<typeof previewRequest>

const verdict = z
  .object({
    ruleId: z.string(),
    title: z.string(),
    source: z.string(),
    outcome: z.enum(['passed', 'failed', 'unknown']),
    needed: z.string(),
    offered: z.string(),
    sentence: z.string(),
    relaxable: z.enum(['person', 'facility', 'district', 'nobody']),
  })
  .meta({ id: 'Verdict' })

export const explanation = z
  .object({
    needId: id,
    placeId: id,
    eligible: z.boolean(),
    place: z.object({
      label: z.string(),
      form: placeForm,
      facilityId: id,
      facilityName: z.string(),
      districtCode: z.string(),
      features: z.array(placeFeature),
      vacancyConfirmedAt: z.string().nullable(),
    }),
    availableFrom: day.nullable(),
    fit: fit.nullable().describe('Null when the form is not among those the need asks for.'),
    rules: z.array(verdict),
    missingSteps: z.array(z.object({ id: z.string(), title: z.string(), stops: z.string() })),
  })
  .meta({ id: 'Explanation' })

export const placeMatches = z
  .object({
    placeId: id,
    asOf: day,
    items: z.array(
      z.object({
        needId: id,
        residentName: z.string(),
        urgencyClass: z.number().int(),
        urgencyName: z.string(),
        daysInSituation: z.number().int().nullable(),
        fit,
        unknown: z.array(ruleName),
      }),
    ),
    considered: z.number().int().describe('How many of my open needs were looked at.'),
  })
  .meta({ id: 'PlaceMatches' })
