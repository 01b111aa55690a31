import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { Hold, NewHold, Slice } from './types.ts'

/** Places reserved for one need now. */
export function holdsOfNeedQuery(needId: string) {
  return queryOptions({
    queryKey: ['holds', 'need', needId],
    queryFn: async ({ signal }) =>
      (await answer<Slice<Hold>>(api.GET('/api/v1/holds', { params: { query: { needId, state: 'running' } }, signal })))
        .items,
  })
}

/** Keeps a place for a need. @throws ApiError, with the place's state and the next best when somebody else has it */
export function reservePlace(body: NewHold, key: string): Promise<Hold> {
  return answer<Hold>(api.POST('/api/v1/holds', { body, headers: { 'Idempotency-Key': key } }))
}

/** Gives it back. @throws ApiError, 412 when someone else was there first */
export function releaseHold({ id, version }: Pick<Hold, 'id' | 'version'>, key: string): Promise<Hold> {
  return answer<Hold>(
    api.POST('/api/v1/holds/{id}/release', {
      params: { path: { id } },
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}
