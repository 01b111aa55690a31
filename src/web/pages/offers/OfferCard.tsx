import './offers.css'
import { BodyShort, Button, Heading, HStack, Tag } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { acceptOffer, forgetOffers } from '../../api/offers.ts'
import type { Offer } from '../../api/types.ts'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { useReference } from '../../ui/names.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { DeclineForm } from './DeclineForm.tsx'
import { ExtendForm } from './ExtendForm.tsx'
import { Instead } from './Instead.tsx'
import { LeaseForm } from './LeaseForm.tsx'
import { MoveInForm } from './MoveInForm.tsx'
import { NonArrivalForm } from './NonArrivalForm.tsx'
import { offerColour, offerFacts, placeOf } from './offerWords.ts'
import { Refused } from './Refused.tsx'
import { WithdrawForm } from './WithdrawForm.tsx'

type Props = {
  offer: Offer
  /** Absent where no other place can be offered from. */
  onInstead?: ((placeId: string) => void) | undefined
  /** Whom it is about, where that is not plain from the page. */
  withName?: boolean
  /** It stands on the page of its chain. */
  inChain?: boolean
}

const FORMS = {
  decline: { label: 'Takker nei', form: DeclineForm },
  extend: { label: 'Gi lengre frist', form: ExtendForm },
  sign_lease: { label: 'Registrer leiekontrakt', form: LeaseForm },
  move_in: { label: 'Registrer innflytting', form: MoveInForm },
  not_arrive: { label: 'Kom ikke', form: NonArrivalForm },
  withdraw: { label: 'Trekk tilbudet', form: WithdrawForm },
} as const
type Action = keyof typeof FORMS

/** One offer, with the forms of what can be done with it now. Each form is opened on its own, and keeps what is typed. */
export function OfferCard({ offer, onInstead, withName = false, inChain = false }: Props) {
  const { names } = useReference()
  const client = useQueryClient()
  const [open, setOpen] = useState<Action | null>(null)
  const accepting = useSending<{ id: string; version: number }>(async (seen, key) => {
    try {
      await acceptOffer(seen, key)
    } finally {
      // also when somebody else was first: the offer is then something else than what stands here
      await forgetOffers(client, offer.needId)
    }
  })
  const allowed = (action: string) => offer.actions.some((one) => one.action === action && one.allowed)
  const moveIn = offer.actions.find(({ action }) => action === 'move_in')
  const shown = (Object.keys(FORMS) as Action[]).filter(allowed)
  const Form = open === null ? null : FORMS[open].form

  return (
    <li className="panel" aria-label={`Tilbud om ${placeOf(offer)}`}>
      <Heading level="3" size="xsmall">
        <RouteLink to={paths.facility} params={{ id: offer.place.facilityId }}>
          {placeOf(offer)}
        </RouteLink>{' '}
        <Tag size="small" variant="moderate" data-color={offerColour(offer.state)}>
          {offer.stateName}
        </Tag>
      </Heading>
      <BodyShort size="small">
        {names.form(offer.place.form)}, {names.district(offer.place.districtCode)}
      </BodyShort>
      {withName && offer.residentName !== null && <BodyShort weight="semibold">{offer.residentName}</BodyShort>}
      {offerFacts(offer).map((sentence) => (
        <BodyShort key={sentence}>{sentence}</BodyShort>
      ))}
      {offer.chainId !== null && !inChain && (
        <RouteLink to={paths.chain} params={{ id: offer.chainId }}>
          Del av en boligkjede. Se kjeden<span className="aksel-sr-only"> med {placeOf(offer)}</span>
        </RouteLink>
      )}
      {offer.skip !== 'none' && (
        <BodyShort>
          {offer.skip === 'forced' ? 'Annen boligform fordi den rette mangler plass' : 'Annen boligform etter valg'}:{' '}
          {offer.skipReason}
        </BodyShort>
      )}
      {offer.state === 'accepted' && moveIn?.allowed === false && (
        <BodyShort>Før innflytting: {moveIn.why.join(' ')}</BodyShort>
      )}
      {offer.state === 'superseded' && onInstead !== undefined && accepting.problem?.state == null && (
        <Instead needId={offer.needId} onInstead={onInstead} />
      )}
      <Refused problem={accepting.problem} attempt={accepting.attempt} onInstead={onInstead} />
      {(shown.length > 0 || allowed('accept')) && (
        <HStack gap="space-12" className="offer__actions">
          {allowed('accept') && (
            <Button
              type="button"
              size="small"
              loading={accepting.sending}
              onClick={() => void accepting.submit({ id: offer.id, version: offer.version })}
            >
              Takker ja
            </Button>
          )}
          {shown.map((action) => (
            <Button
              key={action}
              type="button"
              size="small"
              variant="secondary"
              aria-expanded={open === action}
              onClick={() => setOpen(open === action ? null : action)}
            >
              {FORMS[action].label}
            </Button>
          ))}
        </HStack>
      )}
      {Form !== null && <Form offer={offer} onDone={() => setOpen(null)} />}
    </li>
  )
}
