import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components } from './openapi.generated.ts'

export type Workday = components['schemas']['Workday']
export type Work = components['schemas']['Work']
export type WorkTask = components['schemas']['WorkTask']
export type WorkKind = components['schemas']['WorkKind']

/** How many things are fetched at once. */
const PAGE = 20

/** What needs somebody, a page at a time, each page with the counts of all; what was shown stays until another kind is there. */
export function workdayQuery(kind: WorkKind | undefined, within: 'two_weeks' | 'any') {
  return infiniteQueryOptions({
    queryKey: ['workday', kind ?? 'all', within],
    queryFn: ({ pageParam, signal }) =>
      answer<Workday>(
        api.GET('/api/v1/workday', {
          params: {
            query: {
              limit: PAGE,
              within,
              ...(kind === undefined ? {} : { kind }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}
