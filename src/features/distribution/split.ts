import { z } from 'zod'
import type { Acting } from '../../db/actor.ts'
import { apportion } from '../../domain/distribution.ts'
import type { Table } from '../../http/table.ts'
import { dimension, figure, label, note, tableOf } from '../../http/tableFields.ts'
import { readDistribution } from './read.ts'
import { distributionQuery } from './schema.ts'

const PLACES_MAX = 10_000

export const splitQuery = distributionQuery.extend({
  places: z.coerce
    .number()
    .int('Skriv et helt tall.')
    .min(1, 'Skriv et tall fra 1.')
    .max(PLACES_MAX, `Høyst ${PLACES_MAX} plasser.`)
    .describe('New places to share out.'),
})
type SplitQuery = z.output<typeof splitQuery>

const row = z
  .object({
    district: z.string(),
    districtName: z.string(),
    index: z.number().nullable().describe('1 is the city’s level.'),
    needShare: z.number().nullable().describe('Of those that are compared, from 0 to 1.'),
    places: z.number().int().nullable().describe('Of the new places; null for one that has no index.'),
    without: z
      .string()
      .nullable()
      .describe('Why the district gets none here, in bokmål; null for one that is compared.'),
  })
  .meta({ id: 'SplitRow' })
type SplitRow = z.output<typeof row>

export const split = z
  .object({
    asOf: z.string(),
    places: z.number().int(),
    /** All of them, or none where nothing can be compared. */
    shared: z.number().int().describe('How many are shared out: all, or 0 where no district has an index.'),
    weights: z.array(z.object({ title: z.string(), weight: z.number(), leftOut: z.string().nullable() })),
    notice: z.string(),
    cautions: z.array(z.string()),
    items: z.array(row),
  })
  .meta({ id: 'NeedsBasedSplit' })
export type Split = z.output<typeof split>

/** New places shared out by need, in whole places that add up, by the largest remainder. */
export async function readSplit(acting: Acting, { places, ...query }: SplitQuery): Promise<Split> {
  const { asOf, items, indicators, policy, cautions } = await readDistribution(acting, query)
  const parts = items.flatMap(({ district, needShare }) =>
    needShare === null ? [] : [{ key: district, part: needShare }],
  )
  const given = parts.length === 0 ? new Map<string, number>() : apportion(places, parts)
  return {
    asOf,
    places,
    shared: [...given.values()].reduce((sum, count) => sum + count, 0),
    weights: indicators.map(({ title, weight, leftOut }) => ({ title, weight, leftOut })),
    notice: policy.notice,
    cautions,
    items: items.map(({ district, districtName, index, needShare, without }) => ({
      district,
      districtName,
      index,
      needShare,
      places: given.get(district) ?? null,
      without,
    })),
  }
}

export function splitTable(answer: Split): Table {
  return tableOf<SplitRow>(
    {
      name: 'fordeling-av-nye-plasser',
      title: 'Fordeling av nye plasser',
      asOf: answer.asOf,
      notes: [
        `${answer.places} nye plasser delt etter behov. Metode: største rest, så summen stemmer.`,
        answer.notice,
        ...answer.weights.map(
          ({ title, weight, leftOut }) => `${title}: vekt ${weight}${leftOut === null ? '' : `, ikke med. ${leftOut}`}`,
        ),
        ...answer.cautions,
      ],
    },
    [
      dimension('district', 'Bydelsnummer', (one) => one.district),
      label('districtName', 'Bydel', 'district', (one) => one.districtName),
      figure('index', 'Indeks', '1 er som byen. Tom der ingen tall kan leses.', (one) => one.index),
      figure('needShare', 'Andel av behovet', 'Av bydelene som er sammenlignet.', (one) => one.needShare),
      figure('places', 'Nye plasser', 'Bydelens del av de nye plassene, i hele plasser.', (one) => one.places),
      note('without', 'Hvorfor bydelen ikke er med', (one) => one.without),
    ],
    answer.items,
  )
}
