import { BodyLong, BodyShort, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Versioned } from '../../api/client.ts'
import { correctWithdrawal, keepEnd, needEventsQuery } from '../../api/needEnds.ts'
import { needQuery } from '../../api/needs.ts'
import { useMay } from '../../api/session.ts'
import type { Need } from '../../api/types.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { dayInWords, dayOf } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { eventInWords } from './endWords.ts'
import { statusNames } from './needWords.ts'

/**
 * When a need ended, by whom and why, with what was recorded before; and the way to correct an end that was wrong. Of an open
 * need what has been recorded of it, and nothing where nothing has.
 */
export function EndedNeed({ loaded }: { loaded: Versioned<Need> }) {
  const { status, endedAt, endedReason, endedReasonName, id } = loaded.value
  const { data: events } = useSuspenseQuery(needEventsQuery(id))
  const may = useMay()
  const [correcting, setCorrecting] = useState(false)
  if (endedAt === null && events.length === 0) return null
  const told = events.some(({ kind }) => kind === 'ended')
  const wrong = endedReason !== null && endedReason !== 'housed' && may('register_needs')
  return (
    <section className="panel" aria-labelledby="slutt">
      <VStack gap="space-12" align="start">
        <Heading id="slutt" level="2" size="small">
          {endedAt === null ? 'Registrert om behovet' : `Behovet er avsluttet: ${inText(statusNames[status])}`}
        </Heading>
        {endedAt !== null && !told && (
          <BodyShort>
            Avsluttet {dayInWords(dayOf(endedAt))}: {inText(endedReasonName ?? 'årsaken er ikke registrert')}. Hvem som
            gjorde det, er ikke registrert.
          </BodyShort>
        )}
        <ol className="plain-list">
          {events.toReversed().map((event) => (
            <li key={event.id}>
              <BodyShort>{eventInWords(event)}</BodyShort>
              {event.note !== null && <BodyLong>{event.note}</BodyLong>}
              {event.countsAsShortfall && <BodyShort size="small">Teller som mangel på plass.</BodyShort>}
            </li>
          ))}
        </ol>
        {wrong && !correcting && (
          <Button type="button" size="small" variant="secondary" onClick={() => setCorrecting(true)}>
            Behovet ble avsluttet ved en feil
          </Button>
        )}
        {wrong && correcting && <Correction loaded={loaded} onDone={() => setCorrecting(false)} />}
      </VStack>
    </section>
  )
}

/** What was wrong; the need then stands open again, and both stay on record. */
function Correction({ loaded, onDone }: { loaded: Versioned<Need>; onDone(): void }) {
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const { id } = loaded.value
  const form = useSending<string>(async (said, key) => {
    try {
      await keepEnd(client, await correctWithdrawal(id, said, loaded.etag, key))
    } catch (error) {
      void client.invalidateQueries({ queryKey: needQuery(id).queryKey })
      throw error
    }
  })
  return (
    <form
      noValidate
      className="offer__form full"
      aria-label="Rett avslutningen"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit(note.trim()).then((sent) => {
          if (sent) onDone()
        })
      }}
    >
      <VStack gap="space-16" align="start">
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <BodyLong>
          Behovet står i køen igjen med ventetiden sin. Tilbud og henvisninger som falt bort, må sendes på nytt. Både
          det gale og det rette står her.
        </BodyLong>
        <Textarea
          {...form.field('/note')}
          className="full readable"
          label="Hva var feil?"
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <HStack gap="space-12">
          <Button type="submit" size="small" loading={form.sending}>
            Åpne behovet igjen
          </Button>
          <Button type="button" size="small" variant="tertiary" onClick={onDone}>
            Avbryt
          </Button>
        </HStack>
      </VStack>
    </form>
  )
}
