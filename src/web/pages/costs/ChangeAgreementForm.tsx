import { BodyShort, Button, HStack, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type AgreementChanges, changeAgreement, type FrameworkAgreement } from '../../api/costs.ts'
import { DayField } from '../../form/DayField.tsx'
import { KronerField } from '../../form/KronerField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'

/** Changes the price, the end and the room of an agreement; somebody else's change in the meantime refuses it. */
export function ChangeAgreementForm({ agreement }: { agreement: FrameworkAgreement }) {
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(true)}>
        Endre avtalen<span className="aksel-sr-only"> {agreement.title}</span>
      </Button>
    )
  }
  return <Fields agreement={agreement} onDone={() => setOpen(false)} />
}

function Fields({ agreement, onDone }: { agreement: FrameworkAgreement; onDone(): void }) {
  const client = useQueryClient()
  const latestYear = Number(useToday().slice(0, 4)) + 20
  // as it was when the form was opened: what has changed since is refused, and nothing typed is lost
  const [seen] = useState(agreement)
  const [price, setPrice] = useState<number | null>(seen.pricePerDay)
  const [to, setTo] = useState(seen.valid.to)
  const [places, setPlaces] = useState(seen.places === null ? '' : String(seen.places))
  const form = useSending(async (body: AgreementChanges, key) => {
    await changeAgreement(seen, body, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await form.submit({
      pricePerDay: price ?? 0,
      valid: { from: seen.valid.from, to },
      places: places.trim() === '' ? null : Number(places),
    })
    if (sent) onDone()
  }
  return (
    <form className="stack" aria-label={`Endre avtalen ${seen.title}`} onSubmit={(event) => void send(event)}>
      <BodyShort size="small">
        Prisen endres også for det som er bestilt etter avtalen. Gjelder den nye prisen fra en bestemt dag, avslutter du
        avtalen den dagen og legger til en ny.
      </BodyShort>
      <KronerField {...form.field('/pricePerDay')} label="Pris for et døgn" value={price} onChange={setPrice} />
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
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" size="small" loading={form.sending}>
          Lagre endringen
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
