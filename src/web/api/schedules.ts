import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, figures, jsonAnswer } from './client.ts'
import { followed } from './longJobs.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type ReturnSchedule = Schemas['ReturnSchedule']
export type ScheduleNumbers = Schemas['ReturnScheduleNumbers']
export type ScheduledPerson = Schemas['ScheduledPerson']
export type AskedSchedule = NonNullable<
  NonNullable<paths['/api/v1/return-schedules']['post']['requestBody']>['content']['application/json']
>

/** The newest schedules; asked again while one of them is being made. */
export const schedulesQuery = queryOptions({
  queryKey: ['return-schedules'],
  queryFn: ({ signal }) =>
    answer<Slice<ReturnSchedule>>(api.GET('/api/v1/return-schedules', { params: { query: { limit: 20 } }, signal })),
  refetchInterval: ({ state }) => followed(state.data?.items ?? []),
})

/** One schedule, followed until it has ended. */
export function scheduleQuery(id: string) {
  return queryOptions({
    queryKey: ['return-schedule', id],
    queryFn: ({ signal }) =>
      answer<ReturnSchedule>(api.GET('/api/v1/return-schedules/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => followed(state.data === undefined ? [] : [state.data]),
  })
}

/** A schedule's numbers, which the same address also gives as files. */
export function scheduleNumbersQuery(id: string) {
  return queryOptions({
    queryKey: ['return-schedule', id, 'numbers'],
    queryFn: ({ signal }) =>
      figures<ScheduleNumbers>(api.GET('/api/v1/return-schedules/{id}/numbers', { params: { path: { id } }, signal })),
  })
}

/** The reader's own people in a schedule: those who could move, or those who cannot. */
export function scheduledPeopleQuery(id: string, outcome: 'could_move' | 'cannot_move') {
  return infiniteQueryOptions({
    queryKey: ['return-schedule', id, 'people', outcome],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<ScheduledPerson>>(
        api.GET('/api/v1/return-schedules/{id}/people', {
          params: { path: { id }, query: { outcome, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** Asks who could move when. @throws ApiError that names what is wrong */
export function askSchedule(body: AskedSchedule, key: string): Promise<ReturnSchedule> {
  return answer<ReturnSchedule>(api.POST('/api/v1/return-schedules', { body, headers: { 'Idempotency-Key': key } }))
}

/** Asks a schedule to stop. @throws ApiError */
export function cancelSchedule(id: string, key: string): Promise<ReturnSchedule> {
  return answer<ReturnSchedule>(
    api.POST('/api/v1/return-schedules/{id}/cancellation', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}
