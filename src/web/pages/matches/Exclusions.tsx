import '@navikt/ds-css/dist/component/table.css'
import { Table } from '@navikt/ds-react'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'

type Props = {
  excludedBy: readonly { id: string; title: string; places: number; alone: number }[]
  /** Whose places they are, where many of these stand on one page. */
  name?: string
}

/** What each rule keeps away. A place may fail several rules; «alone» are those that fail no other. */
export function Exclusions({ excludedBy, name }: Props) {
  const whose = name === undefined ? '' : ` for ${name}`
  return (
    <ScrollRegion label={`Hva hver regel utelukker${whose}`}>
      <Table size="small">
        <caption className="aksel-sr-only">Hvor mange plasser hver regel utelukker{whose}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">Regel</Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Utelukker
            </Table.HeaderCell>
            <Table.HeaderCell scope="col" align="right">
              Alene
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {excludedBy.map(({ id, title, places, alone }) => (
            <Table.Row key={id}>
              <Table.HeaderCell scope="row">{title}</Table.HeaderCell>
              <Table.DataCell align="right">{inNumbers(places)}</Table.DataCell>
              <Table.DataCell align="right">{inNumbers(alone)}</Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}
