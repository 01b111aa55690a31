import { BodyShort, Heading } from '@navikt/ds-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type CostRow, type GapSituation, gapPeopleQuery } from '../../api/costs.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Fetched, Later } from '../../ui/Later.tsx'
import { More } from '../../ui/More.tsx'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'

/** Whom the other figures of the gap are of, for those who work with them; asked for when it is opened. */
export function GapPeople({ cost }: { cost: Pick<CostRow, 'temporary' | 'ready' | 'dischargeReady'> }) {
  const lists: { situation: GapSituation; who: string; count: number }[] = [
    { situation: 'temporary', who: 'bor i midlertidig botilbud', count: cost.temporary.households },
    { situation: 'ready', who: 'er klare til å flytte fra institusjon', count: cost.ready.households },
    { situation: 'discharge_ready', who: 'venter som utskrivningsklare', count: cost.dischargeReady.now },
  ]
  return (
    <section className="stack" aria-labelledby="hvem-det-gjelder">
      <Heading id="hvem-det-gjelder" level="2" size="medium">
        Hvem hullet gjelder ellers
      </Heading>
      {lists.map(({ situation, who, count }) =>
        count === 0 ? (
          <BodyShort key={situation}>Ingen {who} i dag.</BodyShort>
        ) : (
          <Later key={situation} label={`Vis dem som ${who} (${inNumbers(count)})`} of="i dag">
            <People situation={situation} />
          </Later>
        ),
      )}
    </section>
  )
}

function People({ situation }: { situation: GapSituation }) {
  const query = useInfiniteQuery(gapPeopleQuery(situation))
  return (
    <Fetched query={query} what="personene">
      {({ pages }) => {
        const people = pages.flatMap(({ items }) => items)
        return (
          <>
            <ul className="spaced-list">
              {people.map(({ id, needId, residentName, placeName, since }) => {
                const name = residentName ?? 'En person med fortrolig adresse'
                return (
                  <li key={id}>
                    {needId === null ? (
                      name
                    ) : (
                      <RouteLink to={paths.need} params={{ id: needId }}>
                        {name}
                      </RouteLink>
                    )}
                    {placeName === null ? '' : `, ${placeName}`}, siden {dayInWords(since)}
                  </li>
                )
              })}
            </ul>
            <More
              shown={counted(people.length, 'husstand', 'husstander')}
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </>
        )
      }}
    </Fetched>
  )
}
