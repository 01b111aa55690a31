import { BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { residentsOfQuery } from '../../api/stays.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { Steady } from '../../ui/Steady.tsx'
import { StayCard } from './StayCard.tsx'

/** Who lives in a house, as far as the reader may see them, and what can be recorded of each. */
export function ResidentsOf({ facilityId }: { facilityId: string }) {
  const query = useSuspenseInfiniteQuery(residentsOfQuery(facilityId))
  const stays = query.data.pages.flatMap(({ items }) => items)
  return (
    <section aria-labelledby="beboere" className="stack">
      <Heading id="beboere" level="2" size="medium">
        Bor her
      </Heading>
      <Steady items={stays} idOf={({ id }) => id}>
        {(rows) =>
          rows.length === 0 ? (
            <BodyShort>Ingen du har tilgang til å se, bor her nå.</BodyShort>
          ) : (
            <ul className="plain-list full">
              {rows.map(({ item }) => (
                <StayCard key={item.id} stay={item} />
              ))}
            </ul>
          )
        }
      </Steady>
      {stays.length > 0 && (
        <>
          <More
            shown={counted(stays.length, 'opphold', 'opphold')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/stays?facilityId=${facilityId}&state=present`}
            what="oppholdene"
            hint="Bare plasser og dager, ingen navn."
          />
        </>
      )}
    </section>
  )
}
