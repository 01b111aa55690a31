import type { ScenarioChange } from '../../domain/forecast/changes.ts'
import { formatDay } from '../../domain/words.ts'
import {
  forecastColumns,
  MEASURE_NOTES,
  newDistrictNames,
  pointsOfSeries,
  type SeriesPoint,
} from '../../http/forecastTable.ts'
import type { Table } from '../../http/table.ts'
import { dimension, label, tableOf } from '../../http/tableFields.ts'
import type { ComparisonBody, ComparisonSeriesBody } from './schema.ts'

const KIND_NAMES = { level: 'Nivå', difference: 'Forskjell fra grunnlaget' } as const

type Row = SeriesPoint<ComparisonSeriesBody['series'][number]>

/** The numbers of a comparison as a table, with the assumptions of each member. */
export function comparisonTable(comparison: ComparisonBody, { points, series }: ComparisonSeriesBody): Table {
  const { members, asOf, until, runs, seed, cityVersion, notice, assumptions, matchingPolicy, writtenUnder } =
    comparison
  const named = new Map(members.map(({ position, name }) => [position, name]))
  const notes = [
    notice,
    `Fra ${formatDay(asOf)} til ${formatDay(until)}, ${runs} kjøringer med startverdi ${seed}, laget av versjon ${cityVersion ?? '–'} av byen.`,
    ...(matchingPolicy === null ? [] : [matchingPolicy.sentence]),
    ...(writtenUnder === null ? [] : [writtenUnder]),
    'En forskjell er regnet kjøring for kjøring, med de samme tilfeldighetene i grunnlaget og scenarioet. P10, P50 og P90 er forskjellens egne.',
    ...MEASURE_NOTES,
    ...members.flatMap(({ position, name, version, assumptions: own }) => {
      const what = position === 0 ? 'Grunnlaget' : `Scenario ${position}`
      return [`${what}: ${name}${version === null ? '' : `, versjon ${version}`}`, ...own]
    }),
    'Felles for alle:',
    ...(assumptions?.notes ?? []),
  ]
  return tableOf<Row>(
    { name: 'scenarioer', title: 'Scenarioer side om side', notes, notesTitle: 'Forutsetninger', asOf },
    [
      dimension('position', 'Nummer', ({ series: { position } }) => position),
      label('scenario', 'Scenario', 'position', ({ series: { position } }) => named.get(position) ?? null),
      dimension('kind', 'Slag', ({ series: { kind } }) => kind),
      label('kindName', 'Tallet er', 'kind', ({ series: { kind } }) => KIND_NAMES[kind]),
      ...forecastColumns<Row>(newDistrictNames(members.map(({ changes }) => changes as ScenarioChange[]))),
    ],
    pointsOfSeries(series, points),
  )
}
