import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { acceptedOffersQuery } from '../../api/offers.ts'
import { Steady } from '../../ui/Steady.tsx'
import { OfferCard } from '../offers/OfferCard.tsx'

/** Whom a house expects: those who have said yes to one of its places, until they move in. */
export function Expected({ facilityId }: { facilityId: string }) {
  const { data } = useSuspenseQuery(acceptedOffersQuery)
  const expected = data.filter(({ place }) => place.facilityId === facilityId)
  return (
    <section aria-labelledby="ventes" className="stack">
      <Heading id="ventes" level="2" size="medium">
        Skal flytte inn
      </Heading>
      <Steady items={expected} idOf={({ id }) => id}>
        {(rows) =>
          rows.length === 0 ? (
            <BodyShort>Ingen du har tilgang til å se, har takket ja til en plass her.</BodyShort>
          ) : (
            <ul className="plain-list full">
              {rows.map(({ item }) => (
                <OfferCard key={item.id} offer={item} withName />
              ))}
            </ul>
          )
        }
      </Steady>
    </section>
  )
}
