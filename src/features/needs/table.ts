import type { z } from 'zod'
import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf, yesNo } from '../../http/tableFields.ts'
import type { needRow } from './schema.ts'

type Need = z.infer<typeof needRow>

const STATUSES: Record<Need['status'], string> = {
  draft: 'Kladd',
  registered: 'Registrert',
  withdrawn: 'Trukket',
  closed: 'Avsluttet',
}

/** Needs as a list without names: an id leads back to the need for whoever may open it. */
export function needTable(rows: AsyncIterable<Need>, asOf: string): Table {
  return tableOf<Need>(
    { name: 'behov', title: 'Behov', asOf, notes: ['Listen har ingen navn.'] },
    [
      note('id', 'Behovets id', (need) => need.id),
      note('status', 'Tilstand', (need) => STATUSES[need.status]),
      note('district', 'Bydel', (need) => districtName(need.holdingDistrict)),
      note('forms', 'Boligformer', (need) => need.forms.map((form) => formById(form).name).join(', ')),
      number('urgencyClass', 'Hasteklasse', (need) => need.urgencyClass),
      note('urgencyName', 'Hasteklassens navn', (need) => need.urgencyName),
      day('startedOn', 'Påbegynt', (need) => osloDay(need.startedAt)),
      day('registeredOn', 'Registrert', (need) => osloDay(need.registeredAt)),
      number('missing', 'Mangler, antall', (need) => need.missing),
      note('stopping', 'Det som stopper', (need) => need.stopping.map(({ title }) => title).join(', ')),
      note('canBeRanked', 'Kan rangeres', (need) => yesNo(need.canBeRanked)),
    ],
    rows,
  )
}
