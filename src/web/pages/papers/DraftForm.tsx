import { Alert, BodyLong, BodyShort, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import {
  changeDecision,
  type Decision,
  type DecisionChanges,
  decisionQuery,
  forgetPapers,
  issueDecision,
  type LegalTrack,
} from '../../api/papers.ts'
import { keepAnswer } from '../../api/queryClient.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import { Overtaken } from '../../form/Overtaken.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useBase } from '../../form/useBase.ts'
import { useSending } from '../../form/useSending.ts'
import { useToday } from '../../ui/useToday.ts'
import { answerOf, answersOn, appealInWords } from './paperWords.ts'

type Props = { needId: string; loaded: Versioned<Decision>; track: LegalTrack }

const LANGUAGES = [
  { value: 'nb', label: 'Bokmål' },
  { value: 'nn', label: 'Nynorsk' },
] as const

/** A draft: its answer, its language and its words, and the button that makes a decision of it. */
export function DraftForm({ needId, loaded, track }: Props) {
  const client = useQueryClient()
  const [mainContent, setMainContent] = useState(loaded.value.mainContent)
  const [reasons, setReasons] = useState(loaded.value.reasons ?? '')
  const [chosen, setChosen] = useState<DecisionChanges>({})
  const [saved, setSaved] = useState(false)
  const written = { mainContent, reasons: reasons.trim() === '' ? null : reasons }
  const differs = (from: Decision) => mainContent !== from.mainContent || written.reasons !== from.reasons
  const [touched, setTouched] = useState(false)
  const { base, overtaken, take, takeNewest } = useBase(loaded, touched, (value) => {
    setMainContent(value.mainContent)
    setReasons(value.reasons ?? '')
    setChosen({})
    setTouched(false)
  })
  const { value: draft, etag } = base
  const shown = { ...draft, ...chosen }

  async function keep(answer: Versioned<Decision>) {
    take(answer)
    await keepAnswer(client, decisionQuery(draft.id).queryKey, answer)
    await forgetPapers(client, needId)
  }
  const saving = useSending(async (changes: DecisionChanges, key) => {
    await keep(await changeDecision(draft.id, changes, etag, key))
  })
  /** Another answer or language writes the text anew where nobody has touched it; what was typed goes along. */
  async function choose(changes: DecisionChanges) {
    setChosen(changes)
    setSaved(await saving.submit({ ...changes, ...(differs(draft) ? written : {}) }))
    setChosen({})
  }

  return (
    <>
      {overtaken && <Overtaken onTake={takeNewest} />}
      <SendErrors problem={saving.problem} attempt={saving.attempt} />
      <OneOf
        {...saving.field('/lackOfSuitableHome')}
        legend="Hva går vedtaket ut på?"
        options={answersOn(track)}
        value={answerOf(shown)}
        onChange={(answer) => {
          const wanted = answersOn(track).find(({ value }) => value === answer)
          if (wanted !== undefined) void choose(wanted.outcome)
        }}
      />
      <OneOf
        {...saving.field('/language')}
        legend="Språket i vedtaket"
        description="Brevet kan være på et annet språk."
        options={[...LANGUAGES]}
        value={shown.language}
        onChange={(language) => void choose({ language })}
      />
      <form
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          setSaved(await saving.submit(written))
        }}
      >
        <VStack gap="space-24" align="start">
          <Textarea
            {...saving.field('/mainContent')}
            className="full"
            label="Hva vi har bestemt"
            description="Skrevet av det som er registrert. Rett det som ikke stemmer."
            maxLength={4000}
            value={mainContent}
            onChange={(event) => {
              setTouched(true)
              setMainContent(event.target.value)
            }}
          />
          <Textarea
            {...saving.field('/reasons')}
            className="full"
            label={draft.outcome === 'refused' ? 'Hvorfor svaret er nei' : 'Begrunnelse'}
            description={
              draft.reasons === null ? 'Hvorfor svaret er nei, kan bare en person vurdere. Skriv det her.' : undefined
            }
            maxLength={4000}
            value={reasons}
            onChange={(event) => {
              setTouched(true)
              setReasons(event.target.value)
            }}
          />
          <Readability decision={draft} />
          <HStack gap="space-16" align="center">
            <Button type="submit" variant="secondary" loading={saving.sending}>
              Lagre utkastet
            </Button>
            <BodyShort role="status">{differs(draft) ? 'Ikke lagret' : saved ? 'Lagret' : ''}</BodyShort>
          </HStack>
        </VStack>
      </form>
      <Issue base={base} unsaved={differs(draft)} onIssued={keep} />
    </>
  )
}

function Readability({ decision: { readability } }: { decision: Decision }) {
  if (readability.lix === null) return null
  return readability.easy ? (
    <BodyShort size="small">Lesbarhet (LIX) {readability.lix}: lett å lese.</BodyShort>
  ) : (
    <Alert variant="warning" size="small">
      Lesbarhet (LIX) {readability.lix}: teksten er tung. Bruk kortere setninger og vanlige ord.
    </Alert>
  )
}

type IssueProps = {
  base: Versioned<Decision>
  unsaved: boolean
  onIssued(answer: Versioned<Decision>): Promise<void>
}

function Issue({ base: { value: draft, etag }, unsaved, onIssued }: IssueProps) {
  const today = useToday()
  const [issuedOn, setIssuedOn] = useState<string | null>(today)
  const form = useSending(async (day: string, key) => {
    await onIssued(await issueDecision(draft.id, day, etag, key))
  })
  return (
    <section className="panel" aria-labelledby="fatt">
      <VStack gap="space-16" align="start">
        <Heading id="fatt" level="2" size="small">
          Fatt vedtaket
        </Heading>
        <BodyLong>Et vedtak som er fattet, kan ikke endres. {appealInWords(draft)}</BodyLong>
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <DayField
          {...form.field('/issuedOn')}
          label="Dato på vedtaket"
          value={issuedOn}
          onChange={setIssuedOn}
          latestYear={Number(today.slice(0, 4))}
        />
        {unsaved && <BodyShort>Lagre utkastet først, så er det den nye teksten som gjelder.</BodyShort>}
        <Button loading={form.sending} disabled={unsaved} onClick={() => void form.submit(issuedOn ?? '')}>
          Fatt vedtaket
        </Button>
      </VStack>
    </section>
  )
}
