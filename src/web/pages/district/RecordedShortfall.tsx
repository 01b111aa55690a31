import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { recordedShortfallQuery } from '../../api/capacity.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { recordedInWords } from './shortfallWords.ts'

/** Registrert mangel: every time that somebody of the district got a no, or another form, for lack of room; beside the computed shortfall. */
export function RecordedShortfall({ district }: { district: string }) {
  const { data } = useSuspenseQuery(recordedShortfallQuery(district))
  return (
    <section className="stack ladder__inside" aria-labelledby="registrert-mangel">
      <Heading id="registrert-mangel" level="2" size="medium">
        Registrert mangel
      </Heading>
      <BodyLong className="readable">{recordedInWords(data)}</BodyLong>
      {data.items.length > 0 && (
        <>
          <ScrollRegion label="Registrert mangel, tabell">
            <Table size="small">
              <caption className="aksel-sr-only">
                Registrert mangel på plass, etter hva som skjedde og boligform
              </caption>
              <Table.Header>
                <Table.Row>
                  <Table.HeaderCell scope="col">Hva som skjedde</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Trengte</Table.HeaderCell>
                  <Table.HeaderCell scope="col">Fikk</Table.HeaderCell>
                  <Table.HeaderCell scope="col" align="right">
                    Ganger
                  </Table.HeaderCell>
                  <Table.HeaderCell scope="col" align="right">
                    Behov
                  </Table.HeaderCell>
                </Table.Row>
              </Table.Header>
              {[...Map.groupBy(data.items, ({ kindName }) => kindName)].map(([kindName, rows]) => (
                <Table.Body key={kindName}>
                  {rows.map(({ formNeeded, formNeededName, formGiven, formGivenName, records, needs }, at) => (
                    <Table.Row key={`${formNeeded} ${formGiven}`}>
                      {at === 0 && (
                        <Table.HeaderCell scope="rowgroup" rowSpan={rows.length} className="recorded__kind">
                          {kindName}
                        </Table.HeaderCell>
                      )}
                      <Table.DataCell>{formNeededName}</Table.DataCell>
                      <Table.DataCell>{formGivenName ?? 'Ingen plass'}</Table.DataCell>
                      <Table.DataCell align="right">{inNumbers(records)}</Table.DataCell>
                      <Table.DataCell align="right">{inNumbers(needs)}</Table.DataCell>
                    </Table.Row>
                  ))}
                </Table.Body>
              ))}
            </Table>
          </ScrollRegion>
          <Downloads
            address={`/api/v1/shortages/recorded?district=${district}`}
            what="den registrerte mangelen"
            jsonStat
          />
        </>
      )}
      {data.notes.map((note) => (
        <BodyShort key={note} size="small" className="readable">
          {note}
        </BodyShort>
      ))}
    </section>
  )
}
