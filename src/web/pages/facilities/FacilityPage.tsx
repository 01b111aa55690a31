import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useCallback } from 'react'
import { facilityQuery, placesQuery } from '../../api/inventory.ts'
import { occupancyQuery } from '../../api/occupancy.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { useToday } from '../../ui/useToday.ts'
import { placesInWords } from '../matches/counts.ts'
import { occupancyFilter } from '../occupancy/search.ts'
import { PlacesTable } from '../places/PlacesTable.tsx'
import { LeftRecently } from '../stays/LeftRecently.tsx'
import { ResidentsOf } from '../stays/ResidentsOf.tsx'
import { Closures } from './Closures.tsx'
import { ConfirmVacancy } from './ConfirmVacancy.tsx'
import { criteriaInWords } from './criteria.ts'
import { Expected } from './Expected.tsx'
import { HouseTimeline } from './HouseTimeline.tsx'
import { keeps } from './keeps.ts'
import { MoveInLimit } from './MoveInLimit.tsx'

/** One facility: whom it takes, who comes and lives there, what is closed, and its places over the coming weeks. */
export function FacilityPage() {
  const { id } = useParams({ from: signedInRoute(paths.facility) })
  const { data: facility } = useSuspenseQuery(facilityQuery(id))
  const query = useSuspenseInfiniteQuery(placesQuery({ facilityId: id }))
  const { names } = useReference()
  const today = useToday()
  const places = query.data.pages.flatMap(({ items }) => items)
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const filter = { ...occupancyFilter({}, today, []), facilityId: id }
  const occupancy = useSuspenseInfiniteQuery(occupancyQuery(filter))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = occupancy
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const days = occupancy.data.pages.flatMap(({ items }) => items)
  const closed = days
    .filter(({ segments }) => segments.some(({ closure }) => closure !== null))
    .map((one) => one.placeId)

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
      <MoveInLimit facility={facility} />
      {may('read_offers') && <Expected facilityId={id} />}
      {may('read_stays') && <ResidentsOf facilityId={id} />}
      {may('read_stays') && <LeftRecently facilityId={id} />}
      <Closures places={places} closed={closed} keeper={keeps(session, facility)} />
      <HouseTimeline places={days} from={filter.from} to={filter.to} query={occupancy} onEnd={onEnd} />
      <Heading level="2" size="medium">
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
