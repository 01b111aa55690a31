import { Button, Heading, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  answerReferral,
  forgetReferrals,
  type ReferralAnswer,
  type ReferralDetail,
  referralPlacesQuery,
} from '../../api/referrals.ts'
import { OneOf } from '../../form/Choices.tsx'
import { useSending } from '../../form/useSending.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'
import { NoteField } from '../offers/NoteField.tsx'
import { Refused } from '../offers/Refused.tsx'
import { type AnswerDraft, answerBody, blankAnswer, choices } from './answerDraft.ts'
import { GivePlace } from './GivePlace.tsx'
import { SayNo } from './SayNo.tsx'

const SUBMIT: Record<AnswerDraft['kind'], string> = {
  place_given: 'Gi plassen',
  waiting: 'Sett på venteliste',
  declined: 'Send avslaget',
}

/** Felles inntak’s answer: a place, the waiting list, or a no. What is written stays when somebody else takes the place. */
export function AnswerReferral({ referral, onAnswered }: { referral: ReferralDetail; onAnswered(said: string): void }) {
  const client = useQueryClient()
  const today = useToday()
  const { names } = useReference()
  const [draft, setDraft] = useState(() => blankAnswer(referral))
  const [unchosen, setUnchosen] = useState(false)
  const { data: places } = useSuspenseQuery(referralPlacesQuery(referral.id, draft.form))
  const open = choices(places, referral, draft.form, today, names.district)
  const choice = open.find(({ id }) => id === draft.placeId)
  const form = useSending<{ seen: ReferralDetail; body: ReferralAnswer }>(async ({ seen, body }, key) => {
    try {
      const answered = await answerReferral(seen, body, key)
      onAnswered(`Svaret er sendt til bydelen: ${inText(answered.stateName)}.`)
    } finally {
      // also when somebody else was first: the places and the referral are then something else than what stands here
      await forgetReferrals(client, referral.needId)
    }
  })
  const change = (patch: Partial<AnswerDraft>) => {
    setUnchosen(false)
    setDraft((before) => ({ ...before, ...patch }))
  }

  return (
    <form
      noValidate
      className="panel full"
      aria-labelledby="svar"
      onSubmit={(event) => {
        event.preventDefault()
        const body = answerBody(draft, referral, choice, today)
        setUnchosen(body === undefined)
        if (body !== undefined) void form.submit({ seen: referral, body })
      }}
    >
      <VStack gap="space-24" align="start">
        <Heading id="svar" level="2" size="medium">
          Svar på henvisningen
        </Heading>
        <Refused
          problem={form.problem}
          attempt={form.attempt}
          about="referral"
          onInstead={(placeId) => change({ placeId })}
        />
        <OneOf
          {...form.field('/answer')}
          legend="Hva svarer du?"
          options={[
            {
              value: 'place_given',
              label: 'Gi plass',
              description: 'Plassen holdes av, og bydelen svarer sammen med personen.',
            },
            ...(referral.state === 'waiting'
              ? []
              : [
                  {
                    value: 'waiting' as const,
                    label: 'Sett på venteliste',
                    description: 'Henvisningen blir stående hos deg.',
                  },
                ]),
            { value: 'declined', label: 'Si nei', description: 'Med en grunn, som bydelen får.' },
          ]}
          value={draft.kind}
          onChange={(kind: AnswerDraft['kind']) => change({ kind })}
        />
        {draft.kind === 'place_given' && (
          <GivePlace
            referral={referral}
            draft={draft}
            choices={open}
            choice={choice}
            missing={unchosen}
            field={form.field}
            onChange={change}
          />
        )}
        {draft.kind === 'declined' && (
          <SayNo criteria={referral.criteria} draft={draft} field={form.field} onChange={change} />
        )}
        <NoteField {...form.field('/note')} maxLength={2000} value={draft.note} onChange={(note) => change({ note })} />
        <Button type="submit" loading={form.sending}>
          {SUBMIT[draft.kind]}
        </Button>
      </VStack>
    </form>
  )
}
