import { Button, HStack, Select, Textarea, TextField } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type ChangedReturnPlan, changeReturnPlan, type ReturnPlan, teamsQuery } from '../../api/returns.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'
import { OWN_PART_NAMES, VERDICT_NAMES } from './returnWords.ts'

const orNull = (value: string) => (value.trim() === '' ? null : value)

/** Everything that a plan says, as fields; what was agreed falls when something it rests on is taken out. */
export function PlanForm({ plan, onDone }: { plan: ReturnPlan; onDone(): void }) {
  const client = useQueryClient()
  const { forms, districts } = useReference()
  const latestYear = Number(useToday().slice(0, 4)) + 10
  const [typed, setTyped] = useState({
    homeDistrict: plan.homeDistrict,
    verdict: plan.verdict,
    verdictReason: plan.verdictReason ?? '',
    targetForm: plan.targetForm ?? '',
    earliestOn: plan.earliestOn,
    targetOn: plan.targetOn,
    ownPart: plan.ownPart ?? '',
    ownPartOn: plan.ownPartOn,
    ownWords: plan.ownWords ?? '',
    districtOwner: plan.districtOwner ?? '',
    velContact: plan.velContact ?? '',
    supportTeamId: plan.supportTeamId ?? '',
    supportFrom: plan.supportFrom,
  })
  const { data: teams } = useSuspenseQuery(teamsQuery(typed.homeDistrict))
  const put = (more: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...more }))
  const form = useSending(async (body: ChangedReturnPlan, key) => {
    await changeReturnPlan(plan, body, key)
    await client.invalidateQueries({ queryKey: ['return-plan'] })
    await client.invalidateQueries({ queryKey: ['return-plans'] })
  })

  async function send(event: FormEvent) {
    event.preventDefault()
    const done = await form.submit({
      ...typed,
      verdictReason: orNull(typed.verdictReason),
      targetForm: orNull(typed.targetForm) as ChangedReturnPlan['targetForm'] & string,
      ownPart: orNull(typed.ownPart) as ReturnPlan['ownPart'],
      ownWords: typed.ownPart === 'answered' ? orNull(typed.ownWords) : null,
      ownPartOn: typed.ownPart === '' ? null : typed.ownPartOn,
      districtOwner: orNull(typed.districtOwner),
      velContact: orNull(typed.velContact),
      supportTeamId: orNull(typed.supportTeamId),
    })
    if (done) onDone()
  }

  return (
    <form className="stack readable" aria-label="Endre planen" onSubmit={(event) => void send(event)}>
      <Select
        {...form.field('/verdict')}
        label="Er det riktig å flytte hjem?"
        value={typed.verdict}
        onChange={({ target }) => put({ verdict: target.value as ReturnPlan['verdict'] })}
      >
        {Object.entries(VERDICT_NAMES).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Textarea
        {...form.field('/verdictReason')}
        className="full readable"
        label="Hvorfor?"
        maxLength={2000}
        value={typed.verdictReason}
        onChange={({ target }) => put({ verdictReason: target.value })}
      />
      <Select
        {...form.field('/ownPart')}
        label="Hva er viktig for deg? Personens egen del"
        description="Planen lages sammen med personen. Den som ikke vil være med, skal være spurt."
        value={typed.ownPart}
        onChange={({ target }) => put({ ownPart: target.value as typeof typed.ownPart })}
      >
        <option value="">Personen er ikke spurt</option>
        {Object.entries(OWN_PART_NAMES).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      {typed.ownPart !== '' && (
        <DayField
          {...form.field('/ownPartOn')}
          label="Dagen det gjelder"
          value={typed.ownPartOn}
          onChange={(ownPartOn) => put({ ownPartOn })}
          latestYear={latestYear}
        />
      )}
      {typed.ownPart === 'answered' && (
        <Textarea
          {...form.field('/ownWords')}
          className="full readable"
          label="Med personens egne ord"
          maxLength={4000}
          value={typed.ownWords}
          onChange={({ target }) => put({ ownWords: target.value })}
        />
      )}
      <Select
        {...form.field('/homeDistrict')}
        label="Bydel personen flytter til"
        value={typed.homeDistrict}
        onChange={({ target }) => put({ homeDistrict: target.value, supportTeamId: '' })}
      >
        {districts.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        {...form.field('/targetForm')}
        label="Boligform"
        value={typed.targetForm}
        onChange={({ target }) => put({ targetForm: target.value })}
      >
        <option value="">Ikke valgt</option>
        {forms
          .filter(({ isPlace, step }) => isPlace && step >= 2)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </Select>
      <DayField
        {...form.field('/earliestOn')}
        label="Tidligst"
        value={typed.earliestOn}
        onChange={(earliestOn) => put({ earliestOn })}
        latestYear={latestYear}
      />
      <DayField
        {...form.field('/targetOn')}
        label="Måldato"
        value={typed.targetOn}
        onChange={(targetOn) => put({ targetOn })}
        latestYear={latestYear}
      />
      <Select
        {...form.field('/supportTeamId')}
        label="Team som følger opp"
        value={typed.supportTeamId}
        onChange={({ target }) => put({ supportTeamId: target.value })}
      >
        <option value="">Ikke valgt</option>
        {teams.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <DayField
        {...form.field('/supportFrom')}
        label="Oppfølgingen begynner, før personen flytter"
        value={typed.supportFrom}
        onChange={(supportFrom) => put({ supportFrom })}
        latestYear={latestYear}
      />
      <TextField
        {...form.field('/districtOwner')}
        label="Ansvarlig i bydelen"
        value={typed.districtOwner}
        onChange={({ target }) => put({ districtOwner: target.value })}
      />
      <TextField
        {...form.field('/velContact')}
        label="Kontakt i Velferdsetaten"
        value={typed.velContact}
        onChange={({ target }) => put({ velContact: target.value })}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" loading={form.sending}>
          Lagre planen
        </Button>
        <Button type="button" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
