import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { day, id, text } from '../../http/fields.ts'
import { PURCHASE_REASONS } from '../../reference/purchases.ts'

const reason = z.enum(PURCHASE_REASONS.map((entry) => entry.id))
const pricePerDay = z
  .number()
  .int()
  .min(1, 'Skriv hva et døgn koster, i hele kroner.')
  .max(100_000)
  .describe('Whole kroner.')
const kroner = z.number().int()

export const callOffQuery = pageQuery.extend({
  state: z
    .enum(['running', 'ended', 'all'])
    .default('running')
    .describe('`running`: somebody lives there on it today.'),
})

const decline = z.object({
  kind: z.enum(['offer', 'referral']),
  id,
  sentence: z.string().describe('Who said no, and when.'),
})

export const newCallOff = z
  .strictObject({
    stayId: id.describe('A stay in a bought place of one’s own district.'),
    supplierId: id,
    agreementId: id.nullable().default(null).describe('Null: bought outside a framework agreement.'),
    pricePerDay,
    from: day,
    to: day.nullable().default(null).describe('The first day that is not ordered; null: it runs until it is ended.'),
    reason,
    declinedOfferId: id.nullable().default(null).describe('With `staffing_hse`: the no that led to the purchase.'),
    declinedReferralId: id.nullable().default(null),
    note: text(1000).nullable().default(null),
  })
  .meta({ id: 'NewCallOff' })
export type NewCallOff = z.output<typeof newCallOff>

export const changedCallOff = z
  .strictObject({
    pricePerDay,
    to: day.nullable(),
    reason,
    declinedOfferId: id.nullable(),
    declinedReferralId: id.nullable(),
    note: text(1000).nullable(),
  })
  .partial()
  .meta({ id: 'ChangedCallOff' })
export type ChangedCallOff = z.output<typeof changedCallOff>

export const callOff = z
  .object({
    id,
    version: z.number().int(),
    district: z.string(),
    stayId: id,
    residentName: z.string().nullable(),
    needId: id.nullable().describe('The household’s open need, if there is one.'),
    facilityId: id.nullable(),
    placeName: z.string().nullable(),
    supplierId: id,
    supplierName: z.string(),
    agreementId: id.nullable(),
    agreementTitle: z.string().nullable(),
    agreedPricePerDay: z.number().int().nullable(),
    pricePerDay: kroner,
    from: day,
    to: day.nullable(),
    stayFrom: day,
    stayTo: day.nullable(),
    reason,
    reasonName: z.string(),
    decline: decline.nullable().describe('The no for lack of staff, competence or safety that led to it.'),
    note: z.string().nullable(),
    synthetic: z.boolean().describe('Made up for the demo: not a price that anybody pays.'),
    year: z
      .object({ spent: kroner, committed: kroner, running: kroner })
      .describe('This year: until today; from today, agreed to a day; from today, of what runs until it is ended.'),
  })
  .meta({ id: 'CallOff' })

export const unpricedStay = z
  .object({
    stayId: id,
    residentName: z.string().nullable(),
    facilityId: id.nullable(),
    placeName: z.string().nullable(),
    operator: z.string().nullable().describe('Who runs the house: often the supplier.'),
    stayFrom: day,
    firstUnpriced: day.describe('The first day of the stay after what is ordered.'),
    declines: z.array(decline).describe('Noes to the household for lack of staff, competence or safety.'),
  })
  .meta({ id: 'UnpricedStay' })
