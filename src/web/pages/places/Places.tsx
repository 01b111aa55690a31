import { Button, HStack } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { placesQuery } from '../../api/inventory.ts'
import { DayField } from '../../form/DayField.tsx'
import { paths, signedInRoute } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { Page } from '../../ui/Page.tsx'
import { DistrictSelect, FormSelect } from '../../ui/ReferenceSelects.tsx'
import { useToday } from '../../ui/useToday.ts'
import { placesInWords } from '../matches/counts.ts'
import { type PlaceSearch, placeFilter } from './filter.ts'
import { PlacesTable } from './PlacesTable.tsx'

/** Every place of the city. The filters stand in the address, so that a list can be kept and sent on. */
export function Places() {
  const search = useSearch({ from: signedInRoute(paths.places) })
  const { forms } = useReference()
  const today = useToday()
  const query = useSuspenseInfiniteQuery(placesQuery(placeFilter(search, forms)))
  const places = query.data.pages.flatMap(({ items }) => items)

  return (
    <Page title="Plasser">
      <Filters search={search} />
      {places.length === 0 ? (
        <Empty
          what="Ingen plasser passer med filtrene"
          why="Det finnes ingen plass med denne boligformen, i denne bydelen og på denne dagen. Ta bort et av filtrene."
        />
      ) : (
        <>
          <PlacesTable places={places} on={search.ledig ?? today} />
          <More
            shown={placesInWords(places.length)}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/places?${new URLSearchParams(placeFilter(search, forms))}`}
            what="plassene"
            hint="Alle plassene i utvalget, med når ledigheten sist ble bekreftet."
          />
          <Downloads
            address={`/api/v1/facilities${search.bydel === undefined ? '' : `?district=${search.bydel}`}`}
            what="botilbudene"
            hint="Hvem hvert hus tar imot, og hvor mange plasser som er ledige i dag."
          />
        </>
      )}
    </Page>
  )
}

function Filters({ search }: { search: PlaceSearch }) {
  const today = useToday()
  const navigate = useNavigate()

  function filter(name: keyof PlaceSearch, value: string) {
    const { [name]: _, ...others } = search
    const next: PlaceSearch = value === '' ? others : { ...others, [name]: value }
    void navigate({ to: paths.places, search: next, replace: true, resetScroll: false })
  }

  return (
    <search aria-label="Filtre">
      <HStack gap="space-16" align="end">
        <FormSelect value={search.boligform ?? ''} onChange={(id) => filter('boligform', id)} />
        <DistrictSelect value={search.bydel ?? ''} onChange={(code) => filter('bydel', code)} />
        <DayField
          id="felt-ledig"
          error={undefined}
          size="small"
          label="Ledig den dagen"
          value={search.ledig ?? null}
          onChange={(day) => filter('ledig', day ?? '')}
          latestYear={Number(today.slice(0, 4)) + 10}
        />
        <Button type="button" size="small" variant="secondary" onClick={() => filter('ledig', today)}>
          Ledig i dag
        </Button>
      </HStack>
    </search>
  )
}
