import type { z } from 'zod'
import type { DayRange } from '../../domain/day.ts'
import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf, yesNo } from '../../http/tableFields.ts'
import { REASON_CODES } from '../../reference/reasonCodes.ts'
import type { placeOccupancy } from './schema.ts'

type Occupancy = z.infer<typeof placeOccupancy>
type Row = Occupancy & { segment: Occupancy['segments'][number] }

const STATES: Record<Row['segment']['state'], string> = {
  not_open: 'Ikke åpen',
  occupied: 'Tatt',
  held: 'Holdt av',
  closed: 'Sperret',
  vacant: 'Ledig',
}
const reasonName = (wanted: string) =>
  REASON_CODES.find(({ kind, id }) => kind === 'closure' && id === wanted)?.name ?? wanted

/** Places over days as a list: a row for each run of days in which nothing changes. Whose the days are is not said. */
export function occupancyTable(places: AsyncIterable<Occupancy>, { from, to }: DayRange): Table {
  return tableOf<Row>(
    {
      name: 'belegg',
      title: 'Belegg',
      asOf: from,
      notes: [
        `Dagene fra og med ${from} til, men ikke med, ${to ?? 'ingen slutt'}. En rad for hver periode der plassen er den samme.`,
        '«Til» er første dag etter perioden. Hvem som bor der, står ikke.',
      ],
    },
    [
      note('facilityName', 'Botilbud', (row) => row.facilityName),
      note('label', 'Plass', (row) => row.label),
      note('form', 'Boligform', (row) => formById(row.form).name),
      note('district', 'Bydel', (row) => districtName(row.districtCode)),
      day('from', 'Fra', (row) => row.segment.from),
      day('to', 'Til', (row) => row.segment.to),
      note('state', 'Tilstand', (row) => STATES[row.segment.state]),
      note('closure', 'Hvorfor sperret', ({ segment }) =>
        segment.closure === null ? null : reasonName(segment.closure.reason),
      ),
      number('vacantDays', 'Ledige døgn for plassen', (row) => row.vacantDays),
      note('admitting', 'Huset tar imot', (row) => yesNo(row.admitting)),
      day('confirmed', 'Ledigheten sist bekreftet', (row) => osloDay(row.vacancyConfirmedAt)),
    ],
    segmentsOf(places),
  )
}

async function* segmentsOf(places: AsyncIterable<Occupancy>): AsyncGenerator<Row> {
  for await (const place of places) for (const segment of place.segments) yield { ...place, segment }
}
