import { BodyLong, BodyShort, Heading, Table } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReturnSchedule, scheduleNumbersQuery } from '../../api/schedules.ts'
import { DefinitionList } from '../../ui/Definitions.tsx'
import { Downloads } from '../../ui/Downloads.tsx'
import { monthInShort } from '../../ui/days.ts'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { byLimit, byMonth, type Crossed } from './figures.ts'

/** Months by bydeler, and what keeps the others by bydeler. */
export function ScheduleFigures({ schedule }: { schedule: ReturnSchedule }) {
  const { data } = useSuspenseQuery(scheduleNumbersQuery(schedule.id))
  const months = byMonth(data)
  const some = months.rows.filter(({ total }) => total > 0)
  const limits = byLimit(data)
  const first = limits.rows.toSorted((a, b) => b.total - a.total)[0]
  const named = new Map(data.limits.map(({ id, name }) => [id as string, name]))
  return (
    <>
      <section className="stack" aria-labelledby="maaneder">
        <Heading id="maaneder" level="2" size="medium">
          Hvor mange kan flytte når
        </Heading>
        {some.length === 0 ? (
          <BodyShort>Ingen kan flytte innenfor planen sin.</BodyShort>
        ) : (
          <>
            <CrossTable
              label="Hvor mange kan flytte, måned for måned"
              head="Måned"
              table={{ ...months, rows: some }}
              nameOf={monthInShort}
            />
            {some.length < months.rows.length && (
              <BodyShort size="small">Måneder der ingen kan flytte, er ikke vist.</BodyShort>
            )}
          </>
        )}
      </section>
      <section className="stack" aria-labelledby="hindre">
        <Heading id="hindre" level="2" size="medium">
          Hva som hindrer de andre
        </Heading>
        {limits.total === 0 || first === undefined ? (
          <BodyShort>Ingenting hindrer noen.</BodyShort>
        ) : (
          <>
            <BodyLong className="readable">
              «{named.get(first.key)}» hindrer flest: {first.total} av {limits.total}. For hver person er det første i
              tabellen som stopper flyttingen, regnet. Uten det kan personen flytte, eller noe lenger ned må også løses.
            </BodyLong>
            <CrossTable
              label="Hva som hindrer, etter bydel"
              head="Hva hindrer"
              table={limits}
              nameOf={(id) => named.get(id) ?? id}
            />
            <DefinitionList of={data.limits} />
          </>
        )}
        <Downloads address={`/api/v1/return-schedules/${schedule.id}/numbers`} what="tallene" />
      </section>
    </>
  )
}

function CrossTable({
  label,
  head,
  table,
  nameOf,
}: {
  label: string
  head: string
  table: Crossed<string>
  nameOf(key: string): string
}) {
  return (
    <ScrollRegion label={`${label}, tabell`}>
      <Table size="small" className="wide-table schedule-table">
        <caption className="aksel-sr-only">{label}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{head}</Table.HeaderCell>
            {table.districts.map(({ code, name }) => (
              <Table.HeaderCell key={code} scope="col" align="right">
                {name}
              </Table.HeaderCell>
            ))}
            <Table.HeaderCell scope="col" align="right">
              Oslo
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {table.rows.map(({ key, people, total }) => (
            <Table.Row key={key}>
              <Table.HeaderCell scope="row">{nameOf(key)}</Table.HeaderCell>
              {people.map((count, column) => (
                <Count key={table.districts[column]?.code} count={count} />
              ))}
              <Count count={total} />
            </Table.Row>
          ))}
          <Table.Row className="schedule-total">
            <Table.HeaderCell scope="row">Til sammen</Table.HeaderCell>
            {table.totals.map((count, column) => (
              <Count key={table.districts[column]?.code} count={count} />
            ))}
            <Count count={table.total} />
          </Table.Row>
        </Table.Body>
      </Table>
    </ScrollRegion>
  )
}

function Count({ count }: { count: number }) {
  return (
    <Table.DataCell align="right" className={count === 0 ? '' : 'schedule-some'}>
      {count}
    </Table.DataCell>
  )
}
