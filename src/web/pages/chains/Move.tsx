import { BodyShort, Button, Heading, HStack, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { FollowedStep } from '../../api/chains.ts'
import { needQuery } from '../../api/needs.ts'
import { offersOfNeedQuery } from '../../api/offers.ts'
import { useMay } from '../../api/session.ts'
import type { Offer } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { Confirmed } from '../../ui/Confirmed.tsx'
import { inText } from '../../ui/inText.ts'
import { Loading } from '../../ui/Loading.tsx'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { blankDraft, type ChainLink } from '../offers/draft.ts'
import { OfferCard } from '../offers/OfferCard.tsx'
import { SendOffer } from '../offers/SendOffer.tsx'
import { againInWords, moveName, placeName, stepColour, stepFacts } from './chainWords.ts'
import { LeaveChain } from './LeaveChain.tsx'

type Props = {
  chainId: string
  step: FollowedStep
  before: FollowedStep | undefined
  /** Its offer is being written. */
  offering: boolean
  onOffer(open: boolean): void
  onSent(offer: Offer): void
}

const MARKS: Partial<Record<FollowedStep['state'], string>> = {
  broken: 'moves__move--broken',
  accepted: 'moves__move--done',
  moved_in: 'moves__move--done',
  sent: 'moves__move--now',
}

/** One move: from where to where, what it waits for, and for the reader's own people what can be done with it. */
export function Move({ chainId, step, before, offering, onOffer, onSent }: Props) {
  const may = useMay()
  const { forms } = useReference()
  const { position, place, from, state, stateName, needId, residentName, urgencyClass } = step
  const again = againInWords(step)
  const ofVel = forms.some(({ id, givenBy }) => id === place.form && givenBy === 'vel')
  const toOffer = state === 'to_offer' && needId !== null && may('send_offers')
  return (
    <li className={`moves__move ${MARKS[state] ?? ''}`} aria-label={moveName(position)}>
      <Heading level="3" size="small">
        {moveName(position)}:{' '}
        {needId === null ? (
          `en person i hasteklasse ${urgencyClass}`
        ) : (
          <RouteLink to={paths.need} params={{ id: needId }}>
            {residentName}
          </RouteLink>
        )}{' '}
        <Tag size="small" variant="moderate" data-color={stepColour(state)}>
          {stateName}
        </Tag>
      </Heading>
      <div className="moves__way">
        <PlaceBox place={from} none="Har ingen egen bolig" what="Fra" />
        <span aria-hidden="true">→</span>
        <PlaceBox place={place} none="" what="Til" />
      </div>
      {stepFacts(step, before).map((sentence) => (
        <BodyShort key={sentence}>{sentence}</BodyShort>
      ))}
      {again !== undefined && <BodyShort weight="semibold">{again}</BodyShort>}
      {needId !== null && step.again !== null && step.again.place !== null && (
        <RouteLink to={paths.need} params={{ id: needId }} search={{ plasser: step.again.place.id }}>
          Sammenlign og tilby den<span className="aksel-sr-only"> til {residentName}</span>
        </RouteLink>
      )}
      {toOffer && !offering && (
        <HStack gap="space-12" className="offer__actions">
          <Button type="button" size="small" onClick={() => onOffer(true)}>
            {ofVel ? 'Henvis til Felles inntak' : 'Send tilbudet'}
            <span className="aksel-sr-only"> i {inText(moveName(position))}</span>
          </Button>
          <LeaveChain chainId={chainId} position={position} />
        </HStack>
      )}
      {toOffer && offering && (
        <Suspense fallback={<Loading what="plassen" />}>
          <OfferOfStep
            needId={needId}
            placeId={place.id}
            link={{ id: chainId, position, plannedOn: step.plannedOn }}
            onSent={onSent}
            onClose={() => onOffer(false)}
          />
        </Suspense>
      )}
      {needId !== null && step.offerId !== null && may('read_offers') && (
        <Suspense fallback={<Loading what="tilbudet" />}>
          <OwnOffer needId={needId} offerId={step.offerId} />
        </Suspense>
      )}
    </li>
  )
}

type BoxProps = { place: FollowedStep['from']; none: string; what: string }

function PlaceBox({ place, none, what }: BoxProps) {
  const { names } = useReference()
  return (
    <div className="moves__place">
      <BodyShort size="small">{what}</BodyShort>
      <BodyShort weight="semibold">{place === null ? none : placeName(place)}</BodyShort>
      {place !== null && (
        <BodyShort size="small">
          {names.form(place.form)}, {names.district(place.districtCode)}
        </BodyShort>
      )}
      {place !== null && what === 'Til' && (
        <BodyShort size="small">
          Ledigheten er <Confirmed at={place.vacancyConfirmedAt} />
        </BodyShort>
      )}
    </div>
  )
}

type OfferOfStepProps = {
  needId: string
  placeId: string
  link: ChainLink
  onSent(offer: Offer): void
  onClose(): void
}

function OfferOfStep({ needId, placeId, link, onSent, onClose }: OfferOfStepProps) {
  const { value: need } = useSuspenseQuery(needQuery(needId)).data
  const [draft, setDraft] = useState(blankDraft)
  return (
    <SendOffer
      need={need}
      placeId={placeId}
      draft={draft}
      link={link}
      onChange={setDraft}
      onSent={onSent}
      onClose={onClose}
      onReferred={onClose}
    />
  )
}

function OwnOffer({ needId, offerId }: { needId: string; offerId: string }) {
  const { data: offers } = useSuspenseQuery(offersOfNeedQuery(needId))
  const offer = offers.find(({ id }) => id === offerId)
  if (offer === undefined) return null
  return (
    <ul className="plain-list offer__actions">
      <OfferCard offer={offer} inChain />
    </ul>
  )
}
