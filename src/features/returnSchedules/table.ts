import type { Day } from '../../domain/day.ts'
import { formatDay } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, dimension, figure, label, note, number, region, tableOf } from '../../http/tableFields.ts'
import { nameOf } from '../../reference/returnPlans.ts'
import { HOME_SOURCES, SCHEDULE_LIMITS } from '../../reference/returnSchedulePolicy.ts'
import type { ScheduledPerson, ScheduleNumbers } from './schema.ts'

/** A schedule's numbers as a table: one row for each month or limit that somebody is counted in. */
export function numbersTable({ asOf, until, items }: ScheduleNumbers, assumptions: readonly string[]): Table {
  type Row = ScheduleNumbers['items'][number]
  return tableOf<Row>(
    {
      name: 'tidsplan',
      title: `Hvem kan flytte når, til ${formatDay(until)}`,
      asOf,
      notesTitle: 'Forutsetninger',
      notes: [
        'Personer med en plan som sier at det er riktig å flytte hjem.',
        ...assumptions,
        ...SCHEDULE_LIMITS.map(({ name, sentence }) => `${name}: ${sentence}`),
      ],
    },
    [
      region('district', 'Bydelsnummer', (row) => row.district),
      label('districtName', 'Bydel', 'district', (row) => row.districtName),
      dimension('form', 'Boligform', (row) => row.form ?? 'ikke valgt'),
      dimension('month', 'Måned', (row) => row.month?.slice(0, 7) ?? 'kan ikke flytte'),
      dimension('limitedBy', 'Hva hindrer', (row) => row.limitedBy ?? 'ingenting'),
      label('limitedByName', 'Navn på hinderet', 'limitedBy', (row) => row.limitedByName ?? 'Kan flytte'),
      figure('people', 'Personer', 'Som kan flytte i måneden, eller som noe hindrer.', (row) => row.people),
    ],
    items,
  )
}

/** My people in a schedule as a table, without names. */
export function peopleTable(asOf: Day, rows: AsyncIterable<ScheduledPerson>): Table {
  return tableOf<ScheduledPerson>(
    {
      name: 'tidsplan-personer',
      title: 'Hvem kan flytte når',
      asOf,
      notes: ['Uten navn. Planen finnes igjen med id.'],
    },
    [
      note('returnPlanId', 'Plan', (row) => row.returnPlanId),
      note('district', 'Bydelsnummer', (row) => row.district),
      note('form', 'Boligform', (row) => row.form),
      day('targetOn', 'Måldato', (row) => row.targetOn),
      number('urgencyClass', 'Hasteklasse', (row) => row.urgencyClass),
      day('movesOn', 'Kan flytte', (row) => row.movesOn),
      note('home', 'Bolig', (row) => (row.home === null ? null : nameOf(HOME_SOURCES, row.home.source))),
      note('limitedBy', 'Hva hindrer', (row) => row.limitedByName),
      note('alsoLimitedBy', 'Også', (row) => row.alsoLimitedBy.map(({ name }) => name).join(', ') || null),
      day('couldMoveOn', 'Kan da flytte', (row) => row.couldMoveOn),
    ],
    rows,
  )
}
