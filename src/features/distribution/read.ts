import type { Acting } from '../../db/actor.ts'
import { placesOn } from '../../db/capacity/day.ts'
import { districtNames, districtsKnown } from '../../db/districts.ts'
import { newestValues } from '../../db/statistics.ts'
import { capacityIn, count, emptyTally } from '../../domain/capacity.ts'
import { type DistrictFacts, distribute, type Indicator } from '../../domain/distribution.ts'
import { formById, type HousingForm } from '../../domain/ladder.ts'
import { DISTRIBUTION_POLICY } from '../../reference/distributionPolicy.ts'
import { isSeriesId, seriesById } from '../../reference/series.ts'
import type { Distribution, DistributionQuery, DistributionRow } from './schema.ts'
import { cautionsOf, claimOf, WITHOUT } from './words.ts'

const CITY = '0301'
const { indicators: WEIGHED, homes, population, forms: FORMS, version, title, notice, source } = DISTRIBUTION_POLICY

type Values = ReadonlyMap<string, number | null>
const keyOf = (series: string, area: string, year: number) => `${series}/${area}/${year}`

/** Each district's share of the homes beside its share of the need. */
export async function readDistribution(acting: Acting, query: DistributionQuery): Promise<Distribution> {
  const { trx, today } = acting
  const rows = await newestValues(trx, undefined, [homes, population, ...WEIGHED.map(({ series }) => series)])
  const values: Values = new Map(rows.map((row) => [keyOf(row.seriesId, row.area, row.year), row.value]))
  const newestOf = (series: string) =>
    rows.reduce<number | null>(
      (year, row) => (row.seriesId === series && row.year > (year ?? 0) ? row.year : year),
      null,
    )
  const year = query.year ?? newestOf(homes)
  const populationYear = newestOf(population)
  const figureOf = (series: string, area: string, of: number | null = year) =>
    of === null ? null : (values.get(keyOf(series, area, of)) ?? null)

  const names = await districtNames(trx)
  const districts = [...(await districtsKnown(trx, [...names.keys()], today))].sort()
  const registered = query.basis === 'registered' ? await placesOf(acting, query.form) : undefined
  const capacityOf = (area: string) => (registered === undefined ? figureOf(homes, area) : (registered.get(area) ?? 0))

  const indicators = WEIGHED.map(
    ({ series, weight }): Indicator => ({
      id: series,
      weight: query.weights === undefined ? weight : (query.weights[series] ?? 0),
      city: figureOf(series, CITY),
    }),
  )
  const facts = districts.map(
    (district): DistrictFacts => ({
      district,
      adults: figureOf(population, district, populationYear),
      capacity: capacityOf(district),
      rates: Object.fromEntries(WEIGHED.map(({ series }) => [series, figureOf(series, district)])),
    }),
  )
  const found = distribute(indicators, facts)
  const factsOf = new Map(facts.map((one) => [one.district, one]))
  const items = found.rows.map(
    ({ without, ...row }): DistributionRow => ({
      ...row,
      districtName: names.get(row.district) ?? row.district,
      adults: factsOf.get(row.district)?.adults ?? null,
      capacity: factsOf.get(row.district)?.capacity ?? null,
      without: without === null ? null : WITHOUT[without],
    }),
  )
  const cityAdults = figureOf(population, CITY, populationYear)
  const cityCapacity =
    registered === undefined ? figureOf(homes, CITY) : [...registered.values()].reduce((sum, places) => sum + places, 0)
  const city = {
    adults: cityAdults,
    capacity: cityCapacity,
    perThousand:
      cityAdults === null || cityAdults === 0 || cityCapacity === null ? null : (cityCapacity / cityAdults) * 1000,
  }
  return {
    asOf: today,
    basis: query.basis,
    year,
    ...about(query),
    policy: { version, title, notice, source },
    indicators: indicators.map(({ id, weight, city: level }) => ({
      series: id,
      ...describe(id),
      weight,
      city: level,
      leftOut: found.leftOut.includes(id)
        ? 'Tallet for byen kan ikke leses i kilden, så ingen kan sammenlignes med det.'
        : null,
    })),
    capacity: found.capacity,
    city,
    items,
    claim: query.basis === 'published' && year === 2024 ? claimOf(items, city.perThousand) : null,
    cautions: cautionsOf(query.basis, items),
  }
}

/** Available capacity today by the district that the house lies in. */
async function placesOf({ trx, today }: Acting, form: HousingForm | undefined): Promise<Map<string, number>> {
  const places = await placesOn(trx, today, { forms: form === undefined ? FORMS : [form] })
  const byDistrict = Map.groupBy(places, ({ facility }) => facility.district)
  return new Map(
    [...byDistrict].map(([district, alike]) => {
      const tally = emptyTally()
      for (const { facts, amount } of alike) count(tally, facts, amount)
      return [district, capacityIn(tally)]
    }),
  )
}

function about({ basis, form }: DistributionQuery): Pick<Distribution, 'capacityTitle' | 'capacitySource'> {
  if (basis === 'published') {
    const series = seriesById(homes)
    return { capacityTitle: 'Beboere i bolig for mennesker med psykiske lidelser', capacitySource: series.source }
  }
  const named = (form === undefined ? [...FORMS] : [form]).map((id) => formById(id).name.toLowerCase())
  return {
    capacityTitle: `Tilgjengelig kapasitet i dag: ${named.join(', ')}`,
    capacitySource: 'Registeret i løsningen, etter bydelen huset ligger i',
  }
}

function describe(series: string): { title: string; source: string } {
  if (!isSeriesId(series)) return { title: series, source: '' }
  const { title: name, source: from } = seriesById(series)
  return { title: name, source: from }
}
