import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useInfiniteQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type Shortage, shortageNeedsQuery, shortagesQuery } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Fetched, Later } from '../../ui/Later.tsx'
import { More } from '../../ui/More.tsx'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'

/** Where places are too few whoever moves, each group with the most crowded parts of it, and whose of the reader's people it is about. */
export function Shortages({ runId }: { runId: string }) {
  const query = useSuspenseInfiniteQuery(shortagesQuery(runId))
  const shortages = query.data.pages.flatMap(({ items }) => items)
  const { deficit, needs, notice } = query.data.pages[0] ?? { deficit: 0, needs: 0, notice: '' }
  return (
    <section className="stack" aria-labelledby="for-faa-plasser">
      <Heading id="for-faa-plasser" level="2" size="medium">
        Der plassene ikke strekker til
      </Heading>
      {shortages.length === 0 ? (
        <BodyShort>Alle som var med, kan få plass samtidig. Det er ikke vist at plasser mangler.</BodyShort>
      ) : (
        <>
          <BodyLong className="readable">
            Minst {inNumbers(deficit)} av {inNumbers(needs)} blir uten plass, uansett hvem som flytter. {notice}
          </BodyLong>
          <ul className="plain-list full">
            {shortages.map((shortage) => (
              <ShortageGroup key={shortage.number} runId={runId} shortage={shortage} all={shortages} />
            ))}
          </ul>
          <More
            shown={counted(shortages.length, 'gruppe', 'grupper')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads address={`/api/v1/shortages?runId=${runId}`} what="gruppene" />
        </>
      )}
    </section>
  )
}

/** One group: how many needs, how many places, what the needs have in common, and whose of the reader’s people it is. */
export function ShortageGroup({
  runId,
  shortage,
  all,
}: {
  runId: string
  shortage: Shortage
  all: readonly Shortage[]
}) {
  const { number, within, needs, places, deficit, sentence, ownNeeds } = shortage
  const outer = all.find((other) => other.number === within)
  return (
    <li className="panel">
      <Heading level="3" size="small" spacing>
        Gruppe {number + 1}: {inNumbers(needs)} behov, {inNumbers(places)} {places === 1 ? 'plass' : 'plasser'},{' '}
        {inNumbers(deficit)} for lite
      </Heading>
      <BodyLong className="readable">{sentence}</BodyLong>
      {within !== null && (
        <BodyShort>
          Den trangeste delen av gruppe {within + 1}
          {outer === undefined ? '' : `, som har ${inNumbers(outer.needs)} behov`}.
        </BodyShort>
      )}
      {ownNeeds > 0 && (
        <Later label={`Vis dine i gruppen (${inNumbers(ownNeeds)})`} of={`gruppe ${number + 1}`}>
          <OwnPeople runId={runId} number={number} />
        </Later>
      )}
    </li>
  )
}

function OwnPeople({ runId, number }: { runId: string; number: number }) {
  const query = useInfiniteQuery(shortageNeedsQuery(runId, number))
  return (
    <Fetched query={query} what="dine i gruppen">
      {({ pages }) => {
        const people = pages.flatMap(({ items }) => items)
        return (
          <>
            <ul className="spaced-list">
              {people.map(({ needId, residentName, urgencyClass, outcome }) => (
                <li key={needId}>
                  <RouteLink to={paths.need} params={{ id: needId }}>
                    {residentName}
                  </RouteLink>
                  , hasteklasse {urgencyClass}: {outcome === 'proposed' ? 'fikk forslag' : 'fikk ikke forslag'}
                </li>
              ))}
            </ul>
            <More
              shown={counted(people.length, 'person', 'personer')}
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
