import { Alert, BodyLong, BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import { keepEnd, withdrawNeed } from '../../api/needEnds.ts'
import { needQuery } from '../../api/needs.ts'
import type { Need, Withdrawability, Withdrawal } from '../../api/types.ts'
import { OneOf } from '../../form/Choices.tsx'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { paths } from '../../paths.ts'
import { inText } from '../../ui/inText.ts'
import { NoteField } from '../offers/NoteField.tsx'
import { endsWith, type Reason, reasonOption, whatHappens } from './endWords.ts'

type Props = { loaded: Versioned<Need>; tree: Withdrawability }

/** Why a need ends, and once more what that does before it is done. A reason that ends nothing is recorded all the same. */
export function EndNeedForm({ loaded, tree }: Props) {
  const need = loaded.value
  const client = useQueryClient()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string>()
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const [missing, setMissing] = useState<string>()
  const reason = tree.reasons.find(({ id }) => id === chosen)
  const form = useSending<Withdrawal>(async (body, key) => {
    try {
      await keepEnd(client, await withdrawNeed(need.id, body, loaded.etag, key))
    } catch (error) {
      // somebody else may have offered to it or ended it meanwhile
      void client.invalidateQueries({ queryKey: needQuery(need.id).queryKey })
      setAsked(false)
      throw error
    }
    await navigate({ to: paths.need, params: { id: need.id } })
  })

  function ask() {
    setMissing(reason === undefined ? 'Velg hvorfor behovet avsluttes.' : undefined)
    if (reason?.allowed === true) setAsked(true)
  }

  if (asked && reason !== undefined) {
    return (
      <Confirm
        need={need}
        reason={reason}
        tree={tree}
        note={note.trim()}
        sending={form.sending}
        onBack={() => setAsked(false)}
        onConfirm={() => void form.submit({ reason: reason.id, note: note.trim() === '' ? null : note.trim() })}
      />
    )
  }
  return (
    <form
      noValidate
      aria-label="Hvorfor avsluttes behovet?"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <VStack gap="space-24" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <OneOf
          {...form.field('/reason')}
          {...(missing === undefined ? {} : { error: missing })}
          legend="Hvorfor avsluttes behovet?"
          description="De to siste avslutter ikke behovet, men sier hvorfor personen ikke har fått en plass."
          options={tree.reasons.map(reasonOption)}
          value={chosen}
          onChange={(id) => {
            setChosen(id)
            setMissing(undefined)
          }}
        />
        <BodyLong size="small">
          Falt plassen bort, eller måtte en annen få den? Trekk tilbudet med den grunnen. Det teller som mangel på
          plass, og behovet står i køen.
        </BodyLong>
        {reason !== undefined && !reason.allowed && (
          <Alert variant="warning" className="full">
            {[...new Set(reason.blockers.map(({ sentence }) => sentence))].map((sentence) => (
              <BodyShort key={sentence}>{sentence}</BodyShort>
            ))}
          </Alert>
        )}
        <NoteField {...form.field('/note')} maxLength={2000} value={note} onChange={setNote} />
        <Button type="submit">Se hva som skjer</Button>
      </VStack>
    </form>
  )
}

type ConfirmProps = {
  need: Need
  reason: Reason
  tree: Withdrawability
  note: string
  sending: boolean
  onBack(): void
  onConfirm(): void
}

/** What is about to happen, in words, before it does. */
function Confirm({ need, reason, tree, note, sending, onBack, onConfirm }: ConfirmProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const ends = reason.status !== null
  const below = ends ? tree.withdrawnWith.map(endsWith) : []
  return (
    <section className="panel" aria-labelledby="bekreft">
      <VStack gap="space-16" align="start">
        <Heading ref={heading} id="bekreft" level="2" size="medium" tabIndex={-1} className="page__heading">
          {ends ? 'Skal behovet avsluttes?' : 'Skal årsaken registreres?'}
        </Heading>
        <BodyShort>
          {need.resident.name}: {inText(reason.name)}.
        </BodyShort>
        {note !== '' && <BodyLong>{note}</BodyLong>}
        <ul className="spaced-list">
          {whatHappens(reason).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {ends && (
          <div>
            <Heading level="3" size="xsmall" spacing>
              {below.length === 0 ? 'Ingenting annet avsluttes' : 'Dette avsluttes samtidig'}
            </Heading>
            {below.length > 0 && (
              <ul className="spaced-list">
                {below.map(({ key, sentence }) => (
                  <li key={key}>{sentence}</li>
                ))}
              </ul>
            )}
          </div>
        )}
        <HStack gap="space-12">
          <Button type="button" loading={sending} onClick={onConfirm}>
            {ends ? 'Ja, avslutt behovet' : 'Ja, registrer årsaken'}
          </Button>
          <Button type="button" variant="tertiary" onClick={onBack}>
            Nei, gå tilbake
          </Button>
        </HStack>
      </VStack>
    </section>
  )
}
