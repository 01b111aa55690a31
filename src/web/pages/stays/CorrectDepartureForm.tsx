import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { correctDeparture, forgetStays } from '../../api/stays.ts'
import type { DepartureCorrection } from '../../api/types.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { NoteField } from '../offers/NoteField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import type { StayFormProps } from './DepartureForm.tsx'

/** A departure that was recorded wrongly: the person lives there, or left on another day. What was recorded stays in the log. */
export function CorrectDepartureForm({ stay, onDone }: StayFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const [livesThere, setLivesThere] = useState(true)
  const [on, setOn] = useState<string | null>(stay.to)
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  return (
    <ActionForm
      record={stay}
      label="Rett utflyttingen"
      submit="Lagre rettelsen"
      body={{
        on: livesThere ? null : (on ?? ''),
        reason: reason as DepartureCorrection['reason'],
        note: note.trim() === '' ? null : note.trim(),
      }}
      send={correctDeparture}
      forget={() => forgetStays(client)}
      onDone={onDone}
    >
      {(field) => (
        <>
          <OneOf
            {...field('/livesThere')}
            legend="Hva er riktig?"
            options={[
              {
                value: true,
                label: 'Personen har ikke flyttet ut',
                description: 'Oppholdet fortsetter, hvis ingen andre har fått plassen.',
              },
              { value: false, label: 'Personen flyttet ut en annen dag' },
            ]}
            value={livesThere}
            onChange={(said: boolean) => setLivesThere(said)}
          />
          {!livesThere && (
            <DayField
              {...field('/on')}
              label="Flyttet ut"
              description="Den første dagen personen ikke er der, for eksempel 01.09.2026"
              value={on}
              onChange={setOn}
              latestYear={Number(today.slice(0, 4))}
            />
          )}
          <ReasonField
            {...field('/reason')}
            kind="correction"
            label="Hva var feil?"
            value={reason}
            onChange={setReason}
          />
          <NoteField {...field('/note')} maxLength={2000} value={note} onChange={setNote} />
        </>
      )}
    </ActionForm>
  )
}
