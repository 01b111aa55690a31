import { Button, HStack, Select, Textarea } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type CapacityChange, type SaidCertainty, sayCertainty } from '../../api/closings.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { CERTAINTY_NAMES } from './returnWords.ts'

/** How certain it is that a place opens or closes on its day, as VEL's planner says it. */
export function CertaintyForm({ change, onDone }: { change: CapacityChange; onDone(): void }) {
  const client = useQueryClient()
  const [typed, setTyped] = useState<{ certainty: SaidCertainty['certainty']; note: string }>({
    certainty: change.certainty ?? 'planned',
    note: change.note ?? '',
  })
  const form = useSending(async (body: SaidCertainty, key) => {
    await sayCertainty(change, body, key)
    await client.invalidateQueries({ queryKey: ['closings'] })
  })

  async function send(event: FormEvent) {
    event.preventDefault()
    const note = typed.note.trim()
    if (await form.submit({ kind: change.kind, certainty: typed.certainty, note: note === '' ? null : note })) onDone()
  }

  return (
    <form
      className="stack"
      aria-label={`Hvor sikkert det er: ${change.facilityName}, ${change.label}`}
      onSubmit={(event) => void send(event)}
    >
      <Select
        {...form.field('/certainty')}
        size="small"
        label="Hvor sikkert er det?"
        value={typed.certainty}
        onChange={({ target }) =>
          setTyped((before) => ({ ...before, certainty: target.value as SaidCertainty['certainty'] }))
        }
      >
        {Object.entries(CERTAINTY_NAMES).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Textarea
        {...form.field('/note')}
        size="small"
        label="Hvor det er vedtatt, eller hva det venter på (valgfritt)"
        description="Ikke skriv noe om personer."
        minRows={2}
        maxLength={1000}
        value={typed.note}
        onChange={({ target }) => setTyped((before) => ({ ...before, note: target.value }))}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-8">
        <Button type="submit" size="small" loading={form.sending}>
          Lagre
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
