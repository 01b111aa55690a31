import { z } from 'zod'
import { HOLD_STATES } from '../../domain/placement/hold.ts'
import { pageQuery } from '../../http/cursor.ts'
import { actions, day, id, instant, placeForm } from '../../http/fields.ts'

export const newHold = z
  .strictObject({
    needId: id,
    placeId: id,
    moveInOn: day.describe('From when the place is wanted; within the days that the need can use.'),
    keepUntil: day.optional().describe('The last day that it is kept. Absent: as long as the policy lets it be.'),
  })
  .meta({ id: 'NewHold' })
export type NewHoldBody = z.output<typeof newHold>

export const holdQuery = pageQuery.extend({
  state: z.enum(['running', 'ended']).optional().describe('`ended`: given back, run out or offered. Absent: all.'),
  needId: id.optional(),
})
export type HoldQuery = z.output<typeof holdQuery>

export const hold = z
  .object({
    id,
    version: z.number().int(),
    state: z.enum(HOLD_STATES),
    stateName: z.string(),
    needId: id,
    holdingDistrict: z.string(),
    place: z
      .object({
        id,
        label: z.string(),
        form: placeForm,
        facilityId: id,
        facilityName: z.string(),
        districtCode: z.string(),
      })
      .meta({ id: 'ReservedPlace' }),
    moveInOn: day,
    keepUntil: day.nullable().describe('The last day that it is kept; null once an offer of it was accepted.'),
    expiresAt: instant.nullable().describe('The midnight after it.'),
    reservedAt: instant,
    reservedBy: z.string(),
    endedAt: instant.nullable(),
    offerId: id.nullable().describe('The offer that has taken it over.'),
    actions,
  })
  .meta({ id: 'Hold' })
export type HoldBody = z.infer<typeof hold>
