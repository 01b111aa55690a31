import type { Day } from '../domain/day.ts'
import type { ScenarioChange } from '../domain/forecast/changes.ts'
import { MEASURE_WORDS, TOTAL_WORDS } from '../domain/forecast/measureWords.ts'
import type { Measure } from '../domain/forecast/series.ts'
import { formById, type HousingForm } from '../domain/ladder.ts'
import { districtName } from '../domain/words.ts'
import { dimension, type Field, figure, label, region, time } from './tableFields.ts'

/** One number over the points in time, as it is stored. */
export interface StoredSeries {
  measure: string
  district: string | null
  form: string
  p10: (number | null)[]
  p50: (number | null)[]
  p90: (number | null)[]
}

/** A number of one day. */
export interface SeriesPoint<S extends StoredSeries = StoredSeries> {
  series: S
  day: Day
  at: number
}

/** Every number of every series, day by day. */
export function* pointsOfSeries<S extends StoredSeries>(
  series: Iterable<S>,
  points: readonly Day[],
): Generator<SeriesPoint<S>> {
  for (const one of series) for (const [at, day] of points.entries()) yield { series: one, day, at }
}

const measureOf = ({ series }: SeriesPoint) => MEASURE_WORDS[series.measure as Measure]
const formName = (form: string) =>
  form in TOTAL_WORDS ? TOTAL_WORDS[form as keyof typeof TOTAL_WORDS] : formById(form as HousingForm).name

/** The columns of a forecast's numbers. @param names of districts that are not on today's map */
export function forecastColumns<P extends SeriesPoint>(names: ReadonlyMap<string, string> = new Map()): Field<P>[] {
  const quantile = (key: 'p10' | 'p50' | 'p90', sentence: string) =>
    figure<P>(key, key.toUpperCase(), sentence, ({ series, at }) => series[key][at] ?? null)
  return [
    dimension('measure', 'Mål', ({ series }) => series.measure),
    label('measureName', 'Måltall', 'measure', (row) => measureOf(row).name),
    region('district', 'Bydelskode', ({ series }) => series.district ?? 'city'),
    label('districtName', 'Bydel', 'district', ({ series: { district } }) =>
      district === null ? 'Hele byen' : (names.get(district) ?? districtName(district)),
    ),
    dimension('form', 'Boligform', ({ series }) => series.form),
    label('formName', 'Boligformens navn', 'form', ({ series }) => formName(series.form)),
    time('day', 'Dag', ({ day }) => day),
    quantile('p10', 'I en av ti kjøringer er tallet høyst så stort.'),
    quantile('p50', 'I halvparten av kjøringene er tallet høyst så stort.'),
    quantile('p90', 'I ni av ti kjøringer er tallet høyst så stort.'),
  ]
}

/** What districts are called that changes declare. */
export function newDistrictNames(lists: readonly (readonly ScenarioChange[])[]): Map<string, string> {
  const declared = lists.flat().flatMap((change) => (change.kind === 'redrawn_districts' ? change.districts : []))
  return new Map(declared.map(({ code, name }) => [code, name]))
}

/** What each measure counts, as notes. */
export const MEASURE_NOTES = Object.values(MEASURE_WORDS).map(({ name, sentence }) => `${name}: ${sentence}`)
