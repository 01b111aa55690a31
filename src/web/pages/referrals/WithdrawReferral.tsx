import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { forgetReferrals, type Referral, type ReferralWithdrawal, withdrawReferral } from '../../api/referrals.ts'
import { OneOf } from '../../form/Choices.tsx'
import { inText } from '../../ui/inText.ts'
import { ActionForm } from '../offers/ActionForm.tsx'

/** Those of the reasons to take something back that a bydel can have for a referral. */
const REASONS: { value: ReferralWithdrawal['reason']; label: string }[] = [
  { value: 'needs_changed', label: 'Behovet er et annet nå' },
  { value: 'other_offer_accepted', label: 'Personen har takket ja til en annen plass' },
  { value: 'sent_by_mistake', label: 'Sendt ved en feil' },
]

/** Taking a referral back, with the reason. */
export function WithdrawReferral({ referral, onDone }: { referral: Referral; onDone(): void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState<ReferralWithdrawal['reason']>()
  return (
    <ActionForm
      record={referral}
      body={{ reason: reason as ReferralWithdrawal['reason'] }}
      label={`Trekk henvisningen til ${inText(referral.formName)}`}
      submit="Trekk henvisningen"
      send={withdrawReferral}
      forget={() => forgetReferrals(client, referral.needId)}
      onDone={onDone}
    >
      {(field) => (
        <OneOf
          {...field('/reason')}
          legend="Hvorfor?"
          description="Felles inntak ser ikke lenger behovet."
          options={REASONS}
          value={reason}
          onChange={(chosen: ReferralWithdrawal['reason']) => setReason(chosen)}
        />
      )}
    </ActionForm>
  )
}
