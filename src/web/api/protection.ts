import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { BreakGlass, BreakGlassReview, Circle, Circles, NewBreakGlass, PersonBehindGlass, Slice } from './types.ts'

/** What was asked to be seen in an emergency, newest first: one's own, a manager's bydel's, an auditor's all. */
export const glassesQuery = queryOptions({
  queryKey: ['break-glass'],
  queryFn: async ({ signal }) =>
    (await answer<Slice<BreakGlass>>(api.GET('/api/v1/break-glass', { params: { query: { limit: 100 } }, signal })))
      .items,
  // it is answered by somebody else, and ends by itself
  refetchInterval: 15_000,
})

/** The person behind an open glass; kept no longer than she is looked at. */
export function personBehindQuery(id: string) {
  return queryOptions({
    queryKey: ['break-glass', id, 'person'],
    queryFn: ({ signal }) =>
      answer<PersonBehindGlass>(api.GET('/api/v1/break-glass/{id}/person', { params: { path: { id } }, signal })),
    gcTime: 0,
    staleTime: 0,
  })
}

export const circlesQuery = queryOptions({
  queryKey: ['circles'],
  queryFn: ({ signal }) => answer<Circles>(api.GET('/api/v1/circles', { signal })),
})

/** Asks to see somebody who must be helped at once. @throws ApiError */
export function breakGlass(body: NewBreakGlass, key: string): Promise<BreakGlass> {
  return answer<BreakGlass>(api.POST('/api/v1/break-glass', { body, headers: { 'Idempotency-Key': key } }))
}

const sent = ({ id, version }: Pick<BreakGlass, 'id' | 'version'>, key: string) => ({
  params: { path: { id } },
  headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
})

/** Says yes or no. @throws ApiError */
export function answerGlass(glass: BreakGlass, approved: boolean, key: string): Promise<BreakGlass> {
  return answer<BreakGlass>(api.POST('/api/v1/break-glass/{id}/answer', { ...sent(glass, key), body: { approved } }))
}

/** Is done with it. @throws ApiError */
export function closeGlass(glass: BreakGlass, key: string): Promise<BreakGlass> {
  return answer<BreakGlass>(api.POST('/api/v1/break-glass/{id}/closing', sent(glass, key)))
}

/** Goes through it afterwards. @throws ApiError */
export function reviewGlass(glass: BreakGlass, body: BreakGlassReview, key: string): Promise<BreakGlass> {
  return answer<BreakGlass>(api.POST('/api/v1/break-glass/{id}/review', { ...sent(glass, key), body }))
}

/** Lets a colleague into a circle. @throws ApiError */
export function addToCircle(residentId: string, accountId: string, key: string): Promise<Circle> {
  return answer<Circle>(
    api.POST('/api/v1/circles/{id}/members', {
      params: { path: { id: residentId } },
      body: { accountId },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Takes somebody out of it. @throws ApiError */
export function removeFromCircle(residentId: string, accountId: string, key: string): Promise<Circle> {
  return answer<Circle>(
    api.POST('/api/v1/circles/{id}/members/{accountId}/removal', {
      params: { path: { id: residentId, accountId } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}
