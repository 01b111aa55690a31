import { z } from 'zod'
import { id, text } from '../../http/fields.ts'

export const newSupplier = z.strictObject({ name: text(200) }).meta({ id: 'NewSupplier' })
export const changedSupplier = z.strictObject({ name: text(200) }).meta({ id: 'ChangedSupplier' })

const count = z.number().int()

export const supplier = z
  .object({
    id,
    version: count,
    name: z.string(),
    agreements: count.describe('Framework agreements in force today.'),
    lowestPricePerDay: count.nullable().describe('Whole kroner, of the agreements in force.'),
    highestPricePerDay: count.nullable(),
    dualDiagnosis: z
      .boolean()
      .describe('An agreement in force also covers people with both illness and substance problems.'),
    notes: z
      .object({ good: count, concern: count, deviation: count })
      .describe('How many notes on quality the districts have shared, of each kind.'),
    synthetic: z.boolean(),
  })
  .meta({ id: 'Supplier' })
