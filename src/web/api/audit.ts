import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Showing = Schemas['Showing']
export type SecurityEvent = Schemas['SecurityEvent']
export type AuditSeals = Schemas['AuditSeals']
export type DataGap = Schemas['DataGap']
export type RecordChange = Schemas['RecordChange']
type EventQuery = NonNullable<paths['/api/v1/audit/security-events']['get']['parameters']['query']>
export type EventKinds = NonNullable<EventQuery['kind']>

const nextCursor = (slice: { nextCursor: string | null }) => slice.nextCursor
const firstPage = null as string | null
const from = (cursor: string | null) => (cursor === null ? {} : { cursor })

/** Of whom, and by whom, by their ids. */
export type ShowingsOf = { residentId?: string | undefined; accountId?: string | undefined }

/** Who saw whom, of my bydel's people, or of everybody by pseudonym. */
export function showingsQuery({ residentId, accountId }: ShowingsOf) {
  const wanted = {
    ...(residentId === undefined ? {} : { residentId }),
    ...(accountId === undefined ? {} : { accountId }),
  }
  return infiniteQueryOptions({
    queryKey: ['showings', 'of', wanted],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<Showing>>(
        api.GET('/api/v1/audit/showings', { params: { query: { ...wanted, ...from(pageParam) } }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** Who saw one person. */
export function showingsOfResidentQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['showings', id],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<Showing>>(
        api.GET('/api/v1/residents/{id}/showings', { params: { path: { id }, query: from(pageParam) }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** What was refused and what was taken out, of some kinds or of all. */
export function securityEventsQuery(kinds: EventKinds | undefined) {
  return infiniteQueryOptions({
    queryKey: ['security-events', kinds ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<SecurityEvent>>(
        api.GET('/api/v1/audit/security-events', {
          params: { query: { ...(kinds === undefined ? {} : { kind: kinds }), ...from(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** How far the logs are sealed, and what the last check came to. */
export const auditSealsQuery = queryOptions({
  queryKey: ['audit-seals'],
  queryFn: ({ signal }) => answer<AuditSeals>(api.GET('/api/v1/audit/seals', { signal })),
})

/** What is stale or missing of my bydel. */
export const dataGapsQuery = queryOptions({
  queryKey: ['data-gaps'],
  queryFn: async ({ signal }) => (await answer<{ items: DataGap[] }>(api.GET('/api/v1/data-gaps', { signal }))).items,
})

/** What was changed of a need and what was written for it. */
export function needChangesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['need', id, 'changes'],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<RecordChange>>(
        api.GET('/api/v1/needs/{id}/changes', { params: { path: { id }, query: from(pageParam) }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** What was changed of a person, her household, homes and consents. */
export function residentChangesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['resident', id, 'changes'],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<RecordChange>>(
        api.GET('/api/v1/residents/{id}/changes', { params: { path: { id }, query: from(pageParam) }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}
