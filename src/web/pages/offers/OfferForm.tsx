import { Button, HStack, VStack } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { forgetOffers } from '../../api/offers.ts'
import type { Offer } from '../../api/types.ts'
import type { FieldProps } from '../../form/fields.ts'
import { useSending } from '../../form/useSending.ts'
import { Refused } from './Refused.tsx'

/** What every form of an offer is given. */
export type OfferFormProps = { offer: Offer; onDone(): void }

type Props<B> = OfferFormProps & {
  label: string
  submit: string
  body: B
  send(offer: Offer, body: B, key: string): Promise<Offer>
  children(field: (pointer: string) => FieldProps): ReactNode
}

/** A form about one offer. It is sent with the version that stands on the page, and a refusal keeps what is typed. */
export function OfferForm<B>({ offer, onDone, label, submit, body, send, children }: Props<B>) {
  const client = useQueryClient()
  const form = useSending<{ seen: Offer; body: B }>(async ({ seen, body: sent }, key) => {
    try {
      await send(seen, sent, key)
    } finally {
      await forgetOffers(client, offer.needId)
    }
  })
  return (
    <form
      noValidate
      aria-label={label}
      className="offer__form"
      onSubmit={(event) => {
        event.preventDefault()
        void form.submit({ seen: offer, body }).then((sent) => {
          if (sent) onDone()
        })
      }}
    >
      <VStack gap="space-16" align="start">
        <Refused problem={form.problem} attempt={form.attempt} />
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
