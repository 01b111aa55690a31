import { z } from 'zod'
import { day, id } from '../../http/fields.ts'
import {
  forecastAssumptions,
  runsUpTo,
  scenarioChange,
  seed,
  seriesFields,
  seriesFilter,
  until,
} from '../../http/forecastFields.ts'
import { madeFields, policyFields, standingFields } from '../../http/longJobFields.ts'
import { SCENARIO_LIMITS } from '../../reference/forecastPolicy.ts'

const { comparedMax, comparisonRunsMax } = SCENARIO_LIMITS

const scenarioVersion = z
  .strictObject({
    scenarioId: id,
    version: z.number().int().min(1).max(999_999).optional().describe('The newest when left out.'),
  })
  .meta({ id: 'ScenarioRef' })

export const newComparison = z
  .strictObject({
    base: scenarioVersion.nullish().describe('What the others are compared with; null: the city as it is planned.'),
    scenarios: z
      .array(scenarioVersion)
      .min(1, 'Velg minst ett scenario.')
      .max(comparedMax, `Velg høyst ${comparedMax} scenarioer.`),
    until: until.optional(),
    runs: runsUpTo(comparisonRunsMax).optional(),
    seed: seed.optional(),
  })
  .meta({ id: 'NewScenarioComparison' })
export type NewComparison = z.infer<typeof newComparison>

const member = z
  .object({
    position: z.number().int().describe('0 is the base.'),
    scenarioId: id.nullable().describe('Null: the city as it is planned.'),
    version: z.number().int().nullable(),
    name: z.string(),
    changes: z.array(scenarioChange),
    assumptions: z.array(z.string()).describe('In bokmål, as when it was asked for.'),
    policyVersion: z
      .number()
      .int()
      .nullable()
      .describe('How places were shared out when it was written; null: the city as it is planned.'),
  })
  .meta({ id: 'ComparedScenario' })

export const comparison = z
  .object({
    id,
    ...standingFields,
    asOf: day,
    until: day,
    runs: z.number().int(),
    seed: z.number().int(),
    members: z.array(member).describe('The base first.'),
    ...madeFields,
    ...policyFields,
    writtenUnder: z
      .string()
      .nullable()
      .describe(
        'That scenarios were written under other versions than they were computed by, in bokmål; null: none was.',
      ),
    assumptions: forecastAssumptions.nullable().describe('What all of its members take for granted.'),
  })
  .meta({ id: 'ScenarioComparison' })
export type ComparisonBody = z.infer<typeof comparison>

const KINDS = ['level', 'difference'] as const

export const comparisonSeriesQuery = z.strictObject({
  position: z.coerce.number().int().min(0).max(comparedMax).optional().describe('One of the members.'),
  kind: z.enum(KINDS).optional(),
  ...seriesFilter,
})
export type ComparisonSeriesQuery = z.infer<typeof comparisonSeriesQuery>

export const comparisonSeries = z
  .object({
    asOf: day,
    points: z.array(day).describe('Today, the first of each month after it, and the last day.'),
    series: z.array(
      z.object({
        position: z.number().int().describe('The member’s.'),
        kind: z
          .enum(KINDS)
          .describe(
            'level: the member’s own numbers. difference: what it has more than the base, run by run on the same chance, so that its P10, P50 and P90 are those of the difference. A difference of days waited is told where somebody waits in both.',
          ),
        ...seriesFields,
      }),
    ),
  })
  .meta({ id: 'ScenarioComparisonSeries' })
export type ComparisonSeriesBody = z.infer<typeof comparisonSeries>
