import { queryOptions } from '@tanstack/react-query'
import { answer, api, figures } from './client.ts'
import { followed } from './longJobs.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type ExpansionPlan = Schemas['ExpansionPlan']
export type ExpansionAnswer = Schemas['ExpansionAnswer']
export type ExpansionDefaults = Schemas['ExpansionDefaults']
export type AskedExpansion = NonNullable<
  NonNullable<paths['/api/v1/expansion-plans']['post']['requestBody']>['content']['application/json']
>
export type NeedsBasedSplit = Schemas['NeedsBasedSplit']

/** What a plan takes when nothing else is said. */
export const expansionDefaultsQuery = queryOptions({
  queryKey: ['expansion-defaults'],
  queryFn: ({ signal }) => answer<ExpansionDefaults>(api.GET('/api/v1/expansion-plans/defaults', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The newest plans; asked again while one of them is being made. */
export const expansionPlansQuery = queryOptions({
  queryKey: ['expansion-plans'],
  queryFn: ({ signal }) =>
    answer<Slice<ExpansionPlan>>(api.GET('/api/v1/expansion-plans', { params: { query: { limit: 20 } }, signal })),
  refetchInterval: ({ state }) => followed(state.data?.items ?? []),
})

/** Asks what must be built. @throws ApiError that names what is wrong */
export function askExpansion(body: AskedExpansion, key: string): Promise<ExpansionPlan> {
  return answer<ExpansionPlan>(api.POST('/api/v1/expansion-plans', { body, headers: { 'Idempotency-Key': key } }))
}

/** Asks a plan to stop. @throws ApiError */
export function cancelExpansion(id: string, key: string): Promise<ExpansionPlan> {
  return answer<ExpansionPlan>(
    api.POST('/api/v1/expansion-plans/{id}/cancellation', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** New places shared out by need, with the policy's weights. */
export function splitQuery(places: number) {
  return queryOptions({
    queryKey: ['capacity', 'split', places],
    queryFn: ({ signal }) =>
      figures<NeedsBasedSplit>(api.GET('/api/v1/distribution/split', { params: { query: { places } }, signal })),
  })
}
