import { z } from 'zod'
import { MEASURES, TOTALS } from '../domain/forecast/series.ts'
import { FORECAST_POLICY } from '../reference/forecastPolicy.ts'
import { day, districtCode, placeForm, text } from './fields.ts'

/** What forecasts and scenarios say alike on the wire. */

const { parameters } = FORECAST_POLICY

const from = day.describe('The first day of the change.')
const places = z.number().describe('How many.')
const factor = z.number().describe('So many times as before.')
const computed = 'Computed from the history when it is written; what is sent is replaced.'

/** What a scenario changes; what is wrong with a value is said in words by the domain. */
export const scenarioChange = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('open_places'),
      from,
      district: districtCode.describe('Where they lie.'),
      form: placeForm,
      places,
      forCity: z.boolean().optional().describe('Given to the whole city, not to the district’s own people only.'),
    }),
    z.strictObject({
      kind: z.literal('close_places'),
      from,
      district: districtCode.optional().describe('Absent: wherever in the city most of them are.'),
      form: placeForm,
      places,
    }),
    z.strictObject({
      kind: z.literal('growth'),
      from,
      district: districtCode.optional(),
      form: placeForm.optional(),
      perYear: z.number().describe('Needs grow by this share a year instead of by the trend; 0: growth stops.'),
    }),
    z
      .strictObject({
        kind: z.literal('past_growth'),
        from,
        district: districtCode.optional(),
        perYear: z.number().optional().describe(computed),
        baseYear: z.number().int().optional().describe(computed),
        untilYear: z.number().int().optional().describe(computed),
        percent: z.number().optional().describe(computed),
      })
      .describe('Needs for co-located homes grow on at the pace since the base year of rule 12 (2020).'),
    z
      .strictObject({
        kind: z.literal('redrawn_districts'),
        from,
        districts: z
          .array(z.strictObject({ code: districtCode, name: text(60) }))
          .max(30)
          .describe('The new ones, declared here.'),
        shares: z
          .array(z.strictObject({ from: districtCode, to: districtCode, share: z.number() }))
          .max(200)
          .describe('From an old district to a new one. Of each old one that is named they sum to 1.'),
      })
      .describe('A dated mapping of old to new districts, with the simplifications that the assumptions name.'),
    z.strictObject({
      kind: z.literal('arrivals'),
      from,
      district: districtCode.optional(),
      form: placeForm.optional(),
      factor,
    }),
    z.strictObject({ kind: z.literal('team_capacity'), from, district: districtCode.optional(), factor }),
    z.strictObject({ kind: z.literal('loss_rate'), from, factor }),
    z
      .strictObject({ kind: z.literal('without_possible'), from })
      .describe('What is only said to be possible, of what would open or close from then on, does not happen.'),
  ])
  .meta({ id: 'ScenarioChange' })

export const scenarioChanges = z
  .array(scenarioChange)
  .max(parameters.changesMax, `Velg høyst ${parameters.changesMax} endringer.`)

export const until = day.describe(`The last day that is told of; ${parameters.until} when left out.`)

export const runsUpTo = (most: number) =>
  z
    .number()
    .int()
    .min(parameters.runsMin, `Velg minst ${parameters.runsMin} kjøringer.`)
    .max(most, `Velg høyst ${most} kjøringer.`)
    .describe(`How many times the city is lived through; ${parameters.runs} when left out.`)

export const seed = z
  .number()
  .int()
  .min(0)
  .max(2_147_483_647)
  .describe('The same seed gives the same chance; forecasts to be compared share it.')

const triple = z.array(z.number()).length(3)

export const forecastAssumptions = z
  .object({
    notes: z.array(z.string()).describe('What is taken for granted whatever the history says, in bokmål.'),
    forms: z.array(
      z.object({
        form: placeForm,
        arrivalsPerMonth: triple.describe('Needs that ask for it first, a month now: P10, P50, P90 of the rate.'),
        growthPerYear: triple.describe('Their growth a year now: 0.05 is 5 %.'),
        medianStayDays: z.number(),
        medianVacancyDays: z.number(),
        registeredShare: z.number().describe('Move-ins of somebody whose need was registered.'),
        lossShare: z
          .number()
          .describe('Departures to no other place by which a home was lost: back in the queue without one.'),
      }),
    ),
  })
  .meta({ id: 'ForecastAssumptions' })
export type Assumed = z.infer<typeof forecastAssumptions>

const seriesForm = z.union([placeForm, z.enum(TOTALS)])

/** What narrows the series of a forecast. */
export const seriesFilter = {
  measure: z.enum(MEASURES).optional(),
  district: z
    .union([districtCode, z.literal('city')])
    .optional()
    .describe('A district, or `city` for the whole city; absent: all of them.'),
  form: seriesForm.optional().describe('A form, `all`, `institutions` for all of step 1, or `vel` for those of VEL.'),
}

const quantiles = z.array(z.number().nullable())

/** One number over the points in time. */
export const seriesFields = {
  measure: z
    .enum(MEASURES)
    .describe(
      'occupied: places lived in, by where they lie. residents: households in a place, by responsible district. queue: needs that wait, by what they ask for first. waitedDays: for how long, on average. shortfall: who wait beyond the vacant places of the form.',
    ),
  district: z.string().nullable().describe('Null: the city. A new district’s is told from the day it begins.'),
  form: seriesForm,
  p10: quantiles,
  p50: quantiles.describe('In half of the runs it is at most this; null where most have nobody who waits.'),
  p90: quantiles,
}
