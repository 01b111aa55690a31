import type { z } from 'zod'
import { districtName } from '../../domain/words.ts'
import type { Table } from '../../http/table.ts'
import { day, note, number, tableOf } from '../../http/tableFields.ts'
import type { callOff, unpricedStay } from './schema.ts'

type CallOff = z.infer<typeof callOff>
type UnpricedStay = z.infer<typeof unpricedStay>

/** Purchases as a list without persons: what is bought of whom, and what it costs this year. Notes stay behind. */
export function callOffTable(rows: AsyncIterable<CallOff>, asOf: string): Table {
  return tableOf<CallOff>(
    {
      name: 'kjop',
      title: 'Kjøp av plasser',
      asOf,
      notes: [
        'Listen har ingen personer, og ingen merknader. Beløp i hele kroner.',
        '«Til» er første dag som ikke er bestilt.',
      ],
    },
    [
      note('district', 'Bydel', (row) => districtName(row.district)),
      note('placeName', 'Plass', (row) => row.placeName),
      note('supplierName', 'Leverandør', (row) => row.supplierName),
      note('agreementTitle', 'Rammeavtale', (row) => row.agreementTitle),
      number('agreedPricePerDay', 'Avtalt pris i døgnet', (row) => row.agreedPricePerDay),
      number('pricePerDay', 'Pris i døgnet', (row) => row.pricePerDay),
      day('from', 'Fra', (row) => row.from),
      day('to', 'Til', (row) => row.to),
      note('reasonName', 'Hvorfor kjøpt', (row) => row.reasonName),
      number('spent', 'Brukt i år', (row) => row.year.spent),
      number('committed', 'Bundet ut året', (row) => row.year.committed),
      number('running', 'Løper ut året', (row) => row.year.running),
    ],
    rows,
  )
}

/** Stays in bought places without a price, as a list without persons. */
export function unpricedTable(rows: AsyncIterable<UnpricedStay>, asOf: string): Table {
  return tableOf<UnpricedStay>(
    { name: 'opphold-uten-pris', title: 'Opphold uten pris', asOf, notes: ['Listen har ingen personer.'] },
    [
      note('placeName', 'Plass', (row) => row.placeName),
      note('operator', 'Drives av', (row) => row.operator),
      day('stayFrom', 'Opphold fra', (row) => row.stayFrom),
      day('firstUnpriced', 'Første døgn uten pris', (row) => row.firstUnpriced),
    ],
    rows,
  )
}
