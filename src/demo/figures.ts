import { readFileSync } from 'node:fs'
import { DISTRICTS } from '../reference/districts.ts'
import type { SeriesId } from '../reference/series.ts'
import { readStatistics, type StatisticsFile, type StatisticsRow } from '../reference/statistics.ts'

function rowsOf(file: StatisticsFile): StatisticsRow[] {
  return readStatistics(file, readFileSync(new URL(`../reference/data/${file}`, import.meta.url), 'utf8'))
}

const rows = [
  ...rowsOf('districts.csv'),
  ...rowsOf('care_housing_residents_2024.csv'),
  ...rowsOf('substance_indicators_2024.csv'),
  ...rowsOf('vel_plan_2021_2030.csv'),
  ...rowsOf('known_facts.csv'),
]

const OSLO = '0301'

/** A published figure, or undefined when it is not legible or not published. `year` chooses among several. */
export function figure(series: SeriesId, area: string = OSLO, year?: number): number | undefined {
  const found = rows.find(
    (row) =>
      row.series === series && row.area === area && (year === undefined || row.year === year) && row.value !== null,
  )
  return found?.value ?? undefined
}

/** A published figure that the city is built on. Throws RangeError when it is missing. */
export function known(series: SeriesId, area: string = OSLO, year?: number): number {
  const value = figure(series, area, year)
  if (value === undefined) throw new RangeError(`No figure: ${series} ${area}`)
  return value
}

export type Indicator =
  | 'vel_institution_people_admitted_rate'
  | 'gp_consultation_patients_rate'
  | 'lar_patients_rate'
  | 'tsb_patients_rate'
  | 'prison_admissions_rate'

const INDICATORS: readonly Indicator[] = [
  'vel_institution_people_admitted_rate',
  'gp_consultation_patients_rate',
  'lar_patients_rate',
  'tsb_patients_rate',
  'prison_admissions_rate',
]

/** Everyone aged 18 and over in the district, in thousands. */
export function adultThousands(district: string): number {
  return known('adult_population', district) / 1000
}

/** The city's rate; where it is not legible, the mean of the legible districts, each counted by its adults. */
function cityRate(indicator: Indicator): number {
  const published = figure(indicator)
  if (published !== undefined) return published
  const legible = DISTRICTS.filter(({ code }) => figure(indicator, code) !== undefined)
  const people = legible.reduce((sum, { code }) => sum + known(indicator, code) * adultThousands(code), 0)
  return people / legible.reduce((sum, { code }) => sum + adultThousands(code), 0)
}

/** The district's need beside the city's, as the mean of its legible indicators; 1 where nothing is legible. */
export function needIndex(district: string): number {
  const relative = INDICATORS.flatMap((indicator) => {
    const rate = figure(indicator, district)
    return rate === undefined ? [] : [rate / cityRate(indicator)]
  })
  return relative.length === 0 ? 1 : relative.reduce((sum, value) => sum + value, 0) / relative.length
}

/** Adults in thousands, each counted as often as the district's need says. */
export function needWeight(district: string): number {
  return adultThousands(district) * needIndex(district)
}

/**
 * How many people an indicator gives each of `districts`: by its own rate where that is legible, and the rest of the city's
 * number spread over the others by their need.
 */
export function peopleBy(indicator: Indicator, districts: readonly string[]): number[] {
  const all = DISTRICTS.map(({ code }) => code)
  const legible = (code: string) => figure(indicator, code) ?? ownCount(indicator, code)
  const rest = all.filter((code) => legible(code) === undefined)
  const whole = cityRate(indicator) * all.reduce((sum, code) => sum + adultThousands(code), 0)
  const read = all.reduce((sum, code) => sum + (legible(code) ?? 0) * adultThousands(code), 0)
  const restWeight = rest.reduce((sum, code) => sum + needWeight(code), 0)
  return districts.map((code) => {
    const rate = legible(code)
    return rate === undefined ? ((whole - read) * needWeight(code)) / restWeight : rate * adultThousands(code)
  })
}

/** Nordstrand's plan counts its own people in VEL, where the table for 2024 is not legible (002 2.1). */
function ownCount(indicator: Indicator, district: string): number | undefined {
  if (indicator !== 'vel_institution_people_admitted_rate') return undefined
  const people = figure('vel_institution_people', district, 2021)
  return people === undefined ? undefined : people / adultThousands(district)
}
