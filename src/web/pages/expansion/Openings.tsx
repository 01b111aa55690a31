import { BodyShort, Heading, Table } from '@navikt/ds-react'
import type { ExpansionAnswer } from '../../api/expansion.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { millions } from './expansionWords.ts'

/** What is built: bydel and form by year, with cost. */
export function Openings({ answer }: { answer: ExpansionAnswer }) {
  const { openings, places, cost, effects } = answer
  if (openings.length === 0) return null
  const years = [...new Set(effects.map(({ year }) => year))].sort()
  const rows = [...Map.groupBy(openings, ({ districtName, formName }) => `${districtName}/${formName}`).values()]
  const placesIn = (of: typeof openings, year: number) =>
    of.filter((opening) => opening.year === year).reduce((sum, opening) => sum + opening.places, 0)
  const sum = (of: typeof openings, what: 'places' | 'cost') => of.reduce((total, one) => total + one[what], 0)
  return (
    <section className="stack" aria-labelledby="planen">
      <Heading id="planen" level="2" size="medium">
        Planen
      </Heading>
      <BodyShort size="small" className="readable">
        Nye plasser etter bydel, boligform og år. De åpner 1. juli. Planen ser bare på dagen målet gjelder: plasser som
        åpner sent, hjelper da mest, fordi færre har rukket å flytte inn uten registrert behov. De som venter før, har
        likevel mest igjen for plasser som åpner tidlig.
      </BodyShort>
      <ScrollRegion label="Nye plasser, tabell">
        <Table size="small" className="expansion-table">
          <caption className="aksel-sr-only">Nye plasser etter bydel, boligform og år, med kostnad</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              <Table.HeaderCell scope="col">Boligform</Table.HeaderCell>
              {years.map((year) => (
                <Table.HeaderCell key={year} scope="col" align="right">
                  {year}
                </Table.HeaderCell>
              ))}
              <Table.HeaderCell scope="col" align="right">
                Til sammen
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Antatt kostnad
              </Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rows.map((row) => (
              <Table.Row key={`${row[0]?.district} ${row[0]?.form}`}>
                <Table.HeaderCell scope="row">{row[0]?.districtName}</Table.HeaderCell>
                <Table.DataCell>{row[0]?.formName}</Table.DataCell>
                {years.map((year) => (
                  <Table.DataCell key={year} align="right">
                    {placesIn(row, year) === 0 ? '–' : placesIn(row, year)}
                  </Table.DataCell>
                ))}
                <Table.DataCell align="right">{sum(row, 'places')}</Table.DataCell>
                <Table.DataCell align="right">{millions(sum(row, 'cost'))}</Table.DataCell>
              </Table.Row>
            ))}
            <Table.Row className="expansion-total">
              <Table.HeaderCell scope="row">Oslo</Table.HeaderCell>
              <Table.DataCell>Alle</Table.DataCell>
              {years.map((year) => (
                <Table.DataCell key={year} align="right">
                  {inNumbers(placesIn(openings, year))}
                </Table.DataCell>
              ))}
              <Table.DataCell align="right">{inNumbers(places)}</Table.DataCell>
              <Table.DataCell align="right">{millions(cost)}</Table.DataCell>
            </Table.Row>
          </Table.Body>
        </Table>
      </ScrollRegion>
    </section>
  )
}
