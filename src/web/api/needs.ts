import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer, type Versioned, versioned } from './client.ts'
import { keepAnswer } from './queryClient.ts'
import type { Assessment, Need, NeedChanges, NeedRow, NewAssessment, Slice } from './types.ts'

export type NeedStatus = NeedRow['status']

/** The needs of my district, newest first; without a status the open ones. */
export function needsQuery(status: NeedStatus | undefined) {
  return infiniteQueryOptions({
    queryKey: ['needs', status ?? 'open'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<NeedRow>>(
        api.GET('/api/v1/needs', {
          params: {
            query: {
              ...(status === undefined ? {} : { status }),
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

/** One need with its entity tag. */
export function needQuery(id: string) {
  return queryOptions({
    queryKey: ['need', id],
    queryFn: ({ signal }) => versioned<Need>(api.GET('/api/v1/needs/{id}', { params: { path: { id } }, signal })),
  })
}

/** A need's assessments, newest first. */
export function assessmentsQuery(id: string) {
  return queryOptions({
    queryKey: ['need', id, 'assessments'],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v1/needs/{id}/assessments', { params: { path: { id } }, signal })
      return (await answer<{ items: Assessment[] }>(call)).items
    },
  })
}

/** Starts a draft for a person. @throws ApiError */
export function startNeed(residentId: string, key: string): Promise<Need> {
  return answer<Need>(api.POST('/api/v1/needs', { body: { residentId }, headers: { 'Idempotency-Key': key } }))
}

/** Sends the changed fields. @throws ApiError, 412 when someone else saved first */
export function saveNeed(id: string, changes: NeedChanges, etag: string): Promise<Versioned<Need>> {
  return versioned<Need>(
    api.PATCH('/api/v1/needs/{id}', { params: { path: { id } }, body: changes, headers: { 'If-Match': etag } }),
  )
}

/** Makes the draft a registered need. @throws ApiError, with what is missing */
export function registerNeed(id: string, etag: string, key: string): Promise<Versioned<Need>> {
  return versioned<Need>(
    api.POST('/api/v1/needs/{id}/registration', {
      params: { path: { id } },
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Adds an assessment. @throws ApiError */
export function addAssessment(id: string, body: NewAssessment, key: string): Promise<Assessment> {
  return answer<Assessment>(
    api.POST('/api/v1/needs/{id}/assessments', {
      params: { path: { id } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Takes over a need as it was answered, and lets go of what was worked out from the earlier one. */
export async function keepNeed(client: QueryClient, saved: Versioned<Need>) {
  await keepAnswer(client, needQuery(saved.value.id).queryKey, saved)
  forgetAnswers(client, saved.value.id)
}

/** After something that a need's list row, matches or explanations rest on has changed. */
export function forgetAnswers(client: QueryClient, needId: string) {
  void client.invalidateQueries({ queryKey: ['needs'] })
  void client.invalidateQueries({ queryKey: ['matches', needId] })
}
