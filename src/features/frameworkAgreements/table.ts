import type { z } from 'zod'
import type { Table } from '../../http/table.ts'
import { day, note, number, tableOf, yesNo } from '../../http/tableFields.ts'
import type { frameworkAgreement } from './schema.ts'

type Agreement = z.infer<typeof frameworkAgreement>

/** Framework agreements as a list; notes stay behind. */
export function agreementTable(rows: AsyncIterable<Agreement>, asOf: string): Table {
  return tableOf<Agreement>(
    {
      name: 'rammeavtaler',
      title: 'Rammeavtaler',
      asOf,
      notes: ['Beløp i hele kroner. «Til» er første dag den ikke gjelder.'],
    },
    [
      note('supplierName', 'Leverandør', (row) => row.supplierName),
      note('title', 'Avtale', (row) => row.title),
      number('pricePerDay', 'Pris i døgnet', (row) => row.pricePerDay),
      day('from', 'Fra', (row) => row.valid.from),
      day('to', 'Til', (row) => row.valid.to),
      note('inForce', 'Gjelder nå', (row) => yesNo(row.inForce)),
      number('places', 'Plasser', (row) => row.places),
      number('placesInUse', 'Brukt av egen bydel', (row) => row.placesInUse),
      note('dualDiagnosis', 'Også for både rus og psykisk uhelse', (row) => yesNo(row.dualDiagnosis)),
      note('synthetic', 'Syntetisk', (row) => yesNo(row.synthetic)),
    ],
    rows,
  )
}
