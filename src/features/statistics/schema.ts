import { z } from 'zod'
import { day, instant } from '../../http/fields.ts'
import { STATISTIC_TABLES } from '../../reference/statisticTables.ts'

const status = z.enum(['read', 'inferred', 'unknown', 'unknown_column', 'reported'])

const value = z.object({
  area: z.string().describe('A district, 0301 for Oslo, or 0301xx for Sentrum, Marka and not stated.'),
  areaName: z.string(),
  year: z.number().int(),
  value: z.number().nullable().describe('Null is unknown, never zero.'),
  precision: z.enum(['exact', 'more_than', 'about', 'almost']),
  status,
  reason: z.string().nullable().describe('Why it is unknown or worked out.'),
  source: z.string(),
})

export const series = z
  .object({
    id: z.string(),
    title: z.string(),
    unit: z.string(),
    subject: z.string().nullable(),
    measure: z.enum(['stock', 'flow', 'rate', 'growth']),
    scale: z.string().nullable().describe('Values of two scales, or of none, never share a chart.'),
    source: z.string(),
    values: z.array(value),
  })
  .meta({ id: 'StatisticSeries' })

export const statistics = z
  .object({
    items: z.array(series),
    synthetic: z.literal(false).describe('These are published figures, not the demo’s.'),
  })
  .meta({ id: 'Statistics' })

export const statisticTableParams = z.strictObject({ id: z.enum(STATISTIC_TABLES.map(({ id }) => id)) })

export const statisticTables = z
  .object({
    items: z.array(
      z.object({
        id: statisticTableParams.shape.id,
        title: z.string(),
        variable: z.string().describe('What tells its series apart.'),
        source: z.string(),
        series: z.array(z.object({ id: z.string(), label: z.string() })),
      }),
    ),
  })
  .meta({ id: 'StatisticTables' })

const figure = z.object({
  series: z.string(),
  value: z.number().nullable().describe('Of the newest revision; null is unknown, never zero.'),
  status,
  reason: z.string().nullable(),
  source: z.string(),
  revision: z.number().int().describe('The one that is shown.'),
  recordedAt: instant,
  earlier: z
    .array(
      z.object({
        revision: z.number().int(),
        value: z.number().nullable(),
        source: z.string(),
        recordedAt: instant,
      }),
    )
    .describe('What stood there before, the newest first.'),
})

const tableRow = z
  .object({ area: z.string(), areaName: z.string(), year: z.number().int(), figures: z.array(figure) })
  .meta({ id: 'StatisticTableRow' })
export type StatisticTableRow = z.output<typeof tableRow>

export const statisticTableBody = z
  .object({
    id: z.string(),
    title: z.string(),
    variable: z.string(),
    source: z.string(),
    asOf: day,
    series: z.array(z.object({ id: z.string(), label: z.string(), unit: z.string() })),
    notes: z.array(z.string()),
    items: z.array(tableRow),
  })
  .meta({ id: 'StatisticTable' })
export type StatisticTableBody = z.output<typeof statisticTableBody>
