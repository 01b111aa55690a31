import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, placeForm, text } from '../../http/fields.ts'

export const commitmentQuery = pageQuery.extend({
  state: z.enum(['open', 'settled', 'withdrawn', 'all']).default('open'),
  district: districtCode.optional(),
})

const readyOn = day.describe('The day on which the home is ready at the latest. After today when it is set.')
const placeId = id.nullable().describe('The home; null: it is not found yet.')

export const newHomeCommitment = z
  .strictObject({
    returnPlanId: id,
    readyOn,
    placeId: placeId.default(null),
    note: text(1000).nullable().default(null),
  })
  .meta({ id: 'NewHomeCommitment' })
export type NewHomeCommitment = z.output<typeof newHomeCommitment>

export const changedHomeCommitment = z
  .strictObject({ readyOn, placeId, note: text(1000).nullable() })
  .partial()
  .meta({ id: 'ChangedHomeCommitment' })
export type ChangedHomeCommitment = z.output<typeof changedHomeCommitment>

export const commitmentWithdrawal = z.strictObject({ note: text(1000) }).meta({ id: 'HomeCommitmentWithdrawal' })

export const homeCommitment = z
  .object({
    id,
    version: z.number().int(),
    returnPlanId: id,
    residentName: z.string().nullable(),
    district: z.string().describe('The bydel that has bound itself.'),
    readyOn: day,
    committedOn: day,
    home: z
      .object({
        placeId: id,
        label: z.string(),
        facilityName: z.string(),
        form: placeForm,
        opensOn: day,
        closesOn: day.nullable(),
      })
      .nullable(),
    note: z.string().nullable(),
    settledOn: day.nullable().describe('The person moved.'),
    withdrawnOn: day.nullable(),
    withdrawnNote: z.string().nullable(),
    synthetic: z.boolean(),
  })
  .meta({ id: 'HomeCommitment' })
export type HomeCommitmentBody = z.infer<typeof homeCommitment>

export const possibleHome = z
  .object({
    placeId: id,
    label: z.string(),
    facilityId: id,
    facilityName: z.string(),
    form: placeForm,
    opensOn: day.describe('Before or on today: it is free now.'),
    closesOn: day.nullable(),
    vacancyConfirmedAt: instant.nullable().describe('When the house last confirmed its vacancy; null: never.'),
  })
  .meta({ id: 'PossibleHome' })
