import { BodyShort, Heading, Table } from '@navikt/ds-react'
import type { ExpansionAnswer, ExpansionPlan } from '../../api/expansion.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { millions } from './expansionWords.ts'

/** The check: how each bydel stands without and with the plan, and what keeps those above the level. */
export function Standing({ plan, answer }: { plan: ExpansionPlan; answer: ExpansionAnswer }) {
  const rounds = answer.check.rounds.map((tried, i) => ({ round: i + 1, ...tried }))
  return (
    <section className="stack" aria-labelledby="proven">
      <Heading id="proven" level="2" size="medium">
        Hva prøven viste
      </Heading>
      <ul className="spaced-list readable">
        {answer.check.sentences.map((sentence) => (
          <BodyShort key={sentence} as="li">
            {sentence}
          </BodyShort>
        ))}
      </ul>
      <ScrollRegion label="Underdekning i bydelene, tabell">
        <Table size="small" className="expansion-table">
          <caption className="aksel-sr-only">Underdekning i hver bydel på dagen, uten og med planen</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Uten nye plasser
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Med planen
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Med andre tilfeldige tall
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Nye plasser
              </Table.HeaderCell>
              <Table.HeaderCell scope="col">Målet: høyst {plan.level}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {answer.districts.map(({ district, districtName, before, after, again, places, met, binding }) => (
              <Table.Row key={district}>
                <Table.HeaderCell scope="row">{districtName}</Table.HeaderCell>
                <Table.DataCell align="right">{inNumbers(before)}</Table.DataCell>
                <Table.DataCell align="right">{inNumbers(after)}</Table.DataCell>
                <Table.DataCell align="right">{inNumbers(again)}</Table.DataCell>
                <Table.DataCell align="right">{inNumbers(places)}</Table.DataCell>
                <Table.DataCell>{met ? 'Nås' : `Nås ikke. ${binding?.sentence ?? ''}`}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyShort size="small" className="readable">
        Tallene er husstander uten ledig plass av boligformen de venter på, på dagen. I ni av ti kjøringer er det så
        mange eller færre.
      </BodyShort>
      <details>
        <summary>Rundene, én for én</summary>
        <ScrollRegion label="Rundene, tabell">
          <Table size="small">
            <caption className="aksel-sr-only">Planene som ble prøvd, i rekkefølge</caption>
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">Runde</Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Plasser
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Antatt kostnad
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Bydeler over målet
                </Table.HeaderCell>
                <Table.HeaderCell scope="col" align="right">
                  Husstander over målet
                </Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {rounds.map(({ round, places, cost, above, excess }) => (
                <Table.Row key={round}>
                  <Table.HeaderCell scope="row">{round}</Table.HeaderCell>
                  <Table.DataCell align="right">{inNumbers(places)}</Table.DataCell>
                  <Table.DataCell align="right">{millions(cost)}</Table.DataCell>
                  <Table.DataCell align="right">{above}</Table.DataCell>
                  <Table.DataCell align="right">{inNumbers(excess)}</Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </ScrollRegion>
      </details>
    </section>
  )
}
