import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import type { MatchingSummary } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { Comparison } from './Comparison.tsx'
import { causeInWords } from './runWords.ts'
import { limitInWords, putOffInWords } from './summaryWords.ts'

/** What a run achieved, as numbers: in all, by class and by district, beside other ways of placing people. */
export function CitySummary({ summary }: { summary: MatchingSummary }) {
  const { names, vocabulary } = useReference()
  const classNames = new Map(
    vocabulary.urgencyClasses.map((entry) => [entry.number, `${entry.number} – ${entry.name}`]),
  )
  return (
    <>
      <BodyLong className="readable">
        {inNumbers(summary.placed)} av {inNumbers(summary.needs)} som venter, får et forslag. {inNumbers(summary.moves)}{' '}
        av dem flytter inn i en bolig som noen andre flytter ut av. Kjøringen så på {inNumbers(summary.places)} plasser.{' '}
        {inNumbers(summary.homes)} av dem er hjemmet til noen som vil flytte.
      </BodyLong>
      <Comparison summary={summary} />
      <Limits summary={summary} />
      <Shares
        id="etter-hasteklasse"
        title="Etter hasteklasse"
        column="Hasteklasse"
        rows={summary.byClass.map(({ urgencyClass, ...rest }) => ({
          name: classNames.get(urgencyClass) ?? String(urgencyClass),
          ...rest,
        }))}
      />
      <Shares
        id="etter-bydel"
        title="Etter bydel"
        column="Bydel"
        rows={summary.byDistrict.map(({ district, ...rest }) => ({ name: names.district(district), ...rest }))}
      />
      <section className="stack" aria-labelledby="hvorfor-ikke">
        <Heading id="hvorfor-ikke" level="2" size="medium">
          Hvorfor resten ikke fikk forslag
        </Heading>
        <ul className="spaced-list">
          {summary.causes.map(({ kind, needs }) => (
            <li key={kind}>
              {causeInWords(kind)}: {inNumbers(needs)}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** Which limits on many moves together kept some away, each with what it says. */
function Limits({ summary }: { summary: MatchingSummary }) {
  const { limits } = summary
  const later = putOffInWords(summary)
  return (
    <section className="stack" aria-labelledby="grenser">
      <Heading id="grenser" level="2" size="medium">
        Grensene som stoppet flyttinger
      </Heading>
      <BodyLong className="readable">
        {limits === undefined
          ? 'Kjøringen er fra før det ble tatt vare på.'
          : limits.length === 0
            ? 'Ingen grense stoppet noen av flyttingene.'
            : 'Så mange av flyttingene i det beste settet uten grensene måtte vike:'}
      </BodyLong>
      {limits !== undefined && limits.length > 0 && (
        <ul className="spaced-list">
          {limits.map((limit) => (
            <li key={limit.id}>
              {limitInWords(limit)}. {limit.sentence}
            </li>
          ))}
        </ul>
      )}
      {later !== undefined && <BodyLong className="readable">{later}</BodyLong>}
      <BodyShort>
        Det bydelene har satt: <RouteLink to={paths.quotas}>kvoter fra andre bydeler</RouteLink> og{' '}
        <RouteLink to={paths.supportTeams}>team som følger opp</RouteLink>
      </BodyShort>
    </section>
  )
}

type SharesProps = {
  id: string
  title: string
  column: string
  rows: { name: string; needs: number; placed: number }[]
}

function Shares({ id, title, column, rows }: SharesProps) {
  return (
    <section className="stack" aria-labelledby={id}>
      <Heading id={id} level="2" size="medium">
        {title}
      </Heading>
      <ScrollRegion label={`${title}, tabell`}>
        <Table size="small">
          <caption className="aksel-sr-only">Hvor mange som venter og får forslag. {title}</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">{column}</Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Venter
              </Table.HeaderCell>
              <Table.HeaderCell scope="col" align="right">
                Får forslag
              </Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rows.map(({ name, needs, placed }) => (
              <Table.Row key={name}>
                <Table.HeaderCell scope="row">{name}</Table.HeaderCell>
                <Table.DataCell align="right">{inNumbers(needs)}</Table.DataCell>
                <Table.DataCell align="right">{inNumbers(placed)}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
    </section>
  )
}
