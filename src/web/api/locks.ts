import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import { saveFile } from './download.ts'
import type { components } from './openapi.generated.ts'

export type RecordLocks = components['schemas']['RecordLocks']
export type LockReason = RecordLocks['locks'][number]['reason']

/** Whether a person's record is locked, and what stands in the way of it. */
export function recordLocksQuery(residentId: string) {
  return queryOptions({
    queryKey: ['resident', residentId, 'locks'],
    queryFn: ({ signal }) =>
      answer<RecordLocks>(api.GET('/api/v1/residents/{id}/locks', { params: { path: { id: residentId } }, signal })),
  })
}

type Lock = { residentId: string; reason: LockReason; note: string | null }

/** Locks a record. @throws ApiError, 409 when something of it still goes on */
export function lockRecord({ residentId, ...body }: Lock, key: string): Promise<RecordLocks> {
  return answer<RecordLocks>(
    api.POST('/api/v1/residents/{id}/locks', {
      params: { path: { id: residentId } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Lifts the lock, with why. @throws ApiError */
export function liftRecordLock(residentId: string, note: string, key: string): Promise<RecordLocks> {
  return answer<RecordLocks>(
    api.POST('/api/v1/residents/{id}/locks/removal', {
      params: { path: { id: residentId } },
      body: { note },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Saves everything of a person's household as a file for the case system. @throws ApiError */
export function saveCasePackage(residentId: string): Promise<void> {
  return saveFile(
    `/api/v1/residents/${residentId}/case-package`,
    'application/json',
    `sak-${residentId.slice(-8)}.json`,
  )
}

/** After a record was locked or opened again. */
export async function forgetLocks(client: QueryClient, residentId: string): Promise<void> {
  await client.invalidateQueries({ queryKey: ['resident', residentId] })
}
