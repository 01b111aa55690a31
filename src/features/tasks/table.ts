import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, osloDay, tableOf } from '../../http/tableFields.ts'
import type { TaskBody } from './schema.ts'

const STATES: Record<TaskBody['state'], string> = { open: 'Åpen', done: 'Gjort', dropped: 'Falt bort' }

/** Tasks as a list without persons; what somebody wrote when it was done stays behind. */
export function taskTable(rows: AsyncIterable<TaskBody>, asOf: string): Table {
  return tableOf<TaskBody>(
    { name: 'oppgaver', title: 'Oppgaver', asOf, notes: ['Listen har ingen navn, og ingen merknader.'] },
    [
      note('id', 'Oppgavens id', (task) => task.id),
      note('kindName', 'Oppgave', (task) => task.kindName),
      note('state', 'Tilstand', (task) => STATES[task.state]),
      note('district', 'Bydel', (task) => districtName(task.holdingDistrict)),
      day('dueOn', 'Frist', (task) => task.dueOn),
      number('daysLeft', 'Dager til fristen', (task) => task.daysLeft),
      note('reason', 'Hvorfor nå', (task) => task.reason),
      note('needId', 'Behovets id', (task) => task.needId),
      day('doneOn', 'Gjort', (task) => osloDay(task.done?.at ?? null)),
      note('outcome', 'Hva det ble til', (task) => task.done?.outcomeName ?? task.droppedBecause),
    ],
    rows,
  )
}
