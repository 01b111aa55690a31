import { Button, Checkbox, HStack, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addAgreement, type NewAgreement, type Supplier } from '../../api/costs.ts'
import { DayField } from '../../form/DayField.tsx'
import { KronerField } from '../../form/KronerField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'

/** A new framework agreement with a supplier. */
export function NewAgreementForm({ supplier }: { supplier: Supplier }) {
  const client = useQueryClient()
  const latestYear = Number(useToday().slice(0, 4)) + 20
  const [open, setOpen] = useState(false)
  const [title, setTitle] = useState('')
  const [price, setPrice] = useState<number | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [places, setPlaces] = useState('')
  const [dualDiagnosis, setDualDiagnosis] = useState(false)
  const form = useSending(async (body: NewAgreement, key) => {
    await addAgreement(body, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await form.submit({
      supplierId: supplier.id,
      title,
      pricePerDay: price ?? 0,
      valid: { from: from ?? '', to },
      places: places.trim() === '' ? null : Number(places),
      dualDiagnosis,
      note: null,
    })
    if (sent) setOpen(false)
  }
  if (!open) {
    return (
      <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(true)}>
        Legg til en rammeavtale<span className="aksel-sr-only"> med {supplier.name}</span>
      </Button>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <TextField
        {...form.field('/title')}
        size="small"
        label="Hva avtalen heter"
        autoComplete="off"
        value={title}
        onChange={({ target }) => setTitle(target.value)}
      />
      <KronerField {...form.field('/pricePerDay')} label="Pris for et døgn" value={price} onChange={setPrice} />
      <DayField
        {...form.field('/valid/from')}
        size="small"
        label="Gjelder fra"
        value={from}
        onChange={setFrom}
        latestYear={latestYear}
      />
      <DayField
        {...form.field('/valid/to')}
        size="small"
        label="Gjelder til, første dag etter (kan stå tomt)"
        value={to}
        onChange={setTo}
        latestYear={latestYear}
      />
      <TextField
        {...form.field('/places')}
        size="small"
        label="Høyeste antall plasser (kan stå tomt)"
        inputMode="numeric"
        htmlSize={6}
        autoComplete="off"
        value={places}
        onChange={({ target }) => setPlaces(target.value)}
      />
      <Checkbox size="small" checked={dualDiagnosis} onChange={({ target }) => setDualDiagnosis(target.checked)}>
        Gjelder også personer med samtidig ruslidelse
      </Checkbox>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" size="small" loading={form.sending}>
          Lagre rammeavtalen
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(false)}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
