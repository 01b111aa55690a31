import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, figures, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type CapacityChange = Schemas['CapacityChange']
export type SaidCertainty = Schemas['SaidCertaintyInput']
export type ClosingAccount = Schemas['ClosingAccount']
type ClosingsByDistrict = Schemas['ClosingsByDistrict']

/** VEL's places form by form, from 2021 to the day. */
export const closingAccountQuery = queryOptions({
  queryKey: ['closings', 'account'],
  queryFn: ({ signal }) => figures<ClosingAccount>(api.GET('/api/v1/capacity-changes/account', { signal })),
})

/** Those who live on places that close, by bydel. */
export const closingsByDistrictQuery = queryOptions({
  queryKey: ['closings', 'districts'],
  queryFn: ({ signal }) => figures<ClosingsByDistrict>(api.GET('/api/v1/capacity-changes/districts', { signal })),
})

export type AskedChanges = {
  when: 'coming' | 'past'
  kind: 'opening' | 'closing'
  state?: NonNullable<CapacityChange['state']> | undefined
}

/** VEL's places that open or close, one by one. */
export function capacityChangesQuery(asked: AskedChanges) {
  const { state, ...query } = asked
  return infiniteQueryOptions({
    queryKey: ['closings', 'places', asked],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<CapacityChange>>(
        api.GET('/api/v1/capacity-changes', {
          params: {
            query: {
              ...query,
              ...(state === undefined ? {} : { state }),
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

/** Says how certain an opening or closing is, of the change as it was seen. @throws ApiError */
export async function sayCertainty(
  { placeId, certaintyVersion }: Pick<CapacityChange, 'placeId' | 'certaintyVersion'>,
  body: SaidCertainty,
  key: string,
): Promise<CapacityChange> {
  return answer<CapacityChange>(
    api.PUT('/api/v1/places/{id}/certainty', {
      params: { path: { id: placeId } },
      body,
      headers: { 'If-Match': `"${certaintyVersion}"`, 'Idempotency-Key': key },
    }),
  )
}
