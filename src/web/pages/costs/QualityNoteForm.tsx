import { Button, HStack, Radio, RadioGroup, Textarea } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addQualityNote, type NewQualityNote, type Supplier } from '../../api/costs.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'

/** A note on a supplier's quality, shared with all bydeler. */
export function QualityNoteForm({ supplier, district }: { supplier: Supplier; district: string }) {
  const client = useQueryClient()
  const today = useToday()
  const { noteKinds } = useReference().vocabulary
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<NewQualityNote['kind']>('good')
  const [notedOn, setNotedOn] = useState<string | null>(today)
  const [body, setBody] = useState('')
  const form = useSending(async (given: NewQualityNote, key) => {
    await addQualityNote(given, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await form.submit({ supplierId: supplier.id, district, notedOn: notedOn ?? '', kind, body })
    if (!sent) return
    setOpen(false)
    setBody('')
  }
  if (!open) {
    return (
      <Button type="button" size="small" variant="secondary" onClick={() => setOpen(true)}>
        Skriv et notat<span className="aksel-sr-only"> om {supplier.name}</span>
      </Button>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <RadioGroup
        {...form.field('/kind')}
        legend="Hva slags notat er det?"
        size="small"
        value={kind}
        onChange={setKind}
      >
        {noteKinds.map(({ id, name }) => (
          <Radio key={id} value={id}>
            {name}
          </Radio>
        ))}
      </RadioGroup>
      <DayField
        {...form.field('/notedOn')}
        size="small"
        label="Dato"
        value={notedOn}
        onChange={setNotedOn}
        latestYear={Number(today.slice(0, 4))}
      />
      <Textarea
        {...form.field('/body')}
        size="small"
        label="Notat om tilbudet"
        description="Alle bydeler ser det. Skriv ikke navn, fødselsnummer eller annet om en person."
        maxLength={2000}
        value={body}
        onChange={({ target }) => setBody(target.value)}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" size="small" loading={form.sending}>
          Del notatet
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(false)}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
