import '@navikt/ds-css/dist/component/table.css'
import { Alert, BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { statisticsQuery } from '../../api/reference.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { type FigureTable, scalesOf } from './figures.ts'
import { StatisticFiles } from './StatisticFiles.tsx'

/** The published figures that the system starts from. What counts different things never shares a table. */
export function Statistics() {
  const { data: series } = useSuspenseQuery(statisticsQuery)
  return (
    <Page title="Statistikk">
      <Alert variant="info">Dette er publiserte tall, ikke syntetiske. De beskriver den virkelige byen.</Alert>
      <BodyLong className="readable">
        Personer og boliger er ulike ting, og det er også hvor mange som bor et sted en dag, og hvor mange som kommer i
        løpet av et år. Derfor står de hver for seg. Et tall vi ikke kan lese i kilden, er ukjent. Det er aldri null.
      </BodyLong>
      {scalesOf(series).map(({ id, title, tables }) => (
        <section key={id} className="stack" aria-label={title}>
          <Heading level="2" size="medium">
            {title}
          </Heading>
          {tables.map((table) => (
            <Figures key={table.key} table={table} />
          ))}
        </section>
      ))}
      <Suspense fallback={<Loading what="tabellene" />}>
        <StatisticFiles />
      </Suspense>
    </Page>
  )
}

function Figures({ table }: { table: FigureTable }) {
  const title = table.series.map((one) => one.title).join('; ')
  return (
    <div>
      <ScrollRegion label={title}>
        <Table size="small" className="figures">
          <caption className="aksel-sr-only">{title}</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Område</Table.HeaderCell>
              <Table.HeaderCell scope="col">År</Table.HeaderCell>
              {table.series.map((one) => (
                <Table.HeaderCell key={one.id} scope="col" align="right">
                  {one.title} ({one.unit})
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {table.rows.map((row) => (
              <Table.Row key={row.key}>
                <Table.HeaderCell scope="row">{row.area}</Table.HeaderCell>
                <Table.DataCell>{row.year}</Table.DataCell>
                {table.series.map((one, i) => {
                  const figure = row.figures[i]
                  return (
                    <Table.DataCell key={one.id} align="right">
                      {figure?.text}
                      {figure?.note != null && ` (merknad ${figure.note})`}
                    </Table.DataCell>
                  )
                })}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </ScrollRegion>
      {table.notes.length > 0 && (
        <ol className="notes" aria-label="Merknader">
          {table.notes.map((note) => (
            <BodyShort key={note} as="li" size="small">
              {note}
            </BodyShort>
          ))}
        </ol>
      )}
      <BodyShort size="small" textColor="subtle">
        Kilde: {table.source}
      </BodyShort>
    </div>
  )
}
