import { BodyLong, BodyShort, Button, Heading, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Appeal,
  type AppealOutcome,
  type Decision,
  decideAppeal,
  forgetPapers,
  forwardAppeal,
  receiveAppeal,
} from '../../api/papers.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords } from '../../ui/days.ts'
import { useToday } from '../../ui/useToday.ts'
import { appealOutcomes } from './paperWords.ts'

type Props = { needId: string; decision: Decision }

/** The appeals against an issued decision, and what is next to be done with the open one. */
export function Appeals({ needId, decision }: Props) {
  const open = decision.appeals.find(({ decidedOn }) => decidedOn === null)
  return (
    <section className="panel" aria-labelledby="klage">
      <VStack gap="space-16" align="start">
        <Heading id="klage" level="2" size="small">
          Klage
        </Heading>
        {decision.appeals.length === 0 && <BodyShort>Ingen klage er registrert.</BodyShort>}
        {decision.appeals.map((appeal) => (
          <AppealInWords key={appeal.id} appeal={appeal} appealBody={decision.appealBody} />
        ))}
        {open === undefined ? (
          <Receive needId={needId} decision={decision} />
        ) : (
          // the next step starts with empty fields
          <Handle key={open.version} needId={needId} appeal={open} appealBody={decision.appealBody} />
        )}
      </VStack>
    </section>
  )
}

function AppealInWords({ appeal, appealBody }: { appeal: Appeal; appealBody: string }) {
  const outcome = appealOutcomes.find(({ value }) => value === appeal.outcome)?.label
  return (
    <div>
      <BodyShort>
        Mottatt {dayInWords(appeal.receivedOn)}
        {appeal.inTime ? '' : ', etter fristen'}.
        {appeal.forwardedOn !== null && ` Sendt til ${appealBody} ${dayInWords(appeal.forwardedOn)}.`}
        {appeal.decidedOn !== null && outcome !== undefined && ` ${outcome} ${dayInWords(appeal.decidedOn)}.`}
      </BodyShort>
      {appeal.grounds !== null && <BodyLong>«{appeal.grounds}»</BodyLong>}
      {appeal.dueOn !== null && (
        <BodyShort>
          {appeal.overdue ? 'Over fristen, som var' : 'Frist for neste steg:'} {dayInWords(appeal.dueOn)}.
        </BodyShort>
      )}
    </div>
  )
}

function Receive({ needId, decision }: Props) {
  const client = useQueryClient()
  const today = useToday()
  const [asked, setAsked] = useState(false)
  const [receivedOn, setReceivedOn] = useState<string | null>(today)
  const [grounds, setGrounds] = useState('')
  const form = useSending(async (body: { receivedOn: string; grounds: string | null }, key) => {
    await receiveAppeal(decision.id, body, key)
    await forgetPapers(client, needId)
  })
  if (!asked)
    return (
      <Button variant="secondary" size="small" onClick={() => setAsked(true)}>
        Registrer en klage
      </Button>
    )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ receivedOn: receivedOn ?? '', grounds: grounds.trim() === '' ? null : grounds })
      }}
    >
      <VStack gap="space-16" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <DayField
          {...form.field('/receivedOn')}
          label="Når kom klagen?"
          value={receivedOn}
          onChange={setReceivedOn}
          latestYear={Number(today.slice(0, 4))}
        />
        <Textarea
          {...form.field('/grounds')}
          label="Hva personen klager på (kan stå tomt)"
          maxLength={4000}
          value={grounds}
          onChange={(event) => setGrounds(event.target.value)}
        />
        <Button type="submit" size="small" loading={form.sending}>
          Registrer klagen
        </Button>
      </VStack>
    </form>
  )
}

type Step = 'forward' | AppealOutcome['outcome']
type HandleProps = { needId: string; appeal: Appeal; appealBody: string }

/** An appeal is sent on, or decided: by the district itself when it changes its mind, else by the appeal body. */
function Handle({ needId, appeal, appealBody }: HandleProps) {
  const client = useQueryClient()
  const today = useToday()
  const forwarded = appeal.forwardedOn !== null
  const [step, setStep] = useState<Step | null>(null)
  const [day, setDay] = useState<string | null>(today)
  const form = useSending(async (chosen: { step: Step; day: string }, key) => {
    if (chosen.step === 'forward') await forwardAppeal(appeal, chosen.day, key)
    else await decideAppeal(appeal, { outcome: chosen.step, decidedOn: chosen.day }, key)
    await forgetPapers(client, needId)
  })
  const [tried, setTried] = useState(false)
  const steps: { value: Step; label: string }[] = [
    ...(forwarded
      ? []
      : [{ value: 'forward' as const, label: `Vi holder fast ved vedtaket og sender klagen til ${appealBody}` }]),
    // only the appeal body can uphold, once it has the appeal
    ...appealOutcomes.filter(({ value }) => forwarded || value !== 'upheld'),
  ]
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (step !== null) void form.submit({ step, day: day ?? '' })
      }}
    >
      <VStack gap="space-16" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <OneOf
          id="felt-outcome"
          error={tried && step === null ? 'Velg hva som er gjort med klagen.' : form.field('/outcome').error}
          legend="Hva er gjort med klagen?"
          options={steps}
          value={step ?? undefined}
          onChange={(chosen: Step) => setStep(chosen)}
        />
        <DayField
          {...form.field(step === 'forward' ? '/forwardedOn' : '/decidedOn')}
          label="Når?"
          value={day}
          onChange={setDay}
          latestYear={Number(today.slice(0, 4))}
        />
        <Button type="submit" size="small" loading={form.sending}>
          Lagre
        </Button>
      </VStack>
    </form>
  )
}
