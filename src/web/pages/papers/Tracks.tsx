import { BodyShort, Button, Heading, HStack, Tag, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  type Decision,
  draftDecision,
  forgetPapers,
  type LegalTrack,
  type NewDecision,
  type TrackStanding,
} from '../../api/papers.ts'
import { OneOf } from '../../form/Choices.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { checkedInWords } from '../rules/ruleWords.ts'
import { answersOn, standingMark, stateNames } from './paperWords.ts'

type Props = {
  needId: string
  /** Whether something can be decided. */
  open: boolean
  standings: TrackStanding[]
  decisions: Decision[]
  tracks: LegalTrack[]
}

/** The legal tracks of a need, each apart from the others: its law, how it stands, its decisions, and a new draft. */
export function Tracks({ needId, open, standings, decisions, tracks }: Props) {
  const called = standings.flatMap((standing) => {
    const track = tracks.find(({ id }) => id === standing.track)
    return track === undefined ? [] : [{ standing, track }]
  })
  if (called.length === 0) return <BodyShort>Boligformene på behovet krever ikke noe vedtak.</BodyShort>
  return (
    <ul className="plain-list full">
      {called.map(({ standing, track }) => {
        const own = decisions.filter((decision) => decision.track.id === track.id)
        const mark = standingMark(standing)
        return (
          <li key={track.id} className="record">
            <VStack gap="space-12" align="start">
              <HStack gap="space-12" align="center">
                <Heading level="3" size="small">
                  {standing.title}
                </Heading>
                <Tag size="small" variant="moderate" data-color={mark.color}>
                  {mark.text}
                </Tag>
              </HStack>
              <BodyShort>{standing.sentence}</BodyShort>
              <BodyShort size="small">
                {track.inForce.legalBasis}. Klageinstans: {track.inForce.appealBody}. Klagefrist:{' '}
                {track.inForce.deadlineWeeks} uker. {checkedInWords(track.inForce)}.
              </BodyShort>
              {own.length > 0 && (
                <ul className="plain-list">
                  {own.map((decision) => (
                    <li key={decision.id}>
                      <RouteLink to={paths.decision} params={{ id: needId, decisionId: decision.id }}>
                        {decisionInWords(decision)}
                        <span className="aksel-sr-only"> om {standing.title}</span>
                      </RouteLink>
                    </li>
                  ))}
                </ul>
              )}
              {open && own.every(({ state }) => state !== 'draft') && (
                <NewDraft needId={needId} track={track} again={own.length > 0 || standing.recordedOn !== null} />
              )}
            </VStack>
          </li>
        )
      })}
    </ul>
  )
}

function decisionInWords({ outcome, lackOfSuitableHome, state, issuedOn }: Decision): string {
  const what = outcome === 'granted' ? 'ja' : lackOfSuitableHome ? 'nei, mangler egnet bolig' : 'nei'
  if (state === 'draft') return `Fortsett på utkastet (${what})`
  return `Vedtak${issuedOn === null ? '' : ` ${dayInWords(issuedOn)}`}: ${what}. ${stateNames[state]}`
}

function NewDraft({ needId, track, again }: { needId: string; track: LegalTrack; again: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const [answer, setAnswer] = useState<string | null>(null)
  const form = useSending(async (body: NewDecision, key) => {
    const made = await draftDecision(needId, body, key)
    await forgetPapers(client, needId)
    await navigate({ to: paths.decision, params: { id: needId, decisionId: made.id } })
  })
  const [tried, setTried] = useState(false)
  const answers = answersOn(track)

  if (!asked) {
    return (
      <Button size="small" variant="secondary" onClick={() => setAsked(true)}>
        {again ? 'Skriv nytt vedtak' : 'Skriv utkast'}
        <span className="aksel-sr-only"> om {track.inForce.title}</span>
      </Button>
    )
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        const chosen = answers.find(({ value }) => value === answer)
        if (chosen !== undefined) void form.submit({ track: track.id, ...chosen.outcome })
      }}
    >
      <VStack gap="space-12" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <OneOf
          id={`svar-${track.id}`}
          error={tried && answer === null ? 'Velg hva vedtaket går ut på.' : undefined}
          legend={`Hva går vedtaket om ${inText(track.inForce.title)} ut på?`}
          options={answers}
          value={answer ?? undefined}
          onChange={(chosen: string) => setAnswer(chosen)}
        />
        <Button type="submit" size="small" loading={form.sending}>
          Lag utkastet
        </Button>
      </VStack>
    </form>
  )
}
