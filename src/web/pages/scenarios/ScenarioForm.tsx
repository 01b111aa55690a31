import { Button, Heading, HStack, Textarea, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import { changeScenario, createScenario, type NewScenario, type Scenario } from '../../api/scenarios.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { ChangeFields } from './ChangeFields.tsx'
import { type ChangeDraft, changeBody, emptyChange, type ScenarioDraft, scenarioDraftOf } from './scenarioDraft.ts'
import './scenarios.css'

interface Props {
  /** As it was seen; null: a new one. */
  scenario: Versioned<Scenario> | null
  onDone(saved: Scenario): unknown
  onCancel(): void
}

/** A scenario in plain words: its name and what it changes. Saving one that exists writes a new version of it. */
export function ScenarioForm({ scenario, onDone, onCancel }: Props) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<ScenarioDraft>(() =>
    scenario === null ? { name: '', note: '', changes: [emptyChange(0)] } : scenarioDraftOf(scenario.value),
  )
  const nextKey = useRef(draft.changes.length)
  const put = (more: Partial<ScenarioDraft>) => setDraft((before) => ({ ...before, ...more }))
  const putChange = (key: number, more: Partial<ChangeDraft>) =>
    setDraft((before) => ({
      ...before,
      changes: before.changes.map((change) => (change.key === key ? { ...change, ...more } : change)),
    }))
  const saved = useRef<Scenario>(undefined)
  const form = useSending(async (body: NewScenario, key) => {
    saved.current = scenario === null ? await createScenario(body, key) : await changeScenario(scenario, body, key)
    await client.invalidateQueries({ queryKey: ['scenario', saved.current.id] })
    await client.invalidateQueries({ queryKey: ['scenarios'] })
  })

  async function send(event: FormEvent) {
    event.preventDefault()
    const note = draft.note.trim()
    const body = { name: draft.name, note: note === '' ? null : note, changes: draft.changes.map(changeBody) }
    // what is missing is left out, and said by the service with its field
    if ((await form.submit(body as NewScenario)) && saved.current !== undefined) await onDone(saved.current)
  }

  return (
    <form
      className="stack readable"
      aria-label={scenario === null ? 'Nytt scenario' : 'Ny versjon av scenarioet'}
      onSubmit={(event) => void send(event)}
    >
      <TextField
        {...form.field('/name')}
        className="full"
        label="Navn"
        description="Det scenarioet heter på skjermen og i filer, for eksempel «12 samlokaliserte i Alna»."
        value={draft.name}
        onChange={({ target }) => put({ name: target.value })}
      />
      <Textarea
        {...form.field('/note')}
        className="full"
        label="Hvorfor tenker dere på dette? (valgfritt)"
        description="Ikke skriv noe om personer."
        minRows={2}
        maxLength={2000}
        value={draft.note}
        onChange={({ target }) => put({ note: target.value })}
      />
      <Heading level="2" size="small">
        Hva som endres, ut over det som er planlagt
      </Heading>
      {draft.changes.map((change, at) => (
        <ChangeFields
          key={change.key}
          number={at + 1}
          change={change}
          field={(pointer) => form.field(`/changes/${at}${pointer}`)}
          onChange={(more) => putChange(change.key, more)}
          onRemove={() => put({ changes: draft.changes.filter(({ key }) => key !== change.key) })}
        />
      ))}
      <Button
        type="button"
        size="small"
        variant="secondary"
        onClick={() => {
          put({ changes: [...draft.changes, emptyChange(nextKey.current)] })
          nextKey.current += 1
        }}
      >
        Legg til en endring
      </Button>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" loading={form.sending}>
          {scenario === null ? 'Lagre scenarioet' : 'Lagre som ny versjon'}
        </Button>
        <Button type="button" variant="tertiary" onClick={onCancel}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
