import { BodyLong, Button, Heading, Textarea, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { confirmRule, forgetRules, type RuleVersion, withdrawConfirmation } from '../../api/rules.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'

type Props = { id: string; version: RuleVersion; onDone(): void }

/** Where the administrator goes good for a version, or takes that back; her note says what she checked it against. */
export function CheckForm({ id, version, onDone }: Props) {
  const client = useQueryClient()
  const heading = useId()
  const [note, setNote] = useState('')
  const standing = version.checkedOn !== null
  const form = useSending(async (body: { note: string }, key) => {
    const said = { id, version: version.version, note: body.note }
    await (standing ? withdrawConfirmation(said, key) : confirmRule(said, key))
    await forgetRules(client)
    setNote('')
    onDone()
  })
  return (
    <section className="panel full" aria-labelledby={heading}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit({ note })
        }}
      >
        <VStack gap="space-16" align="start">
          <Heading id={heading} level="3" size="xsmall">
            {standing ? 'Trekk kontrollen tilbake' : `Bekreft utgave ${version.version}`}
          </Heading>
          <BodyLong>
            {standing
              ? 'Da står det igjen at utgaven ikke er kontrollert. Både kontrollen og det du skriver nå, blir stående.'
              : 'Du går god for alt som står i denne utgaven. Navnet ditt, dagen og det du skriver, blir stående.'}
          </BodyLong>
          <SendErrors problem={form.problem} attempt={form.attempt} />
          <Textarea
            {...form.field('/note')}
            className="full readable"
            label={standing ? 'Hvorfor?' : 'Hva har du kontrollert den mot?'}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button type="submit" size="small" variant={standing ? 'secondary' : 'primary'} loading={form.sending}>
            {standing ? 'Trekk kontrollen tilbake' : 'Bekreft regelen'}
          </Button>
        </VStack>
      </form>
    </section>
  )
}
