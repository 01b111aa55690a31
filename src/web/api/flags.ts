import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, figures, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Flag = Schemas['Flag']
export type FlagWithHistory = Schemas['FlagWithHistory']
export type FlagRecord = Schemas['FlagRecord']
export type NeedGrowth = Schemas['NeedGrowth']

/** Which flags: of a district, or `city`; undefined is all. */
export type AskedFlags = { district: string | undefined; closed: boolean }

export function flagsQuery({ district, closed }: AskedFlags) {
  return infiniteQueryOptions({
    queryKey: ['flags', district ?? 'all', closed],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<Flag>>(
        api.GET('/api/v1/flags', {
          params: {
            query: {
              ...(district === undefined ? {} : { district }),
              ...(closed ? { closed: 'true' } : {}),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}

/** One flag with what happened to it. */
export function flagQuery(id: string) {
  return queryOptions({
    queryKey: ['flags', 'one', id],
    queryFn: ({ signal }) =>
      answer<FlagWithHistory>(api.GET('/api/v1/flags/{id}', { params: { path: { id } }, signal })),
  })
}

/** How the need for co-located homes has grown, of the city and of every district. */
export const needGrowthQuery = queryOptions({
  queryKey: ['flags', 'growth'],
  queryFn: ({ signal }) => figures<NeedGrowth>(api.GET('/api/v1/need-growth', { signal })),
})

/** What stands behind a flag, as far as the reader may see it. */
export function flagRecordsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['flags', 'one', id, 'records'],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<FlagRecord>>(
        api.GET('/api/v1/flags/{id}/records', {
          params: { path: { id }, query: pageParam === null ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (slice) => slice.nextCursor,
  })
}

export type FlagAnswer =
  | { kind: 'acknowledgement'; comment: string }
  | { kind: 'assignment'; comment: string; to: string }
  | { kind: 'resolution'; comment: string }

/** Answers a flag as it was seen. @throws ApiError */
export function answerFlag(
  { id, version }: Pick<Flag, 'id' | 'version'>,
  given: FlagAnswer,
  key: string,
): Promise<Flag> {
  const params = { path: { id } }
  const headers = { 'If-Match': `"${version}"`, 'Idempotency-Key': key }
  const comment = given.comment.trim() === '' ? {} : { comment: given.comment }
  switch (given.kind) {
    case 'acknowledgement':
      return answer<Flag>(api.POST('/api/v1/flags/{id}/acknowledgement', { params, headers, body: comment }))
    case 'assignment':
      return answer<Flag>(
        api.POST('/api/v1/flags/{id}/assignment', { params, headers, body: { to: given.to, ...comment } }),
      )
    case 'resolution':
      return answer<Flag>(
        api.POST('/api/v1/flags/{id}/resolution', { params, headers, body: { comment: given.comment } }),
      )
  }
}
