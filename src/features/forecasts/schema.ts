import { z } from 'zod'
import { MEASURES } from '../../domain/forecast/series.ts'
import { day, districtCode, id, instant, placeForm } from '../../http/fields.ts'
import { FORECAST_POLICY } from '../../reference/forecastPolicy.ts'

const { parameters } = FORECAST_POLICY
const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const

const from = day.describe('The first day of the change.')
const places = z.number().describe('How many.')
const factor = z.number().describe('So many times as before.')

/** What a scenario changes; what is wrong with a value is said in words by the domain. */
const scenarioChange = z
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
    z.strictObject({
      kind: z.literal('arrivals'),
      from,
      district: districtCode.optional(),
      form: placeForm.optional(),
      factor,
    }),
    z.strictObject({ kind: z.literal('team_capacity'), from, district: districtCode.optional(), factor }),
    z.strictObject({ kind: z.literal('loss_rate'), from, factor }),
  ])
  .meta({ id: 'ScenarioChange' })

export const newForecast = z
  .strictObject({
    until: day.optional().describe(`The last day that is told of; ${parameters.until} when left out.`),
    runs: z
      .number()
      .int()
      .min(parameters.runsMin, `Velg minst ${parameters.runsMin} kjøringer.`)
      .max(parameters.runsMax, `Velg høyst ${parameters.runsMax} kjøringer.`)
      .optional()
      .describe(`How many times the city is lived through; ${parameters.runs} when left out.`),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2_147_483_647)
      .optional()
      .describe('The same seed gives the same chance; forecasts to be compared share it.'),
    changes: z
      .array(scenarioChange)
      .max(parameters.changesMax, `Velg høyst ${parameters.changesMax} endringer.`)
      .optional()
      .describe('What is changed beside what is planned already.'),
  })
  .meta({ id: 'NewForecast' })

const triple = z.array(z.number()).length(3)

const assumptions = z
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
        lossShare: z.number().describe('Departures to no other place after which a need was registered again.'),
      }),
    ),
  })
  .meta({ id: 'ForecastAssumptions' })
export type Assumed = z.infer<typeof assumptions>

export const forecast = z
  .object({
    id,
    status: z.enum(STATUSES),
    progress: z.number().min(0).max(1),
    stage: z.string(),
    asOf: day,
    until: day,
    runs: z.number().int(),
    seed: z.number().int(),
    changes: z.array(scenarioChange),
    requestedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    error: z.string().nullable(),
    cityVersion: z.number().int().nullable().describe('The version of the city that it was made from.'),
    policies: z.record(z.string(), z.number().int()).nullable().describe('Versions of the policies it simplifies.'),
    mine: z.boolean().describe('I asked for it, so I may cancel it.'),
    notice: z.string().describe('How to read it, in bokmål.'),
    assumptions: assumptions.nullable(),
  })
  .meta({ id: 'Forecast' })

const TOTALS = ['all', 'institutions'] as const
const seriesForm = z.union([placeForm, z.enum(TOTALS)])

export const seriesQuery = z.strictObject({
  measure: z.enum(MEASURES).optional(),
  district: z
    .union([districtCode, z.literal('city')])
    .optional()
    .describe('A district, or `city` for the whole city; absent: all of them.'),
  form: seriesForm.optional().describe('A form, `all`, or `institutions` for all of step 1.'),
})

const quantiles = z.array(z.number().nullable())

export const forecastSeries = z
  .object({
    asOf: day,
    points: z.array(day).describe('Today, the first of each month after it, and the last day.'),
    series: z.array(
      z.object({
        measure: z
          .enum(MEASURES)
          .describe(
            'occupied: places lived in, by where they lie. residents: households in a place, by responsible district. queue: needs that wait, by what they ask for first. waitedDays: for how long, on average. shortfall: who wait beyond the vacant places of the form.',
          ),
        district: z.string().nullable().describe('Null: the city.'),
        form: seriesForm,
        p10: quantiles,
        p50: quantiles.describe('In half of the runs it is at most this; null where most have nobody who waits.'),
        p90: quantiles,
      }),
    ),
  })
  .meta({ id: 'ForecastSeries' })
