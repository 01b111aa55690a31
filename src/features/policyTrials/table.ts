import type { z } from 'zod'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { note, number, tableOf } from '../../http/tableFields.ts'
import type { trialNeed } from './schema.ts'

type TrialNeed = z.infer<typeof trialNeed>

const OUTCOMES: Record<TrialNeed['outcome'], string> = {
  gained: 'Får plass med utkastet',
  lost: 'Mister plassen med utkastet',
  moved: 'Får en annen plass',
}
const placeOf = (place: TrialNeed['before']) =>
  place === null ? null : `${place.facilityName}, ${place.label}, ${districtName(place.districtCode)}`

/** The reader’s people that a draft is something to, without names: an id leads back to the need. */
export function trialNeedTable(rows: AsyncIterable<TrialNeed>, asOf: string): Table {
  const notes = ['Listen har ingen navn. En prøve er et regnestykke: ingen får eller mister en plass av den.']
  return tableOf<TrialNeed>(
    { name: 'regelprove', title: 'Hvem en regelendring betyr noe for', asOf, notes },
    [
      note('needId', 'Behovets id', (row) => row.needId),
      number('urgencyClass', 'Hasteklasse', (row) => row.urgencyClass),
      note('outcome', 'Hva som skjer', (row) => OUTCOMES[row.outcome]),
      note('before', 'Plass med regelen som gjelder', (row) => placeOf(row.before)),
      note('after', 'Plass med utkastet', (row) => placeOf(row.after)),
    ],
    rows,
  )
}
