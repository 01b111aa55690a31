import { formById } from '../../domain/ladder.ts'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, tableOf } from '../../http/tableFields.ts'
import type { HomeCommitmentBody } from './schema.ts'

/** What bydeler have bound themselves to, without whom it is for and without what somebody wrote. */
export function commitmentTable(rows: AsyncIterable<HomeCommitmentBody>, asOf: string): Table {
  return tableOf<HomeCommitmentBody>(
    {
      name: 'forpliktelser',
      title: 'Boliger bydelene har forpliktet seg til',
      asOf,
      notes: ['Listen har ingen navn, og ingen merknader. Planens id fører tilbake til planen.'],
    },
    [
      note('returnPlanId', 'Planens id', (row) => row.returnPlanId),
      note('district', 'Bydelsnummer', (row) => row.district),
      note('districtName', 'Bydel', (row) => districtName(row.district)),
      day('committedOn', 'Forpliktet', (row) => row.committedOn),
      day('readyOn', 'Boligen er klar senest', (row) => row.readyOn),
      note('form', 'Boligform', (row) => (row.home === null ? null : formById(row.home.form).name)),
      note('facilityName', 'Botilbud', (row) => row.home?.facilityName ?? null),
      note('label', 'Plass', (row) => row.home?.label ?? null),
      day('opensOn', 'Åpner', (row) => row.home?.opensOn ?? null),
      day('closesOn', 'Legges ned', (row) => row.home?.closesOn ?? null),
      day('settledOn', 'Flyttet', (row) => row.settledOn),
      day('withdrawnOn', 'Trukket', (row) => row.withdrawnOn),
    ],
    rows,
  )
}
