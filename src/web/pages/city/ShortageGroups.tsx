import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { cityShortagesQuery } from '../../api/city.ts'
import { paths } from '../../paths.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { More } from '../../ui/More.tsx'
import { counted, inNumbers } from '../../ui/numbers.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ShortageGroup } from '../runs/Shortages.tsx'

type Props = {
  district: string | undefined
  districtName: string | undefined
  /** Only so many of those that lie within no other; absent: all. */
  most?: number
}

/** Where places are too few whoever moves, by the newest run over the city; of a bydel, the groups that its people are in. */
export function ShortageGroups({ district, districtName, most }: Props) {
  const query = useSuspenseInfiniteQuery(cityShortagesQuery)
  const [first] = query.data.pages
  const all = query.data.pages.flatMap(({ items }) => items)
  const concerned = all.filter(
    ({ districts }) => district === undefined || districts.some((entry) => entry.district === district),
  )
  const groups = most === undefined ? concerned : concerned.filter(({ within }) => within === null).slice(0, most)
  const runId = first?.runId ?? null
  return (
    <section className="stack" aria-labelledby="mangelgrupper">
      <Heading id="mangelgrupper" level="2" size="medium">
        Grupper som plassene ikke strekker til for
      </Heading>
      {first === undefined || runId === null || first.asOf === null ? (
        <BodyShort>Ingen kjøring over hele byen er ferdig ennå. En planlegger kan starte en under Kjøringer.</BodyShort>
      ) : (
        <>
          <BodyLong className="readable">
            Kjøringen {dayInWords(first.asOf)}: minst {inNumbers(first.deficit)} av {inNumbers(first.needs)} i hele byen
            blir uten plass, uansett hvem som flytter. Én plass til som passer for en gruppe, gir én til i den en plass.{' '}
            {first.notice}{' '}
            <RouteLink to={paths.run} params={{ id: runId }}>
              Se kjøringen
            </RouteLink>
          </BodyLong>
          {groups.length === 0 ? (
            <BodyShort>Ingen av gruppene gjelder Bydel {districtName}.</BodyShort>
          ) : (
            <ul className="plain-list full">
              {groups.map((group) => (
                <ShortageGroup key={group.number} runId={runId} shortage={group} all={all} />
              ))}
            </ul>
          )}
          {most === undefined ? (
            <>
              <More
                shown={counted(groups.length, 'gruppe', 'grupper')}
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
              <Downloads
                address={`/api/v1/shortages?runId=${runId}`}
                what="gruppene"
                hint={district === undefined ? undefined : 'Alle gruppene i byen, også dem som ikke gjelder bydelen.'}
              />
            </>
          ) : (
            <BodyShort>
              <RouteLink
                to={paths.city}
                search={district === undefined ? {} : { bydel: district }}
                hash="mangelgrupper"
              >
                Se alle gruppene
              </RouteLink>
            </BodyShort>
          )}
        </>
      )}
    </section>
  )
}
