import { z } from 'zod'

const value = z.object({
  area: z.string().describe('A district, 0301 for Oslo, or 0301xx for Sentrum, Marka and not stated.'),
  areaName: z.string(),
  year: z.number().int(),
  value: z.number().nullable().describe('Null is unknown, never zero.'),
  precision: z.enum(['exact', 'more_than', 'about', 'almost']),
  status: z.enum(['read', 'inferred', 'unknown', 'unknown_column', 'reported']),
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
