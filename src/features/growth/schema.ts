import { z } from 'zod'
import { districtCode, text } from '../../http/fields.ts'

const year = z.number().int()
const percent = z.number().int().nullable()

const grownBy = z.object({
  year,
  open: z.number().describe('Needs for a co-located home open at the ends of the year’s quarters, on average.'),
  percent: percent.describe('More than in the base year; null: too few were open then to tell it.'),
})

export const needGrowth = z
  .object({
    baseYear: year,
    minimum: z.number().int().describe('Per cent are told from so many open needs in the base year.'),
    reported: z
      .object({ percent: z.number(), year, source: text(500) })
      .nullable()
      .describe('What a source says that the city’s need has grown by since the base year; null: none has.'),
    items: z
      .array(
        z.object({
          district: districtCode.nullable().describe('Null: the whole city, which comes first.'),
          name: text(100),
          base: grownBy,
          until: grownBy.describe('The last year of the source’s period, so that the two can be compared.'),
          newest: grownBy.describe('The newest whole year.'),
        }),
      )
      .describe('The city and every district, those of few people too.'),
  })
  .meta({ id: 'NeedGrowth' })
export type NeedGrowthBody = z.infer<typeof needGrowth>
