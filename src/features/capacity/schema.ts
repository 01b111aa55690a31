import { z } from 'zod'
import { day, districtCode, id, instant, placeFeature, placeForm } from '../../http/fields.ts'
import type { PlaceState } from '../../reference/capacityMeasures.ts'

const GROUPS = ['district', 'step', 'form', 'facility', 'features'] as const
export type GroupKind = (typeof GROUPS)[number]
/** The queue knows districts and forms, and no facilities. */
const PEOPLE_GROUPS = ['district', 'form'] as const

/** Several values in one parameter, with commas between; each once, in the order of `values`. */
function listOf<T extends string>(values: readonly T[], what: string) {
  return z
    .string()
    .max(400)
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.enum(values)))
    .transform((chosen) => values.filter((value) => chosen.includes(value)))
    .describe(what)
}

const filter = {
  district: districtCode.optional(),
  serves: districtCode
    .optional()
    .describe('Places of facilities that serve this district, wherever they lie; the queue is not told then.'),
  form: placeForm.optional(),
  step: z.coerce.number().int().min(0).max(4).optional(),
  facilityId: id.optional(),
  features: listOf(placeFeature.options, 'Only places with all of these, with commas between.').optional(),
}

/** So far that every period before and after it still is a day. */
const capacityDay = day.refine((on) => on >= '1950-01-01' && on < '2150-01-01', 'Velg et år fra 1950 til 2149.')

export const capacityQuery = z.strictObject({
  on: capacityDay.optional().describe('Past or future; today when left out.'),
  groupBy: listOf(GROUPS, `What to tell apart, with commas between: ${GROUPS.join(', ')}.`).optional(),
  ...filter,
})
export type CapacityQuery = z.output<typeof capacityQuery>

export const EVERY = ['day', 'week', 'month', 'quarter', 'year', 'period'] as const

export const seriesQuery = z.strictObject({
  from: capacityDay.optional().describe('Five years before `to` when left out.'),
  to: capacityDay.optional().describe('The first day that is not in it; the first of this month when left out.'),
  every: z.enum(EVERY).default('month').describe('How long each period is; `period` is the whole at once.'),
  groupBy: capacityQuery.shape.groupBy,
  ...filter,
})
export type SeriesQuery = z.output<typeof seriesQuery>

export const lengthQuery = z.strictObject({
  on: capacityDay.optional().describe('The day after the last one observed; today when left out, and never later.'),
  months: z.coerce.number().int().min(1).max(120).default(24).describe('How long a period is observed.'),
  groupBy: listOf(PEOPLE_GROUPS, 'What to tell apart: district, form, or both with a comma between.').optional(),
  district: districtCode.optional(),
  form: placeForm.optional(),
})
export type LengthQuery = z.output<typeof lengthQuery>

const count = z.number().int()

const states = {
  occupied: count.describe('Lived in, until an actual departure; also where the house does not admit.'),
  occupiedClosed: count.describe('Lived in while closed.'),
  closed: count.describe('Empty, and a closure stops move-ins.'),
  notAdmitting: count.describe('Empty and not closed, in a house that does not admit.'),
  held: count.describe('Empty, and somebody who accepted is to move in.'),
  offered: count.describe('Empty, and offered while the deadline for the answer runs.'),
  free: count.describe('None of the others.'),
} satisfies Record<PlaceState, z.ZodType>

/** The seven states share out `places` without rest. */
const placeCounts = z
  .object({
    places: count.describe('Open on the day.'),
    ...states,
    capacity: count.describe('In use or ready for use: occupied, occupiedClosed, held, offered and free.'),
    admitting: count.describe('Of houses that admit and not closed, lived in or not.'),
    occupiedOutside: count.describe('Lived in before opening or after closing; not among the places.'),
  })
  .meta({ id: 'PlaceCounts', description: 'The seven states from `occupied` to `free` share out `places`.' })

const groupOf = {
  district: z.string().optional(),
  districtName: z.string().optional(),
  step: z.number().int().optional(),
  stepName: z.string().optional(),
  form: z.string().optional(),
  formName: z.string().optional(),
  facilityId: z.string().optional(),
  facilityName: z.string().optional(),
  features: z.array(z.string()).optional(),
}

