import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { signLease } from '../../api/offers.ts'
import { worksheetQuery } from '../../api/rental.ts'
import { may, sessionQuery } from '../../api/session.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'

/** A signed lease: when, and for how long. */
export function LeaseForm({ offer, onDone }: OfferFormProps) {
  const today = useToday()
  const latestYear = Number(today.slice(0, 4)) + 20
  const [signedOn, setSignedOn] = useState<string | null>(today)
  const { data: session } = useSuspenseQuery(sessionQuery)
  const rented = offer.place.form === 'private' || offer.place.form === 'private_support'
  const asked = rented && offer.needId !== null && may(session, 'read_papers')
  const { data: sheet } = useQuery({ ...worksheetQuery(offer.needId ?? ''), enabled: asked })
  // the private-rental worksheet may have the days already; what is typed here goes before them
  const agreed = sheet?.value.leaseDuring
  const [typed, setTyped] = useState<{ from?: string | null; to?: string | null }>({})
  const from = typed.from === undefined ? (agreed?.from ?? offer.moveInOn) : typed.from
  const to = typed.to === undefined ? (agreed?.to ?? null) : typed.to
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
            onChange={(day) => setTyped({ ...typed, from: day })}
            latestYear={latestYear}
          />
          <DayField
            {...field('/during/to')}
            label="Første dag etter leieforholdet (kan stå tomt)"
            description="Tomt: leieforholdet løper til det sies opp."
            value={to}
            onChange={(day) => setTyped({ ...typed, to: day })}
            latestYear={latestYear}
          />
        </>
      )}
    </OfferForm>
  )
}
