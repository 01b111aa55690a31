import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { Closure, NewClosure } from './types.ts'

/** A place's closures, past, present and planned. */
export function closuresQuery(placeId: string) {
  return queryOptions({
    queryKey: ['places', 'closures', placeId],
    queryFn: async ({ signal }) =>
      (
        await answer<{ items: Closure[] }>(
          api.GET('/api/v1/places/{id}/closures', { params: { path: { id: placeId } }, signal }),
        )
      ).items,
  })
}

/** Closes a place for a time. @throws ApiError */
export function closePlace(placeId: string, body: NewClosure, key: string): Promise<Closure> {
  return answer<Closure>(
    api.POST('/api/v1/places/{id}/closures', {
      params: { path: { id: placeId } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Opens a closed place from a day on: the closure ends then. @throws ApiError, 412 when someone else was there first */
export function reopenPlace(closure: Closure, on: string): Promise<Closure> {
  return answer<Closure>(
    api.PATCH('/api/v1/closures/{id}', {
      params: { path: { id: closure.id } },
      body: { during: { from: closure.during.from, to: on } },
      headers: { 'If-Match': `"${closure.version}"` },
    }),
  )
}

/** After a place was closed or opened. */
export async function forgetPlaces(client: QueryClient): Promise<void> {
  for (const key of ['facility', 'facilities', 'place-counts', 'occupancy', 'matches'])
    void client.invalidateQueries({ queryKey: [key] })
  await client.invalidateQueries({ queryKey: ['places'] })
}
