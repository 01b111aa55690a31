import type { z } from 'zod'
import { formById, stepOf } from '../../domain/ladder.ts'
import { districtName, featureName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, dimension, figure, label, note, number, osloDay, tableOf, yesNo } from '../../http/tableFields.ts'
import type { place, placeCount } from './schema.ts'

type Place = z.infer<typeof place>
type PlaceCount = z.infer<typeof placeCount>

/** Places as a list: which they are, and whether somebody could move in on the list's day. Who lives there is not said. */
export function placeTable(rows: AsyncIterable<Place>, asOf: string): Table {
  return tableOf<Place>(
    {
      name: 'plasser',
      title: 'Plasser',
      asOf,
      notes: [
        'Om en plass er tatt, sperret eller holdt av, gjelder listens dag.',
        '«Til» er første dag den ikke er åpen.',
      ],
    },
    [
      note('id', 'Plassens id', (row) => row.id),
      note('facilityName', 'Botilbud', (row) => row.facilityName),
      note('label', 'Plass', (row) => row.label),
      note('form', 'Boligform', (row) => formById(row.form).name),
      note('district', 'Bydel', (row) => districtName(row.districtCode)),
      day('from', 'Åpen fra', (row) => row.openDuring.from),
      day('to', 'Til', (row) => row.openDuring.to),
      number('maxHousehold', 'Høyst i husstanden', (row) => row.maxHousehold),
      note('features', 'Egenskaper', (row) => row.features.map(featureName).join(', ')),
      note('selfReferral', 'Brukerstyrt', (row) => yesNo(row.selfReferral)),
      note('taken', 'Tatt', (row) => yesNo(row.taken)),
      note('closed', 'Sperret', (row) => yesNo(row.closed)),
      note('held', 'Holdt av', (row) => yesNo(row.held)),
      note('admitting', 'Huset tar imot', (row) => yesNo(row.admitting)),
      day('confirmed', 'Ledigheten sist bekreftet', (row) => osloDay(row.vacancyConfirmedAt)),
    ],
    rows,
  )
}

const COUNTS = [
  ['open', 'Åpne', 'Åpne i dag: summen av de fem som følger.'],
  ['taken', 'Tatt', 'Noen bor der.'],
  ['closed', 'Sperret', 'Ikke tatt, og sperret for innflytting.'],
  ['notAdmitting', 'Huset tar ikke imot', 'Verken tatt eller sperret.'],
  ['held', 'Holdt av', 'Ingen av delene, og holdt av for noen.'],
  ['free', 'Ledige', 'Noen kunne flyttet inn i dag.'],
] as const

/** How many places of each form are free. */
export function countTable(rows: readonly PlaceCount[], asOf: string): Table {
  return tableOf<PlaceCount>(
    { name: 'plasser-i-tall', title: 'Plasser i tall', asOf, notes: ['Plasser som er åpne i dag, etter boligform.'] },
    [
      dimension('form', 'Boligformkode', (row) => row.form),
      label('formName', 'Boligform', 'form', (row) => formById(row.form).name),
      number('step', 'Trinn', (row) => stepOf(row.form)),
      ...COUNTS.map(([id, title, sentence]) => figure<PlaceCount>(id, title, sentence, (row) => row[id])),
    ],
    rows,
  )
}
