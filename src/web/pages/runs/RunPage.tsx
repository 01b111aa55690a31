import { BodyLong, BodyShort } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { runQuery } from '../../api/runs.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Contents } from '../../ui/Contents.tsx'
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

const [chains, shortages] = [
  { id: 'boligkjeder', title: 'Boligkjeder' },
  { id: 'for-faa-plasser', title: 'Der plassene ikke strekker til' },
]
const OWN_PARTS = [
  { id: 'forslag', title: 'Forslag til plass' },
  chains,
  { id: 'uten-forslag', title: 'Fikk ikke forslag' },
  shortages,
]
const CITY_PARTS = [
  { id: 'sammenligning', title: 'Sammenlignet med andre måter' },
  { id: 'grenser', title: 'Grensene som stoppet flyttinger' },
  { id: 'etter-hasteklasse', title: 'Etter hasteklasse' },
  { id: 'etter-bydel', title: 'Etter bydel' },
  { id: 'hvorfor-ikke', title: 'Hvorfor resten ikke fikk forslag' },
  shortages,
  chains,
]

/** One run: how it stands, and when it is done what it says, to each as far as she may see. */
export function RunPage() {
  const { id } = useParams({ from: signedInRoute(paths.run) })
  const may = useMay()
  const { data: run } = useSuspenseQuery(runQuery(id))
  const { names } = useReference()
  const time = timeOf(run.requestedAt)
  const people = may('match_needs')

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
              <Contents parts={OWN_PARTS} />
              <Proposals runId={id} />
              <Chains runId={id} />
              <Unmet runId={id} />
              <Shortages runId={id} />
            </>
          ) : (
            <>
              <Contents parts={CITY_PARTS} />
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
