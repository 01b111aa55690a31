import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { CostRow, Costs } from '../../api/costs.ts'
import { sessionQuery } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { kroner } from '../../ui/kroner.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { boughtInWords, dischargeInWords, exposureInWords, ownPlaceInWords } from '../costs/costWords.ts'
import { gapInWords } from './cityWords.ts'

type Props = Pick<Costs, 'year' | 'largestCount'> & { cost: CostRow }

/** «Hva hullet koster»: who lives where the gap is paid for, as numbers, and kroner a month and this year. */
export function GapCost({ cost, year, largestCount }: Props) {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const own = session.person?.districts[0]
  const { bought, temporary, ready, dischargeReady, month } = cost
  const rows: [string, number, number, number][] = [
    ['Kjøpte plasser', bought.now, bought.peopleNow, bought.month],
    ['Midlertidig botilbud', temporary.households, temporary.people, temporary.month],
    ['Klare til å flytte fra institusjon', ready.households, ready.people, ready.month],
    ['Utskrivningsklare', dischargeReady.now, dischargeReady.peopleNow, dischargeReady.month],
  ]
  const largest = Math.max(1, ...rows.map(([, , , kronerMonth]) => kronerMonth))
  return (
    <section className="stack" aria-labelledby="hva-hullet-koster">
      <Heading id="hva-hullet-koster" level="2" size="medium">
        Hva hullet koster
      </Heading>
      <BodyLong className="readable">{gapInWords(cost)}</BodyLong>
      <ScrollRegion label="Hva hullet koster i måneden">
        <Table size="small">
          <caption className="aksel-sr-only">Hvem hullet gjelder i dag, i tall, og hva det koster i måneden</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Hvor de er</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Husstander
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Personer
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Kroner i måneden
              </Table.HeaderCell>
              <Table.DataCell aria-hidden="true" className="city__bar-cell" />
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rows.map(([name, households, people, amount]) => (
              <Table.Row key={name}>
                <Table.HeaderCell scope="row">{name}</Table.HeaderCell>
                <Table.DataCell align="right">{inNumbers(households)}</Table.DataCell>
                <Table.DataCell align="right">{inNumbers(people)}</Table.DataCell>
                <Table.DataCell align="right">{kroner(amount)}</Table.DataCell>
                <Table.DataCell aria-hidden="true" className="city__bar-cell">
                  <Bar value={amount} largest={largest} />
                </Table.DataCell>
              </Table.Row>
            ))}
            <Table.Row>
              <Table.HeaderCell scope="row">Til sammen</Table.HeaderCell>
              <Table.DataCell />
              <Table.DataCell />
              <Table.DataCell align="right">{kroner(month)}</Table.DataCell>
              <Table.DataCell aria-hidden="true" className="city__bar-cell" />
            </Table.Row>
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyLong className="readable">{boughtInWords(cost, year)}</BodyLong>
      <BodyLong className="readable">{exposureInWords(cost, { largestCount })}</BodyLong>
      <BodyLong className="readable">{ownPlaceInWords(cost)}</BodyLong>
      <BodyLong className="readable">{dischargeInWords(cost)}</BodyLong>
      <BodyShort>
        <RouteLink to={paths.costs}>
          {own === undefined ? 'Se leverandører og avtaler' : `Se kjøpene i Bydel ${own.name}, med navn`}
        </RouteLink>
      </BodyShort>
      <Downloads address="/api/v1/costs" what="kostnadene" hint="En rad for hver bydel." jsonStat />
    </section>
  )
}

/** A bar as long as its share of the largest; what it shows stands as a number beside it. */
export function Bar({ value, largest, strong = true }: { value: number; largest: number; strong?: boolean }) {
  return (
    <svg className="city__bar" width="100%" height="14" aria-hidden="true" focusable="false">
      <rect
        width={`${(100 * Math.max(0, value)) / largest}%`}
        height="14"
        className={strong ? 'city__filled' : 'city__faint'}
      />
    </svg>
  )
}
