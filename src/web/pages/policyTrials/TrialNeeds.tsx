import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type TrialNeed, trialNeedsQuery } from '../../api/policyTrials.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'

const OUTCOMES: Record<TrialNeed['outcome'], string> = {
  gained: 'Vinner',
  lost: 'Taper',
  moved: 'Annen plass',
}

/** Whom of the reader's own people the draft is something to, with both places. */
export function TrialNeeds({ id }: { id: string }) {
  const { names } = useReference()
  const query = useSuspenseInfiniteQuery(trialNeedsQuery(id))
  const needs = query.data.pages.flatMap(({ items }) => items)
  const inWords = (place: TrialNeed['before']) =>
    place === null ? 'ingen plass' : `${place.label}, ${place.facilityName} (${names.district(place.districtCode)})`
  return (
    <section className="stack" aria-labelledby="dine">
      <Heading id="dine" level="2" size="medium">
        Dine det betyr noe for
      </Heading>
      {needs.length === 0 ? (
        <BodyShort>Ingen av dine får, mister eller bytter plass med utkastet.</BodyShort>
      ) : (
        <>
          <ul className="spaced-list">
            {needs.map(({ needId, residentName, urgencyClass, outcome, before, after }) => (
              <li key={needId}>
                <BodyShort>
                  <RouteLink to={paths.need} params={{ id: needId }}>
                    {residentName}
                  </RouteLink>
                  , hasteklasse {urgencyClass}: {OUTCOMES[outcome]}
                </BodyShort>
                <BodyShort size="small">
                  Regelen som gjelder: {inWords(before)}. Utkastet: {inWords(after)}.
                </BodyShort>
              </li>
            ))}
          </ul>
          <More
            shown={needs.length === 1 ? '1 behov' : `${needs.length} behov, de som haster mest først`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/policy-trials/${id}/needs`}
            what="listen"
            hint="Uten navn. Behovets id fører tilbake til behovet."
          />
        </>
      )}
    </section>
  )
}
