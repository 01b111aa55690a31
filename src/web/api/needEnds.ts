import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, type Versioned, versioned } from './client.ts'
import { keepNeed } from './needs.ts'
import { forgetOffers } from './offers.ts'
import type { Need, NeedEvent, Withdrawability, Withdrawal } from './types.ts'

/** Whether a need can end, what stands in the way, what ends with it, and what each reason does. */
export function withdrawabilityQuery(id: string) {
  return queryOptions({
    queryKey: ['need', id, 'withdrawability'],
    queryFn: ({ signal }) =>
      answer<Withdrawability>(api.GET('/api/v1/needs/{id}/withdrawability', { params: { path: { id } }, signal })),
  })
}

/** What was recorded of a need's end, the earliest first. */
export function needEventsQuery(id: string) {
  return queryOptions({
    queryKey: ['need', id, 'events'],
    queryFn: async ({ signal }) =>
      (await answer<{ items: NeedEvent[] }>(api.GET('/api/v1/needs/{id}/events', { params: { path: { id } }, signal })))
        .items,
  })
}

/** Records a reason: most end the need. @throws ApiError, naming the offer that has to be withdrawn first */
export function withdrawNeed(id: string, body: Withdrawal, etag: string, key: string): Promise<Versioned<Need>> {
  return versioned<Need>(
    api.POST('/api/v1/needs/{id}/withdrawal', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Corrects an end that was recorded wrongly. @throws ApiError */
export function correctWithdrawal(id: string, note: string, etag: string, key: string): Promise<Versioned<Need>> {
  return versioned<Need>(
    api.POST('/api/v1/needs/{id}/withdrawal-correction', {
      params: { path: { id } },
      body: { note },
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Takes over a need that has ended or stands again, and lets go of all that hung on it. */
export async function keepEnd(client: QueryClient, saved: Versioned<Need>): Promise<void> {
  await keepNeed(client, saved)
  for (const key of ['papers', 'capacity', 'city']) void client.invalidateQueries({ queryKey: [key] })
  await forgetOffers(client, saved.value.id)
}
