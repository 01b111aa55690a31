import type { z } from 'zod'
import type { Table } from '../../http/table.ts'
import { note, number, tableOf, yesNo } from '../../http/tableFields.ts'
import type { supplier } from './schema.ts'

type Supplier = z.infer<typeof supplier>

/** Suppliers as a list: what is in force with each, and how many notes on quality there are. */
export function supplierTable(rows: AsyncIterable<Supplier>, asOf: string): Table {
  return tableOf<Supplier>(
    {
      name: 'leverandorer',
      title: 'Leverandører',
      asOf,
      notes: ['Avtaler som gjelder listens dag. Beløp i hele kroner.'],
    },
    [
      note('id', 'Leverandørens id', (row) => row.id),
      note('name', 'Leverandør', (row) => row.name),
      number('agreements', 'Avtaler', (row) => row.agreements),
      number('lowestPricePerDay', 'Laveste pris i døgnet', (row) => row.lowestPricePerDay),
      number('highestPricePerDay', 'Høyeste pris i døgnet', (row) => row.highestPricePerDay),
      note('dualDiagnosis', 'Også for både rus og psykisk uhelse', (row) => yesNo(row.dualDiagnosis)),
      number('good', 'Gode notater', (row) => row.notes.good),
      number('concern', 'Bekymringer', (row) => row.notes.concern),
      number('deviation', 'Avvik', (row) => row.notes.deviation),
    ],
    rows,
  )
}
