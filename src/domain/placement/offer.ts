/**
 * What an offer is at a moment. The first that holds, in this order; nothing of it is stored beside the dates it follows from.
 * - `not_arrived`: said yes, the move-in day passed, and the household never came
 * - `superseded`: sent without a reservation, and somebody else has the place by now
 * - `conditional`: waits for the step before it in its chain
 */
export const OFFER_STATES = [
  'moved_in',
  'not_arrived',
  'withdrawn',
  'declined',
  'expired',
  'accepted',
  'superseded',
  'conditional',
  'sent',
] as const
export type OfferState = (typeof OFFER_STATES)[number]

/** Each state as a user reads it. */
export const OFFER_STATE_NAMES: Record<OfferState, string> = {
  moved_in: 'Flyttet inn',
  not_arrived: 'Kom ikke',
  withdrawn: 'Trukket',
  declined: 'Takket nei',
  expired: 'Løpt ut',
  accepted: 'Takket ja',
  superseded: 'Plassen er gitt til en annen',
  conditional: 'Venter på flyttingen før',
  sent: 'Venter på svar',
}

/** The dates that an offer's state follows from: instants, RFC 3339 in UTC. */
export interface OfferFacts {
  replyBy: string
  acceptedAt: string | null
  declinedAt: string | null
  withdrawnAt: string | null
  /** Why she never came: the offer was withdrawn by what did not happen. */
  notArrivedReason: string | null
  expiredAt: string | null
  movedInAt: string | null
  conditional: boolean
  firmAt: string | null
  /** Another's firm hold or stay is on the place; only an offer without a reservation can meet that. */
  placeGone: boolean
}

/** The state of an offer at `now`, an instant in RFC 3339 and UTC. It runs out at its deadline, whether or not anybody has seen to it. */
export function offerState(offer: OfferFacts, now: string): OfferState {
  if (offer.movedInAt !== null) return 'moved_in'
  if (offer.notArrivedReason !== null) return 'not_arrived'
  if (offer.withdrawnAt !== null) return 'withdrawn'
  if (offer.declinedAt !== null) return 'declined'
  if (offer.expiredAt !== null) return 'expired'
  if (offer.acceptedAt !== null) return 'accepted'
  if (Date.parse(offer.replyBy) <= Date.parse(now)) return 'expired'
  if (offer.placeGone) return 'superseded'
  if (offer.conditional && offer.firmAt === null) return 'conditional'
  return 'sent'
}
