import { Button, Heading, Select, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addAssessment, assessmentsQuery, forgetAnswers, needQuery } from '../../api/needs.ts'
import type { NewAssessment } from '../../api/types.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'

type Draft = {
  assessedOn: string | null
  lifeAreas: Record<string, number>
  livingSkills: string
  livingTraining: string
  careTrack: number | null
}

/** A new assessment, dated. An area that is left open is not assessed. */
export function NewAssessmentForm({ needId }: { needId: string }) {
  const { vocabulary } = useReference()
  const today = useToday()
  const client = useQueryClient()
  const blank: Draft = { assessedOn: today, lifeAreas: {}, livingSkills: '', livingTraining: '', careTrack: null }
  const [draft, setDraft] = useState(blank)
  const [added, setAdded] = useState(0)
  const change = (patch: Partial<Draft>) => setDraft((current) => ({ ...current, ...patch }))
  const form = useSending<NewAssessment>(async (body, key) => {
    await addAssessment(needId, body, key)
    await client.invalidateQueries({ queryKey: assessmentsQuery(needId).queryKey })
    await client.invalidateQueries({ queryKey: needQuery(needId).queryKey, exact: true })
    forgetAnswers(client, needId)
  })

  async function send() {
    if (!(await form.submit(bodyOf(draft)))) return
    setDraft(blank)
    setAdded(added + 1)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <VStack gap="space-24" align="start">
        <Heading level="2" size="small">
          Ny kartlegging
        </Heading>
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <DayField
          {...form.field('/assessedOn')}
          key={added}
          label="Dato for kartleggingen"
          value={draft.assessedOn}
          onChange={(assessedOn) => change({ assessedOn })}
          latestYear={Number(today.slice(0, 4))}
        />
        <fieldset className="strengths">
          <legend>BrukerPlan, 1 til 5</legend>
          {vocabulary.lifeAreas.map(({ id, name }) => (
            <Select
              key={id}
              size="small"
              label={name}
              value={draft.lifeAreas[id] ?? ''}
              onChange={(event) => change({ lifeAreas: withArea(draft.lifeAreas, id, event.target.value) })}
            >
              <option value="">Ikke kartlagt</option>
              {[1, 2, 3, 4, 5].map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </Select>
          ))}
        </fieldset>
        <Textarea
          {...form.field('/livingSkills')}
          className="full"
          label="Bo-evne (kan stå tomt)"
          maxLength={2000}
          value={draft.livingSkills}
          onChange={(event) => change({ livingSkills: event.target.value })}
        />
        <Textarea
          {...form.field('/livingTraining')}
          className="full"
          label="Bo-trening (kan stå tomt)"
          maxLength={2000}
          value={draft.livingTraining}
          onChange={(event) => change({ livingTraining: event.target.value })}
        />
        <Select
          {...form.field('/careTrack')}
          label="Hovedforløp (kan stå tomt)"
          description="Bare til statistikk. Det avgjør aldri hvilken plass som passer."
          value={draft.careTrack ?? ''}
          onChange={(event) => change({ careTrack: event.target.value === '' ? null : Number(event.target.value) })}
        >
          <option value="">Ikke oppgitt</option>
          {[1, 2, 3].map((track) => (
            <option key={track} value={track}>
              Hovedforløp {track}
            </option>
          ))}
        </Select>
        <Button type="submit" variant="secondary" loading={form.sending}>
          Legg til kartleggingen
        </Button>
        <div role="status">{added > 0 ? 'Kartleggingen er lagt til.' : ''}</div>
      </VStack>
    </form>
  )
}

function withArea(areas: Record<string, number>, id: string, chosen: string): Record<string, number> {
  const { [id]: _, ...others } = areas
  return chosen === '' ? others : { ...others, [id]: Number(chosen) }
}

function bodyOf({ assessedOn, lifeAreas, livingSkills, livingTraining, careTrack }: Draft): NewAssessment {
  return {
    assessedOn: assessedOn ?? '',
    lifeAreas,
    livingSkills: livingSkills.trim() === '' ? null : livingSkills,
    livingTraining: livingTraining.trim() === '' ? null : livingTraining,
    careTrack,
  }
}
