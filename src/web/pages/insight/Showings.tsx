import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { type Showing, type ShowingsOf, showingsQuery } from '../../api/audit.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { More } from '../../ui/More.tsx'
import { counted } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { type InsightSearch, pseudonym, readInsightSearch } from './insightWords.ts'
import { PersonFilter } from './PersonFilter.tsx'
import { ShowingsTable } from './ShowingsTable.tsx'

type Props = {
  byPseudonym: boolean
  only: Pick<InsightSearch, 'ansatt' | 'person'>
  onPerson(id: string): void
}

/** Who saw whom: of a manager's own bydel by name, of the whole city by pseudonym; by one account or of one person alone. */
export function Showings({ byPseudonym, only, onPerson }: Props) {
  const wanted: ShowingsOf = { accountId: only.ansatt, residentId: only.person }
  const query = useSuspenseInfiniteQuery(showingsQuery(wanted))
  const showings = query.data.pages.flatMap(({ items }) => items)
  const narrowed = only.ansatt !== undefined || only.person !== undefined
  const named = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return (
    <section className="stack" aria-labelledby="hvem">
      <Heading id="hvem" level="2" size="medium">
        Hvem har sett hvem
      </Heading>
      <BodyLong className="readable">
        {only.person === undefined ? 'De siste 90 dagene. ' : 'Hele historien til denne personen. '}
        Hver gang noen åpner en person eller en sak, blir det skrevet her.{' '}
        {byPseudonym
          ? 'Du ser ikke hvem personene er. De står med de siste tegnene i id-en sin.'
          : 'Snakk med den ansatte hvis du ikke forstår hvorfor noen har sett en sak. Hele historien til én person finner du på saken hennes, under «Innsyn i saken».'}{' '}
        Velg en ansatt eller en person i listen for å se bare det som gjelder dem.
      </BodyLong>
      <PersonFilter onPerson={onPerson} />
      {narrowed && <Narrowed only={only} showings={showings} />}
      {showings.length === 0 ? (
        <BodyShort>{narrowed ? 'Ingenting slikt er skrevet.' : 'Ingen har sett noen ennå.'}</BodyShort>
      ) : (
        <>
          <ShowingsTable showings={showings} ofMany />
          <More
            shown={counted(showings.length, 'rad', 'rader')}
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
          <Downloads
            address={`/api/v1/audit/showings${named.length === 0 ? '' : `?${new URLSearchParams(named)}`}`}
            what="listen"
            hint="De ansatte med navn, personene med id. Filen blir selv ført opp som hentet ut."
          />
        </>
      )}
    </section>
  )
}

function Narrowed({ only, showings }: { only: Props['only']; showings: Showing[] }) {
  return (
    <BodyShort role="status">
      Viser bare {narrowedInWords(only, showings[0])}.{' '}
      <RouteLink to={paths.insight} search={({ vis }) => readInsightSearch({ vis })} resetScroll={false}>
        Vis alle
      </RouteLink>
    </BodyShort>
  )
}

function narrowedInWords({ ansatt, person }: Props['only'], first: Showing | undefined): string {
  const whom = person === undefined ? undefined : (first?.residentName ?? `person ${pseudonym(person)}`)
  if (ansatt === undefined) return `hvem som har sett ${whom}`
  const seen = `det ${first?.actor.name ?? 'denne ansatte'} har sett`
  return whom === undefined ? seen : `${seen} av ${whom}`
}