const queue = count
  .nullable()
  .describe(
    'Needs that wait, by responsible district and first form; null where it is not known, and `queueNote` says why.',
  )

const freshness = z
  .object({
    facilities: count.describe('With open places here.'),
    fresh: count.describe('That confirmed their vacancies within the limit.'),
    stale: count,
    never: count.describe('That never confirmed.'),
    oldest: instant.nullable().describe('The confirmation that is oldest; of one facility, its own.'),
    oldestDays: count.nullable().describe('Its age in days today.'),
  })
  .meta({ id: 'CapacityFreshness', description: 'How old the facilities’ own confirmations are today.' })

const capacityRow = z
  .object({
    ...groupOf,
    ...placeCounts.shape,
    openingLater: count,
    closingLater: count,
    admissionAssumed: count.describe('In houses of which it is not registered whether they admitted that day.'),
    queue,
    freshness,
  })
  .meta({ id: 'CapacityRow' })
export type CapacityRow = z.output<typeof capacityRow>

const notes = z.array(z.string()).describe('What a reader should know, in bokmål.')
const definitions = z.number().int().describe('Version of the definitions, which `/capacity/measures` says.')

export const capacity = z
  .object({
    on: day,
    asOf: day.describe('Today.'),
    definitions,
    staleAfterDays: count,
    queueNote: z.string().nullable(),
    notes,
    items: z.array(capacityRow),
    total: capacityRow,
  })
  .meta({ id: 'Capacity' })
export type Capacity = z.output<typeof capacity>

const seriesRow = z
  .object({
    from: day,
    to: day,
    ...groupOf,
    first: placeCounts.describe('On the period’s first day.'),
    placeDays: placeCounts.describe('Place-days of the period in each state.'),
    movedIn: count,
    departed: count,
    turnover: z.number().nullable().describe('Departures for each place open on average; null where none was.'),
    queue: queue.describe('On the period’s first day.'),
  })
  .meta({ id: 'CapacitySeriesRow' })
export type SeriesRow = z.output<typeof seriesRow>

export const capacitySeries = z
  .object({ asOf: day, definitions, queueNote: z.string().nullable(), notes, items: z.array(seriesRow) })
  .meta({ id: 'CapacitySeries' })
export type CapacitySeries = z.output<typeof capacitySeries>

const quantile = z.number().int().nullable().describe('Days; null where the estimate does not get there.')
const quantiles = { p25: quantile, p50: quantile, p75: quantile, p90: quantile }

const waitingRow = z
  .object({
    ...groupOf,
    observed: count.describe('Needs that waited on some day of the period.'),
    housed: count.describe('That got a place in it.'),
    stillWaiting: count.describe('When it ends.'),
    ...quantiles,
  })
  .meta({ id: 'WaitingRow' })
export type WaitingRow = z.output<typeof waitingRow>

const stayRow = z
  .object({
    ...groupOf,
    observed: count.describe('Stays that lasted on some day of the period.'),
    departed: count.describe('That ended in it.'),
    lasting: count.describe('When it ends.'),
    ...quantiles,
    normDays: count.nullable(),
    normText: z.string().nullable(),
    beyondNorm: count.nullable().describe('Of those that last, longer than the norm; null without one.'),
    lastingAtNorm: z.number().nullable().describe('The share that is estimated to last longer than the norm.'),
  })
  .meta({ id: 'StayLengthRow' })
export type StayRow = z.output<typeof stayRow>

const lengths = { from: day, to: day, asOf: day, definitions, notes }
export const waitingTimes = z
  .object({ ...lengths, items: z.array(waitingRow), total: waitingRow })
  .meta({ id: 'WaitingTimes' })
export type WaitingTimes = z.output<typeof waitingTimes>
export const stayLengths = z.object({ ...lengths, items: z.array(stayRow), total: stayRow }).meta({ id: 'StayLengths' })
export type StayLengths = z.output<typeof stayLengths>

export const measures = z
  .object({
    version: definitions,
    items: z.array(z.object({ id: z.string(), name: z.string(), sentence: z.string() })),
  })
  .meta({ id: 'CapacityMeasures' })
