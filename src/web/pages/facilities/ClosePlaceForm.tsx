import { Checkbox, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { closePlace, forgetPlaces } from '../../api/closures.ts'
import type { NewClosure, Place } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { NoteField } from '../offers/NoteField.tsx'
import { PlaceField } from '../offers/PlaceField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'

/** Closes a place: from when, why, who bears the cost, and whether somebody may move in all the same. */
export function ClosePlaceForm({ places, onDone }: { places: Place[]; onDone(): void }) {
  const today = useToday()
  const client = useQueryClient()
  const [placeId, setPlaceId] = useState('')
  const [from, setFrom] = useState<string | null>(today)
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [costOwner, setCostOwner] = useState('')
  const [admits, setAdmits] = useState(false)
  const [note, setNote] = useState('')
  const latestYear = Number(today.slice(0, 4)) + 10
  const text = (typed: string) => (typed.trim() === '' ? null : typed.trim())
  const body: NewClosure = {
    during: { from: from ?? '', to },
    reason: reason as NewClosure['reason'],
    admits,
    costOwner: text(costOwner),
    note: text(note),
  }
  return (
    <ActionForm
      record={placeId}
      label="Sperr en plass"
      submit="Sperr plassen"
      body={body}
      send={closePlace}
      forget={() => forgetPlaces(client)}
      onDone={onDone}
    >
      {(field) => (
        <>
          <PlaceField
            {...field('/placeId')}
            label="Hvilken plass?"
            places={places}
            value={placeId}
            onChange={setPlaceId}
          />
          <DayField
            {...field('/during/from')}
            label="Sperret fra"
            value={from}
            onChange={setFrom}
            latestYear={latestYear}
          />
          <DayField
            {...field('/during/to')}
            label="Åpner igjen (kan stå tomt)"
            description="Den første dagen plassen er åpen. Tomt: til noen åpner den."
            value={to}
            onChange={setTo}
            latestYear={latestYear}
          />
          <ReasonField {...field('/reason')} kind="closure" label="Hvorfor?" value={reason} onChange={setReason} />
          <TextField
            {...field('/costOwner')}
            className="full readable"
            label="Hvem bærer kostnaden? (kan stå tomt)"
            description="For eksempel gårdeier, bydelen eller forsikringen"
            maxLength={100}
            value={costOwner}
            onChange={(event) => setCostOwner(event.target.value)}
          />
          <Checkbox checked={admits} onChange={(event) => setAdmits(event.target.checked)}>
            Noen kan flytte inn likevel
          </Checkbox>
          <NoteField {...field('/note')} maxLength={1000} value={note} onChange={setNote} />
        </>
      )}
    </ActionForm>
  )
}
