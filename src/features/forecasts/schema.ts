import { z } from 'zod'
import { day, id } from '../../http/fields.ts'
import {
  forecastAssumptions,
  runsUpTo,
  scenarioChange,
  scenarioChanges,
  seed,
  seriesFields,
  seriesFilter,
  until,
} from '../../http/forecastFields.ts'
import { madeFields, policyFields, standingFields } from '../../http/longJobFields.ts'
import { FORECAST_POLICY } from '../../reference/forecastPolicy.ts'

export const newForecast = z
  .strictObject({
    until: until.optional(),
    runs: runsUpTo(FORECAST_POLICY.parameters.runsMax).optional(),
    seed: seed.optional(),
    changes: scenarioChanges.optional().describe('What is changed beside what is planned already.'),
  })
  .meta({ id: 'NewForecast' })

export const forecast = z
  .object({
    id,
    ...standingFields,
    asOf: day,
    until: day,
    runs: z.number().int(),
    seed: z.number().int(),
    changes: z.array(scenarioChange),
    ...madeFields,
    ...policyFields,
    assumptions: forecastAssumptions.nullable(),
  })
  .meta({ id: 'Forecast' })

export const seriesQuery = z.strictObject(seriesFilter)

export const forecastSeries = z
  .object({
    asOf: day,
    points: z.array(day).describe('Today, the first of each month after it, and the last day.'),
    series: z.array(z.object(seriesFields)),
  })
  .meta({ id: 'ForecastSeries' })
