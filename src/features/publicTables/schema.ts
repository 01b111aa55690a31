import { z } from 'zod'
import { day, instant } from '../../http/fields.ts'
import { PUBLIC_TABLES } from '../../reference/publicTables.ts'

const month = z
  .string()
  .regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, 'Skriv måneden som 2026-08.')
  .meta({ example: '2026-08' })
  .describe('`YYYY-MM`.')

export const publicTableParams = z.strictObject({ id: z.enum(PUBLIC_TABLES.map(({ id }) => id)) })
export const publicTableQuery = z.strictObject({ month: month.optional().describe('The newest when left out.') })

export const publicTables = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        sentence: z.string().describe('What it counts, in bokmål.'),
        holds: z.enum(['people', 'places']),
        months: z.array(month).describe('Those that are published, the newest first.'),
      }),
    ),
  })
  .meta({ id: 'PublicTables' })

const count = z.number().int()
const cell = z
  .object({
    district: z.string(),
    districtName: z.string(),
    step: z.number().int(),
    stepName: z.string(),
    form: z.string().optional().describe('Of a table of places.'),
    formName: z.string().optional(),
    people: count.optional().describe('Rounded to the nearest 5.'),
    places: count.optional(),
    admitting: count.optional().describe('Of the places, those of houses that admitted and not closed.'),
  })
  .meta({ id: 'PublicTableCell' })
export type PublicTableCell = z.output<typeof cell>

export const publicTable = z
  .object({
    id: z.string(),
    title: z.string(),
    holds: z.enum(['people', 'places']),
    month,
    countedOn: day.describe('The last day of the month.'),
    publishedAt: instant.describe('It has not changed since.'),
    version: z.number().int(),
    notes: z.array(z.string()),
    items: z.array(cell),
    sums: z
      .object({
        byDistrict: z.array(z.object({ district: z.string(), people: count })),
        byStep: z.array(z.object({ step: z.number().int(), people: count })),
        total: count,
      })
      .nullable()
      .describe('Of a table of people: sums of the rounded counts.'),
  })
  .meta({ id: 'PublicTable' })
export type PublicTable = z.output<typeof publicTable>
