import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { holdsOfNeedQuery } from '../../api/holds.ts'
import { matchesQuery } from '../../api/matches.ts'
import { needQuery } from '../../api/needs.ts'
import type { Referral } from '../../api/referrals.ts'
import { useMay } from '../../api/session.ts'
import type { Hold, Offer } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { inText } from '../../ui/inText.ts'
import { Loading } from '../../ui/Loading.tsx'
import { inNumbers } from '../../ui/numbers.ts'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { ChainsOfNeed } from '../chains/ChainsOfNeed.tsx'
import { ProposedForNeed } from '../chains/ProposedForNeed.tsx'
import { AnyPlace } from '../matches/AnyPlace.tsx'
import { CityPreview } from '../matches/CityPreview.tsx'
import { Comparison } from '../matches/Comparison.tsx'
import { comparedPlaces, readChosen, toggled, writeChosen } from '../matches/chosen.ts'
import { placesFit } from '../matches/counts.ts'
import { Exclusions } from '../matches/Exclusions.tsx'
import { MatchTable } from '../matches/MatchTable.tsx'
import { Relaxations } from '../matches/Relaxations.tsx'
import { blankDraft } from '../offers/draft.ts'
import { HoldsOfNeed } from '../offers/HoldsOfNeed.tsx'
import { OffersOfNeed } from '../offers/OffersOfNeed.tsx'
import { placeOf } from '../offers/offerWords.ts'
import { ReservePlace } from '../offers/ReservePlace.tsx'
import { SendOffer } from '../offers/SendOffer.tsx'
import { ReferralsOfNeed } from '../referrals/ReferralsOfNeed.tsx'
import { ReturnPlanOfNeed } from '../returns/ReturnPlanOfNeed.tsx'
import { HomesOf } from '../stays/HomesOf.tsx'
import { EndedNeed } from './EndedNeed.tsx'
import { Missing } from './Missing.tsx'
import { NeedInShort } from './NeedInShort.tsx'
import { ReturnRights } from './ReturnRights.tsx'

