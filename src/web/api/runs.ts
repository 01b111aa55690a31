import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import { followed } from './longJobs.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type MatchingRun = Schemas['MatchingRun']
export type MatchingSummary = Schemas['MatchingSummary']
export type Achievement = Schemas['Achievement']
export type RunProposal = Schemas['RunProposal']
export type RunUnmet = Schemas['RunUnmet']
export type RunChain = Schemas['RunChain']
export type RunPlace = Schemas['RunPlace']
export type Shortage = Schemas['Shortage']
export type ShortageNeed = Schemas['ShortageNeed']
type ShortagePage = Slice<Shortage> & Pick<Schemas['ShortagePage'], 'deficit' | 'needs' | 'notice'>

/** Runs, the newest first, a page at a time; asked again while one of them is under way. */
export const runsQuery = infiniteQueryOptions({
  queryKey: ['matching-runs'],
  queryFn: ({ pageParam, signal }) =>
    jsonAnswer<Slice<MatchingRun>>(
      api.GET('/api/v1/matching-runs', { params: { query: pageParam === null ? {} : { cursor: pageParam } }, signal }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: ({ state }) => followed(state.data?.pages.flatMap(({ items }) => items) ?? []),
})

/** One run, followed until it has ended. */
export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['matching-run', id],
    queryFn: ({ signal }) =>
      answer<MatchingRun>(api.GET('/api/v1/matching-runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => followed(state.data === undefined ? [] : [state.data]),
  })
}

/** Starts a run: over the city for a planner, on her own people for others. @throws ApiError */
export function startRun(key: string): Promise<MatchingRun> {
  return answer<MatchingRun>(api.POST('/api/v1/matching-runs', { body: {}, headers: { 'Idempotency-Key': key } }))
}

/** Asks a run to stop. @throws ApiError */
export function cancelRun(id: string, key: string): Promise<MatchingRun> {
  return answer<MatchingRun>(
    api.POST('/api/v1/matching-runs/{id}/cancellation', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

const page = (id: string, cursor: string | null) => ({
  path: { id },
  query: cursor === null ? {} : { cursor },
})

/** What a run proposes for the reader's people. */
export function proposalsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['matching-run', id, 'proposals'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<RunProposal>>(
        api.GET('/api/v1/matching-runs/{id}/proposals', { params: page(id, pageParam), signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}

/** Why a run gives the reader's other people nothing. */
export function unmetQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['matching-run', id, 'unmet'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<RunUnmet>>(api.GET('/api/v1/matching-runs/{id}/unmet', { params: page(id, pageParam), signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}

/** A run's moves that free each other's places. */
export function chainsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['matching-run', id, 'chains'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<RunChain>>(
        api.GET('/api/v1/matching-runs/{id}/chains', { params: page(id, pageParam), signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}

/** Runs looked through for the last one that ended well. */
const LATEST = 20

/** The chain that the last run over the city puts a need in, and which run that is; null where there is none of either. */
export function proposedChainQuery(needId: string) {
  return queryOptions({
    queryKey: ['matching-runs', 'chain', needId],
    queryFn: async ({ signal }): Promise<{ runId: string; chain: RunChain } | null> => {
      const runs = await jsonAnswer<Slice<MatchingRun>>(
        api.GET('/api/v1/matching-runs', { params: { query: { limit: LATEST } }, signal }),
      )
      const run = runs.items.find(({ kind, status }) => kind === 'city' && status === 'completed')
      if (run === undefined) return null
      const chains = await jsonAnswer<Slice<RunChain>>(
        api.GET('/api/v1/matching-runs/{id}/chains', { params: { path: { id: run.id }, query: { needId } }, signal }),
      )
      const [chain] = chains.items
      return chain === undefined ? null : { runId: run.id, chain }
    },
  })
}

/** Where a run shows that places are too few, whoever moves. */
export function shortagesQuery(runId: string) {
  return infiniteQueryOptions({
    queryKey: ['matching-run', runId, 'shortages'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<ShortagePage>(
        api.GET('/api/v1/shortages', {
          params: { query: pageParam === null ? { runId } : { runId, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}

/** The reader's own people in one of a run's shortages. */
export function shortageNeedsQuery(runId: string, number: number) {
  return infiniteQueryOptions({
    queryKey: ['matching-run', runId, 'shortages', number],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<ShortageNeed>>(
        api.GET('/api/v1/shortages/{runId}/{number}/needs', {
          params: { path: { runId, number }, query: pageParam === null ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}
