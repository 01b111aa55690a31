import { useState } from 'react'
import { extendOffer } from '../../api/offers.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'

/** More time to answer. The earlier deadline stays on record. */
export function ExtendForm({ offer, onDone }: OfferFormProps) {
  const today = useToday()
  const [answerBy, setAnswerBy] = useState<string | null>(null)
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Gi lengre frist"
      submit="Lagre den nye fristen"
      body={answerBy ?? ''}
      send={extendOffer}
    >
      {(field) => (
        <DayField
          {...field('/answerBy')}
          label="Ny svarfrist"
          value={answerBy}
          onChange={setAnswerBy}
          latestYear={Number(today.slice(0, 4)) + 10}
        />
      )}
    </OfferForm>
  )
}
