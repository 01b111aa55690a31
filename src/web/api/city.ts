import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'

type Schemas = components['schemas']
export type Capacity = Schemas['Capacity']
export type WaitingTimes = Schemas['WaitingTimes']
export type ShortfallSeries = Schemas['ShortfallSeries']
export type CityShortages = Schemas['ShortagePage']

/** The same addresses also answer with files; the client asks for JSON, whose body has its rows in `items`. */
export function asRows<T extends { items: unknown }>(body: unknown): T {
  if (typeof body !== 'object' || body === null || !('items' in body)) throw new TypeError('not answered as JSON')
  return body as T
}

/** Places and queue of every district today, form by form. */
export const cityCapacityQuery = queryOptions({
  queryKey: ['capacity', 'districts'],
  queryFn: async ({ signal }) =>
    asRows<Capacity>(
      await answer<unknown>(api.GET('/api/v1/capacity', { params: { query: { groupBy: 'district,form' } }, signal })),
    ),
})

/** How long people waited in every district, those who still wait counted. */
export const cityWaitingQuery = queryOptions({
  queryKey: ['capacity', 'waiting', 'districts'],
  queryFn: async ({ signal }) =>
    asRows<WaitingTimes>(
      await answer<unknown>(
        api.GET('/api/v1/capacity/waiting', { params: { query: { groupBy: 'district' } }, signal }),
      ),
    ),
})

/** How many lacked a home from a day on, by district or for the whole city. */
export function shortfallQuery(from: string, byDistrict: boolean) {
  return queryOptions({
    queryKey: ['capacity', 'shortfall', from, byDistrict],
    queryFn: async ({ signal }) => {
      const query = byDistrict ? { from, groupBy: 'district' as const } : { from }
      return asRows<ShortfallSeries>(
        await answer<unknown>(api.GET('/api/v1/shortages/series', { params: { query }, signal })),
      )
    },
  })
}

/** Where places are too few whoever moves, by the newest run over the city. */
export const cityShortagesQuery = infiniteQueryOptions({
  queryKey: ['city', 'shortages'],
  queryFn: ({ pageParam, signal }) =>
    jsonAnswer<CityShortages>(
      api.GET('/api/v1/shortages', { params: { query: pageParam === null ? {} : { cursor: pageParam } }, signal }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (slice) => slice.nextCursor,
})
