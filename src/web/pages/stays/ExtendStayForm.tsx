import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { extendStay, forgetStays } from '../../api/stays.ts'
import type { StayExtension } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import type { StayFormProps } from './DepartureForm.tsx'

/** A stay that goes on longer than agreed. What was agreed before stays on record. */
export function ExtendStayForm({ stay, onDone }: StayFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  return (
    <ActionForm
      record={stay}
      label="Forleng oppholdet"
      submit="Lagre forlengelsen"
      body={{ expectedUntil: until ?? '', reason: reason as StayExtension['reason'], note: null }}
      send={extendStay}
      forget={() => forgetStays(client)}
      onDone={onDone}
    >
      {(field) => (
        <>
          <DayField
            {...field('/expectedUntil')}
            label="Varer til"
            value={until}
            onChange={setUntil}
            latestYear={Number(today.slice(0, 4)) + 10}
          />
          <ReasonField {...field('/reason')} kind="extension" label="Hvorfor?" value={reason} onChange={setReason} />
        </>
      )}
    </ActionForm>
  )
}
