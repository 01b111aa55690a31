import './offers.css'
import { Button, HStack, VStack } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import type { FieldProps } from '../../form/fields.ts'
import { useSending } from '../../form/useSending.ts'
import { Refused } from './Refused.tsx'

type Props<R, B> = {
  /** What it is about, as it stands on the page: it is sent with that version. */
  record: R
  body: B
  label: string
  submit: string
  send(record: R, body: B, key: string): Promise<unknown>
  /** Asks again for what rests on the record, also after a refusal: somebody else may have been first. */
  forget(): Promise<void>
  onDone(): void
  /** Another place is taken instead of one that somebody else has. */
  onInstead?: ((placeId: string) => void) | undefined
  children(field: (pointer: string) => FieldProps): ReactNode
}

/** A form about one record. A refusal keeps what is typed. */
export function ActionForm<R, B>({
  record,
  body,
  label,
  submit,
  send,
  forget,
  onDone,
  onInstead,
  children,
}: Props<R, B>) {
  const form = useSending<{ record: R; body: B }>(async (sent, key) => {
    try {
      await send(sent.record, sent.body, key)
    } finally {
      await forget()
    }
  })
  return (
    <form
      noValidate
      aria-label={label}
      className="offer__form"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ record, body }).then((sent) => {
          if (sent) onDone()
        })
      }}
    >
      <VStack gap="space-16" align="start">
        <Refused
          problem={form.problem}
          attempt={form.attempt}
          about={onInstead === undefined ? 'offer' : 'change'}
          onInstead={onInstead}
        />
        {children(form.field)}
        <HStack gap="space-12">
          <Button type="submit" size="small" loading={form.sending}>
            {submit}
          </Button>
          <Button type="button" size="small" variant="tertiary" onClick={onDone}>
            Avbryt
          </Button>
        </HStack>
      </VStack>
    </form>
  )
}
