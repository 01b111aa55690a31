import { Button, HStack, Select, Textarea } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { agreeReturnPlan, type ReturnPlan, recordOutcome, withdrawReturnPlan } from '../../api/returns.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'

const OUTCOMES = {
  moved_home: 'Flyttet hjem til bydelen',
  moved_elsewhere: 'Flyttet et annet sted',
  moved_back: 'Flyttet tilbake til institusjon',
} as const
const WITHDRAWALS = {
  person_declined: 'Personen ønsker ikke planen',
  other_institution: 'Flyttet til en annen institusjon',
  deceased: 'Personen er død',
  wrongly_registered: 'Feil registrert',
  other: 'Annet',
} as const

/** After a plan was changed, everything that shows plans asks again. */
function usePlansChanged() {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['return-plan'] })
    await client.invalidateQueries({ queryKey: ['return-plans'] })
    await client.invalidateQueries({ queryKey: ['closings'] })
  }
}

/** What can be done with a plan now. */
export function PlanActions({ plan }: { plan: ReturnPlan }) {
  const changed = usePlansChanged()
  const [open, setOpen] = useState<'outcome' | 'withdrawal' | null>(null)
  const agreement = useSending(async (of: ReturnPlan, key) => {
    await agreeReturnPlan(of, key)
    await changed()
  })
  const moved = plan.phase === 'follow_up' || plan.phase === 'finished' || plan.phase === 'moved_elsewhere'
  if (!plan.mayChange && !moved) return null
  if (open === 'outcome') return <OutcomeForm plan={plan} moved={moved} onDone={() => setOpen(null)} />
  if (open === 'withdrawal') return <WithdrawalForm plan={plan} onDone={() => setOpen(null)} />
  return (
    <div className="stack">
      <SendErrors problem={agreement.problem} attempt={agreement.attempt} />
      <HStack gap="space-16">
        {plan.mayChange && plan.phase === 'planning' && (
          <Button
            type="button"
            loading={agreement.sending}
            onClick={() => void agreement.submit(plan)}
            disabled={plan.missing.length > 0}
          >
            Planen er avtalt
          </Button>
        )}
        <Button type="button" variant="secondary" onClick={() => setOpen('outcome')}>
          {moved ? 'Personen flyttet tilbake' : 'Personen har flyttet'}
        </Button>
        {plan.mayChange && (
          <Button type="button" variant="tertiary" onClick={() => setOpen('withdrawal')}>
            Trekk planen
          </Button>
        )}
      </HStack>
    </div>
  )
}

function OutcomeForm({ plan, moved, onDone }: { plan: ReturnPlan; moved: boolean; onDone(): void }) {
  const changed = usePlansChanged()
  const today = useToday()
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES>(moved ? 'moved_back' : 'moved_home')
  const [on, setOn] = useState<string | null>(today)
  const [note, setNote] = useState('')
  const form = useSending(async (body: { outcome: keyof typeof OUTCOMES; on: string; note: string | null }, key) => {
    await recordOutcome(plan, body, key)
    await changed()
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit({ outcome, on: on ?? '', note: note.trim() === '' ? null : note })) onDone()
  }
  return (
    <form className="stack readable" aria-label="Hva det ble til" onSubmit={(event) => void send(event)}>
      {!moved && (
        <Select
          {...form.field('/outcome')}
          label="Hva ble det til?"
          value={outcome}
          onChange={({ target }) => setOutcome(target.value as keyof typeof OUTCOMES)}
        >
          <option value="moved_home">{OUTCOMES.moved_home}</option>
          <option value="moved_elsewhere">{OUTCOMES.moved_elsewhere}</option>
        </Select>
      )}
      <DayField
        {...form.field('/on')}
        label={moved ? 'Dagen personen flyttet tilbake' : 'Dagen personen flyttet'}
        value={on}
        onChange={setOn}
        latestYear={Number(today.slice(0, 4))}
      />
      <Textarea
        {...form.field('/note')}
        className="full readable"
        label="Merknad (kan stå tomt)"
        maxLength={2000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Ending form={form} label="Lagre" onDone={onDone} />
    </form>
  )
}

function WithdrawalForm({ plan, onDone }: { plan: ReturnPlan; onDone(): void }) {
  const changed = usePlansChanged()
  const [reason, setReason] = useState<keyof typeof WITHDRAWALS>('person_declined')
  const [note, setNote] = useState('')
  const form = useSending(async (body: { reason: keyof typeof WITHDRAWALS; note: string | null }, key) => {
    await withdrawReturnPlan(plan, body, key)
    await changed()
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit({ reason, note: note.trim() === '' ? null : note })) onDone()
  }
  return (
    <form className="stack readable" aria-label="Trekk planen" onSubmit={(event) => void send(event)}>
      <Select
        {...form.field('/reason')}
        label="Hvorfor trekkes planen?"
        value={reason}
        onChange={({ target }) => setReason(target.value as keyof typeof WITHDRAWALS)}
      >
        {Object.entries(WITHDRAWALS).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Textarea
        {...form.field('/note')}
        className="full readable"
        label="Merknad (kan stå tomt)"
        maxLength={2000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Ending form={form} label="Trekk planen" onDone={onDone} />
    </form>
  )
}

function Ending({
  form,
  label,
  onDone,
}: {
  form: Pick<ReturnType<typeof useSending>, 'problem' | 'attempt' | 'sending'>
  label: string
  onDone(): void
}) {
  return (
    <>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" loading={form.sending}>
          {label}
        </Button>
        <Button type="button" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </>
  )
}
