import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { day, dayRange, districtCode, id, instant, placeFeature, placeForm, text } from '../../http/fields.ts'
import { REASON_CODES } from '../../reference/reasonCodes.ts'

const fields = {
  label: text(100),
  form: placeForm,
  openDuring: dayRange,
  maxHousehold: z.number().int().min(1).max(12),
  features: z.array(placeFeature).max(20),
  selfReferral: z.boolean().describe('Brukerstyrt: the resident activates it under an agreement.'),
}

export const newPlace = z
  .strictObject({
    ...fields,
    facilityId: id,
    maxHousehold: fields.maxHousehold.default(1),
    features: fields.features.default([]),
    selfReferral: fields.selfReferral.default(false),
  })
  .meta({ id: 'NewPlace' })
export type NewPlace = z.output<typeof newPlace>

export const changedPlace = z.strictObject(fields).partial().meta({ id: 'ChangedPlace' })
export type ChangedPlace = z.output<typeof changedPlace>

export const place = z
  .object({
    ...fields,
    id,
    version: z.number().int(),
    facilityId: id,
    facilityName: z.string(),
    districtCode: z.string(),
    taken: z.boolean().describe('Taken today. By whom is not said here.'),
    closed: z.boolean().describe('Closed today by a closure that does not admit.'),
    admitting: z.boolean().describe('The facility is staffed and admits.'),
    held: z.boolean().describe('Kept for somebody by an offer that runs or was accepted.'),
    vacancyConfirmedAt: instant.nullable().describe('When the facility last confirmed its vacancy; null: never.'),
  })
  .meta({ id: 'Place' })

export const placeQuery = pageQuery.extend({
  vacantOn: day
    .optional()
    .describe('Only places open, neither taken nor closed nor held, in a facility that admits, on this day.'),
  form: placeForm.optional(),
  district: districtCode.optional(),
  facilityId: id.optional(),
})
export type PlaceQuery = z.output<typeof placeQuery>

export const placeCountQuery = z.strictObject({ district: districtCode.optional(), facilityId: id.optional() })
export type PlaceCountQuery = z.output<typeof placeCountQuery>

export const placeCount = z
  .object({
    form: placeForm,
    open: z.number().int().describe('Open today: the sum of the five that follow.'),
    taken: z.number().int(),
    closed: z.number().int().describe('Not taken, and closed by a closure that does not admit.'),
    notAdmitting: z.number().int().describe('Neither taken nor closed, in a facility that does not admit.'),
    held: z.number().int().describe('None of these, and kept for somebody by an offer.'),
    free: z.number().int().describe('Somebody could move in today.'),
  })
  .meta({ id: 'PlaceCount' })

const closureReason = z.enum(REASON_CODES.filter(({ kind }) => kind === 'closure').map(({ id: reason }) => reason))

const closureFields = {
  during: dayRange,
  reason: closureReason,
  admits: z.boolean().describe('A move-in is possible all the same.'),
  costOwner: text(100).nullable(),
  note: text(1000).nullable(),
}

export const newClosure = z
  .strictObject({
    ...closureFields,
    admits: closureFields.admits.default(false),
    costOwner: closureFields.costOwner.default(null),
    note: closureFields.note.default(null),
  })
  .meta({ id: 'NewClosure' })
export type NewClosure = z.output<typeof newClosure>

export const changedClosure = z.strictObject(closureFields).partial().meta({ id: 'ChangedClosure' })
export type ChangedClosure = z.output<typeof changedClosure>

export const closure = z
  .object({ ...closureFields, reason: z.string(), id, version: z.number().int(), placeId: id })
  .meta({ id: 'Closure' })
