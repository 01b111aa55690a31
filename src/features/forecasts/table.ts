import type { z } from 'zod'
import type { ScenarioChange } from '../../domain/forecast/changes.ts'
import { scenarioAssumptions } from '../../domain/forecast/scenarioWords.ts'
import { formatDay } from '../../domain/words.ts'
import {
  forecastColumns,
  MEASURE_NOTES,
  newDistrictNames,
  pointsOfSeries,
  type SeriesPoint,
} from '../../http/forecastTable.ts'
import type { Table } from '../../http/table.ts'
import { tableOf } from '../../http/tableFields.ts'
import type { forecast, forecastSeries } from './schema.ts'

/** The numbers of a forecast as a table, with what it takes for granted. */
export function forecastTable(
  { asOf, until, runs, seed, cityVersion, notice, changes, assumptions, matchingPolicy }: z.infer<typeof forecast>,
  { points, series }: z.infer<typeof forecastSeries>,
): Table {
  const notes = [
    notice,
    `Fra ${formatDay(asOf)} til ${formatDay(until)}, ${runs} kjøringer med startverdi ${seed}, laget av versjon ${cityVersion ?? '–'} av byen.`,
    ...(matchingPolicy === null ? [] : [matchingPolicy.sentence]),
    ...MEASURE_NOTES,
    ...scenarioAssumptions(changes as ScenarioChange[]),
    ...(assumptions?.notes ?? []),
  ]
  return tableOf<SeriesPoint>(
    { name: 'framskriving', title: 'Framskriving', notes, notesTitle: 'Forutsetninger', asOf },
    forecastColumns(newDistrictNames([changes as ScenarioChange[]])),
    pointsOfSeries(series, points),
  )
}
