import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { statisticTableQuery, statisticTablesQuery } from '../../api/reference.ts'
import type { StatisticTableInShort } from '../../api/types.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Fetched, Later } from '../../ui/Later.tsx'
import { revisionsInWords } from './revisions.ts'

/** The published tables that are kept as tables: where each comes from, as files, and what has been revised. */
export function StatisticFiles() {
  const { data: tables } = useSuspenseQuery(statisticTablesQuery)
  return (
    <section className="stack" aria-labelledby="tabellene-som-filer">
      <Heading id="tabellene-som-filer" level="2" size="medium">
        Tabellene som filer
      </Heading>
      <BodyLong className="readable">
        Filene er slik en statistikkbank gir dem: CSV og JSON-stat 2 (PxWeb). Når den som gir ut tallene retter dem,
        vises det nye tallet, og det som sto før, blir stående som en endring.
      </BodyLong>
      <ul className="plain-list full">
        {tables.map((table) => (
          <TablePanel key={table.id} table={table} />
        ))}
      </ul>
    </section>
  )
}

function TablePanel({ table: { id, title, source } }: { table: StatisticTableInShort }) {
  return (
    <li className="panel stack">
      <Heading level="3" size="small">
        {title}
      </Heading>
      <BodyShort size="small">Kilde: {source}</BodyShort>
      <Downloads address={`/api/v1/statistics/tables/${id}`} what={title} jsonStat />
      <Later label="Hva som er rettet, og når" of={title}>
        <Revisions id={id} />
      </Later>
    </li>
  )
}

function Revisions({ id }: Pick<StatisticTableInShort, 'id'>) {
  const query = useQuery(statisticTableQuery(id))
  return (
    <Fetched query={query} what="endringene">
      {(table) => {
        const { read, changes } = revisionsInWords(table)
        return (
          <>
            <BodyShort size="small">{read}</BodyShort>
            {changes.length > 0 && (
              <ul className="spaced-list">
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </>
        )
      }}
    </Fetched>
  )
}
