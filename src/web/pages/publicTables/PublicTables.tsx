import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Heading, Select, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type PublicTableId, publicTableQuery, publicTablesQuery } from '../../api/publicTables.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords, monthInShort } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { gridOf } from './grid.ts'

/** Åpne tall: what everybody may read, without signing in. Every month as it was published. */
export function PublicTables() {
  const { maaned } = useSearch({ from: paths.publicTables })
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(publicTablesQuery)
  const months = [...new Set(data.items.flatMap((table) => table.months))].sort().reverse()
  const month = months.find((one) => one === maaned) ?? months[0]
  return (
    <Page title="Åpne tall">
      <BodyLong className="readable">
        Disse tabellene kan alle lese. De lages én gang i måneden og endres ikke etterpå. Tall på personer er rundet av,
        så ingen kan kjennes igjen.
      </BodyLong>
      {month === undefined ? (
        <Empty what="Ingen måned er publisert ennå" why="Den første kommer når denne måneden er over." />
      ) : (
        <>
          <search aria-label="Filtre">
            <Select
              label="Måned"
              size="small"
              className="narrow"
              value={month}
              onChange={({ target }) =>
                void navigate({ to: paths.publicTables, search: { maaned: target.value }, replace: true })
              }
            >
              {months.map((one) => (
                <option key={one} value={one}>
                  {monthInShort(`${one}-01`)}
                </option>
              ))}
            </Select>
          </search>
          {data.items
            .filter((table) => table.months.includes(month))
            .map((table) => (
              <Month key={table.id} id={table.id as PublicTableId} month={month} />
            ))}
        </>
      )}
    </Page>
  )
}

function Month({ id, month }: { id: PublicTableId; month: string }) {
  const { data } = useSuspenseQuery(publicTableQuery(id, month))
  const { steps, rows, sums, total } = gridOf(data)
  const what = data.holds === 'people' ? 'venter' : 'plasser'
  return (
    <section className="stack" aria-labelledby={`tabell-${id}`}>
      <Heading id={`tabell-${id}`} level="2" size="medium">
        {data.title}
      </Heading>
      <BodyShort>
        {dayInWords(data.countedOn)}: {inNumbers(total)} {what} i alt.
      </BodyShort>
      <ScrollRegion label={`${data.title}, tabell`}>
        <Table size="small">
          <caption className="aksel-sr-only">{data.title}, etter bydel og trinn</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Bydel</Table.HeaderCell>
              {steps.map(({ step, name }) => (
                <Table.HeaderCell key={step} scope="col" align="right">
                  {name}
                </Table.HeaderCell>
              ))}
              <Table.HeaderCell scope="col" align="right">
                Sum
              </Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rows.map(({ district, name, counts, sum }) => (
              <Row key={district} steps={steps} name={name} counts={counts} sum={sum} />
            ))}
            <Row steps={steps} name="Hele byen" counts={sums} sum={total} />
          </Table.Body>
        </Table>
      </ScrollRegion>
      <Downloads address={`/api/v1/public-tables/${id}?month=${month}`} what={id} jsonStat />
      {data.notes.map((note) => (
        <BodyShort key={note} size="small" className="readable">
          {note}
        </BodyShort>
      ))}
    </section>
  )
}

type RowProps = { steps: readonly { step: number }[]; name: string; counts: readonly number[]; sum: number }

function Row({ steps, name, counts, sum }: RowProps) {
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{name}</Table.HeaderCell>
      {steps.map(({ step }, at) => (
        <Table.DataCell key={step} align="right">
          {inNumbers(counts[at] ?? 0)}
        </Table.DataCell>
      ))}
      <Table.DataCell align="right">{inNumbers(sum)}</Table.DataCell>
    </Table.Row>
  )
}
