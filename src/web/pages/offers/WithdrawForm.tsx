import { useState } from 'react'
import { withdrawOffer } from '../../api/offers.ts'
import type { OfferWithdrawal } from '../../api/types.ts'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'
import { ReasonField } from './ReasonField.tsx'

/** Taking an offer back, with the reason. */
export function WithdrawForm({ offer, onDone }: OfferFormProps) {
  const [reason, setReason] = useState('')
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Trekk tilbudet"
      submit="Trekk tilbudet"
      body={{ reason: reason as OfferWithdrawal['reason'] }}
      send={withdrawOffer}
    >
      {(field) => (
        <ReasonField
          {...field('/reason')}
          kind="offer_withdrawal"
          label="Hvorfor?"
          value={reason}
          onChange={setReason}
        />
      )}
    </OfferForm>
  )
}
