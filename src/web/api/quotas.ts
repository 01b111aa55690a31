import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Quota = Schemas['CrossDistrictQuota']
export type ChangedQuota = Schemas['ChangedCrossDistrictQuotaInput']

/** Where the list is read, and downloaded from. */
export function quotasAddress(district: string | undefined): string {
  return `/api/v1/cross-district-quotas${district === undefined ? '' : `?district=${district}`}`
}

/** Quotas of every bydel or of one, by bydel and first day. */
export function quotasQuery(district: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['quotas', district ?? 'city'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<Quota>>(
        api.GET('/api/v1/cross-district-quotas', {
          params: {
            query: {
              ...(district === undefined ? {} : { district }),
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

/** Sets a quota for a bydel. @throws ApiError */
export function addQuota(district: string, body: Required<ChangedQuota>, key: string): Promise<Quota> {
  return answer<Quota>(
    api.POST('/api/v1/cross-district-quotas', { body: { ...body, district }, headers: { 'Idempotency-Key': key } }),
  )
}

/** Changes a quota as it was seen. @throws ApiError, 412 when somebody else changed it first */
export function changeQuota(
  { id, version }: Pick<Quota, 'id' | 'version'>,
  body: ChangedQuota,
  key: string,
): Promise<Quota> {
  return answer<Quota>(
    api.PATCH('/api/v1/cross-district-quotas/{id}', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}
