import { BodyShort, Button, Checkbox, CheckboxGroup, Select } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { comparisonQuery, type NewComparison, type Scenario, startComparison } from '../../api/scenarios.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'

/** More pictures than this are not told apart at a glance. */
const MOST_COMPARED = 4
const USUAL_RUNS = 1000
const RUNS = [
  { count: 100, name: 'Raskt og grovt: 100 kjøringer' },
  { count: USUAL_RUNS, name: 'Vanlig: 1000 kjøringer' },
]

function useComparing() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useSending(async (body: NewComparison, key) => {
    const comparison = await startComparison(body, key)
    client.setQueryData(comparisonQuery(comparison.id).queryKey, comparison)
    await client.invalidateQueries({ queryKey: ['comparisons'] })
    await navigate({ to: paths.comparison, params: { id: comparison.id } })
  })
}

/** Chooses one to four scenarios and what they are compared with, and asks for the comparison. */
export function CompareForm({ scenarios }: { scenarios: readonly Scenario[] }) {
  const [chosen, setChosen] = useState<string[]>([])
  const [base, setBase] = useState('')
  const [runs, setRuns] = useState(USUAL_RUNS)
  const form = useComparing()

  async function send(event: FormEvent) {
    event.preventDefault()
    await form.submit({
      base: base === '' ? null : { scenarioId: base },
      scenarios: chosen.map((scenarioId) => ({ scenarioId })),
      runs,
    })
  }

  return (
    <form className="stack" aria-label="Sammenlign scenarioer" onSubmit={(event) => void send(event)}>
      <CheckboxGroup
        {...form.field('/scenarios')}
        legend="Velg ett til fire scenarioer"
        value={chosen}
        onChange={(ids: string[]) => setChosen(ids)}
      >
        {scenarios.map(({ id, name, version, assumptions }) => (
          <Checkbox
            key={id}
            value={id}
            description={`Versjon ${version}. ${assumptions[0] ?? ''}`}
            disabled={chosen.length >= MOST_COMPARED && !chosen.includes(id)}
          >
            {name}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Select
        {...form.field('/base')}
        label="Sammenlign med"
        value={base}
        onChange={({ target }) => setBase(target.value)}
      >
        <option value="">Byen slik den er planlagt</option>
        {scenarios.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        {...form.field('/runs')}
        label="Hvor nøye"
        description="Flere kjøringer gir sikrere tall, og tar lengre tid."
        value={runs}
        onChange={({ target }) => setRuns(Number(target.value))}
      >
        {RUNS.map(({ count, name }) => (
          <option key={count} value={count}>
            {name}
          </option>
        ))}
      </Select>
      <BodyShort size="small" className="readable">
        Alle får de samme tilfeldighetene. Forskjellen er regnet kjøring for kjøring, og er derfor mye sikrere enn
        tallene hver for seg.
      </BodyShort>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <Button type="submit" loading={form.sending}>
        Sammenlign
      </Button>
    </form>
  )
}

/** The shortest way: this scenario beside the city as it is planned. */
export function CompareWithPlan({ scenario: { id, version } }: { scenario: Scenario }) {
  const form = useComparing()
  return (
    <>
      <Button
        type="button"
        loading={form.sending}
        onClick={() => void form.submit({ base: null, scenarios: [{ scenarioId: id, version }] })}
      >
        Sammenlign med planen
      </Button>
      <SendErrors problem={form.problem} attempt={form.attempt} />
    </>
  )
}
