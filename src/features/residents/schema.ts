import { z } from 'zod'
import { day, districtCode, id, personalNumber, text } from '../../http/fields.ts'
import { CONSENT_SCOPES, GENDERS, LANGUAGES } from '../../reference/profiles.ts'

const gender = z.enum([...GENDERS.map(({ id: known }) => known), 'unknown'])
const addressProtection = z.enum(['none', 'confidential', 'strictly_confidential'])
const language = z.enum(LANGUAGES.map(({ tag }) => tag))

const child = z
  .strictObject({
    birthYear: z.number().int().min(1990, 'Året må være etter 1990.').max(2100),
    arrangement: z.enum(['living', 'visiting']),
  })
  .meta({ id: 'Child' })

const personFields = {
  name: text(200),
  birthDate: day.nullable(),
  gender,
  phone: text(30).nullable(),
  addressProtection: addressProtection.describe('confidential is kode 7, strictly_confidential is kode 6.'),
  language,
  interpreter: z.boolean(),
  contactPerson: text(200).nullable(),
  individualPlanOfferedOn: day.nullable(),
  individualPlanAnsweredOn: day.nullable(),
  individualPlanAnswer: z.enum(['accepted', 'declined']).nullable(),
}

const householdFields = {
  adults: z.number().int().min(1).max(6),
  pets: z.boolean().nullable().describe('Null: nobody has asked.'),
  children: z.array(child).max(12),
}

export const newResident = z
  .strictObject({
    district: districtCode.describe('The district that registers and holds the person.'),
    personalNumber: personalNumber.nullable().default(null).describe('Null when it is not known yet.'),
    name: personFields.name,
    birthDate: personFields.birthDate.default(null),
    gender: gender.default('unknown'),
    phone: personFields.phone.default(null),
    addressProtection: addressProtection.default('none'),
    language: language.default('nb'),
    interpreter: z.boolean().default(false),
    contactPerson: personFields.contactPerson.default(null),
    individualPlanOfferedOn: day.nullable().default(null),
    individualPlanAnsweredOn: day.nullable().default(null),
    individualPlanAnswer: personFields.individualPlanAnswer.default(null),
    household: z
      .strictObject({
        adults: householdFields.adults.default(1),
        pets: householdFields.pets.default(null),
        children: householdFields.children.default([]),
      })
      .default({ adults: 1, pets: null, children: [] }),
  })
  .meta({ id: 'NewResident' })
export type NewResident = z.output<typeof newResident>

export const changedResident = z
  .strictObject({
    ...personFields,
    personalNumber: personalNumber.nullable(),
    household: z.strictObject(householdFields).partial(),
  })
  .partial()
  .meta({ id: 'ChangedResident' })
export type ChangedResident = z.output<typeof changedResident>

export const resident = z
  .object({
    ...personFields,
    id,
    version: z.number().int(),
    district: z.string(),
    personalNumberEnding: z.string().nullable().describe('The last three digits, to tell two people apart.'),
    synthetic: z.boolean(),
    household: z.object({ id, ...householdFields }),
    openNeedId: id.nullable(),
  })
  .meta({ id: 'Resident' })

export const residentSearch = z
  .strictObject({
    personalNumber: personalNumber.optional(),
    name: z.string().trim().min(2, 'Skriv minst to bokstaver.').max(200).optional(),
  })
  .refine((query) => (query.personalNumber === undefined) !== (query.name === undefined), {
    message: 'Søk med enten fødselsnummer eller navn.',
  })
  .meta({ id: 'ResidentSearch' })

export const residentHits = z
  .object({
    items: z.array(
      z.object({
        id,
        name: z.string(),
        birthYear: z.number().int().nullable(),
        personalNumberEnding: z.string().nullable(),
        addressProtection,
        openNeedId: id.nullable(),
      }),
    ),
    more: z.boolean().describe('There are more hits than shown; search more precisely.'),
  })
  .meta({ id: 'ResidentHits' })

const SCOPES = CONSENT_SCOPES.map(({ id: scope }) => scope)

export const newConsent = z
  .strictObject({ scope: z.enum(SCOPES), givenOn: day, note: text(1000).nullable().default(null) })
  .meta({ id: 'NewConsent' })

export const consent = z
  .object({
    id,
    version: z.number().int(),
    scope: z.enum(SCOPES),
    givenOn: day,
    revokedOn: day.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Consent' })

export const revocation = z.strictObject({ revokedOn: day }).meta({ id: 'Revocation' })

export const newNeverTogether = z
  .strictObject({ otherResidentId: id, reason: text(1000) })
  .meta({ id: 'NewNeverTogether' })

export const neverTogether = z
  .object({ id, otherResidentId: id, otherName: z.string().nullable(), reason: z.string() })
  .meta({ id: 'NeverTogether' })
