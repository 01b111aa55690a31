import { BodyShort, Button, Heading, HStack, Radio, RadioGroup, Tag, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerGlass, closeGlass, glassesQuery, reviewGlass } from '../../api/protection.ts'
import type { BreakGlass, BreakGlassReview } from '../../api/types.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { momentInShort } from '../../ui/days.ts'
import { useReference } from '../../ui/names.ts'
import { BehindGlass } from './BehindGlass.tsx'
import { protectionInWords, verdictInWords } from './glassWords.ts'

/** One request: who asked and why, what was answered, and what the reader can do with it now. */
export function GlassCard({ glass }: { glass: BreakGlass }) {
  const { names } = useReference()
  const { state, stateName, mine, requestedBy, answered, review } = glass
  const title = mine ? 'Din nødåpning' : `${requestedBy.name}, ${requestedBy.roleName}`
  const from = requestedBy.districts.map((code) => names.district(code)).join(', ')
  return (
    <li id={glass.id} className="panel" tabIndex={-1} aria-label={`${title}, ${momentInShort(glass.requestedAt)}`}>
      <Heading level="3" size="xsmall">
        {title}{' '}
        <Tag size="small" variant="moderate" data-color={state === 'open' ? 'warning' : 'neutral'}>
          {stateName}
        </Tag>
      </Heading>
      <BodyShort>
        {momentInShort(glass.requestedAt)}
        {!mine && from !== '' && `, fra ${from}`}. Personen hører til {names.district(glass.district)}
        {protectionInWords(glass.protection)}. Referanse {glass.personRef}.
      </BodyShort>
      <BodyShort>Grunn: {glass.reason}</BodyShort>
      {glass.answerBy !== null && <BodyShort>Må besvares før {momentInShort(glass.answerBy)}.</BodyShort>}
      {answered !== null && (
        <BodyShort>
          {answered.by} svarte {answered.approved ? 'ja' : 'nei'} {momentInShort(answered.at)}.
        </BodyShort>
      )}
      {state === 'open' && glass.endsAt !== null && <BodyShort>Åpen til {momentInShort(glass.endsAt)}.</BodyShort>}
      {review !== null && (
        <BodyShort>
          {verdictInWords(review.verdict)} Gått gjennom av {review.by} {momentInShort(review.at)}.{' '}
          {review.note !== null && review.note}
        </BodyShort>
      )}
      <VStack gap="space-16" align="start" paddingBlock="space-12 space-0">
        {mine && state === 'open' && <BehindGlass id={glass.id} />}
        {glass.may.answer && <Answer glass={glass} />}
        {glass.may.close && <Close glass={glass} />}
        {glass.may.review && <Review glass={glass} />}
      </VStack>
    </li>
  )
}

function Answer({ glass }: { glass: BreakGlass }) {
  const client = useQueryClient()
  const form = useSending(async (approved: boolean, key) => {
    await answerGlass(glass, approved, key).finally(() => client.invalidateQueries(glassesQuery))
  })
  return (
    <VStack gap="space-8" align="start">
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack gap="space-12">
        <Button size="small" loading={form.sending} onClick={() => void form.submit(true)}>
          Si ja
        </Button>
        <Button size="small" variant="secondary" disabled={form.sending} onClick={() => void form.submit(false)}>
          Si nei
        </Button>
      </HStack>
    </VStack>
  )
}

function Close({ glass }: { glass: BreakGlass }) {
  const client = useQueryClient()
  const form = useSending(async (id: string, key) => {
    client.removeQueries({ queryKey: ['break-glass', id] })
    await closeGlass(glass, key).finally(() => client.invalidateQueries(glassesQuery))
  })
  return (
    <div>
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <Button size="small" variant="secondary" loading={form.sending} onClick={() => void form.submit(glass.id)}>
        {glass.state === 'open' ? 'Jeg er ferdig' : 'Trekk den'}
      </Button>
    </div>
  )
}

function Review({ glass }: { glass: BreakGlass }) {
  const client = useQueryClient()
  const [verdict, setVerdict] = useState<BreakGlassReview['verdict'] | ''>('')
  const [note, setNote] = useState('')
  const form = useSending(async (body: BreakGlassReview, key) => {
    await reviewGlass(glass, body, key).finally(() => client.invalidateQueries(glassesQuery))
  })
  return (
    <form
      noValidate
      className="full"
      aria-label={`Gå gjennom nødåpningen til ${glass.requestedBy.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (verdict !== '') void form.submit({ verdict, note: note.trim() === '' ? null : note.trim() })
      }}
    >
      <VStack gap="space-16" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <RadioGroup
          size="small"
          legend="Var det grunn til det?"
          value={verdict}
          onChange={(chosen: BreakGlassReview['verdict']) => setVerdict(chosen)}
        >
          <Radio value="justified">Ja, det var riktig</Radio>
          <Radio value="not_justified">Nei, det skulle ikke vært gjort</Radio>
        </RadioGroup>
        <Textarea
          {...form.field('/note')}
          size="small"
          className="full readable"
          label={verdict === 'not_justified' ? 'Hva var galt?' : 'Mer om det (kan stå tomt)'}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" size="small" variant="secondary" loading={form.sending} disabled={verdict === ''}>
          Lagre
        </Button>
      </VStack>
    </form>
  )
}
