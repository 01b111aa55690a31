import { BodyShort, Textarea } from '@navikt/ds-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { leaseProposalQuery, signLease } from '../../api/offers.ts'
import { worksheetQuery } from '../../api/rental.ts'
import { useMay } from '../../api/session.ts'
import { DayField } from '../../form/DayField.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useToday } from '../../ui/useToday.ts'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'

/** A signed lease: when, and for how long. A municipal one has a length proposed; another takes a reason. */
export function LeaseForm({ offer, onDone }: OfferFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const latestYear = Number(today.slice(0, 4)) + 20
  const [signedOn, setSignedOn] = useState<string | null>(offer.lease?.signedOn ?? today)
  const may = useMay()
  const rented = offer.place.form === 'private' || offer.place.form === 'private_support'
  const asked = rented && offer.needId !== null && may('read_papers')
  const { data: sheet } = useQuery({ ...worksheetQuery(offer.needId ?? ''), enabled: asked })
  // the private-rental worksheet may have the days already, and so has a lease that is corrected; what is typed goes before them
  const agreed = offer.lease?.during ?? sheet?.value.leaseDuring
  const [typed, setTyped] = useState<{ from?: string | null; to?: string | null }>({})
  const [why, setWhy] = useState(offer.lease?.termReason ?? '')
  const from = typed.from === undefined ? (agreed?.from ?? offer.moveInOn) : typed.from
  const { data: proposal } = useQuery({
    ...leaseProposalQuery(offer.id, from ?? offer.moveInOn),
    placeholderData: keepPreviousData,
  })
  if (proposal === undefined) return <Loading what="leietiden" />
  const to = typed.to === undefined ? (agreed?.to ?? proposal.to) : typed.to
  const asProposed = proposal.years === null || to === proposal.to
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Registrer leiekontrakt"
      submit="Lagre leiekontrakten"
      body={{
        signedOn: signedOn ?? '',
        during: { from: from ?? '', to },
        termReason: asProposed || why.trim() === '' ? null : why.trim(),
      }}
      send={async (seen, body, key) => {
        // the day it begins may have been changed just now: what is proposed is what is proposed for that day
        const open = typed.to === undefined && agreed === undefined && from !== null
        const newest = open ? await client.fetchQuery(leaseProposalQuery(offer.id, from)) : undefined
        const during = newest === undefined ? body.during : { ...body.during, to: newest.to }
        return signLease(seen, { ...body, during }, key)
      }}
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
            description={proposal.sentence ?? 'Tomt: leieforholdet løper til det sies opp.'}
            value={to}
            onChange={(day) => setTyped({ ...typed, to: day })}
            latestYear={latestYear}
          />
          {proposal.source !== null && <BodyShort size="small">Kilde: {proposal.source}</BodyShort>}
          {!asProposed && (
            <Textarea
              {...field('/termReason')}
              className="full readable"
              label={`Hvorfor ikke ${proposal.years} år?`}
              maxLength={1000}
              value={why}
              onChange={(event) => setWhy(event.target.value)}
            />
          )}
        </>
      )}
    </OfferForm>
  )
}
