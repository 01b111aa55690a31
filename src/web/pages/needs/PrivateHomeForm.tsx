import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import { needQuery } from '../../api/needs.ts'
import { forgetOffers } from '../../api/offers.ts'
import type { Worksheet } from '../../api/rental.ts'
import { forgetStays, recordPrivateHome } from '../../api/stays.ts'
import type { Need, PrivateHome } from '../../api/types.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { useToday } from '../../ui/useToday.ts'
import { NoteField } from '../offers/NoteField.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import { Refused } from '../offers/Refused.tsx'

const forms: { value: PrivateHome['form']; label: string }[] = [
  { value: 'private', label: 'Privat leie' },
  { value: 'private_support', label: 'Privat leie med oppfølging' },
]

/** What the worksheet does not say of a private home: when she moved in, when the lease was signed, and whether there is support. */
export function PrivateHomeForm({ loaded, sheet }: { loaded: Versioned<Need>; sheet: Worksheet }) {
  const need = loaded.value
  const today = useToday()
  const year = Number(today.slice(0, 4))
  const client = useQueryClient()
  const navigate = useNavigate()
  const begins = sheet.leaseDuring?.from ?? today
  const [form, setForm] = useState<PrivateHome['form']>(
    need.forms.includes('private_support') ? 'private_support' : 'private',
  )
  const [movedInOn, setMovedInOn] = useState<string | null>(begins < today ? begins : today)
  const [signedOn, setSignedOn] = useState<string | null>(null)
  const [short, setShort] = useState('')
  const [note, setNote] = useState('')
  const sending = useSending<PrivateHome>(async (body, key) => {
    try {
      await recordPrivateHome(need.id, body, loaded.etag, key)
    } finally {
      void client.invalidateQueries({ queryKey: needQuery(need.id).queryKey })
      await Promise.all([forgetStays(client), forgetOffers(client, need.id)])
    }
    await navigate({ to: paths.need, params: { id: need.id } })
  })
  return (
    <form
      noValidate
      aria-label="Registrer privat bolig"
      onSubmit={(event) => {
        event.preventDefault()
        void sending.submit({
          form,
          movedInOn: movedInOn ?? '',
          signedOn: signedOn ?? '',
          shortLeaseReason: short === '' ? null : (short as PrivateHome['shortLeaseReason']),
          note: note.trim() === '' ? null : note.trim(),
        })
      }}
    >
      <VStack gap="space-24" align="start">
        <Refused problem={sending.problem} attempt={sending.attempt} />
        <OneOf
          {...sending.field('/form')}
          legend="Boligform"
          options={forms}
          value={form}
          onChange={(chosen) => setForm(chosen)}
        />
        <DayField
          {...sending.field('/movedInOn')}
          label="Flyttet inn"
          description="Dagen det skjedde, for eksempel 01.09.2026"
          value={movedInOn}
          onChange={setMovedInOn}
          latestYear={year}
        />
        <DayField
          {...sending.field('/signedOn')}
          label="Leiekontrakten er signert"
          value={signedOn}
          onChange={setSignedOn}
          latestYear={year}
        />
        {sheet.shortLease && (
          <ReasonField
            {...sending.field('/shortLeaseReason')}
            kind="short_lease"
            label="Hvorfor er leietiden kortere enn 3 år?"
            value={short}
            onChange={setShort}
          />
        )}
        <NoteField {...sending.field('/note')} maxLength={2000} value={note} onChange={setNote} />
        <BodyLong>
          Behovet blir dekket. Tilbud og henvisninger som står åpne, trekkes. Du får oppgaver om å spørre hvordan det
          går etter 1, 3, 6 og 12 måneder. Hjemmet personen kommer fra, står til du registrerer utflyttingen derfra.
        </BodyLong>
        <Button type="submit" loading={sending.sending}>
          Lagre innflyttingen
        </Button>
      </VStack>
    </form>
  )
}
