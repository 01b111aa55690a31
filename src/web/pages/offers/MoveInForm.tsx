import { useState } from 'react'
import { recordMoveIn } from '../../api/offers.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'

/** The move-in as it happened. The stay begins, and the place is taken until somebody records a departure. */
export function MoveInForm({ offer, onDone }: OfferFormProps) {
  const today = useToday()
  const [on, setOn] = useState<string | null>(offer.moveInOn < today ? offer.moveInOn : today)
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Registrer innflytting"
      submit="Lagre innflyttingen"
      body={{ on: on ?? '' }}
      send={recordMoveIn}
    >
      {(field) => (
        <DayField
          {...field('/on')}
          label="Flyttet inn"
          description="Dagen det skjedde, for eksempel 01.09.2026"
          value={on}
          onChange={setOn}
          latestYear={Number(today.slice(0, 4))}
        />
      )}
    </OfferForm>
  )
}
