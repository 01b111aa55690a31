import '@navikt/ds-css/dist/component/table.css'
import { Alert, BodyShort, Heading, Link, Table } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'
import type { ImportReport } from '../../api/imports.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { kindNames, reportInWords } from './importWords.ts'

/** What a file held and what was done with it. Takes focus when it comes, so that it is read. */
export function Report({ report }: { report: ImportReport }) {
  const { counts, mode, written } = report
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (report.id !== '') heading.current?.focus()
  }, [report.id])
  const tried = mode === 'dry_run'
  return (
    <section className="stack" aria-labelledby="resultat">
      <Heading id="resultat" ref={heading} level="2" size="medium" tabIndex={-1} className="page__heading">
        {tried ? 'Slik går det om du importerer' : 'Resultatet av importen'}
      </Heading>
      <Alert variant={counts.bad > 0 ? 'warning' : tried ? 'info' : 'success'}>{reportInWords(report)}</Alert>
      <dl className="facts full">
        <Fact term="Filen gjelder" value={kindNames[report.kind]} />
        <Fact term="Rader i alt" value={inNumbers(counts.rows)} />
        <Fact term="Nye" value={inNumbers(counts.new)} />
        <Fact term="Endret siden sist" value={inNumbers(counts.changed)} />
        <Fact term="Uendret" value={inNumbers(counts.unchanged)} />
        <Fact term="Med feil" value={inNumbers(counts.bad)} />
        {!tried && <Fact term="Lagret" value={written ? 'Ja' : 'Nei'} />}
      </dl>
      {report.badRows.length > 0 && <BadRows report={report} />}
    </section>
  )
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function BadRows({ report: { badRows, counts, rejected } }: { report: ImportReport }) {
  return (
    <>
      <Heading level="3" size="small">
        Rader med feil
      </Heading>
      {badRows.length < counts.bad && (
        <BodyShort>
          Her står de {badRows.length} første av {inNumbers(counts.bad)}. Alle er i filen du kan laste ned.
        </BodyShort>
      )}
      {rejected !== null && (
        <Link href={rejected} download="avviste-rader.csv">
          Last ned radene med feil (CSV)
        </Link>
      )}
      <ScrollRegion label="Rader med feil">
        <Table size="small">
          <caption className="aksel-sr-only">Rader med feil: rad, kolonne og grunn</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Rad</Table.HeaderCell>
              <Table.HeaderCell scope="col">Kolonne</Table.HeaderCell>
              <Table.HeaderCell scope="col">Hva som er galt</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {badRows.flatMap(({ row, errors }) =>
              errors.map(({ column, code, reason }) => (
                <Table.Row key={`${row} ${column} ${code}`}>
                  <Table.HeaderCell scope="row">{row}</Table.HeaderCell>
                  <Table.DataCell>{column ?? 'Hele raden'}</Table.DataCell>
                  <Table.DataCell>{reason}</Table.DataCell>
                </Table.Row>
              )),
            )}
          </Table.Body>
        </Table>
      </ScrollRegion>
    </>
  )
}
