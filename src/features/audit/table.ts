import type { Table } from '../../http/table.ts'
import { day, note, number, tableOf, yesNo } from '../../http/tableFields.ts'
import type { SecurityEventBody, ShowingBody } from './schema.ts'

/** Who saw whom as a list: the accounts by name, the people by pseudonym. */
export function showingTable(rows: AsyncIterable<ShowingBody>, asOf: string): Table {
  return tableOf<ShowingBody>(
    {
      name: 'hvem-har-sett',
      title: 'Hvem har sett hvem',
      asOf,
      notes: ['Personene står med id, ikke navn.', 'En rad for hver ansatt, person, formål og dag.'],
    },
    [
      day('day', 'Dag', (row) => row.day),
      note('actor', 'Hvem', (row) => row.actor.name),
      note('roleName', 'Rolle', (row) => row.actor.roleName),
      note('residentId', 'Person (id)', (row) => row.residentId),
      note('purposeName', 'Formål', (row) => row.purposeName),
      note('records', 'Hva', (row) => row.records.join(', ')),
      number('times', 'Antall ganger', (row) => row.times),
      note('changed', 'Endret noe', (row) => yesNo(row.changed)),
      note('lastAt', 'Sist (UTC)', (row) => row.lastAt),
      note('recordedAt', 'Sist skrevet (UTC)', (row) => row.recordedAt),
      note('breakGlass', 'Nødåpning (id)', (row) => row.breakGlassIds.join(', ') || null),
    ],
    rows,
  )
}

/** The security log as a list. */
export function securityEventTable(rows: AsyncIterable<SecurityEventBody>, asOf: string): Table {
  return tableOf<SecurityEventBody>(
    {
      name: 'sikkerhetshendelser',
      title: 'Sikkerhetshendelser',
      asOf,
      notes: ['Poster og personer står med id, ikke navn.'],
    },
    [
      number('id', 'Nummer', (row) => row.id),
      note('at', 'Skjedde (UTC)', (row) => row.at),
      note('recordedAt', 'Skrevet (UTC)', (row) => row.recordedAt),
      note('kindName', 'Hendelse', (row) => row.kindName),
      note('actor', 'Hvem', (row) => row.actor?.name ?? null),
      note('roleName', 'Rolle', (row) => row.actor?.roleName ?? null),
      note('about', 'Gjaldt', (row) => row.about),
      note('record', 'Post', (row) => row.record),
      note('recordId', 'Post (id)', (row) => row.recordId),
      note('detail', 'Mer', (row) => row.detail),
      note('route', 'Rute', (row) => row.route),
      note('traceId', 'Sporings-id', (row) => row.traceId),
    ],
    rows,
  )
}
