import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type MovingChain = Schemas['MovingChain']
export type ChainStep = MovingChain['steps'][number]
export type FollowedChain = Schemas['FollowedChain']
export type FollowedStep = FollowedChain['steps'][number]
export type ChainsShown = 'open' | 'ended'

const PAGE = 20
/** How often a chain is asked about while what is left of it is being proposed again, in milliseconds. */
const FOLLOW_MS = 2_000

/** Chains in life that my people are in, those with a break first, a page at a time. */
export function chainsInLifeQuery(state: ChainsShown) {
  return infiniteQueryOptions({
    queryKey: ['chains', state],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<MovingChain>>(
        api.GET('/api/v1/chains', {
          params: { query: { state, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** The chains in life that one of my own people is in. */
export function chainsOfNeedQuery(needId: string) {
  return queryOptions({
    queryKey: ['chains', 'need', needId],
    queryFn: async ({ signal }) =>
      (
        await jsonAnswer<Slice<MovingChain>>(
          api.GET('/api/v1/chains', { params: { query: { state: 'open', needId, limit: PAGE } }, signal }),
        )
      ).items,
  })
}

/** One chain in life; asked again while the run that proposes the rest anew has still to end. */
export function chainQuery(id: string) {
  return queryOptions({
    queryKey: ['chain', id],
    queryFn: ({ signal }) =>
      answer<FollowedChain>(api.GET('/api/v1/chains/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && data.againRunId !== null && !data.againEnded ? FOLLOW_MS : false,
  })
}

/** Makes a chain of a run one in life. @throws ApiError, with why it cannot be begun */
export function startChain(runId: string, chain: number, key: string): Promise<MovingChain> {
  return answer<MovingChain>(
    api.POST('/api/v1/chains', { body: { runId, chain }, headers: { 'Idempotency-Key': key } }),
  )
}

/** Takes my own person out of a chain before anything is offered to her. @throws ApiError */
export function leaveChain(id: string, position: number, key: string): Promise<FollowedChain> {
  return answer<FollowedChain>(
    api.POST('/api/v1/chains/{id}/withdrawal', {
      params: { path: { id } },
      body: { position },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** After a step was left: the chain is what it has become, and those concerned have their tasks. */
export async function forgetChain(client: QueryClient, id: string): Promise<void> {
  for (const key of ['chains', 'tasks', 'workday']) void client.invalidateQueries({ queryKey: [key] })
  await client.invalidateQueries({ queryKey: ['chain', id] })
}

/** After a chain has begun: the run says so, and each bydel has its task. */
export async function forgetChains(client: QueryClient, runId: string): Promise<void> {
  for (const key of ['chains', 'tasks', 'workday', 'matching-runs']) void client.invalidateQueries({ queryKey: [key] })
  await client.invalidateQueries({ queryKey: ['matching-run', runId, 'chains'] })
}
