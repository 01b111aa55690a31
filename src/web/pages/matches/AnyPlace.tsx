import { BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { placesQuery } from '../../api/inventory.ts'
import { problemOf } from '../../api/problem.ts'
import type { Facility, Place } from '../../api/types.ts'
import { inText } from '../../ui/inText.ts'
import { Loading } from '../../ui/Loading.tsx'
import { More } from '../../ui/More.tsx'
import { useReference } from '../../ui/names.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useToday } from '../../ui/useToday.ts'
import { FacilitySearch } from '../facilities/FacilitySearch.tsx'
import { placeState } from '../places/placeState.ts'
import { MOST_COMPARED, toggled } from './chosen.ts'
import { placesInWords } from './counts.ts'

type Props = { compared: string[]; onCompare(ids: string[]): void }

/** Puts any place of the city into the comparison, to see why it fits or why it does not. */
export function AnyPlace({ compared, onCompare }: Props) {
  const [facility, setFacility] = useState<Facility | null>(null)
  const [said, setSaid] = useState('')

  function add(place: Place) {
    const next = toggled(compared, place.id)
    if (next === undefined) return setSaid(`Du kan sammenligne ${MOST_COMPARED} plasser om gangen. Ta bort en først.`)
    onCompare(next)
    setSaid(`${place.label}, ${place.facilityName} er lagt til i sammenligningen.`)
  }

  return (
    <VStack gap="space-16" align="start">
      <FacilitySearch
        label="Finn botilbud"
        description="Legg til en hvilken som helst plass for å se hvorfor den passer, eller hvorfor ikke."
        action="Vis plassene i"
        onChoose={(chosen) => {
          setFacility(chosen)
          setSaid('')
        }}
      />
      {facility !== null && <PlacesOf facility={facility} key={facility.id} compared={compared} onAdd={add} />}
      <BodyShort role="status">{said}</BodyShort>
    </VStack>
  )
}

type PlacesOfProps = { facility: Facility; compared: string[]; onAdd(place: Place): void }

function PlacesOf({ facility, compared, onAdd }: PlacesOfProps) {
  const { names } = useReference()
  const today = useToday()
  const heading = useRef<HTMLHeadingElement>(null)
  const query = useInfiniteQuery(placesQuery({ facilityId: facility.id }))
  useEffect(() => heading.current?.focus(), [])
  const places = query.data?.pages.flatMap(({ items }) => items) ?? []

  return (
    <div>
      <Heading ref={heading} level="3" size="xsmall" tabIndex={-1} spacing className="page__heading">
        Plassene i {facility.name}
      </Heading>
      {query.error !== null && <ProblemAlert problem={problemOf(query.error)} />}
      {query.isPending && <Loading what="plassene" />}
      <ul className="plain-list">
        {places.map((place) => (
          <li key={place.id}>
            <HStack gap="space-16" align="center">
              <BodyShort>
                {place.label}, {names.form(place.form)}, {inText(placeState(place, today))}
              </BodyShort>
              {compared.includes(place.id) ? (
                <BodyShort size="small">Er med</BodyShort>
              ) : (
                <Button type="button" size="small" variant="tertiary" onClick={() => onAdd(place)}>
                  Legg til<span className="aksel-sr-only"> {place.label}</span>
                </Button>
              )}
            </HStack>
          </li>
        ))}
      </ul>
      {query.data !== undefined && (
        <More
          shown={placesInWords(places.length)}
          hasMore={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </div>
  )
}
