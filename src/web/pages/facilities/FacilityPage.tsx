import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { facilityQuery, placesQuery } from '../../api/inventory.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'
import { placesInWords } from '../matches/counts.ts'
import { PlacesTable } from '../places/PlacesTable.tsx'
import { ConfirmVacancy } from './ConfirmVacancy.tsx'
import { criteriaInWords } from './criteria.ts'

/** One facility: whom it takes, in words, and its places. */
export function FacilityPage() {
  const { id } = useParams({ from: signedInRoute(paths.facility) })
  const { data: facility } = useSuspenseQuery(facilityQuery(id))
  const query = useSuspenseInfiniteQuery(placesQuery({ facilityId: id }))
  const { names } = useReference()
  const today = useToday()
  const places = query.data.pages.flatMap(({ items }) => items)

  return (
    <Page title={facility.name} before={<RouteLink to={paths.places}>Alle plasser</RouteLink>}>
      <BodyShort>
        {facility.operator}, {names.district(facility.districtCode)}
        {facility.address !== null && `, ${facility.address}`}
      </BodyShort>
      <BodyShort>
        {placesInWords(facility.places)} åpne i dag, {facility.freePlaces} ledige.
      </BodyShort>
      <ConfirmVacancy facility={facility} />
      <section className="panel" aria-labelledby="kriterier">
        <Heading id="kriterier" level="2" size="small" spacing>
          Hvem botilbudet tar imot
        </Heading>
        <dl className="facts">
          {criteriaInWords(facility, names).map(({ title, text }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Heading level="2" size="small">
        Plassene
      </Heading>
      <PlacesTable places={places} on={today} oneFacility />
      <More
        shown={placesInWords(places.length)}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </Page>
  )
}
