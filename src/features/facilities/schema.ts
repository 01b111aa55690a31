import { z } from 'zod'
import { dayRange, districtCode, id, instant, text } from '../../http/fields.ts'
import { GENDERS } from '../../reference/profiles.ts'

const OPERATOR_KINDS = ['district', 'vel', 'nursing_home_agency', 'boligbygg', 'non_profit', 'private'] as const

const age = z.number().int().min(0).max(120).nullable()

const fields = {
  name: text(200),
  operator: text(200),
  operatorKind: z.enum(OPERATOR_KINDS),
  districtCode,
  address: text(300).nullable(),
  serves: z.enum(['own_district', 'listed_districts', 'city']),
  servedDistricts: z
    .array(z.strictObject({ districtCode, during: dayRange }))
    .max(100)
    .describe('Dated list, used when it serves listed districts.'),
  openDuring: dayRange,
  minAge: age,
  maxAge: age,
  genders: z
    .array(z.enum(GENDERS.map(({ id: gender }) => gender)))
    .max(3)
    .describe('Empty: everybody.'),
  substanceStance: z.enum(['substance_free', 'tolerant']),
  maxBehaviour: z.number().int().min(0).max(3),
  maxSecurity: z.number().int().min(0).max(2),
  childrenAllowed: z.boolean(),
  petsAllowed: z.boolean(),
  maxExtensiveBehaviour: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .nullable()
    .describe('Limit on the mix in the house; null: none.'),
  maxMoveInsPerMonth: z
    .number('Skriv et helt tall.')
    .int('Skriv et helt tall.')
    .min(1, 'Skriv minst 1. Tar huset ikke imot noen nå, er det inntaket som er stengt.')
    .max(1000, 'Skriv høyst 1 000.')
    .nullable()
    .describe('How many new households the house takes in a calendar month; null: nobody has said.'),
  admitting: z.boolean(),
  notAdmittingReason: text(300).nullable(),
}

const criteria = {
  ...fields,
  address: fields.address.default(null),
  servedDistricts: fields.servedDistricts.default([]),
  minAge: age.default(null),
  maxAge: age.default(null),
  genders: fields.genders.default([]),
  substanceStance: fields.substanceStance.default('tolerant'),
  maxBehaviour: fields.maxBehaviour.default(3),
  maxSecurity: fields.maxSecurity.default(2),
  childrenAllowed: fields.childrenAllowed.default(false),
  petsAllowed: fields.petsAllowed.default(false),
  maxExtensiveBehaviour: fields.maxExtensiveBehaviour.default(null),
  maxMoveInsPerMonth: fields.maxMoveInsPerMonth.default(null),
  admitting: fields.admitting.default(true),
  notAdmittingReason: fields.notAdmittingReason.default(null),
}

export const newFacility = z.strictObject(criteria).meta({ id: 'NewFacility' })
export type NewFacility = z.output<typeof newFacility>

export const changedFacility = z.strictObject(fields).partial().meta({ id: 'ChangedFacility' })
export type ChangedFacility = z.output<typeof changedFacility>

export const facility = z
  .object({
    ...fields,
    maxMoveInsPerMonth: z
      .number()
      .int()
      .nullable()
      .describe('How many new households the house takes in a calendar month; null: nobody has said.'),
    id,
    version: z.number().int(),
    vacancyConfirmedAt: instant.nullable().describe('When its vacancy was last confirmed; null: never.'),
    places: z.number().int().describe('Places open today.'),
    freePlaces: z
      .number()
      .int()
      .describe('Of these neither taken nor closed nor held today; counted only while it admits.'),
  })
  .meta({ id: 'Facility' })
