import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer, type Versioned, versioned } from './client.ts'
import { followed } from './longJobs.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Scenario = Schemas['Scenario']
export type NewScenario = Schemas['NewScenarioInput']
export type ScenarioChange = Schemas['ScenarioChange']
export type Comparison = Schemas['ScenarioComparison']
export type ComparedScenario = Schemas['ComparedScenario']
export type NewComparison = Schemas['NewScenarioComparisonInput']
export type ComparisonSeries = Schemas['ScenarioComparisonSeries']
export type ComparedNumbers = ComparisonSeries['series'][number]
type SeriesQuery = paths['/api/v1/scenario-comparisons/{id}/series'] extends {
  get: { parameters: { query?: infer Q } }
}
  ? NonNullable<Q>
  : never
/** What is looked at in a comparison. */
export type ComparedAsk = Required<Pick<SeriesQuery, 'measure' | 'form'>>

/** Scenarios as their newest versions say, the newest first. */
export const scenariosQuery = infiniteQueryOptions({
  queryKey: ['scenarios'],
  queryFn: ({ pageParam, signal }) =>
    answer<Slice<Scenario>>(
      api.GET('/api/v1/scenarios', { params: { query: pageParam === null ? {} : { cursor: pageParam } }, signal }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

/** The newest version of a scenario, with the entity tag that a new version must send back. */
export function scenarioQuery(id: string) {
  return queryOptions({
    queryKey: ['scenario', id],
    queryFn: ({ signal }) =>
      versioned<Scenario>(api.GET('/api/v1/scenarios/{id}', { params: { path: { id } }, signal })),
  })
}

/** What a scenario has said, the newest version first. */
export function scenarioVersionsQuery(id: string) {
  return queryOptions({
    queryKey: ['scenario', id, 'versions'],
    queryFn: ({ signal }) =>
      answer<Slice<Scenario>>(api.GET('/api/v1/scenarios/{id}/versions', { params: { path: { id } }, signal })),
  })
}

/** Makes a scenario. @throws ApiError that names each wrong value */
export function createScenario(body: NewScenario, key: string): Promise<Scenario> {
  return answer<Scenario>(api.POST('/api/v1/scenarios', { body, headers: { 'Idempotency-Key': key } }))
}

/** Writes a new version of a scenario as it was seen. @throws ApiError, 412 when somebody else wrote one first */
export function changeScenario(
  { value: { id }, etag }: Versioned<Scenario>,
  body: NewScenario,
  key: string,
): Promise<Scenario> {
  return answer<Scenario>(
    api.POST('/api/v1/scenarios/{id}/versions', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Puts a scenario away. @throws ApiError */
export function archiveScenario({ value: { id }, etag }: Versioned<Scenario>, key: string): Promise<Scenario> {
  return answer<Scenario>(
    api.POST('/api/v1/scenarios/{id}/archival', {
      params: { path: { id } },
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Comparisons, the newest first; asked again while one of them is under way. */
export const comparisonsQuery = infiniteQueryOptions({
  queryKey: ['comparisons'],
  queryFn: ({ pageParam, signal }) =>
    answer<Slice<Comparison>>(
      api.GET('/api/v1/scenario-comparisons', {
        params: { query: pageParam === null ? {} : { cursor: pageParam } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: ({ state }) => followed(state.data?.pages.flatMap(({ items }) => items) ?? []),
})

/** One comparison with what it takes for granted, followed until it has ended. */
export function comparisonQuery(id: string) {
  return queryOptions({
    queryKey: ['comparison', id],
    queryFn: ({ signal }) =>
      answer<Comparison>(api.GET('/api/v1/scenario-comparisons/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => followed(state.data === undefined ? [] : [state.data]),
  })
}

/** A measure of a completed comparison: every member and district, as it is and beside the base. */
export function comparedQuery(id: string, ask: ComparedAsk) {
  return queryOptions({
    queryKey: ['comparison-numbers', id, ask],
    queryFn: ({ signal }) =>
      jsonAnswer<ComparisonSeries>(
        api.GET('/api/v1/scenario-comparisons/{id}/series', { params: { path: { id }, query: ask }, signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Asks for a comparison. @throws ApiError */
export function startComparison(body: NewComparison, key: string): Promise<Comparison> {
  return answer<Comparison>(api.POST('/api/v1/scenario-comparisons', { body, headers: { 'Idempotency-Key': key } }))
}

/** Asks a comparison to stop. @throws ApiError */
export function cancelComparison(id: string, key: string): Promise<Comparison> {
  return answer<Comparison>(
    api.POST('/api/v1/scenario-comparisons/{id}/cancellation', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}
