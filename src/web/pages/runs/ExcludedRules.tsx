import '@navikt/ds-css/dist/component/table.css'
import { Table } from '@navikt/ds-react'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import type { Exclusion } from './unmetCause.ts'

/** What each rule keeps away from one person; many of these stand on a page, so each says whose it is. */
export function ExcludedRules({ exclusions, name }: { exclusions: Exclusion[]; name: string }) {
  return (
    <ScrollRegion label={`Hva hver regel utelukker for ${name}`}>
      <Table size="small">
        <caption className="aksel-sr-only">Hvor mange plasser hver regel utelukker for {name}</caption>
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
          {exclusions.map(({ id, title, places, alone }) => (
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
