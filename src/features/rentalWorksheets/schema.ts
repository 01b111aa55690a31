import { z } from 'zod'
import { day, dayRange, id, text } from '../../http/fields.ts'

const kroner = (max: number) => z.number().int().min(0).max(max).nullable()

const fields = {
  landlordId: id.nullable(),
  address: text(300).nullable().describe('Of the home.'),
  rentMonth: kroner(100_000).describe('Kroner a month; null: not known.'),
  electricityMonth: kroner(20_000).describe('Kroner a month; null: not known.'),
  guarantee: z.enum(['not_decided', 'none', 'guarantee', 'deposit']),
  guaranteeAmount: kroner(500_000).describe('Kroner.'),
  housingAllowance: z.enum(['not_applied', 'applied', 'granted', 'refused']).describe('Bostøtte.'),
  housingAllowanceMonth: kroner(50_000).describe('Kroner a month, once it is granted.'),
  leaseDuring: dayRange.nullable(),
}

export const worksheetFields = z
  .strictObject({
    ...fields,
    conclusion: z
      .strictObject({ privateRental: z.enum(['possible', 'not_possible']), reason: text(2000).nullable() })
      .nullable()
      .describe(
        'Whether renting privately works for this household: written to the need. Null leaves the need as it is.',
      ),
  })
  .meta({ id: 'RentalWorksheetFields' })

export const worksheet = z
  .object({
    ...fields,
    needId: id,
    version: z.number().int().describe('0 while nothing has been saved; send it in If-Match to save the first time.'),
    landlord: z
      .object({ id, name: z.string(), referralInWords: z.string().nullable() })
      .nullable()
      .describe('With the tilvisningsavtale in words, where there is one.'),
    cost: z.object({
      grossMonth: z.number().int().nullable().describe('Rent and electricity; null while either is not known.'),
      netMonth: z.number().int().nullable().describe('Less a granted housing allowance.'),
      beforeMoveIn: z.number().int().nullable().describe('A deposit, once.'),
      missing: z.array(z.string()).describe('What is not known yet, each as a sentence.'),
    }),
    shortLease: z.boolean().describe('The lease is shorter than the law’s norm: to move in on it takes a reason.'),
    warnings: z
      .array(z.string())
      .describe('What should be looked at, in bokmål: a lease that is shorter than the law’s norm.'),
    privateRental: z.enum(['not_considered', 'possible', 'not_possible', 'overridden']).describe('As the need says.'),
    privateRentalReason: z.string().nullable(),
    privateRentalConsideredOn: day.nullable(),
  })
  .meta({ id: 'RentalWorksheet' })
