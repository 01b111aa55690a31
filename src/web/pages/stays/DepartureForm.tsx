import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { forgetStays, recordDeparture } from '../../api/stays.ts'
import type { Departure, Stay } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { NoteField } from '../offers/NoteField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'

/** What every form of a stay is given. */
export type StayFormProps = { stay: Stay; onDone(): void }

/** A departure as it happened, and why. Nobody leaves before her next home is ready: the service says when it is not. */
export function DepartureForm({ stay, onDone }: StayFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const [on, setOn] = useState<string | null>(today)
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  return (
    <ActionForm
      record={stay}
      label="Registrer utflytting"
      submit="Lagre utflyttingen"
      body={{ on: on ?? '', reason: reason as Departure['reason'], note: note.trim() === '' ? null : note.trim() }}
      send={recordDeparture}
      forget={() => forgetStays(client)}
      onDone={onDone}
    >
      {(field) => (
        <>
          <DayField
            {...field('/on')}
            label="Flyttet ut"
            description="Den første dagen personen ikke er der, for eksempel 01.09.2026"
            value={on}
            onChange={setOn}
            latestYear={Number(today.slice(0, 4))}
          />
          <ReasonField {...field('/reason')} kind="departure" label="Hvorfor?" value={reason} onChange={setReason} />
          <NoteField {...field('/note')} maxLength={2000} value={note} onChange={setNote} />
        </>
      )}
    </ActionForm>
  )
}
