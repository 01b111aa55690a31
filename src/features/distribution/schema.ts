import { z } from 'zod'
import { day, placeForm } from '../../http/fields.ts'
import { DISTRIBUTION_POLICY } from '../../reference/distributionPolicy.ts'

const INDICATORS = DISTRIBUTION_POLICY.indicators.map(({ series }) => series)
const { weightMax } = DISTRIBUTION_POLICY

const weight = z.coerce
  .number()
  .min(0)
  .max(weightMax, `En vekt er fra 0 til ${weightMax}.`)
  .refine((value) => Number.isInteger(value * 100), 'En vekt har høyst to desimaler.')

/** `series:weight`, with commas between; one that is not named weighs nothing. */
const weights = z
  .string()
  .max(400)
  .transform((text, context): Record<string, number> => {
    const read: Record<string, number> = {}
    for (const part of text.split(',')) {
      const [series = '', value = '', ...more] = part.split(':')
      const given = weight.safeParse(value === '' ? undefined : value)
      const known = INDICATORS.some((id) => id === series)
      if (!known || !given.success || more.length > 0 || Object.hasOwn(read, series)) {
        context.addIssue({
          code: 'custom',
          message: `Skriv vektene som tall:vekt med komma mellom, en vekt fra 0 til ${weightMax}. Tallene er ${INDICATORS.join(', ')}.`,
        })
        return z.NEVER
      }
      read[series] = given.data
    }
    if (Object.values(read).every((value) => value === 0)) {
      context.addIssue({ code: 'custom', message: 'Minst ett tall må ha en vekt over 0.' })
      return z.NEVER
    }
    return read
  })
  .describe('How much each indicator weighs, as `series:weight` with commas between; the policy’s when left out.')

export const distributionQuery = z.strictObject({
  basis: z
    .enum(['published', 'registered'])
    .default('published')
    .describe('Homes as a published table counts their residents, or the register’s own places today.'),
  year: z.coerce
    .number()
    .int()
    .min(1990)
    .max(2199)
    .optional()
    .describe('Of the published figures; the newest when left out.'),
  form: placeForm.optional().describe('Of the register: one form; the policy’s forms when left out.'),
  weights: weights.optional(),
})
export type DistributionQuery = z.output<typeof distributionQuery>

const row = z
  .object({
    district: z.string(),
    districtName: z.string(),
    adults: z.number().nullable(),
    capacity: z.number().nullable().describe('What is shared out: homes, or places.'),
    perThousand: z.number().nullable().describe('For each 1,000 adults.'),
    index: z.number().nullable().describe('1 is the city’s level; null where nothing that weighs can be read.'),
    basedOn: z.array(z.string()).describe('Indicators that could be read.'),
    weightCovered: z.number().describe('How much of the weight these carry, from 0 to 1.'),
    without: z.string().nullable().describe('Why the district is not compared, in bokmål; null for one that is.'),
    needShare: z.number().nullable().describe('Of those that are compared, from 0 to 1.'),
    capacityShare: z.number().nullable(),
    expected: z.number().int().nullable().describe('What the need’s share would be, in whole homes.'),
    over: z.number().int().nullable().describe('Above it, or below it when negative; they add up to 0.'),
  })
  .meta({ id: 'DistributionRow' })
export type DistributionRow = z.output<typeof row>

export const distribution = z
  .object({
    asOf: day,
    basis: z.enum(['published', 'registered']),
    year: z.number().int().nullable().describe('Of the indicators, and of the homes where they are published.'),
    capacityTitle: z.string().describe('What is shared out, in bokmål.'),
    capacitySource: z.string(),
    policy: z.object({ version: z.number().int(), title: z.string(), notice: z.string(), source: z.string() }),
    indicators: z.array(
      z.object({
        series: z.string(),
        title: z.string(),
        weight: z.number(),
        city: z.number().nullable().describe('For each 1,000 adults; null where it cannot be read.'),
        leftOut: z.string().nullable().describe('Why nobody is compared by it, in bokmål.'),
        source: z.string(),
      }),
    ),
    capacity: z.number().int().describe('Of the districts that are compared.'),
    city: z.object({
      adults: z.number().nullable(),
      capacity: z.number().nullable(),
      perThousand: z.number().nullable(),
    }),
    items: z.array(row),
    claim: z
      .object({
        area: z.string(),
        says: z.string().describe('What the source claims, in our words.'),
        source: z.string(),
        figures: z.array(
          z.object({ district: z.string(), districtName: z.string(), perThousand: z.number().nullable() }),
        ),
        city: z.number().nullable(),
        reading: z.string().describe('What the figures say beside it.'),
      })
      .nullable()
      .describe('Only of the year that the source is about.'),
    cautions: z.array(z.string()).describe('What stops a reader from concluding too much, in bokmål.'),
  })
  .meta({ id: 'Distribution' })
export type Distribution = z.output<typeof distribution>
