import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Heading, Table, Tag } from '@navikt/ds-react'
import type { Costs } from '../../api/costs.ts'
import { kroner } from '../../ui/kroner.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'

/** Every amount that nobody has registered, with what it is for, where it is from, and that it may be made up. */
export function Assumptions({ assumptions, notes }: Pick<Costs, 'assumptions' | 'notes'>) {
  return (
    <section className="stack" aria-labelledby="antakelser">
      <Heading id="antakelser" level="2" size="medium">
        Dette er regnet med
      </Heading>
      <ScrollRegion label="Antakelser">
        <Table size="small">
          <caption className="aksel-sr-only">Hva et døgn er regnet å koste der ingen har registrert en pris</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Antakelse</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Kroner i døgnet
              </Table.HeaderCell>
              <Table.HeaderCell scope="col">Hva det er</Table.HeaderCell>
              <Table.HeaderCell scope="col">Kilde</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {assumptions.map(({ id, version, name, sentence, kronerPerDay, synthetic, source }) => (
              <Table.Row key={id}>
                <Table.HeaderCell scope="row">
                  {name}{' '}
                  {synthetic && (
                    <Tag size="small" variant="warning">
                      Antatt, ikke en pris
                    </Tag>
                  )}
                </Table.HeaderCell>
                <Table.DataCell align="right">{kroner(kronerPerDay)}</Table.DataCell>
                <Table.DataCell>{sentence}</Table.DataCell>
                <Table.DataCell>
                  {source}. Versjon {version}.
                </Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      {notes.map((note) => (
        <BodyShort key={note} size="small">
          {note}
        </BodyShort>
      ))}
    </section>
  )
}
