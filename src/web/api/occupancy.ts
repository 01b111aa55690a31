import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { OccupancySummary, PlaceForm, PlaceOccupancy, Slice } from './types.ts'

/** Which places over which days; it stands in the address. */
export type OccupancyFilter = {
  from: string
  to: string
  form?: PlaceForm
  district?: string
  facilityId?: string
  only?: 'gaps' | 'held' | 'closed' | 'changing'
}

/** How many places are fetched at once: several screens. */
const PAGE = 200

/** Places over days, a page at a time. What was shown stays until other days or filters are there. */
export function occupancyQuery(filter: OccupancyFilter) {
  return infiniteQueryOptions({
    queryKey: ['occupancy', filter],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<PlaceOccupancy>>(
        api.GET('/api/v1/occupancy', {
          params: { query: { ...filter, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** The same places and days, counted. */
export function occupancySummaryQuery(filter: OccupancyFilter) {
  return queryOptions({
    queryKey: ['occupancy', 'summary', filter],
    queryFn: ({ signal }) =>
      answer<OccupancySummary>(api.GET('/api/v1/occupancy/summary', { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  })
}
