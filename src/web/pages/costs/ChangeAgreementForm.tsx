import { BodyShort, Button, HStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type AgreementChanges, changeAgreement, type FrameworkAgreement } from '../../api/costs.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { AgreementTerms, type Terms, termsOf } from './AgreementTerms.tsx'

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
  // as it was when the form was opened: what has changed since is refused, and nothing typed is lost
  const [seen] = useState(agreement)
  const [terms, setTerms] = useState<Terms>({
    price: seen.pricePerDay,
    to: seen.valid.to,
    places: seen.places === null ? '' : String(seen.places),
  })
  const form = useSending(async (body: AgreementChanges, key) => {
    await changeAgreement(seen, body, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await form.submit({ ...termsOf(terms), valid: { from: seen.valid.from, to: terms.to } })
    if (sent) onDone()
  }
  return (
    <form className="stack" aria-label={`Endre avtalen ${seen.title}`} onSubmit={(event) => void send(event)}>
      <BodyShort size="small">
        Prisen endres også for det som er bestilt etter avtalen. Gjelder den nye prisen fra en bestemt dag, avslutter du
        avtalen den dagen og legger til en ny.
      </BodyShort>
      <AgreementTerms terms={terms} field={form.field} onChange={(changes) => setTerms({ ...terms, ...changes })} />
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
