import '@navikt/ds-css/dist/component/table.css'
import './figureTable.css'
import { Table } from '@navikt/ds-react'
import { ScrollRegion } from './ScrollRegion.tsx'

export interface Column<Row> {
  name: string
  /** Words and not figures: they stand to the left, and break. */
  words?: boolean
  of(row: Row): string
}

type Props<Row> = {
  /** What the table is, for those who do not see what it stands under. */
  title: string
  /** What the rows are. */
  first?: string
  columns: readonly Column<Row>[]
  rows: readonly { name: string; row: Row }[]
}

/** Figures by row, each column to the right; what is too wide scrolls by itself. */
export function FigureTable<Row>({ title, first = 'Utvalg', columns, rows }: Props<Row>) {
  return (
    <ScrollRegion label={`${title}, tabell`}>
      <Table size="small" className="figure-table">
        <caption className="aksel-sr-only">{title}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{first}</Table.HeaderCell>
            {columns.map(({ name, words }) => (
              <Table.HeaderCell key={name} scope="col" align={words ? 'left' : 'right'}>
                {name}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {rows.map(({ name, row }) => (
            <Table.Row key={name}>
              <Table.HeaderCell scope="row">{name}</Table.HeaderCell>
              {columns.map((column) => (
                <Table.DataCell
                  key={column.name}
                  align={column.words ? 'left' : 'right'}
                  className={column.words ? 'figure-table__words' : ''}
                >
                  {column.of(row)}
                </Table.DataCell>
              ))}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
