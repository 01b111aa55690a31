import { Button, HStack, Radio, RadioGroup, Textarea, TextField } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answerFlag, type Flag, type FlagAnswer } from '../../api/flags.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { flagTitle } from './flagWords.ts'

/** The answer to a flag. When somebody else has answered meanwhile, what is typed stays. */
export function AnswerFlag({ flag }: { flag: Flag }) {
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<FlagAnswer['kind']>(flag.state === 'open' ? 'acknowledgement' : 'assignment')
  const [to, setTo] = useState('')
  const [comment, setComment] = useState('')
  const { submit, sending, problem, attempt, field } = useSending(async (given: FlagAnswer, key) => {
    await answerFlag(flag, given, key)
    await client.invalidateQueries({ queryKey: ['flags'] })
  })

  async function send(event: FormEvent) {
    event.preventDefault()
    const sent = await submit(kind === 'assignment' ? { kind, to, comment } : { kind, comment })
    if (!sent) return
    setOpen(false)
    setTo('')
    setComment('')
  }

  if (!open) {
    return (
      <div>
        <Button type="button" size="small" variant="secondary" onClick={() => setOpen(true)}>
          Svar på varselet<span className="aksel-sr-only">: {flagTitle(flag)}</span>
        </Button>
      </div>
    )
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <RadioGroup legend="Hva har dere gjort?" size="small" value={kind} onChange={setKind}>
        {flag.state === 'open' && <Radio value="acknowledgement">Vi har sett det</Radio>}
        <Radio value="assignment">Noen følger det opp</Radio>
        <Radio value="resolution" description="Varsles igjen om det fortsatt er slik om 30 dager.">
          Det er løst
        </Radio>
      </RadioGroup>
      {kind === 'assignment' && (
        <TextField
          {...field('/to')}
          size="small"
          label="Hvem følger opp?"
          value={to}
          onChange={({ target }) => setTo(target.value)}
        />
      )}
      <Textarea
        {...field('/comment')}
        size="small"
        label={kind === 'resolution' ? 'Hva ble gjort?' : 'Kommentar (valgfritt)'}
        description="Alle som ser varselet, ser dette. Skriv ingenting om personer."
        maxLength={2000}
        value={comment}
        onChange={({ target }) => setComment(target.value)}
      />
      <SendErrors problem={problem} attempt={attempt} />
      <HStack gap="space-16">
        <Button type="submit" size="small" loading={sending}>
          Send svar
        </Button>
        <Button type="button" size="small" variant="tertiary" onClick={() => setOpen(false)}>
          Avbryt
        </Button>
      </HStack>
    </form>
  )
}
