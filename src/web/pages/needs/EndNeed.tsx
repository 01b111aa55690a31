import { BodyLong, BodyShort, Heading } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { withdrawabilityQuery } from '../../api/needEnds.ts'
import { needQuery } from '../../api/needs.ts'
import { offersOfNeedQuery } from '../../api/offers.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { OfferCard } from '../offers/OfferCard.tsx'
import { EndedNeed } from './EndedNeed.tsx'
import { EndNeedForm } from './EndNeedForm.tsx'

/** How a need ends: what has to end first and is ended here, what each reason does, and what ends with it. */
export function EndNeed() {
  const { id } = useParams({ from: signedInRoute(paths.endNeed) })
  const [{ data: loaded }, { data: tree }, { data: offers }] = useSuspenseQueries({
    queries: [needQuery(id), withdrawabilityQuery(id), offersOfNeedQuery(id)],
  })
  const need = loaded.value
  const open = need.status === 'draft' || need.status === 'registered'
  const inTheWay = tree.blockers.filter(({ kind }) => kind === 'offer')
  return (
    <Page
      title="Avslutt behovet"
      width="text"
      before={
        <RouteLink to={paths.need} params={{ id }}>
          Tilbake til behovet
        </RouteLink>
      }
    >
      <BodyLong>
        Behovet gjelder {need.resident.name}. Velg hvorfor, så ser du hva som skjer. Ingenting er gjort før du har
        bekreftet.
      </BodyLong>
      {!open && <EndedNeed loaded={loaded} />}
      {inTheWay.length > 0 && (
        <section className="stack full" aria-labelledby="forst">
          <Heading id="forst" level="2" size="medium">
            Dette må avsluttes først
          </Heading>
          {[...new Set(inTheWay.map(({ sentence }) => sentence))].map((sentence) => (
            <BodyShort key={sentence}>{sentence}</BodyShort>
          ))}
          <ul className="plain-list full">
            {offers
              .filter((offer) => inTheWay.some((blocker) => blocker.id === offer.id))
              .map((offer) => (
                <OfferCard key={offer.id} offer={offer} />
              ))}
          </ul>
          {need.status === 'registered' && (
            <BodyShort>
              Har personen flyttet inn i en privat bolig?{' '}
              <RouteLink to={paths.privateHome} params={{ id }}>
                Registrer den
              </RouteLink>
            </BodyShort>
          )}
        </section>
      )}
      {open && <EndNeedForm loaded={loaded} tree={tree} />}
    </Page>
  )
}