/** One need beside the places of the city: which fit, how they compare, and why the others do not. */
export function CompareNeed() {
  const { id } = useParams({ from: signedInRoute(paths.need) })
  const { plasser, tilby, kjoring } = useSearch({ from: signedInRoute(paths.need) })
  const navigate = useNavigate()
  const { data: loaded } = useSuspenseQuery(needQuery(id))
  const need = loaded.value
  const { data: matches } = useSuspenseQuery(matchesQuery(id))
  const may = useMay()
  const compared = comparedPlaces(readChosen(plasser), matches.items)
  // a run's proposal is opened at once; what is compared afterwards changes the address
  const [proposed] = useState({ placeId: tilby ?? null, runId: kjoring ?? null })
  const [offering, setOffering] = useState(proposed.placeId)
  const [reserving, setReserving] = useState<string | null>(null)
  const [draft, setDraft] = useState(blankDraft)
  const [said, setSaid] = useState('')
  const open = need.status === 'draft' || need.status === 'registered'
  const mayOffer = need.status === 'registered' && may('send_offers')
  const mayReserve = need.status === 'registered' && may('reserve_places')
  const { data: holds } = useQuery({ ...holdsOfNeedQuery(id), enabled: mayReserve })

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

  /** Another place with what is written so far; it joins the comparison when there is room. */
  function offer(placeId: string) {
    setReserving(null)
    setOffering(placeId)
    const next = compared.includes(placeId) ? undefined : toggled(compared, placeId)
    if (next !== undefined) compare(next)
  }

  function sent(offered: Offer) {
    setSaid(`Tilbudet om ${placeOf(offered)} er sendt. Svarfrist ${dayInWords(offered.answerBy)}.`)
    setOffering(null)
    setDraft(blankDraft)
    document.getElementById('tilbud')?.focus()
  }

  function reserved(hold: Hold) {
    setSaid(`${placeOf(hold)} er reservert til og med ${dayInWords(hold.keepUntil ?? hold.moveInOn)}.`)
    setReserving(null)
    const heading = document.getElementById('reservert') ?? document.getElementById('tilbud')
    heading?.focus()
  }

  function referred(referral: Referral) {
    setSaid(
      `Henvisningen til ${inText(referral.formName)} er sendt. Felles inntak skal svare innen ${dayInWords(referral.answerDueOn)}.`,
    )
    setOffering(null)
    document.getElementById('tilbud')?.focus()
  }

  return (
    <Page
      title={open ? 'Sammenlign plasser' : 'Avsluttet behov'}
      before={<RouteLink to={paths.home}>Min arbeidsdag</RouteLink>}
    >
      <NeedInShort need={need} />
      <EndedNeed loaded={loaded} />
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
      {open && <Missing need={need} />}
      {need.status === 'registered' && may('read_stays') && (
        <ReturnRights needId={id} onOffer={mayOffer ? offer : undefined} />
      )}
      {need.status === 'registered' && may('read_return_plans') && <ReturnPlanOfNeed need={need} />}
      {may('read_stays') && <HomesOf residentId={need.resident.id} />}
      {may('read_papers') && (
        <RouteLink to={paths.papers} params={{ id }}>
          Papirer: vedtak, brev, henvisning og privat leie
        </RouteLink>
      )}
      {may('read_showings') && (
        <RouteLink to={paths.caseInsight} params={{ id }}>
          Innsyn i saken: hvem har sett den, og hva er endret
        </RouteLink>
      )}
      {mayReserve && (
        <HoldsOfNeed
          needId={id}
          onOffer={mayOffer ? offer : undefined}
          onReleased={(hold) => setSaid(`${placeOf(hold)} er frigitt.`)}
        />
      )}
      {need.status === 'registered' && may('record_private_homes') && (
        <RouteLink to={paths.privateHome} params={{ id }}>
          Har flyttet inn i en privat bolig
        </RouteLink>
      )}
      {need.status !== 'draft' && may('read_offers') && <OffersOfNeed needId={id} onInstead={offer} />}
      {need.status !== 'draft' && may('read_referrals') && <ReferralsOfNeed needId={id} />}
      {need.status !== 'draft' && may('read_matching_runs') && <ChainsOfNeed needId={id} />}
      {need.status === 'registered' && may('read_matching_runs') && <ProposedForNeed needId={id} />}
      {need.status === 'registered' && may('match_needs') && <CityPreview needId={id} />}
      <BodyShort role="status">{said}</BodyShort>

      {open && (
        <>
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
              onOffer={mayOffer ? offer : undefined}
              onReserve={
                mayReserve && holds?.length === 0
                  ? (placeId) => {
                      setOffering(null)
                      setReserving(placeId)
                    }
                  : undefined
              }
            />
            {mayReserve && reserving !== null && (
              <Suspense fallback={<Loading what="plassen" />}>
                <ReservePlace
                  key={reserving}
                  need={need}
                  placeId={reserving}
                  onReserved={reserved}
                  onClose={() => setReserving(null)}
                  onInstead={offer}
                />
              </Suspense>
            )}
            {mayOffer && offering !== null && (
              <Suspense fallback={<Loading what="plassen" />}>
                <SendOffer
                  key={offering}
                  need={need}
                  placeId={offering}
                  draft={draft}
                  onChange={setDraft}
                  onSent={sent}
                  onClose={() => setOffering(null)}
                  onInstead={offer}
                  onReferred={referred}
                  runId={offering === proposed.placeId ? proposed.runId : null}
                />
              </Suspense>
            )}
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
              Av {inNumbers(matches.considered)} plasser i byen. «Alene» er de plassene som bare denne regelen stenger
              for.
            </BodyLong>
            <Exclusions excludedBy={matches.excludedBy} />
          </section>
        </>
      )}
    </Page>
  )
}
