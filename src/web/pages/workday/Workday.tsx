import '@navikt/ds-css/dist/component/chips.css'
import { BodyShort, Button, Chips, Heading } from '@navikt/ds-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { problemOf } from '../../api/problem.ts'
import { workdayQuery } from '../../api/workday.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { Steady } from '../../ui/Steady.tsx'
import { WorkItem } from './WorkItem.tsx'
import { kindOf, slugOf, type WorkSlug } from './workKinds.ts'
import { countInWords, totalInWords } from './workWords.ts'

/** What needs the officer now, the nearest deadline first, each with why now and the way to it. One request. */
export function Workday() {
  const { slag, frist, ...others } = useSearch({ from: signedInRoute(paths.home) })
  const navigate = useNavigate()
  const kind = slag === undefined ? undefined : kindOf(slag)
  const query = useInfiniteQuery(workdayQuery(kind, frist === 'alle' ? 'any' : 'two_weeks'))
  const [first] = query.data?.pages ?? []
  const works = query.data?.pages.flatMap(({ items }) => items) ?? []

  function show(next: { slag: WorkSlug | undefined; all: boolean }) {
    void navigate({
      to: paths.home,
      search: {
        ...others,
        ...(next.slag === undefined ? {} : { slag: next.slag }),
        ...(next.all ? { frist: 'alle' as const } : {}),
      },
      replace: true,
      resetScroll: false,
    })
  }

  if (first === undefined) {
    return query.isError ? (
      <ProblemAlert problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <Loading what="det som trenger deg nå" />
    )
  }
  const { kinds, total, horizon } = first
  const all = kind === undefined ? total : (kinds.find((one) => one.kind === kind)?.count ?? 0)
  return (
    <section aria-labelledby="na" className="stack">
      <Heading id="na" level="2" size="medium">
        Dette trenger deg nå
      </Heading>
      <BodyShort role="status">{totalInWords(first)}</BodyShort>
      <BodyShort size="small">
        Nærmeste frist står først. Det som er over fristen, regnes som i dag, og det som haster mest, står øverst.
      </BodyShort>
      <Chips size="small" aria-label="Slag">
        <Chips.Toggle
          selected={slag === undefined}
          checkmark={false}
          onClick={() => show({ slag: undefined, all: frist === 'alle' })}
        >
          {`Alt ${inNumbers(total)}`}
        </Chips.Toggle>
        {kinds.map((one) => (
          <Chips.Toggle
            key={one.kind}
            selected={one.kind === kind}
            checkmark={false}
            onClick={() => show({ slag: slugOf(one.kind), all: frist === 'alle' })}
          >
            {countInWords(one)}
          </Chips.Toggle>
        ))}
      </Chips>
      {works.length === 0 ? (
        <Empty
          what="Her er det ingenting nå"
          why="Ingen frister løper, ingen behov mangler noe, og ingen er over tiden. Nye oppgaver kommer hit av seg selv."
        />
      ) : (
        <>
          <Steady items={works} idOf={({ subject, id }) => `${subject} ${id}`}>
            {(rows) => (
              <ol className="plain-list full">
                {rows.map(({ id, item }) => (
                  <WorkItem key={id} work={item} />
                ))}
              </ol>
            )}
          </Steady>
          <More
            shown={`${inNumbers(works.length)} av ${inNumbers(all)}`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
      {(first.later > 0 || frist === 'alle') && (
        <div>
          <Button type="button" size="small" variant="tertiary" onClick={() => show({ slag, all: frist !== 'alle' })}>
            {horizon === null
              ? 'Vis bare det som har frist de neste 14 dagene'
              : `Vis også frister etter ${dayInWords(horizon)}`}
          </Button>
        </div>
      )}
    </section>
  )
}
