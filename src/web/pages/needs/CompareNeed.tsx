import { BodyLong, Heading } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { matchesQuery } from '../../api/matches.ts'
import { needQuery } from '../../api/needs.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { AnyPlace } from '../matches/AnyPlace.tsx'
import { Comparison } from '../matches/Comparison.tsx'
import { comparedPlaces, readChosen, writeChosen } from '../matches/chosen.ts'
import { placesFit } from '../matches/counts.ts'
import { Exclusions } from '../matches/Exclusions.tsx'
import { MatchTable } from '../matches/MatchTable.tsx'
import { Relaxations } from '../matches/Relaxations.tsx'
import { Missing } from './Missing.tsx'
import { NeedInShort } from './NeedInShort.tsx'

/** One need beside the places of the city: which fit, how they compare, and why the others do not. */
export function CompareNeed() {
  const { id } = useParams({ from: signedInRoute(paths.need) })
  const { plasser } = useSearch({ from: signedInRoute(paths.need) })
  const navigate = useNavigate()
  const { value: need } = useSuspenseQuery(needQuery(id)).data
  const { data: matches } = useSuspenseQuery(matchesQuery(id))
  const compared = comparedPlaces(readChosen(plasser), matches.items)

  function compare(ids: string[]) {
    // The same page in another state: the way back leads to where one came from.
    void navigate({
      to: paths.need,
      params: { id },
      search: { plasser: writeChosen(ids) },
      replace: true,
      resetScroll: false,
    })
  }

  return (
    <Page title="Sammenlign plasser" before={<RouteLink to={paths.home}>Min arbeidsdag</RouteLink>}>
      <NeedInShort need={need} />
      {need.status === 'draft' && (
        <Empty
          what="Behovet er en kladd"
          why="Det står ikke i køen før det er registrert. Plassene under er de som passer med det som er fylt ut til nå."
          next={
            <ButtonLink to={paths.editNeed} params={{ id }}>
              Fortsett registreringen
            </ButtonLink>
          }
        />
      )}
      <Missing need={need} />

      <section aria-labelledby="passer" className="stack">
        <Heading id="passer" level="2" size="medium">
          {placesFit(matches.total)}
        </Heading>
        {matches.items.length === 0 ? (
          <BodyLong>Ingen plass oppfyller alle kravene i dag. Under ser du hva som må endres.</BodyLong>
        ) : (
          <MatchTable matches={matches} compared={compared} onCompare={compare} />
        )}
      </section>

      <section aria-labelledby="sammenligning" className="stack">
        <Heading id="sammenligning" level="2" size="medium">
          Plassene ved siden av hverandre
        </Heading>
        <Comparison
          need={need}
          placeIds={compared}
          onRemove={(placeId) => compare(compared.filter((other) => other !== placeId))}
        />
        <Heading level="3" size="small">
          Hvorfor ikke en annen plass?
        </Heading>
        <AnyPlace compared={compared} onCompare={compare} />
      </section>

      <section aria-labelledby="endres" className="stack">
        <Heading id="endres" level="2" size="medium">
          Hva må endres for treff?
        </Heading>
        <Relaxations relaxations={matches.relaxations} />
        <Heading level="3" size="small">
          Hva hver regel utelukker
        </Heading>
        <BodyLong size="small">
          Av {inNumbers(matches.considered)} plasser i byen. «Alene» er de plassene som bare denne regelen stenger for.
        </BodyLong>
        <Exclusions excludedBy={matches.excludedBy} />
      </section>
    </Page>
  )
}
