import { z } from 'zod'
import { day, id, instant } from '../../http/fields.ts'
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
import { FORECAST_POLICY } from '../../reference/forecastPolicy.ts'

const STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const

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
