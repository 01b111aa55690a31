import { BodyShort, Button, Checkbox, CheckboxGroup, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type MatchingPolicy, type PolicyDraft, policyTrialsQuery, tryDraft } from '../../api/policyTrials.ts'
import { OrderedList } from '../../form/OrderedList.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { readNumber } from '../../ui/numbers.ts'

/** A draft of the policy: begins as the one in force, and what the law or the facts hold is told and not offered. */
export function DraftForm({ policy: { policy, chainMoves, classes, tiers, rules } }: { policy: MatchingPolicy }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [moves, setMoves] = useState(String(policy.chainMovesMax))
  const [order, setOrder] = useState(policy.classes.map(String))
  const [weighed, setWeighed] = useState(policy.tiers)
  const [wishes, setWishes] = useState(policy.wishes)
  const [required, setRequired] = useState(policy.requirements)
  const form = useSending(async (body: PolicyDraft, key) => {
    const trial = await tryDraft(body, key)
    await client.invalidateQueries({ queryKey: policyTrialsQuery.queryKey })
    await navigate({ to: paths.policyTrial, params: { id: trial.id } })
  })
  const tierTitle = (id: string) => tiers.find((tier) => tier.id === id)?.title ?? id
  const leftOut = tiers.filter(({ id, held }) => held === null && !weighed.includes(id))
  const held = [...tiers, ...rules].filter((part) => part.held !== null)

  async function send(event: FormEvent) {
    event.preventDefault()
    await form.submit({
      chainMovesMax: readNumber(moves) ?? 0,
      classes: order.map(Number),
      tiers: weighed,
      wishes,
      requirements: required,
    })
  }

  return (
    <form
      className="stack readable no-print"
      aria-label="Nytt utkast"
      noValidate
      onSubmit={(event) => void send(event)}
    >
      <TextField
        {...form.field('/chainMovesMax')}
        label="Flest flyttinger i én boligkjede"
        description={`Fra ${chainMoves.min} til ${chainMoves.max}. I dag: ${policy.chainMovesMax}.`}
        inputMode="numeric"
        htmlSize={4}
        value={moves}
        onChange={({ target }) => setMoves(target.value)}
      />
      <details>
        <summary>Hvem som kommer først</summary>
        <div className="stack">
          <BodyShort size="small">
            {classes.find((entry) => entry.held !== null)?.held?.sentence} Køen viser fortsatt klassene etter nummer.
          </BodyShort>
          <div id={form.field('/classes').id} tabIndex={-1}>
            <OrderedList
              label="Hasteklassene, den som kommer først øverst"
              items={order}
              nameOf={(number) => `Klasse ${number}: ${classes.find((entry) => String(entry.number) === number)?.name}`}
              onChange={setOrder}
              complete
            />
          </div>
          <OrderedList
            label="Hva som veier mest mellom dem i samme klasse"
            items={weighed}
            nameOf={tierTitle}
            onChange={setWeighed}
          />
          {leftOut.map(({ id, title }) => (
            <div key={id}>
              <Button type="button" size="small" variant="secondary" onClick={() => setWeighed([...weighed, id])}>
                Ta med igjen: {title}
              </Button>
            </div>
          ))}
        </div>
      </details>
      <details>
        <summary>Krav og ønsker</summary>
        <div className="stack">
          <CheckboxGroup
            id="krav-som-blir-onsker"
            legend="Krav som bare skal være ønsker"
            description="En plass som ikke oppfyller et ønske, kan likevel foreslås."
            value={wishes}
            onChange={(value: string[]) => setWishes(value)}
          >
            {rules
              .filter((rule) => rule.held === null)
              .map(({ id, title, sentence }) => (
                <Checkbox key={id} value={id} description={sentence}>
                  {title}
                </Checkbox>
              ))}
          </CheckboxGroup>
          <CheckboxGroup
            legend="Ønsker som skal være krav"
            description="En plass som ikke oppfyller et krav, foreslås ikke."
            value={required}
            onChange={(value: string[]) => setRequired(value)}
          >
            {tiers
              .filter(({ mayBeRequired }) => mayBeRequired)
              .map(({ id, title }) => (
                <Checkbox key={id} value={id}>
                  {title}
                </Checkbox>
              ))}
          </CheckboxGroup>
        </div>
      </details>
      <details>
        <summary>Hva et utkast ikke kan endre</summary>
        <ul className="spaced-list">
          {held.map((part) => (
            <li key={part.id}>
              <BodyShort weight="semibold">{part.title}</BodyShort>
              <BodyShort>{part.held?.sentence}</BodyShort>
              <BodyShort size="small">Kilde: {part.held?.sourceInWords}</BodyShort>
            </li>
          ))}
        </ul>
      </details>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <div>
        <Button type="submit" loading={form.sending}>
          Prøv utkastet
        </Button>
      </div>
    </form>
  )
}
