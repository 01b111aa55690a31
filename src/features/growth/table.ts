import type { Table } from '../../http/table.ts'
import { figure, label, region, tableOf, time } from '../../http/tableFields.ts'
import type { NeedGrowthBody } from './schema.ts'

/** The code of the whole city among the districts' own. */
const CITY = '0301'

/** Growth as a table: a row for the city and each district in each of the years that are told. */
export function growthTable({ baseYear, minimum, reported, items }: NeedGrowthBody, asOf: string): Table {
  const rows = items.flatMap(({ district, name, base, until, newest }) =>
    [base, until, ...(newest.year === until.year ? [] : [newest])].map((of) => ({ district, name, ...of })),
  )
  type Row = (typeof rows)[number]
  return tableOf<Row>(
    {
      name: 'vekst-i-behov',
      title: 'Vekst i behovet for samlokaliserte boliger',
      asOf,
      notes: [
        `Vekst er regnet fra ${baseYear}. Der færre enn ${minimum} behov var åpne da, er det for få til å regne prosent.`,
        ...(reported === null
          ? []
          : [`Kilden oppgir ${reported.percent} prosent for hele byen i ${reported.year}. Kilde: ${reported.source}`]),
      ],
    },
    [
      region('district', 'Bydelsnummer', (row) => row.district ?? CITY),
      label('districtName', 'Bydel', 'district', (row) => row.name),
      time('year', 'År', (row) => String(row.year)),
      figure('open', 'Åpne behov', 'Åpne ved utgangen av årets kvartaler, i snitt.', (row) => row.open),
      figure(
        'percent',
        'Vekst i prosent',
        `Flere enn i ${baseYear}.`,
        (row) => row.percent ?? (row.year === baseYear ? null : 'for få'),
      ),
    ],
    rows,
  )
}
