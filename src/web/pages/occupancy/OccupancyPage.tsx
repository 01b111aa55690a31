import './occupancy.css'
import { BodyShort } from '@navikt/ds-react'
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { occupancyQuery, occupancySummaryQuery } from '../../api/occupancy.ts'
import { problemOf } from '../../api/problem.ts'
import { reasonCodesQuery } from '../../api/reference.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useToday } from '../../ui/useToday.ts'
import { placesInWords } from '../matches/counts.ts'
import { Filters } from './Filters.tsx'
import { Legend } from './Legend.tsx'
import { OccupancyTable } from './OccupancyTable.tsx'
import { PartOnPaper, PrintAll } from './PrintAll.tsx'
import { reasonNames } from './reasonNames.ts'
import { chosenInWords, occupancyFilter } from './search.ts'
import { summaryInWords } from './summaryWords.ts'
import { TimelinePatterns } from './TimelineBar.tsx'

/** Belegg: every place over days. Who lives there is not said. The filters stand in the address. */
export function OccupancyPage() {
  const search = useSearch({ from: signedInRoute(paths.occupancy) })
  const { forms, names } = useReference()
  const today = useToday()
  const filter = occupancyFilter(search, today, forms)
  const { data: reasons } = useSuspenseQuery(reasonCodesQuery)
  const { data: summary } = useQuery(occupancySummaryQuery(filter))
  const query = useInfiniteQuery(occupancyQuery(filter))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const places = query.data?.pages.flatMap(({ items }) => items)

  return (
    <Page title="Belegg">
      <Filters search={search} />
      {places !== undefined && places.length > 0 && (
        <PrintAll
          key={JSON.stringify(filter)}
          query={query}
          fetched={places.length}
          total={summary?.places}
          narrower="Velg en boligform, en bydel eller bare noen av plassene, og skriv ut igjen."
        />
      )}
      <BodyShort className="print-only">{chosenInWords(search, names)}</BodyShort>
      <BodyShort role="status">{summary === undefined ? 'Teller …' : summaryInWords(summary)}</BodyShort>
      {query.isError && <ProblemAlert problem={problemOf(query.error)} onRetry={() => void query.refetch()} />}
      {places === undefined ? (
        !query.isError && <Loading what="plassene" />
      ) : places.length === 0 ? (
        <Empty
          what="Ingen plasser passer med filtrene"
          why="Ingen plass er åpen disse dagene med denne boligformen, i denne bydelen og slik du har valgt å vise dem. Ta bort et av filtrene."
        />
      ) : (
        <>
          {search.som === undefined && (
            <>
              <TimelinePatterns />
              <Legend />
            </>
          )}
          <PartOnPaper fetched={places.length} total={summary?.places} hasMore={hasNextPage} />
          <OccupancyTable
            places={places}
            from={filter.from}
            to={filter.to}
            as={search.som === 'tabell' ? 'table' : 'timeline'}
            reason={reasonNames(reasons)}
            total={summary?.places}
            onEnd={onEnd}
          />
          <More
            shown={
              summary === undefined
                ? placesInWords(places.length)
                : `${inNumbers(places.length)} av ${placesInWords(summary.places)}`
            }
            hasMore={hasNextPage}
            loading={isFetchingNextPage}
            onMore={onEnd}
          />
          <Downloads
            address={`/api/v1/occupancy?${new URLSearchParams(filter)}`}
            what="belegget"
            hint="Alle plassene i utvalget, en rad for hver periode. Hvem som bor der, er ikke med."
          />
        </>
      )}
    </Page>
  )
}
