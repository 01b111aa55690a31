import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer, type Versioned, versioned } from './client.ts'
import { followed } from './longJobs.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type MatchingPolicy = Schemas['MatchingPolicyInForce']
export type PolicyTrial = Schemas['PolicyTrial']
export type WholePolicyTrial = Schemas['WholePolicyTrial']
export type TrialNeed = Schemas['TrialNeed']
export type PolicyDraft = Schemas['NewPolicyTrialInput']

/** How places are shared out: the policy in force, what a draft may change, and all versions. */
export const matchingPolicyQuery = queryOptions({
  queryKey: ['matching-policy'],
  queryFn: ({ signal }) => answer<MatchingPolicy>(api.GET('/api/v1/matching-policy', { signal })),
})

/** The newest trials; asked again while one of them is being made. */
export const policyTrialsQuery = queryOptions({
  queryKey: ['policy-trials'],
  queryFn: ({ signal }) =>
    answer<Slice<PolicyTrial>>(api.GET('/api/v1/policy-trials', { params: { query: { limit: 20 } }, signal })),
  refetchInterval: ({ state }) => followed(state.data?.items ?? []),
})

/** One trial with its entity tag, followed until it has ended. */
export function policyTrialQuery(id: string) {
  return queryOptions({
    queryKey: ['policy-trial', id],
    queryFn: ({ signal }) =>
      versioned<WholePolicyTrial>(api.GET('/api/v1/policy-trials/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => followed(state.data === undefined ? [] : [state.data.value]),
  })
}

/** The reader's own people that a draft is something to. */
export function trialNeedsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['policy-trial', id, 'needs'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<TrialNeed>>(
        api.GET('/api/v1/policy-trials/{id}/needs', {
          params: { path: { id }, query: pageParam === null ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Tries a draft. @throws ApiError that says what may not be drafted, and by which law */
export function tryDraft(body: PolicyDraft, key: string): Promise<PolicyTrial> {
  return answer<PolicyTrial>(api.POST('/api/v1/policy-trials', { body, headers: { 'Idempotency-Key': key } }))
}

/** Asks a trial to stop. @throws ApiError */
export function cancelTrial(id: string, key: string): Promise<WholePolicyTrial> {
  return answer<WholePolicyTrial>(
    api.POST('/api/v1/policy-trials/{id}/cancellation', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

const sent = (id: string, etag: string, key: string) => ({
  params: { path: { id } },
  headers: { 'If-Match': etag, 'Idempotency-Key': key },
})

/** Proposes the draft that was read. @throws ApiError, 412 when somebody decided meanwhile, 409 when another policy is in force */
export function proposeDraft(
  id: string,
  etag: string,
  reason: string,
  key: string,
): Promise<Versioned<WholePolicyTrial>> {
  return versioned<WholePolicyTrial>(
    api.POST('/api/v1/policy-trials/{id}/proposals', { ...sent(id, etag, key), body: { reason } }),
  )
}

/** Adopts what somebody else proposed. @throws ApiError */
export function adoptDraft(id: string, etag: string, note: string, key: string): Promise<Versioned<WholePolicyTrial>> {
  return versioned<WholePolicyTrial>(
    api.POST('/api/v1/policy-trials/{id}/adoption', { ...sent(id, etag, key), body: { note } }),
  )
}

/** Declines a proposal, or takes one's own back. @throws ApiError */
export function declineDraft(
  id: string,
  etag: string,
  note: string,
  key: string,
): Promise<Versioned<WholePolicyTrial>> {
  return versioned<WholePolicyTrial>(
    api.POST('/api/v1/policy-trials/{id}/refusal', { ...sent(id, etag, key), body: { note } }),
  )
}

/** After something was decided: the lists that say how trials stand, and the policy itself. */
export async function forgetTrials(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: ['policies'] })
  void client.invalidateQueries({ queryKey: matchingPolicyQuery.queryKey })
  await client.invalidateQueries({ queryKey: policyTrialsQuery.queryKey })
}
