import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { dayRange, id, text } from '../../http/fields.ts'

const fields = {
  title: text(200),
  pricePerDay: z
    .number()
    .int()
    .min(1, 'Skriv hva et døgn koster, i hele kroner.')
    .max(100_000)
    .describe('Whole kroner for a day in a place.'),
  valid: dayRange,
  places: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .describe('How many places it covers; null: no limit is agreed.'),
  dualDiagnosis: z.boolean().describe('Also for people with both mental illness and substance problems.'),
  note: text(1000).nullable(),
}

export const newFrameworkAgreement = z
  .strictObject({
    supplierId: id,
    ...fields,
    places: fields.places.default(null),
    dualDiagnosis: fields.dualDiagnosis.default(false),
    note: fields.note.default(null),
  })
  .meta({ id: 'NewFrameworkAgreement' })

export const changedFrameworkAgreement = z.strictObject(fields).partial().meta({ id: 'ChangedFrameworkAgreement' })

export const agreementQuery = pageQuery.extend({
  supplierId: id.optional(),
  inForce: z.enum(['true', 'false']).optional().describe('Today; absent: all.'),
})

export const frameworkAgreement = z
  .object({
    id,
    version: z.number().int(),
    supplierId: id,
    supplierName: z.string(),
    ...fields,
    inForce: z.boolean().describe('Today.'),
    placesInUse: z
      .number()
      .int()
      .nullable()
      .describe('Purchases on it that run today, of the reader’s own district only; null for who may see none.'),
    synthetic: z.boolean().describe('Made up for the demo: no price of a real agreement.'),
  })
  .meta({ id: 'FrameworkAgreement' })
