import { BodyLong, BodyShort, Button, Heading, HStack, Select, TextField } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  changeCommitment,
  commitHome,
  commitmentQuery,
  type HomeCommitment,
  homesOfPlanQuery,
  type ReturnPlan,
  withdrawCommitment,
} from '../../api/returns.ts'
import { useMay } from '../../api/session.ts'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords } from '../../ui/days.ts'
import { useToday } from '../../ui/useToday.ts'
import { homeInWords, opensInWords } from './returnWords.ts'

/** The bydel's word on when a home is ready for somebody, and where; its manager gives, changes and takes it back. */
export function Commitment({ plan }: { plan: ReturnPlan }) {
  const may = useMay()
  const [form, setForm] = useState<'commit' | 'withdraw' | null>(null)
  const mayCommit = plan.mayChange && plan.verdict !== 'undecided' && may('commit_homes')
  return (
    <section className="stack" aria-labelledby="bolig">
      <Heading id="bolig" level="2" size="medium">
        Bydelens forpliktelse
      </Heading>
      {plan.commitment === null ? (
        <>
          <BodyLong className="readable">
            Bydelen har ikke sagt når en bolig er klar.
            {!mayCommit && plan.mayChange && ' Avdelingslederen i bydelen kan gjøre det.'}
          </BodyLong>
          {mayCommit && form === null && (
            <div>
              <Button type="button" variant="secondary" onClick={() => setForm('commit')}>
                Si når boligen er klar
              </Button>
            </div>
          )}
          {form === 'commit' && <CommitForm plan={plan} word={null} onDone={() => setForm(null)} />}
        </>
      ) : (
        <Given plan={plan} id={plan.commitment.id} mayCommit={mayCommit} form={form} setForm={setForm} />
      )}
    </section>
  )
}

function Given({
  plan,
  id,
  mayCommit,
  form,
  setForm,
}: {
  plan: ReturnPlan
  id: string
  mayCommit: boolean
  form: 'commit' | 'withdraw' | null
  setForm(form: 'commit' | 'withdraw' | null): void
}) {
  const { data: word } = useSuspenseQuery(commitmentQuery(id))
  const today = useToday()
  const late = plan.living?.closesOn != null && word.readyOn > plan.living.closesOn
  return (
    <>
      <BodyLong className="readable">
        Boligen er klar {dayInWords(word.readyOn)}.{' '}
        {word.home === null
          ? 'Hvilken bolig er ikke bestemt.'
          : `${word.home.facilityName}, ${word.home.label}, ${opensInWords(word.home.opensOn, today)}.`}{' '}
        Bydelen sa det {dayInWords(word.committedOn)}.
      </BodyLong>
      {late && plan.living?.closesOn != null && (
        <BodyShort weight="semibold">
          For sent: plassen på institusjonen legges ned {dayInWords(plan.living.closesOn)}.
        </BodyShort>
      )}
      {mayCommit && form === null && (
        <HStack gap="space-16">
          <Button type="button" variant="secondary" onClick={() => setForm('commit')}>
            Endre dag eller bolig
          </Button>
          <Button type="button" variant="tertiary" onClick={() => setForm('withdraw')}>
            Trekk forpliktelsen
          </Button>
        </HStack>
      )}
      {form === 'commit' && <CommitForm plan={plan} word={word} onDone={() => setForm(null)} />}
      {form === 'withdraw' && <TakeBackForm word={word} onDone={() => setForm(null)} />}
    </>
  )
}

function useCommitmentsChanged() {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['return-plan'] })
    await client.invalidateQueries({ queryKey: ['closings'] })
  }
}

function CommitForm({ plan, word, onDone }: { plan: ReturnPlan; word: HomeCommitment | null; onDone(): void }) {
  const changed = useCommitmentsChanged()
  const today = useToday()
  const latestYear = Number(today.slice(0, 4)) + 10
  const { data: homes } = useSuspenseQuery(homesOfPlanQuery(plan.id))
  const [readyOn, setReadyOn] = useState<string | null>(word?.readyOn ?? plan.targetOn)
  const [placeId, setPlaceId] = useState(word?.home?.placeId ?? '')
  const form = useSending(async (body: { readyOn: string; placeId: string | null }, key) => {
    if (word === null) await commitHome({ returnPlanId: plan.id, ...body }, key)
    else await changeCommitment(word, body, key)
    await changed()
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit({ readyOn: readyOn ?? '', placeId: placeId === '' ? null : placeId })) onDone()
  }
  return (
    <form className="stack readable" aria-label="Når boligen er klar" onSubmit={(event) => void send(event)}>
      <DayField
        {...form.field('/readyOn')}
        label="Boligen er klar senest"
        value={readyOn}
        onChange={setReadyOn}
        latestYear={latestYear}
      />
      <Select
        {...form.field('/placeId')}
        label="Bolig"
        description="Ledige og planlagte boliger i bydelen som passer med planen, og som ikke er satt av."
        value={placeId}
        onChange={({ target }) => setPlaceId(target.value)}
      >
        <option value="">Ikke bestemt ennå</option>
        {word?.home != null && (
          <option value={word.home.placeId}>
            {word.home.facilityName}, {word.home.label}
          </option>
        )}
        {homes.items.map((home) => (
          <option key={home.placeId} value={home.placeId}>
            {home.facilityName}, {home.label}, {homeInWords(home, today)}
          </option>
        ))}
      </Select>
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

function TakeBackForm({ word, onDone }: { word: HomeCommitment; onDone(): void }) {
  const changed = useCommitmentsChanged()
  const [note, setNote] = useState('')
  const form = useSending(async (why: string, key) => {
    await withdrawCommitment(word, why, key)
    await changed()
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit(note)) onDone()
  }
  return (
    <form className="stack readable" aria-label="Trekk forpliktelsen" onSubmit={(event) => void send(event)}>
      <TextField
        {...form.field('/note')}
        label="Hvorfor trekkes den?"
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-16">
        <Button type="submit" loading={form.sending}>
          Trekk forpliktelsen
        </Button>
        <Button type="button" variant="tertiary" onClick={onDone}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
