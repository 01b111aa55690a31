import { BodyShort, Button, Checkbox, CheckboxGroup, Select, TextField } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type AskedExpansion, askExpansion, expansionDefaultsQuery, expansionPlansQuery } from '../../api/expansion.ts'
import { DayField } from '../../form/DayField.tsx'
import { KronerField } from '../../form/KronerField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { useToday } from '../../ui/useToday.ts'

type Goal = NonNullable<AskedExpansion['goal']>

/** Asks what must be built: as usual, or with another level, other limits and other costs. */
export function AskExpansion() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: usual } = useSuspenseQuery(expansionDefaultsQuery)
  const latestYear = Number(useToday().slice(0, 4)) + 10
  const [by, setBy] = useState<string | null>(usual.by)
  const [level, setLevel] = useState(String(usual.level))
  const [perYear, setPerYear] = useState(String(usual.perDistrictYear))
  const [budget, setBudget] = useState<number | null>(null)
  const [goal, setGoal] = useState<Goal>('fewest_places')
  const [chosen, setChosen] = useState(usual.forms.map(({ form }) => form as string))
  const [costs, setCosts] = useState<Record<string, number | null>>({})
  const form = useSending(async (body: AskedExpansion, key) => {
    await askExpansion(body, key)
    await client.invalidateQueries({ queryKey: expansionPlansQuery.queryKey })
    // when it is done it is the newest
    await navigate({ to: paths.expansion, search: {} })
  })
  const asked = usual.forms.filter(({ form: id }) => chosen.includes(id))

  async function send(event: FormEvent) {
    event.preventDefault()
    await form.submit({
      ...(by === null ? {} : { by }),
      ...(level.trim() === '' ? {} : { level: readNumber(level) }),
      ...(perYear.trim() === '' ? {} : { perDistrictYear: readNumber(perYear) }),
      forms: asked.map(({ form: id, costPerPlace }) => ({ form: id, costPerPlace: costs[id] ?? costPerPlace })),
      budget,
      goal,
    })
  }

  return (
    <form className="stack readable no-print" aria-label="Ny utregning" onSubmit={(event) => void send(event)}>
      <TextField
        {...form.field('/level')}
        label="Hvor mange husstander kan mangle ledig plass i hver bydel?"
        description="Målet skal holde i ni av ti kjøringer av framskrivingen."
        inputMode="numeric"
        htmlSize={6}
        value={level}
        onChange={({ target }) => setLevel(target.value)}
      />
      <DayField
        {...form.field('/by')}
        label="Dagen målet gjelder"
        value={by}
        onChange={setBy}
        latestYear={latestYear}
      />
      <TextField
        {...form.field('/perDistrictYear')}
        label="Flest nye plasser i én bydel i ett år"
        inputMode="numeric"
        htmlSize={6}
        value={perYear}
        onChange={({ target }) => setPerYear(target.value)}
      />
      <details>
        <summary>Boligformer, kostnader og ramme</summary>
        <div className="stack expansion-asked">
          <CheckboxGroup
            id={form.field('/forms').id}
            error={form.field('/forms').error}
            legend="Hva kan bygges?"
            description="Underdekningen regnes bare for boligformene du velger."
            value={chosen}
            onChange={(value: string[]) => setChosen(value)}
          >
            {usual.forms.map(({ form: id, formName }) => (
              <Checkbox key={id} value={id}>
                {formName}
              </Checkbox>
            ))}
          </CheckboxGroup>
          <BodyShort size="small">{usual.costSentence} Du kan endre beløpene.</BodyShort>
          {asked.map(({ form: id, formName, costPerPlace }, i) => (
            <KronerField
              {...form.field(`/forms/${i}/costPerPlace`)}
              key={id}
              label={`Én plass, ${formName.toLowerCase()}`}
              value={id in costs ? (costs[id] ?? null) : costPerPlace}
              onChange={(value) => setCosts({ ...costs, [id]: value })}
            />
          ))}
          <KronerField
            {...form.field('/budget')}
            label="Ramme for alt, tom for ingen"
            value={budget}
            onChange={setBudget}
          />
          <Select label="Hva skal være minst?" value={goal} onChange={({ target }) => setGoal(target.value as Goal)}>
            <option value="fewest_places">Antall plasser, så kostnaden</option>
            <option value="lowest_cost">Kostnaden, så antall plasser</option>
          </Select>
        </div>
      </details>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <div>
        <Button type="submit" loading={form.sending}>
          Regn ut hva som må bygges
        </Button>
      </div>
      <BodyShort size="small">Det tar noen minutter. Du kan gå fra siden og komme tilbake.</BodyShort>
    </form>
  )
}

/** What was typed as a number; what is none is sent as it is refused, in the service's words. */
function readNumber(typed: string): number {
  const value = Number(typed.replaceAll(/\s/g, '').replace('−', '-').replace(',', '.'))
  return Number.isFinite(value) ? value : -1
}
