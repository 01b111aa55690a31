import '@navikt/ds-css/dist/component/table.css'
import './runs.css'
import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import type { MatchingSummary } from '../../api/runs.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import {
  certaintyInWords,
  comparisonInWords,
  mostUrgent,
  urgentPlaced,
  wayInWords,
  wayName,
  ways,
} from './summaryWords.ts'

/** What the run achieved beside simpler ways of placing people, as a sentence, a picture and a table. */
export function Comparison({ summary }: { summary: MatchingSummary }) {
  const compared = ways.flatMap((way) => summary.comparison.filter(({ id }) => id === way))
  const most = Math.max(1, ...compared.map(({ placed }) => placed))
  const classes = summary.byClass.map(({ urgencyClass }) => urgencyClass)
  return (
    <section className="stack" aria-labelledby="sammenligning">
      <Heading id="sammenligning" level="2" size="medium">
        Sammenlignet med andre måter
      </Heading>
      <BodyLong className="readable">{comparisonInWords(summary.comparison)}</BodyLong>
      <figure className="run-bars">
        <figcaption>
          <BodyShort size="small" spacing>
            Hvor mange som får plass. Den første delen av hver søyle er {mostUrgent}. Tallene står også i tabellen
            under.
          </BodyShort>
        </figcaption>
        <ul className="plain-list">
          {compared.map((way) => {
            const urgent = (urgentPlaced(way) / most) * 100
            return (
              <li key={way.id} className="run-bars__way">
                <BodyShort size="small" weight={way.id === 'best' ? 'semibold' : 'regular'}>
                  {wayInWords(way)}
                </BodyShort>
                <svg className="run-bars__bar" width="100%" height="20" aria-hidden="true" focusable="false">
                  <rect width={`${(way.placed / most) * 100}%`} height="20" className="run-bars__all" />
                  <rect width={`${urgent}%`} height="20" className="run-bars__urgent" />
                  <rect x={`${urgent}%`} width="2" height="20" className="run-bars__gap" />
                </svg>
              </li>
            )
          })}
        </ul>
      </figure>
      <ScrollRegion label="Sammenligning av måter å fordele plasser på">
        <Table size="small">
          <caption className="aksel-sr-only">Hvor mange som får plass, etter måte å fordele på</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Måte</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Får plass
              </Table.HeaderCell>
              {classes.map((urgencyClass) => (
                <Table.HeaderCell key={urgencyClass} scope="col" align="right">
                  Hasteklasse {urgencyClass}
                </Table.HeaderCell>
              ))}
              <Table.HeaderCell scope="col" align="right">
                Flytter inn der noen flytter ut
              </Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {compared.map((way) => (
              <Table.Row key={way.id}>
                <Table.HeaderCell scope="row">{wayName(way)}</Table.HeaderCell>
                <Table.DataCell align="right">{inNumbers(way.placed)}</Table.DataCell>
                {classes.map((urgencyClass) => (
                  <Table.DataCell key={urgencyClass} align="right">
                    {inNumbers(way.byClass[urgencyClass] ?? 0)}
                  </Table.DataCell>
                ))}
                <Table.DataCell align="right">{inNumbers(way.intoFreedHomes)}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyLong className="readable">{certaintyInWords(summary).join(' ')}</BodyLong>
    </section>
  )
}
