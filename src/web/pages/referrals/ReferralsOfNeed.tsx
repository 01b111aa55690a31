import '../offers/offers.css'
import { BodyShort, Button, Heading, HStack, Tag } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isOpen, type Referral, referralsOfNeedQuery } from '../../api/referrals.ts'
import { useMay } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { referralColour, referralFacts } from './referralWords.ts'
import { WithdrawReferral } from './WithdrawReferral.tsx'

/** The referrals of a need: what each waits for, what was answered, and the way to take it back. Nothing where there is none. */
export function ReferralsOfNeed({ needId }: { needId: string }) {
  const { data: referrals } = useSuspenseQuery(referralsOfNeedQuery(needId))
  if (referrals.length === 0) return null
  return (
    <section aria-labelledby="henvisninger" className="stack">
      <Heading id="henvisninger" level="2" size="medium">
        {referrals.length === 1 ? 'Henvisning til Felles inntak' : 'Henvisninger til Felles inntak'}
      </Heading>
      <ul className="plain-list full">
        {referrals.map((referral) => (
          <ReferralCard key={referral.id} referral={referral} />
        ))}
      </ul>
    </section>
  )
}

function ReferralCard({ referral }: { referral: Referral }) {
  const may = useMay()
  const [withdrawing, setWithdrawing] = useState(false)
  const { id, formName, state, stateName, actions } = referral
  const withdraw = actions.find(({ action }) => action === 'withdraw')
  return (
    <li className="panel" aria-label={`Henvisning til ${formName}`}>
      <Heading level="3" size="xsmall">
        {formName}{' '}
        <Tag size="small" variant="moderate" data-color={referralColour(state)}>
          {stateName}
        </Tag>
      </Heading>
      {referralFacts(referral).map((sentence) => (
        <BodyShort key={sentence}>{sentence}</BodyShort>
      ))}
      {state === 'place_given' && withdraw?.allowed === false && (
        <BodyShort>Skal henvisningen trekkes? {withdraw.why.join(' ')}</BodyShort>
      )}
      <HStack gap="space-16" align="center" className="offer__actions">
        <RouteLink to={paths.referral} params={{ id }}>
          Les henvisningen<span className="aksel-sr-only"> til {formName}</span>
        </RouteLink>
        {isOpen(referral) && withdraw?.allowed === true && may('send_referrals') && (
          <Button
            type="button"
            size="small"
            variant="secondary"
            aria-expanded={withdrawing}
            onClick={() => setWithdrawing(!withdrawing)}
          >
            Trekk henvisningen<span className="aksel-sr-only"> til {formName}</span>
          </Button>
        )}
      </HStack>
      {withdrawing && <WithdrawReferral referral={referral} onDone={() => setWithdrawing(false)} />}
    </li>
  )
}
