import { useState } from 'react'
import { signLease } from '../../api/offers.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'

/** A signed lease: when, and for how long. */
export function LeaseForm({ offer, onDone }: OfferFormProps) {
  const today = useToday()
  const latestYear = Number(today.slice(0, 4)) + 20
  const [signedOn, setSignedOn] = useState<string | null>(today)
  const [from, setFrom] = useState<string | null>(offer.moveInOn)
  const [to, setTo] = useState<string | null>(null)
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Registrer leiekontrakt"
      submit="Lagre leiekontrakten"
      body={{ signedOn: signedOn ?? '', during: { from: from ?? '', to } }}
      send={signLease}
    >
      {(field) => (
        <>
          <DayField
            {...field('/signedOn')}
            label="Signert"
            value={signedOn}
            onChange={setSignedOn}
            latestYear={latestYear}
          />
          <DayField
            {...field('/during/from')}
            label="Leieforholdet begynner"
            value={from}
            onChange={setFrom}
            latestYear={latestYear}
          />
          <DayField
            {...field('/during/to')}
            label="Første dag etter leieforholdet (kan stå tomt)"
            description="Tomt: leieforholdet løper til det sies opp."
            value={to}
            onChange={setTo}
            latestYear={latestYear}
          />
        </>
      )}
    </OfferForm>
  )
}
