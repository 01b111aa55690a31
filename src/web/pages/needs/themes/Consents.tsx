import { BodyLong, BodyShort, Button, Heading, HStack, TextField, VStack } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { forgetAnswers, needQuery } from '../../../api/needs.ts'
import { consentsQuery, giveConsent, revokeConsent } from '../../../api/residents.ts'
import type { Consent, NewConsent } from '../../../api/types.ts'
import { OneOf } from '../../../form/Choices.tsx'
import { DayField } from '../../../form/DayField.tsx'
import { RecordsPage } from '../../../form/RecordsPage.tsx'
import { SendErrors } from '../../../form/SendErrors.tsx'
import { useSending } from '../../../form/useSending.ts'
import { WhyWeAsk } from '../../../form/WhyWeAsk.tsx'
import { useReference } from '../../../ui/names.ts'
import { useToday } from '../../../ui/useToday.ts'
import { consentInWords } from '../consentWords.ts'
import type { ThemeProps } from '../themeProps.ts'

/** What the person has agreed to share, and with whom. */
export function ConsentsTheme({ need, frame }: ThemeProps) {
  const { id: needId, resident } = need.value
  const { data: consents } = useSuspenseQuery(consentsQuery(resident.id))
  const client = useQueryClient()
  const today = useToday()
  const { names } = useReference()

  async function changed() {
    await client.invalidateQueries({ queryKey: consentsQuery(resident.id).queryKey })
    await client.invalidateQueries({ queryKey: needQuery(needId).queryKey, exact: true })
    forgetAnswers(client, needId)
  }

  const revoking = useSending<Consent>(async (consent, key) => {
    await revokeConsent(consent, today, key)
    await changed()
  })

  return (
    <RecordsPage {...frame}>
      <WhyWeAsk about="samtykke">
        En privat leverandør eller utleier får bare vite det personen har sagt ja til. Kommunens egne oppgaver krever
        ikke samtykke. Personen kan trekke samtykket tilbake når som helst.
      </WhyWeAsk>
      <SendErrors problem={revoking.problem} attempt={revoking.attempt} />
      {consents.length === 0 ? (
        <BodyLong>Ingen samtykker er registrert.</BodyLong>
      ) : (
        <ul className="plain-list" aria-label="Samtykker">
          {consents.map((consent) => (
            <li key={consent.id}>
              <HStack gap="space-16" align="center">
                <div>
                  <BodyShort>{consentInWords(consent, names)}</BodyShort>
                  {consent.note !== null && <BodyShort size="small">{consent.note}</BodyShort>}
                </div>
                {consent.revokedOn === null && (
                  <Button
                    type="button"
                    size="small"
                    variant="tertiary"
                    disabled={revoking.sending}
                    onClick={() => void revoking.submit(consent)}
                  >
                    Trekk tilbake fra i dag
                    <span className="aksel-sr-only">: {consentInWords(consent, names)}</span>
                  </Button>
                )}
              </HStack>
            </li>
          ))}
        </ul>
      )}
      <NewConsentForm residentId={resident.id} onGiven={changed} />
    </RecordsPage>
  )
}

function NewConsentForm({ residentId, onGiven }: { residentId: string; onGiven(): Promise<void> }) {
  const today = useToday()
  const { vocabulary } = useReference()
  const [scope, setScope] = useState<Consent['scope']>('facility')
  const [givenOn, setGivenOn] = useState<string | null>(today)
  const [note, setNote] = useState('')
  const form = useSending<NewConsent>(async (body, key) => {
    await giveConsent(residentId, body, key)
    await onGiven()
    setNote('')
  })

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ scope, givenOn: givenOn ?? '', note: note.trim() === '' ? null : note })
      }}
    >
      <VStack gap="space-24" align="start">
        <Heading level="2" size="small">
          Nytt samtykke
        </Heading>
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <OneOf
          {...form.field('/scope')}
          legend="Hvem kan vi dele med?"
          options={vocabulary.consentScopes.map(({ id, name }) => ({ value: id, label: name }))}
          value={scope}
          onChange={(chosen) => setScope(chosen)}
        />
        <DayField
          {...form.field('/givenOn')}
          label="Når ble samtykket gitt?"
          value={givenOn}
          onChange={setGivenOn}
          latestYear={Number(today.slice(0, 4))}
        />
        <TextField
          {...form.field('/note')}
          label="Hva gjelder det? (kan stå tomt)"
          autoComplete="off"
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" variant="secondary" loading={form.sending}>
          Legg til samtykket
        </Button>
      </VStack>
    </form>
  )
}
