import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { needChangesQuery, residentChangesQuery, showingsOfResidentQuery } from '../../api/audit.ts'
import { needQuery } from '../../api/needs.ts'
import { useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { Changes } from './Changes.tsx'
import { RecordLock } from './RecordLock.tsx'
import { ShowingsTable } from './ShowingsTable.tsx'

/** Innsyn i saken: who has seen the person and why, and what was changed of her and her need. */
export function CaseInsightPage() {
  const { id } = useParams({ from: signedInRoute(paths.caseInsight) })
  const { data: loaded } = useSuspenseQuery(needQuery(id))
  const may = useMay()
  const { resident } = loaded.value
  return (
    <Page
      title="Innsyn i saken"
      before={
        <RouteLink to={paths.need} params={{ id }}>
          Tilbake til behovet
        </RouteLink>
      }
    >
      <BodyLong>
        Saken gjelder {resident.name}. Personen har rett til å få vite hvem som har sett opplysningene.
      </BodyLong>
      {may('read_showings') && (
        <Suspense fallback={<Loading what="hvem som har sett" />}>
          <SeenBy residentId={resident.id} />
        </Suspense>
      )}
      <Suspense fallback={<Loading what="endringene" />}>
        <Changes id="behovet" title="Endringer i behovet" asked={needChangesQuery(id)} />
      </Suspense>
      {may('register_residents') && (
        <Suspense fallback={<Loading what="endringene" />}>
          <Changes id="personen" title="Endringer om personen" asked={residentChangesQuery(resident.id)} />
          <BodyShort size="small">
            Navn, fødselsnummer og telefon lagres kryptert. Endringer i dem vises ikke her.
          </BodyShort>
        </Suspense>
      )}
      {may('register_residents') && (
        <Suspense fallback={<Loading what="arkivet" />}>
          <RecordLock residentId={resident.id} mayLock={may('lock_records')} mayExport={may('export_cases')} />
        </Suspense>
      )}
    </Page>
  )
}

function SeenBy({ residentId }: { residentId: string }) {
  const query = useSuspenseInfiniteQuery(showingsOfResidentQuery(residentId))
  const showings = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="sett">
      <Heading id="sett" level="2" size="medium">
        Hvem har sett
      </Heading>
      <ShowingsTable showings={showings} />
      <More
        shown={counted(showings.length, 'rad', 'rader')}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </section>
  )
}
