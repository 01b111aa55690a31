import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, tableOf } from '../../http/tableFields.ts'
import type { StayBody } from './schema.ts'

/** Stays as a list without persons: which place, how long and how it stands. Neither a name nor an id of anybody. */
export function stayTable(rows: AsyncIterable<StayBody>, asOf: string): Table {
  return tableOf<StayBody>(
    {
      name: 'opphold',
      title: 'Opphold',
      asOf,
      notes: ['Listen har ingen personer: verken navn eller id.', '«Til» er første dag noen ikke bor der.'],
    },
    [
      note('stateName', 'Tilstand', (stay) => stay.stateName),
      note('holdingDistrict', 'Bydel', (stay) => districtName(stay.holdingDistrict)),
      note('form', 'Boligform', (stay) => formById(stay.form).name),
      note('facilityName', 'Botilbud', (stay) => stay.place?.facilityName ?? null),
      note('label', 'Plass', (stay) => stay.place?.label ?? null),
      day('from', 'Fra', (stay) => stay.from),
      day('to', 'Til', (stay) => stay.to),
      day('expectedUntil', 'Avtalt til', (stay) => stay.expectedUntil),
      number('daysOver', 'Dager over avtalt', (stay) => stay.daysOver),
      day('readyToMoveOnSince', 'Klar for utflytting fra', (stay) => stay.readyToMoveOnSince),
      note('departure', 'Hvorfor det sluttet', (stay) => stay.departure?.reasonName ?? null),
    ],
    rows,
  )
}
