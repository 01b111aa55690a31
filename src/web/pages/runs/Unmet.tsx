import { BodyShort, Heading, ReadMore } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type RunUnmet, unmetQuery } from '../../api/runs.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { More } from '../../ui/More.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Exclusions } from '../matches/Exclusions.tsx'
import { exclusionsOf } from './unmetCause.ts'

/** Those of the reader's people whom a run gives nothing, the most urgent first, each with why. */
export function Unmet({ runId }: { runId: string }) {
  const query = useSuspenseInfiniteQuery(unmetQuery(runId))
  const unmet = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="uten-forslag">
      <Heading id="uten-forslag" level="2" size="medium">
        Fikk ikke forslag
      </Heading>
      {unmet.length === 0 ? (
        <BodyShort>Alle dine som var med i kjøringen, fikk et forslag.</BodyShort>
      ) : (
        <>
          <ul className="plain-list full">
            {unmet.map((entry) => (
              <Waits key={entry.needId} entry={entry} />
            ))}
          </ul>
          <More
            shown={unmet.length === 1 ? '1 person' : `${unmet.length} personer, de som haster mest først`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/matching-runs/${runId}/unmet`}
            what="grunnene"
            hint="Uten navn. Behovets id fører tilbake til behovet."
          />
        </>
      )}
    </section>
  )
}

function Waits({ entry: { needId, residentName, urgencyClass, stays, sentence, cause } }: { entry: RunUnmet }) {
  const exclusions = exclusionsOf(cause)
  return (
    <li className="panel">
      <Heading level="3" size="small" spacing>
        <RouteLink to={paths.need} params={{ id: needId }}>
          {residentName}
        </RouteLink>
      </Heading>
      <BodyShort>
        Hasteklasse {urgencyClass}. {sentence}
      </BodyShort>
      {stays && <BodyShort>Blir boende der personen bor nå.</BodyShort>}
      {exclusions.length > 0 && (
        <ReadMore
          size="small"
          header={
            <>
              Hva hver regel utelukker <span className="aksel-sr-only">for {residentName}</span>
            </>
          }
        >
          <BodyShort size="small" spacing>
            «Alene» er plasser som bare denne regelen utelukker.
          </BodyShort>
          <Exclusions excludedBy={exclusions} name={residentName} />
        </ReadMore>
      )}
    </li>
  )
}
