import { BodyLong, BodyShort, Button, Heading, HStack, Textarea } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import {
  adoptDraft,
  declineDraft,
  forgetTrials,
  policyTrialQuery,
  proposeDraft,
  type WholePolicyTrial,
} from '../../api/policyTrials.ts'
import { keepAnswer } from '../../api/queryClient.ts'
import { useMay } from '../../api/session.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { type Sending, useSending } from '../../form/useSending.ts'
import { dayInWords } from '../../ui/days.ts'

interface Props {
  trial: WholePolicyTrial
  etag: string
}

/** What became of the draft: proposed by one, and adopted or declined by another. */
export function Adoption({ trial, etag }: Props) {
  const may = useMay()
  const { proposal } = trial
  const open = proposal?.status === 'proposed'
  const mayPropose = may('try_policies') && trial.baseInForce && !open && proposal?.status !== 'adopted'
  return (
    <section className="stack" aria-labelledby="ta-i-bruk">
      <Heading id="ta-i-bruk" level="2" size="medium">
        Ta i bruk
      </Heading>
      <BodyLong className="readable">
        Én foreslår endringen og en annen bestemmer. Da får regelen en ny utgave. Nye kjøringer, framskrivinger og
        tidsplaner følger den. De gamle utgavene blir stående.
      </BodyLong>
      {proposal !== null && <Proposal proposal={proposal} />}
      {!trial.baseInForce && proposal?.status !== 'adopted' && (
        <BodyShort>Regelen er endret siden utkastet ble prøvd. Prøv det på nytt før noen bestemmer.</BodyShort>
      )}
      {mayPropose && <Propose trial={trial} etag={etag} />}
      {open && may('adopt_policies') && <Decide trial={trial} etag={etag} own={proposal.mine} />}
      {proposal === null && !mayPropose && <BodyShort>Ingen har foreslått å ta utkastet i bruk.</BodyShort>}
    </section>
  )
}

function Proposal({ proposal }: { proposal: NonNullable<WholePolicyTrial['proposal']> }) {
  const { status, reason, proposedBy, proposedOn, decidedBy, decidedOn, note, policyVersion } = proposal
  const done = { proposed: '', adopted: 'Tatt i bruk', declined: 'Avslått', withdrawn: 'Trukket' }[status]
  return (
    <ul className="spaced-list readable">
      <BodyShort as="li">
        Foreslått av {proposedBy} {dayInWords(proposedOn)}: «{reason}»
      </BodyShort>
      {decidedOn !== null && (
        <BodyShort as="li">
          {done} av {decidedBy} {dayInWords(decidedOn)}
          {policyVersion === null ? '' : `, som utgave ${policyVersion}`}: «{note}»
        </BodyShort>
      )}
    </ul>
  )
}

/** Sends something said of the trial, and shows what it has become. */
function useSaying<Said>(
  id: string,
  send: (said: Said, key: string) => Promise<{ value: WholePolicyTrial; etag: string }>,
) {
  const client = useQueryClient()
  return useSending(async (said: Said, key) => {
    await keepAnswer(client, policyTrialQuery(id).queryKey, await send(said, key))
    await forgetTrials(client)
  })
}

function Propose({ trial: { id }, etag }: Props) {
  const [text, setText] = useState('')
  const form = useSaying(id, (reason: string, key) => proposeDraft(id, etag, reason, key))
  return (
    <Saying form={form} pointer="/reason" label="Hvorfor bør byen fordele plasser slik?" text={text} onChange={setText}>
      <Button type="button" loading={form.sending} onClick={() => void form.submit(text)}>
        Foreslå å ta i bruk
      </Button>
    </Saying>
  )
}

function Decide({ trial: { id }, etag, own }: Props & { own: boolean }) {
  const [text, setText] = useState('')
  const form = useSaying(id, ({ note, adopt }: { note: string; adopt: boolean }, key) =>
    (adopt ? adoptDraft : declineDraft)(id, etag, note, key),
  )
  return (
    <Saying
      form={form}
      pointer="/note"
      label={own ? 'Hvorfor trekker du forslaget?' : 'Hva har du kontrollert, eller hvorfor sier du nei?'}
      text={text}
      onChange={setText}
    >
      {!own && (
        <Button type="button" loading={form.sending} onClick={() => void form.submit({ note: text, adopt: true })}>
          Ta i bruk
        </Button>
      )}
      <Button
        type="button"
        variant="secondary"
        loading={form.sending}
        onClick={() => void form.submit({ note: text, adopt: false })}
      >
        {own ? 'Trekk forslaget' : 'Avslå'}
      </Button>
    </Saying>
  )
}

interface SayingProps {
  form: Pick<Sending<unknown>, 'problem' | 'attempt' | 'field'>
  pointer: string
  label: string
  text: string
  onChange(text: string): void
  children: ReactNode
}

function Saying({ form, pointer, label, text, onChange, children }: SayingProps) {
  return (
    <div className="stack readable no-print">
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <Textarea
        {...form.field(pointer)}
        className="full"
        label={label}
        maxLength={1000}
        value={text}
        onChange={({ target }) => onChange(target.value)}
      />
      <HStack gap="space-16">{children}</HStack>
    </div>
  )
}
