import { useState } from 'react'
import { recordNonArrival } from '../../api/offers.ts'
import type { NonArrival } from '../../api/types.ts'
import { NoteField } from './NoteField.tsx'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'
import { ReasonField } from './ReasonField.tsx'

/** The move-in day is over and the household never came: why, and what follows. */
export function NonArrivalForm({ offer, onDone }: OfferFormProps) {
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Kom ikke"
      submit="Registrer at husstanden ikke kom"
      body={{ reason: reason as NonArrival['reason'], note: note.trim() === '' ? null : note.trim() }}
      send={recordNonArrival}
    >
      {(field) => (
        <>
          <ReasonField {...field('/reason')} kind="not_arrived" label="Hvorfor?" value={reason} onChange={setReason} />
          <NoteField {...field('/note')} maxLength={2000} value={note} onChange={setNote} />
        </>
      )}
    </OfferForm>
  )
}
