import { BodyLong, Button, Textarea, TextField, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { breakGlass, glassesQuery } from '../../api/protection.ts'
import type { NewBreakGlass } from '../../api/types.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'

/** Whom it is about and why. What is typed is sent in a body and stands in no address. */
export function AskForm() {
  const client = useQueryClient()
  const [personalNumber, setPersonalNumber] = useState('')
  const [reason, setReason] = useState('')
  const form = useSending(async (body: NewBreakGlass, key) => {
    await breakGlass(body, key)
    setPersonalNumber('')
    setReason('')
    await client.invalidateQueries(glassesQuery)
  })
  return (
    <form
      noValidate
      className="panel full"
      aria-label="Åpne en person"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ personalNumber, reason })
      }}
    >
      <VStack gap="space-16" align="start">
        <BodyLong>
          Har personen fortrolig adresse (kode 7), må lederen i bydelen hennes si ja først. Strengt fortrolig adresse
          (kode 6) kan ikke åpnes her. Da svarer vi som om personen ikke finnes. Ring bydelen eller politiet.
        </BodyLong>
        <SendErrors problem={form.problem} attempt={form.attempt} />
        <TextField
          {...form.field('/personalNumber')}
          label="Fødselsnummer"
          autoComplete="off"
          inputMode="numeric"
          htmlSize={16}
          value={personalNumber}
          onChange={(event) => setPersonalNumber(event.target.value)}
        />
        <Textarea
          {...form.field('/reason')}
          className="full readable"
          label="Hvorfor haster det?"
          description="Minst 20 tegn. Lederen leser det etterpå. Ikke skriv navn eller diagnose."
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" loading={form.sending}>
          Åpne personen
        </Button>
      </VStack>
    </form>
  )
}
