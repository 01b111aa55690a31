import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import { forgetOffers } from './offers.ts'
import type { components, paths } from './openapi.generated.ts'
import type { NextBest } from './problem.ts'
import type { PlaceForm, Slice } from './types.ts'

export type Referral = components['schemas']['Referral']
export type ReferralDetail = components['schemas']['ReferralDetail']
export type ReferralCounts = components['schemas']['ReferralCounts']
export type NewReferral = paths['/api/v1/referrals']['post']['requestBody']['content']['application/json']
export type ReferralAnswer =
  paths['/api/v1/referrals/{id}/answer']['post']['requestBody']['content']['application/json']
export type ReferralWithdrawal =
  paths['/api/v1/referrals/{id}/withdrawal']['post']['requestBody']['content']['application/json']

const MOST = 100
const PAGE = 25

/** Every referral of a need, the newest first, those that are over too; one page holds them. */
export function referralsOfNeedQuery(needId: string) {
  return queryOptions({
    queryKey: ['referrals', 'need', needId],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v1/referrals', { params: { query: { needId, state: 'all', limit: MOST } }, signal })
      return (await jsonAnswer<Slice<Referral>>(call)).items
    },
  })
}

/** Whether a referral has no final answer yet. */
export function isOpen({ state }: Pick<Referral, 'state'>): boolean {
  return state === 'sent' || state === 'overdue' || state === 'waiting'
}

/** Those without a final answer, the one due first first, or those that have one; a page at a time. */
export function referralListQuery(state: 'open' | 'answered', form: PlaceForm | undefined) {
  return infiniteQueryOptions({
    queryKey: ['referrals', 'list', state, form ?? ''],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<Referral>>(
        api.GET('/api/v1/referrals', {
          params: {
            query: {
              state,
              limit: PAGE,
              ...(form === undefined ? {} : { form }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** How many wait, and how those were answered that were lately. */
export const referralCountsQuery = queryOptions({
  queryKey: ['referrals', 'counts'],
  queryFn: ({ signal }) => answer<ReferralCounts>(api.GET('/api/v1/referrals/counts', { signal })),
})

/** One referral, with what it said when it was sent. */
export function referralQuery(id: string) {
  return queryOptions({
    queryKey: ['referral', id],
    queryFn: ({ signal }) =>
      answer<ReferralDetail>(api.GET('/api/v1/referrals/{id}', { params: { path: { id } }, signal })),
  })
}

/** The places of one form that fit a referral, best first. */
export function referralPlacesQuery(id: string, form: PlaceForm) {
  return queryOptions({
    queryKey: ['referral-places', id, form],
    queryFn: async ({ signal }) =>
      (
        await answer<{ items: NextBest[] }>(
          api.GET('/api/v1/referrals/{id}/places', { params: { path: { id }, query: { form } }, signal }),
        )
      ).items,
  })
}

/** Refers to Felles inntak, with what is registered today. @throws ApiError, with what stops it */
export function sendReferral(body: NewReferral, key: string): Promise<Referral> {
  return answer<Referral>(api.POST('/api/v1/referrals', { body, headers: { 'Idempotency-Key': key } }))
}

/** The referral that is acted on, as it was seen. */
type Seen = Pick<Referral, 'id' | 'version'>

const acting = ({ id, version }: Seen, key: string) => ({
  params: { path: { id } },
  headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
})

/** Gives a place, lets it wait, or says no. @throws ApiError, with the next best when somebody else has the place */
export function answerReferral(seen: Seen, body: ReferralAnswer, key: string): Promise<Referral> {
  return answer<Referral>(api.POST('/api/v1/referrals/{id}/answer', { ...acting(seen, key), body }))
}

/** Takes a referral back. @throws ApiError, naming the offer that it led to */
export function withdrawReferral(seen: Seen, body: ReferralWithdrawal, key: string): Promise<Referral> {
  return answer<Referral>(api.POST('/api/v1/referrals/{id}/withdrawal', { ...acting(seen, key), body }))
}

/** After a referral has changed, here or by somebody else: everything that rests on it is asked for again. */
export async function forgetReferrals(client: QueryClient, needId: string): Promise<void> {
  for (const key of ['referral', 'referral-places', 'papers']) void client.invalidateQueries({ queryKey: [key] })
  void forgetOffers(client, needId)
  await client.invalidateQueries({ queryKey: ['referrals'] })
}
