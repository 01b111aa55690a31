import { z } from 'zod'
import { PLACE_STATES } from '../../domain/timeline.ts'
import { pageQuery } from '../../http/cursor.ts'
import { day, districtCode, id, instant, placeForm } from '../../http/fields.ts'

/** A timeline's row is small, and a city has thousands: its pages are larger than those of other lists. */
const LARGEST_PAGE = 500

const ONLY = ['gaps', 'held', 'closed', 'changing'] as const

const filters = {
  from: day.optional().describe('The first day; absent: today.'),
  to: day.optional().describe('The day after the last one, at most 400 later; absent: 56 days after `from`.'),
  form: placeForm.optional(),
  district: districtCode.optional().describe('Where the facility lies.'),
  facilityId: id.optional(),
  only: z
    .enum(ONLY)
    .optional()
    .describe('Only places that within the days stand empty, are held, are closed, or open or close for good.'),
}

export const occupancyQuery = pageQuery.extend({
  ...filters,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LARGEST_PAGE)
    .default(100)
    .describe(`How many places, at most ${LARGEST_PAGE}.`),
})
export const occupancySummaryQuery = z.strictObject(filters)
export type OccupancyFilter = z.output<typeof occupancySummaryQuery>

const range = z.object({ from: day, to: day.nullable() })

const segment = z
  .object({
    from: day,
    to: day.describe('The day after the last one; never beyond the days that were asked for.'),
    state: z.enum(PLACE_STATES),
    occupied: range
      .nullable()
      .describe('The whole of the occupancy, beyond the days asked for; `to` null: no departure.'),
    hold: z
      .object({
        from: day,
        to: day.nullable(),
        expiresAt: instant.nullable().describe('Null: firm.'),
        reserved: z.boolean().describe('Nothing is offered yet.'),
      })
      .nullable()
      .describe('Also where somebody still lives there. For whom is not said.'),
    closure: z
      .object({ id, from: day, to: day.nullable(), reason: z.string(), admits: z.boolean() })
      .nullable()
      .describe('Also where somebody lives there all the same.'),
    stay: z
      .object({ id, expectedUntil: day.nullable(), overdue: z.boolean() })
      .nullable()
      .describe('Of the reader’s own district or house only; for everybody else the place is taken and no more.'),
  })
  .meta({ id: 'OccupancySegment' })

export const placeOccupancy = z
  .object({
    placeId: id,
    label: z.string(),
    form: placeForm,
    facilityId: id,
    facilityName: z.string(),
    districtCode: z.string(),
    admitting: z.boolean().describe('The facility is staffed and admits today.'),
    vacancyConfirmedAt: instant.nullable(),
    openDuring: range,
    vacantDays: z.number().int().describe('Of the days asked for.'),
    segments: z.array(segment).describe('In order and without gaps over the days asked for.'),
  })
  .meta({ id: 'PlaceOccupancy' })

export const occupancySummary = z
  .object({
    from: day,
    to: day,
    places: z.number().int().describe('Places that the filters leave and that are open some day of it.'),
    placesWithGaps: z.number().int(),
    openDays: z.number().int().describe('Place-days, as all that follow.'),
    occupiedDays: z.number().int(),
    heldDays: z.number().int(),
    closedDays: z.number().int(),
    vacantDays: z.number().int(),
  })
  .meta({ id: 'OccupancySummary' })
