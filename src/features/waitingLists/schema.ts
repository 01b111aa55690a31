import { z } from 'zod'
import { day, districtCode, id, placeForm } from '../../http/fields.ts'

export const waitingListQuery = z.strictObject({
  form: placeForm.optional().describe('Only needs that this form is among.'),
  district: districtCode.optional().describe('Only needs that this district holds.'),
})

const entry = z
  .object({
    position: z.number().int(),
    needId: id,
    residentName: z.string(),
    forms: z.array(placeForm),
    urgencyClass: z.number().int(),
    urgencyName: z.string(),
    grounds: z.array(z.string()),
    daysInSituation: z.number().int().nullable(),
    daysSinceRegistration: z.number().int(),
    reason: z.string().describe('Why this position, against the one before.'),
    aheadByClass: z.array(z.object({ urgencyClass: z.number().int(), people: z.number().int() })),
    targetDays: z.number().int(),
    daysOverTarget: z.number().int(),
    lastRun: z
      .object({
        runId: id,
        outcome: z.enum(['proposed', 'unmet']),
        sentence: z.string().nullable().describe('Why nothing was proposed.'),
      })
      .nullable()
      .describe('What the newest completed run said; null when no run has seen it.'),
  })
  .meta({ id: 'WaitingListEntry' })

export const waitingList = z
  .object({
    asOf: day,
    notice: z.string().describe('Says that the order is a choice of the city’s.'),
    targetNotice: z.string(),
    daysCap: z
      .object({ inSituation: z.number().int(), sinceRegistration: z.number().int() })
      .describe('More days than these count no more: a number that reaches its cap means that many or more.'),
    items: z.array(entry),
  })
  .meta({ id: 'WaitingList' })
