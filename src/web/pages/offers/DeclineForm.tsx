import { Select } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { explanationQuery } from '../../api/matches.ts'
import { declineOffer } from '../../api/offers.ts'
import type { OfferDecline } from '../../api/types.ts'
import { OneOf } from '../../form/Choices.tsx'
import { NoteField } from './NoteField.tsx'
import { OfferForm, type OfferFormProps } from './OfferForm.tsx'
import { ReasonField } from './ReasonField.tsx'

/** A no: whose it is, why, and what follows from that. */
export function DeclineForm({ offer, onDone }: OfferFormProps) {
  const [party, setParty] = useState<OfferDecline['party']>('resident')
  const [reason, setReason] = useState('')
  const [ruleId, setRuleId] = useState('')
  const [note, setNote] = useState('')
  const byCriterion = party === 'provider' && reason === 'criteria'
  const { data: explanation } = useQuery({ ...explanationQuery(offer.needId, offer.place.id), enabled: byCriterion })
  const body: OfferDecline = {
    party,
    reason: reason as OfferDecline['reason'],
    ruleId: byCriterion && ruleId !== '' ? ruleId : null,
    note: note.trim() === '' ? null : note.trim(),
  }
  return (
    <OfferForm
      offer={offer}
      onDone={onDone}
      label="Takker nei"
      submit="Registrer svaret"
      body={body}
      send={declineOffer}
    >
      {(field) => (
        <>
          <OneOf
            {...field('/party')}
            legend="Hvem sier nei?"
            options={[
              { value: 'resident', label: 'Personen' },
              { value: 'provider', label: 'Den som gir plassen' },
            ]}
            value={party}
            onChange={(chosen: OfferDecline['party']) => {
              setParty(chosen)
              setReason('')
            }}
          />
          <ReasonField
            {...field('/reason')}
            kind={party === 'resident' ? 'decline_resident' : 'decline_provider'}
            label="Hvorfor?"
            value={reason}
            onChange={setReason}
          />
          {byCriterion && (
            <Select
              {...field('/ruleId')}
              label="Hvilket inntakskriterium?"
              description="Det prøves mot opplysningene, og en motsigelse sies til begge."
              value={ruleId}
              onChange={(event) => setRuleId(event.target.value)}
            >
              <option value="">Velg</option>
              {explanation?.rules
                .filter(({ relaxable }) => relaxable === 'facility')
                .map((rule) => (
                  <option key={rule.ruleId} value={rule.ruleId}>
                    {rule.title}
                  </option>
                ))}
            </Select>
          )}
          <NoteField {...field('/note')} maxLength={2000} value={note} onChange={setNote} />
        </>
      )}
    </OfferForm>
  )
}
