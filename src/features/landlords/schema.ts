import { z } from 'zod'
import { day, districtCode, id, text } from '../../http/fields.ts'

const fields = {
  name: text(200),
  referralHomes: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .describe('How many homes a tilvisningsavtale covers; null: there is none.'),
  referralUntil: day.nullable().describe('The last day of the agreement; null: until it is ended.'),
  note: text(1000).nullable(),
}

export const newLandlord = z
  .strictObject({
    district: districtCode.describe('The district that keeps the landlord.'),
    name: fields.name,
    referralHomes: fields.referralHomes.default(null),
    referralUntil: fields.referralUntil.default(null),
    note: fields.note.default(null),
  })
  .meta({ id: 'NewLandlord' })

export const changedLandlord = z.strictObject(fields).partial().meta({ id: 'ChangedLandlord' })

export const landlord = z
  .object({
    ...fields,
    id,
    version: z.number().int(),
    district: z.string(),
    referralRight: z.enum(['none', 'in_force', 'ended']).describe('The tilvisningsavtale today.'),
    referralInWords: z.string().nullable(),
  })
  .meta({ id: 'Landlord' })
