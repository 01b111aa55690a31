import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { note, tableOf } from '../../http/tableFields.ts'
import type { FlagBody } from './schema.ts'

/** Flags as a list to take along: what was measured against what, and who has answered. Comments stay behind. */
export function flagTable(rows: AsyncIterable<FlagBody>, asOf: string): Table {
  const figure = (id: 'measured' | 'threshold' | 'behind', title: string) => ({
    id,
    title,
    kind: 'number' as const,
    role: 'figure' as const,
    value: (flag: FlagBody) => flag[id],
  })
  return tableOf<FlagBody>(
    { name: 'varsler', title: 'Varsler', asOf, notes: ['Hvert varsel er målt slik kolonnen «Slik måles det» sier.'] },
    [
      note('title', 'Varsel', (flag) => flag.title),
      note('district', 'Bydelsnummer', (flag) => flag.district ?? ''),
      note('districtName', 'Bydel', (flag) => (flag.district === null ? 'Hele byen' : districtName(flag.district))),
      note('subject', 'Gjelder', (flag) => flag.subject),
      figure('measured', 'Målt'),
      figure('threshold', 'Grense'),
      note('unit', 'Enhet', (flag) => flag.unit),
      note('basis', 'Beregnet eller oppgitt', (flag) => (flag.basis === 'computed' ? 'Beregnet' : 'Oppgitt av kilden')),
      note('since', 'Siden', (flag) => flag.since),
      note('sinceFrom', 'Siden er', (flag) => (flag.sinceFrom === 'history' ? 'Målt' : 'Dagen det ble varslet')),
      figure('behind', 'Antall som ligger bak'),
      note('openedAt', 'Varslet', (flag) => flag.openedAt),
      note('stateName', 'Tilstand', (flag) => flag.stateName),
      note('sentence', 'Hva varselet sier', (flag) => flag.sentence),
      note('measure', 'Slik måles det', (flag) => flag.measure),
      note('source', 'Kilde', (flag) => flag.source),
    ],
    rows,
  )
}
