import { queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

export type Referral = components['schemas']['Referral']
export type NewReferral = paths['/api/v1/referrals']['post']['requestBody']['content']['application/json']

/** The referrals of a need that have no final answer yet; one a form, so one page holds them. */
export function openReferralsQuery(needId: string) {
  return queryOptions({
    queryKey: ['referrals', needId],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v1/referrals', { params: { query: { needId, limit: 100 } }, signal })
      return (await jsonAnswer<Slice<Referral>>(call)).items
    },
  })
}

/** Refers to Felles inntak, with what is registered today. @throws ApiError, with what stops it */
export function sendReferral(body: NewReferral, key: string): Promise<Referral> {
  return answer<Referral>(api.POST('/api/v1/referrals', { body, headers: { 'Idempotency-Key': key } }))
}
