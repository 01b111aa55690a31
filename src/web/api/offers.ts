import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type {
  LeaseProposal,
  MoveIn,
  NewOffer,
  NonArrival,
  Offer,
  OfferDecline,
  OfferWithdrawal,
  SignedLease,
  Slice,
} from './types.ts'

/** As many as the service gives at once; a need or a house has far fewer that matter. */
const MOST = 100

/** Offers to one need, newest first. */
export function offersOfNeedQuery(needId: string) {
  return queryOptions({
    queryKey: ['offers', 'need', needId],
    queryFn: async ({ signal }) =>
      (
        await jsonAnswer<Slice<Offer>>(
          api.GET('/api/v1/offers', { params: { query: { needId, limit: MOST } }, signal }),
        )
      ).items,
  })
}

/** One offer. */
export function offerQuery(id: string) {
  return queryOptions({
    queryKey: ['offer', id],
    queryFn: ({ signal }) => answer<Offer>(api.GET('/api/v1/offers/{id}', { params: { path: { id } }, signal })),
  })
}

/** Accepted offers that I may see and that have not ended: of my district, or to my house. */
export const acceptedOffersQuery = queryOptions({
  queryKey: ['offers', 'accepted'],
  queryFn: async ({ signal }) =>
    (
      await jsonAnswer<Slice<Offer>>(
        api.GET('/api/v1/offers', { params: { query: { state: 'accepted', limit: MOST } }, signal }),
      )
    ).items,
})

/** Sends an offer. @throws ApiError, with the place's state and the next best when somebody else has it */
export function sendOffer(body: NewOffer, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers', { body, headers: { 'Idempotency-Key': key } }))
}

/** How long the lease of an offer is proposed to last when it begins on a day. */
export function leaseProposalQuery(offerId: string, from: string) {
  return queryOptions({
    queryKey: ['offer', offerId, 'lease-proposal', from],
    queryFn: ({ signal }) =>
      answer<LeaseProposal>(
        api.GET('/api/v1/offers/{id}/lease-proposal', { params: { path: { id: offerId }, query: { from } }, signal }),
      ),
  })
}

/** The offer that is acted on, as it was seen. */
type Seen = Pick<Offer, 'id' | 'version'>

const acting = ({ id, version }: Seen, key: string) => ({
  params: { path: { id } },
  headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
})

/** The person says yes. @throws ApiError, 412 when someone else was there first */
export function acceptOffer(offer: Seen, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/acceptance', acting(offer, key)))
}

/** The person, or whoever gives the place, says no. @throws ApiError */
export function declineOffer(offer: Seen, body: OfferDecline, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/decline', { ...acting(offer, key), body }))
}

/** Takes an offer back. @throws ApiError */
export function withdrawOffer(offer: Seen, body: OfferWithdrawal, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/withdrawal', { ...acting(offer, key), body }))
}

/** Records that the household never came. @throws ApiError, while the move-in day is not over */
export function recordNonArrival(offer: Seen, body: NonArrival, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/non-arrival', { ...acting(offer, key), body }))
}

/** Gives more time to answer. @throws ApiError */
export function extendOffer(offer: Seen, answerBy: string, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/extension', { ...acting(offer, key), body: { answerBy } }))
}

/** Records a signed lease. @throws ApiError */
export function signLease(offer: Seen, body: SignedLease, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/lease', { ...acting(offer, key), body }))
}

/** Records the move-in. @throws ApiError */
export function recordMoveIn(offer: Seen, body: MoveIn, key: string): Promise<Offer> {
  return answer<Offer>(api.POST('/api/v1/offers/{id}/move-in', { ...acting(offer, key), body }))
}

/** After an offer has changed, here or by somebody else: everything that rests on it is asked for again. */
export async function forgetOffers(client: QueryClient, needId: string): Promise<void> {
  const rest = ['needs', 'waiting-list', 'workday', 'stays', 'occupancy', 'facility', 'places', 'chains', 'chain']
  for (const key of rest) void client.invalidateQueries({ queryKey: [key] })
  void client.invalidateQueries({ queryKey: ['need', needId] })
  void client.invalidateQueries({ queryKey: ['matches', needId] })
  void client.invalidateQueries({ queryKey: ['referrals'] })
  await Promise.all(['holds', 'offers'].map((key) => client.invalidateQueries({ queryKey: [key] })))
}
