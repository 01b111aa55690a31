import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { correctMoveIn, forgetStays } from '../../api/stays.ts'
import type { MoveInCorrection } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { NoteField } from '../offers/NoteField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import type { StayFormProps } from './DepartureForm.tsx'

/** A move-in that was recorded on the wrong day; the checks after it follow. */
export function CorrectMoveInForm({ stay, onDone }: StayFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const [on, setOn] = useState<string | null>(stay.from)
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  return (
    <ActionForm
      record={stay}
      label="Rett innflyttingen"
      submit="Lagre rettelsen"
      body={{
        on: on ?? '',
        reason: reason as MoveInCorrection['reason'],
        note: note.trim() === '' ? null : note.trim(),
      }}
      send={correctMoveIn}
      forget={() => forgetStays(client)}
      onDone={onDone}
    >
      {(field) => (
        <>
          <DayField
            {...field('/on')}
            label="Flyttet inn"
            description="Dagen det skjedde, for eksempel 01.09.2026"
            value={on}
            onChange={setOn}
            latestYear={Number(today.slice(0, 4))}
          />
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
