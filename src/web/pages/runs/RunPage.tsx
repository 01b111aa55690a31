import { BodyLong, BodyShort } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { runQuery } from '../../api/runs.ts'
import { may, sessionQuery } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Chains } from './Chains.tsx'
import { CitySummary } from './CitySummary.tsx'
import { Proposals } from './Proposals.tsx'
import { RunStatus } from './RunStatus.tsx'
import { runTitle, timeOf } from './runWords.ts'
import { Shortages } from './Shortages.tsx'
import { certaintyInWords } from './summaryWords.ts'
import { Unmet } from './Unmet.tsx'

/** One run: how it stands, and when it is done what it says, to each as far as she may see. */
export function RunPage() {
  const { id } = useParams({ from: signedInRoute(paths.run) })
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { data: run } = useSuspenseQuery(runQuery(id))
  const { names } = useReference()
  const time = timeOf(run.requestedAt)
  const people = may(session, 'match_needs')

  return (
    <Page title={runTitle(run, names.district)} before={<RouteLink to={paths.runs}>Tilbake til kjøringer</RouteLink>}>
      <BodyShort>
        Situasjonen slik den var {dayInWords(run.asOf)}. Kjøringen startet klokken {time}.
      </BodyShort>
      {run.kind === 'preview' && (
        <BodyLong className="readable">
          Dette er en forhåndsvisning: bare bydelens egne var med. Ingen får tilbud av den før noen sender det.
        </BodyLong>
      )}
      <RunStatus run={run} />
      {run.status === 'completed' && run.summary !== null && (
        <Suspense fallback={<Loading what="resultatet" />}>
          {people ? (
            <>
              <BodyLong className="readable">
                {run.kind === 'city' ? 'I hele byen får ' : ''}
                {inNumbers(run.summary.placed)} av {inNumbers(run.summary.needs)}
                {run.kind === 'city' ? ' et forslag. Under står dine.' : ' i bydelen får et forslag.'}
              </BodyLong>
              <BodyLong className="readable">{certaintyInWords(run.summary).join(' ')}</BodyLong>
              <Proposals runId={id} />
              <Chains runId={id} />
              <Unmet runId={id} />
              <Shortages runId={id} />
            </>
          ) : (
            <>
              <CitySummary summary={run.summary} />
              <Shortages runId={id} />
              <Chains runId={id} />
            </>
          )}
        </Suspense>
      )}
    </Page>
  )
}
