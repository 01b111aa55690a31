import { z } from 'zod'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id } from '../../http/fields.ts'
import { COST_ASSUMPTIONS } from '../../reference/costAssumptions.ts'

export const costQuery = z.strictObject({
  year: z.coerce.number().int().min(2000).max(2100).optional().describe('Calendar year; this one when left out.'),
  district: districtCode.optional(),
})

const count = z.number().int()
const kroner = z.number().int()
const share = z.number().nullable().describe('Percent, one decimal; null where there is nothing to share.')

const bought = z
  .object({
    households: count.describe('Stays in bought places that touch the year.'),
    now: count.describe('That somebody lives on today.'),
    peopleNow: count.describe('In the households that live on them today.'),
    unpricedNow: count.describe('Of these, without a registered price: they cost something that is in no sum.'),
    days: count.describe('Days lived there in the year before today.'),
    daysUnpriced: count,
    spent: kroner.describe('In the year before today.'),
    committed: kroner.describe('From today to the end of the year, agreed to a day.'),
    running: kroner.describe('From today to the end of the year, of what runs until it is ended.'),
    month: kroner.describe('A month of what runs today.'),
    sameDaysInOwnPlace: kroner.describe('The priced days before today in an own place, by assumption.'),
    budget: kroner.nullable().describe('Null: nobody has set one.'),
    shareOfBudget: share.describe('Spent, committed and running, in percent of the budget.'),
    largestCases: kroner.describe('What the `largestCount` largest stays tie up in the year.'),
    largestShare: share.describe('Of all that is tied up in the year.'),
    largestShareOfBudget: share,
  })
  .meta({ id: 'BoughtPlaces' })

const gap = z.object({ households: count, people: count, month: kroner.describe('A month, by assumption.') })

const costRow = z
  .object({
    district: z.string(),
    districtName: z.string(),
    bought,
    dischargeReady: z
      .object({
        now: count.describe('Households that wait today.'),
        peopleNow: count.describe('In these households.'),
        days: count.describe('Days waited in the year before today.'),
        paid: kroner.describe('For these days, by assumption.'),
        sameDaysInOwnPlace: kroner.describe('For these days, by assumption.'),
        month: kroner,
      })
      .meta({ id: 'DischargeReadyDays' }),
    temporary: gap.describe('In temporary accommodation today.'),
    ready: gap.describe('In an institution today and ready to move on.'),
    month: kroner.describe('Of the four together: what the gap costs a month.'),
  })
  .meta({ id: 'CostRow' })
export type CostRow = z.output<typeof costRow>

const assumption = z
  .object({
    id: z.enum(COST_ASSUMPTIONS.map((entry) => entry.id)),
    version: count,
    name: z.string(),
    sentence: z.string(),
    kronerPerDay: kroner,
    synthetic: z.boolean().describe('Chosen within a range, and published by nobody.'),
    source: z.string(),
  })
  .meta({ id: 'CostAssumption' })

export const costs = z
  .object({
    year: count,
    asOf: day,
    largestCount: count,
    assumptions: z.array(assumption),
    notes: z.array(z.string()).describe('How to read it, in bokmål.'),
    items: z.array(costRow),
    total: costRow,
  })
  .meta({ id: 'Costs' })
export type Costs = z.output<typeof costs>

export const gapQuery = pageQuery.extend({
  situation: z.enum(['temporary', 'ready', 'discharge_ready']).describe('Which of the figures of `/costs`.'),
})
export type GapQuery = z.output<typeof gapQuery>

export const gapPerson = z
  .object({
    id: id.describe('Of the stay; of those who are discharge-ready, of the need.'),
    needId: id.nullable().describe('The household’s open need, if there is one.'),
    facilityId: id.nullable(),
    placeName: z.string().nullable(),
    residentName: z.string().nullable(),
    since: day.describe('Lives there, is ready to move on, or is ready for discharge.'),
  })
  .meta({ id: 'GapPerson' })
export type GapPerson = z.output<typeof gapPerson>
