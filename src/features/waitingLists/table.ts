import type { z } from 'zod'
import { formById } from '../../domain/ladder.ts'
import type { Table } from '../../http/table.ts'
import { type Field, note, tableOf } from '../../http/tableFields.ts'
import type { waitingList } from './schema.ts'

type Queue = z.infer<typeof waitingList>
type Entry = Queue['items'][number]

type Figure =
  | 'position'
  | 'urgencyClass'
  | 'daysInSituation'
  | 'daysSinceRegistration'
  | 'targetDays'
  | 'daysOverTarget'
function figure(id: Figure, title: string): Field<Entry> {
  return { id, title, kind: 'number', role: 'figure', value: (entry) => entry[id] }
}

/** The queue as a list without names: an id leads back to the need for whoever may open it. */
export function waitingListTable(
  rows: AsyncIterable<Entry>,
  { asOf, notice, targetNotice, daysCap }: Omit<Queue, 'items'>,
): Table {
  return tableOf<Entry>(
    {
      name: 'venteliste',
      title: 'Venteliste',
      asOf,
      notes: [
        notice,
        targetNotice,
        `Dager i situasjonen teller til ${daysCap.inSituation}, dager siden registrering til ${daysCap.sinceRegistration}.`,
        'Listen har ingen navn.',
      ],
    },
    [
      figure('position', 'Plass i køen'),
      note('needId', 'Behovets id', (entry) => entry.needId),
      note('forms', 'Boligformer', (entry) => entry.forms.map((form) => formById(form).name).join(', ')),
      figure('urgencyClass', 'Hasteklasse'),
      note('urgencyName', 'Hasteklassens navn', (entry) => entry.urgencyName),
      note('grounds', 'Grunner', (entry) => entry.grounds.join(', ')),
      figure('daysInSituation', 'Dager i situasjonen'),
      figure('daysSinceRegistration', 'Dager siden registrering'),
      figure('targetDays', 'Mål, dager'),
      figure('daysOverTarget', 'Dager over målet'),
      note('reason', 'Hvorfor denne plassen', (entry) => entry.reason),
    ],
    rows,
  )
}
