import { BodyLong } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense } from 'react'
import { sessionQuery, useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Loading } from '../../ui/Loading.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataGaps } from './DataGaps.tsx'
import { readInsightSearch } from './insightWords.ts'
import { Seals } from './Seals.tsx'
import { SecurityEvents } from './SecurityEvents.tsx'
import { Showings } from './Showings.tsx'

/** Innsyn: who saw whom and why, what was refused and taken out, whether the logs are untouched, and which data is stale. */
export function InsightPage() {
  const search = useSearch({ from: signedInRoute(paths.insight) })
  const navigate = useNavigate()
  const { demo } = useSuspenseQuery(sessionQuery).data
  const show = (changed: Record<string, unknown>) =>
    void navigate({
      to: paths.insight,
      search: readInsightSearch({ ...search, ...changed }),
      replace: true,
      resetScroll: false,
    })
  const may = useMay()
  const security = may('read_security_log')
  return (
    <Page title="Innsyn">
      {!security && !may('read_data_gaps') && (
        <BodyLong>Rollen din har ikke innsyn i loggene. Snakk med lederen din hvis du trenger det.</BodyLong>
      )}
      {demo && (security || may('review_showings')) && (
        <BodyLong className="readable">
          I prøveutgaven står datoen stille. Loggene dateres etter den, og sier også når noe ble skrevet. Nødåpninger og
          forseglinger følger den virkelige klokka.
        </BodyLong>
      )}
      {may('read_data_gaps') && (
        <Suspense fallback={<Loading what="det som mangler" />}>
          <DataGaps />
        </Suspense>
      )}
      {security && <SecurityEvents shown={search.vis} onShow={(vis) => show({ vis })} />}
      {may('review_showings') && (
        <Suspense fallback={<Loading what="hvem som har sett hvem" />}>
          <Showings byPseudonym={security} only={search} onPerson={(person) => show({ person })} />
        </Suspense>
      )}
      {security && (
        <Suspense fallback={<Loading what="forseglingen" />}>
          <Seals />
        </Suspense>
      )}
    </Page>
  )
}
