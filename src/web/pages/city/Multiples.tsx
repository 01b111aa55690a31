import '@navikt/ds-css/dist/component/table.css'
import { BodyShort, Heading, Table } from '@navikt/ds-react'
import { paths } from '../../paths.ts'
import { Definitions } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { measureNames } from '../../ui/measureNames.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { type CityRow, largestOf, MEASURES, type Measure, measureInWords, valueInWords } from './cityWords.ts'
import { Bar } from './GapCost.tsx'

type Props = { rows: readonly CityRow[]; city: CityRow; chosen: CityRow | undefined }

const COLUMNS: readonly { id: string; title: string; of(row: CityRow): number | null }[] = [
  { id: 'need', title: measureNames.queue, of: ({ need }) => need },
  { id: 'places', title: measureNames.capacity, of: ({ places }) => places },
  { id: 'free', title: measureNames.free, of: ({ free }) => free },
  { id: 'plain', title: measureNames.plain, of: ({ plain }) => plain },
  { id: 'certified', title: 'Sikkert uten', of: ({ certified }) => certified },
  { id: 'waiting', title: 'Ventetid, dager', of: ({ waiting }) => waiting },
  { id: 'month', title: 'Kroner i måneden', of: ({ month }) => month },
]

const FORM_BY_FORM =
  'En rad for hver boligform i hver bydel: plasser, ledige, sperrede, opptatte og hvor mange som venter.'

/** Need, places, shortfall and waiting beside each other, each on one scale for all bydeler; and all of it in a table. */
export function Multiples({ rows, city, chosen }: Props) {
  const inTable = chosen === undefined ? rows : [chosen]
  return (
    <section className="stack" aria-labelledby="bydelene">
      <Heading id="bydelene" level="2" size="medium">
        Bydelene ved siden av hverandre
      </Heading>
      <ul className="multiples full">
        {MEASURES.filter(({ id }) => id !== 'kroner').map((measure) => (
          <Multiple key={measure.id} measure={measure} rows={rows} city={city} chosen={chosen} />
        ))}
      </ul>
      <ScrollRegion label="Bydelene i tall">
        <Table size="small">
          <caption className="aksel-sr-only">Behov, plasser, mangel, ventetid og kroner i hver bydel</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              {COLUMNS.map(({ id, title }) => (
                <Table.HeaderCell key={id} scope="col" align="right">
                  {title}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {[...inTable, city].map((row) => (
              <Table.Row key={row.code}>
                <Table.HeaderCell scope="row">{row.name}</Table.HeaderCell>
                {COLUMNS.map(({ id, of }) => {
                  const value = of(row)
                  return (
                    <Table.DataCell key={id} align="right">
                      {value === null ? 'ukjent' : inNumbers(value)}
                    </Table.DataCell>
                  )
                })}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      <BodyShort size="small" className="readable">
        Det bydeler mangler sammen, er bare med i tallet for byen. Ventetid er dager til halvparten har fått plass, også
        regnet med dem som fortsatt venter; ukjent der færre enn halvparten har fått plass.
      </BodyShort>
      <Definitions of="bydelene" ids={['queue', 'capacity', 'free', 'plain', 'waiting']} />
      <BodyShort>
        <RouteLink to={paths.capacity} search={chosen === undefined ? { del: 'bydel' } : { bydel: chosen.code }}>
          Kapasitet: andre dager, utvikling, oppholdstid og ventetid
        </RouteLink>
      </BodyShort>
      <Downloads
        address="/api/v1/capacity?groupBy=district,form"
        what="plassene og køen"
        hint={FORM_BY_FORM}
        jsonStat
      />
      <Downloads address="/api/v1/capacity/waiting?groupBy=district" what="ventetidene" jsonStat />
    </section>
  )
}

function Multiple({ measure, rows, city, chosen }: Props & { measure: Measure }) {
  const largest = largestOf(measure, rows)
  return (
    <li className="panel">
      <Heading level="3" size="small" spacing>
        {measure.title}
      </Heading>
      <BodyShort size="small" spacing>
        {measureInWords(measure, rows, city)}
        {chosen !== undefined && ` ${chosen.name}: ${valueInWords(measure, chosen)}.`}
      </BodyShort>
      <div className="multiple" aria-hidden="true">
        {rows.map((row) => (
          <div key={row.code} className="multiple__row">
            <span>{row.name}</span>
            <Bar
              value={measure.of(row) ?? 0}
              largest={largest}
              strong={chosen === undefined || chosen.code === row.code}
            />
            <span className="multiple__value">{valueInWords(measure, row)}</span>
          </div>
        ))}
      </div>
    </li>
  )
}
