import type { StatisticSeries } from '../../api/types.ts'
import { inNumbers } from '../../ui/numbers.ts'

type Value = StatisticSeries['values'][number]

/** Series that count the same thing in the same way; only these may stand beside each other. */
export type Scale = { id: string; title: string; tables: FigureTable[] }

/** Series with figures for the same areas and years, from the same source. */
export type FigureTable = {
  key: string
  source: string
  series: { id: string; title: string; unit: string }[]
  rows: { key: string; area: string; year: number; figures: Figure[] }[]
  /** Why figures are unknown or worked out, each reason once. */
  notes: string[]
}

/** A figure in words, and the number of its note below the table. */
type Figure = { text: string; note: number | null }

const subjects: Record<string, string> = {
  people: 'Personer',
  homes: 'Boliger',
  places: 'Plasser',
  admissions: 'Inntak og innsettelser',
  households: 'Husstander',
  patients: 'Pasienter',
  cases: 'Saker',
  percent: 'Endring',
}

const measures: Record<StatisticSeries['measure'], string> = {
  stock: 'på en dag',
  flow: 'i løpet av et år',
  rate: 'per 1 000 voksne',
  growth: 'i prosent',
}

const unknownScale = 'Ukjent hva tallet teller'

/** The series by scale, and within it by source, areas and years. The order is the service's. */
export function scalesOf(series: StatisticSeries[]): Scale[] {
  const scales = Map.groupBy(series, ({ scale, subject }) =>
    subject === null ? unknownScale : (scale ?? unknownScale),
  )
  return [...scales].map(([id, ofScale]) => ({
    id,
    title: titleOf(ofScale[0]),
    tables: [...Map.groupBy(ofScale, tableKey)].map(([key, together]) => tableOf(key, together)),
  }))
}

function titleOf(series: StatisticSeries | undefined): string {
  if (series === undefined || series.subject === null) return unknownScale
  return `${subjects[series.subject] ?? series.subject} ${measures[series.measure]}`
}

const rowKey = ({ area, year }: Value) => `${area}/${year}`

function tableKey({ source, unit, values }: StatisticSeries): string {
  return [source, unit, ...values.map(rowKey)].join('|')
}

function tableOf(key: string, together: StatisticSeries[]): FigureTable {
  const rows = new Map<string, { area: string; year: number }>()
  for (const { values } of together) {
    for (const value of values) rows.set(rowKey(value), { area: value.areaName, year: value.year })
  }
  const notes = [...new Set(together.flatMap(({ values }) => values.flatMap(({ reason }) => reason ?? [])))]
  return {
    key,
    notes,
    source: together[0]?.source ?? '',
    series: together.map(({ id, title, unit }) => ({ id, title, unit })),
    rows: [...rows].map(([place, { area, year }]) => ({
      key: place,
      area,
      year,
      figures: together.map(({ values }) => {
        const value = values.find((candidate) => rowKey(candidate) === place)
        const reason = value?.reason ?? null
        return { text: figureInWords(value), note: reason === null ? null : notes.indexOf(reason) + 1 }
      }),
    })),
  }
}

const precisions: Record<Value['precision'], string> = {
  exact: '',
  more_than: 'over ',
  about: 'om lag ',
  almost: 'nesten ',
}

/** A figure as it is read: «over 1 100», «ukjent», or a dash where nothing was published. */
export function figureInWords(value: Pick<Value, 'value' | 'precision'> | undefined): string {
  if (value === undefined) return '–'
  return value.value === null ? 'ukjent' : precisions[value.precision] + inNumbers(value.value)
}
