import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { vacantPlacesQuery } from '../../api/inventory.ts'
import { forgetStays, transferStay } from '../../api/stays.ts'
import type { StayTransfer } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { useToday } from '../../ui/useToday.ts'
import { ActionForm } from '../offers/ActionForm.tsx'
import { PlaceField } from '../offers/PlaceField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import type { StayFormProps } from './DepartureForm.tsx'

/** The same household on another place of the same form in the house, from one day to the next. */
export function TransferForm({ stay, onDone }: StayFormProps) {
  const today = useToday()
  const client = useQueryClient()
  const [placeId, setPlaceId] = useState('')
  const [on, setOn] = useState<string | null>(today)
  const [reason, setReason] = useState('')
  const facilityId = stay.place?.facilityId ?? ''
  const { data: places = [] } = useQuery(vacantPlacesQuery({ facilityId, form: stay.form, vacantOn: today }))
  return (
    <ActionForm
      record={stay}
      label="Bytt plass"
      submit="Lagre byttet"
      body={{ placeId, on: on ?? '', reason: reason as StayTransfer['reason'], overrides: [], note: null }}
      send={transferStay}
      forget={() => forgetStays(client)}
      onDone={onDone}
    >
      {(field) => (
        <>
          <PlaceField
            {...field('/placeId')}
            label="Ny plass"
            description={
              places.length === 0
                ? 'Ingen plasser av samme boligform er ledige her i dag.'
                : 'Ledige plasser av samme boligform.'
            }
            places={places}
            value={placeId}
            onChange={setPlaceId}
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
        </>
      )}
    </ActionForm>
  )
}
