import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { forgetOffers } from '../../api/offers.ts'
import type { Offer } from '../../api/types.ts'
import type { FieldProps } from '../../form/fields.ts'
import { ActionForm } from './ActionForm.tsx'

/** What every form of an offer is given. */
export type OfferFormProps = { offer: Offer; onDone(): void }

type Props<B> = OfferFormProps & {
  label: string
  submit: string
  body: B
  send(offer: Offer, body: B, key: string): Promise<Offer>
  children(field: (pointer: string) => FieldProps): ReactNode
}

/** A form about one offer. */
export function OfferForm<B>({ offer, ...form }: Props<B>) {
  const client = useQueryClient()
  return <ActionForm record={offer} forget={() => forgetOffers(client, offer.needId)} {...form} />
}
