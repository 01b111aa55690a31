import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { vacantPlacesQuery } from '../../api/inventory.ts'
import type { Problem } from '../../api/problem.ts'
import { forgetStays, transferStay } from '../../api/stays.ts'
import type { Stay, StayTransfer } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { confirmedInWords } from '../../ui/days.ts'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { NoteField } from '../offers/NoteField.tsx'
import { PlaceField } from '../offers/PlaceField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import { SetAside } from '../offers/SetAside.tsx'
import type { StayFormProps } from './DepartureForm.tsx'
import { setAsideOf, transferChoices } from './transferChoices.ts'

/**
 * The same household on another place of the same form, from one day to the next. When somebody else has the place, others are
 * named, also in other houses; what the person herself can say yes to can be set aside with a reason once it is said.
 */
export function TransferForm({ stay, onDone }: StayFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const [placeId, setPlaceId] = useState('')
  const [on, setOn] = useState<string | null>(today)
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const [offered, setOffered] = useState<Problem['nextBest']>([])
  const [items, setItems] = useState<{ id: string; title: string }[]>([])
  const facilityId = stay.place?.facilityId ?? ''
  const { data: free = [] } = useQuery(vacantPlacesQuery({ facilityId, form: stay.form, vacantOn: today }))
  const places = transferChoices(free, offered, today)
  const [first] = free
  const freeWord =
    first === undefined ? '' : ` Ledigheten i huset er ${confirmedInWords(first.vacancyConfirmedAt, today)}.`
  const body: StayTransfer = {
    placeId,
    on: on ?? '',
    reason: reason as StayTransfer['reason'],
    overrides: Object.entries(reasons)
      .filter(([id, why]) => items.some((item) => item.id === id) && why.trim() !== '')
      .map(([id, why]) => ({ id, reason: why.trim() })),
    note: note.trim() === '' ? null : note.trim(),
  }

  async function send(seen: Stay, sent: StayTransfer, key: string) {
    try {
      return await transferStay(seen, sent, key)
    } catch (error) {
      const { nextBest, setAside } = setAsideOf(error)
      if (nextBest.length > 0) setOffered(nextBest)
      if (setAside.length > 0) setItems(setAside)
      throw error
    }
  }

  return (
    <ActionForm
      record={stay}
      label="Bytt plass"
      submit="Lagre byttet"
      body={body}
      send={send}
      forget={() => forgetStays(client)}
      onDone={onDone}
      onInstead={setPlaceId}
    >
      {(field) => (
        <>
          <PlaceField
            {...field('/placeId')}
            label="Ny plass"
            description={
              places.length === 0
                ? 'Ingen plasser av samme boligform er ledige her i dag.'
                : `Ledige plasser av samme boligform.${freeWord}`
            }
            places={places}
            value={placeId}
            onChange={(chosen) => {
              setPlaceId(chosen)
              setItems([])
            }}
          />
          <DayField
            {...field('/on')}
            label="Byttet"
            description="Dagen det skjedde, for eksempel 01.09.2026"
            value={on}
            onChange={setOn}
            latestYear={Number(today.slice(0, 4))}
          />
          <ReasonField {...field('/reason')} kind="transfer" label="Hvorfor?" value={reason} onChange={setReason} />
          <div id={field('/overrides').id}>
            <SetAside items={items} reasons={reasons} onChange={setReasons} />
          </div>
          <NoteField {...field('/note')} maxLength={2000} value={note} onChange={setNote} />
        </>
      )}
    </ActionForm>
  )
}
