import { Button, Checkbox, HStack, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { addSupportTeam, type ChangedSupportTeam, changeSupportTeam, type SupportTeam } from '../../api/supportTeams.ts'
import { DayField } from '../../form/DayField.tsx'
import { NumberField } from '../../form/NumberField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'

const YEARS_AHEAD = 15

interface Props {
  district: string
  /** Null: a new one. */
  team: SupportTeam | null
  onDone(): void
}

/** What a team is called and how many it can follow up; a field that is left empty is not known, and never 0. */
export function SupportTeamForm({ district, team, onDone }: Props) {
  const client = useQueryClient()
  // as it was when the form was opened: what somebody else has changed since is refused, and not written over
  const [seen] = useState(team)
  const today = useToday()
  const latestYear = Number(today.slice(0, 4)) + YEARS_AHEAD
  const [typed, setTyped] = useState({
    name: team?.name ?? '',
    capacity: team?.capacity ?? null,
    newPerMonth: team?.newPerMonth ?? null,
    outsideOfficeHours: team?.outsideOfficeHours ?? false,
    during: { from: team?.during.from ?? today, to: team?.during.to ?? null },
  })
  const put = (more: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...more }))
  const form = useSending(async (body: Required<ChangedSupportTeam>, key) => {
    if (seen === null) await addSupportTeam({ ...body, district }, key)
    else await changeSupportTeam(seen, body, key)
    await client.invalidateQueries({ queryKey: ['closings'] })
  })

  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit(typed)) onDone()
  }

  return (
    <form
      className="stack readable"
      aria-label={team === null ? 'Nytt team' : `Endre ${team.name}`}
      onSubmit={(event) => void send(event)}
    >
      <TextField
        {...form.field('/name')}
        label="Navn"
        value={typed.name}
        onChange={({ target }) => put({ name: target.value })}
      />
      <NumberField
        {...form.field('/capacity')}
        label="Hvor mange følger teamet opp samtidig?"
        description="La feltet stå tomt når det ikke er bestemt."
        value={typed.capacity}
        onChange={(capacity) => put({ capacity })}
      />
      <NumberField
        {...form.field('/newPerMonth')}
        label="Hvor mange nye kan det begynne med i måneden?"
        description="La feltet stå tomt når det ikke er bestemt."
        value={typed.newPerMonth}
        onChange={(newPerMonth) => put({ newPerMonth })}
      />
      <Checkbox
        checked={typed.outsideOfficeHours}
        onChange={({ target }) => put({ outsideOfficeHours: target.checked })}
      >
        Følger opp også på kveld og i helg
      </Checkbox>
      <DayField
        {...form.field('/during/from')}
        label="Finnes fra"
        value={typed.during.from}
        onChange={(from) => put({ during: { ...typed.during, from: from ?? '' } })}
        latestYear={latestYear}
      />
      <DayField
        {...form.field('/during/to')}
        label="Finnes til (valgfritt)"
        value={typed.during.to}
        onChange={(to) => put({ during: { ...typed.during, to } })}
        latestYear={latestYear}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" loading={form.sending}>
          Lagre
        </Button>
        <Button type="button" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
