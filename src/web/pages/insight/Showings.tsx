import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { showingsQuery } from '../../api/audit.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { More } from '../../ui/More.tsx'
import { ShowingsTable } from './ShowingsTable.tsx'

/** Who saw whom: of a manager's own bydel by name, of the whole city by pseudonym. */
export function Showings({ byPseudonym }: { byPseudonym: boolean }) {
  const query = useSuspenseInfiniteQuery(showingsQuery)
  const showings = query.data.pages.flatMap(({ items }) => items)
  return (
    <section className="stack" aria-labelledby="hvem">
      <Heading id="hvem" level="2" size="medium">
        Hvem har sett hvem
      </Heading>
      <BodyLong className="readable">
        De siste 90 dagene. Hver gang noen åpner en person eller en sak, blir det skrevet her.{' '}
        {byPseudonym
          ? 'Du ser ikke hvem personene er. De står med de siste tegnene i id-en sin.'
          : 'Snakk med den ansatte hvis du ikke forstår hvorfor noen har sett en sak. Hele historien til én person finner du på saken hennes, under «Innsyn i saken».'}
      </BodyLong>
      {showings.length === 0 ? (
        <BodyShort>Ingen har sett noen ennå.</BodyShort>
      ) : (
        <>
          <ShowingsTable showings={showings} ofMany />
          <More
            shown={showings.length === 1 ? '1 rad' : `${showings.length} rader`}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address="/api/v1/audit/showings"
            what="listen"
            hint="De ansatte med navn, personene med id. Filen blir selv ført opp som hentet ut."
          />
        </>
      )}
    </section>
  )
}
