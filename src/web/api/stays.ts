import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { Departure, Slice, Stay, StayExtension, StayTransfer } from './types.ts'

/** Who lives in a house, as far as I may see them, a page at a time. */
export function residentsOfQuery(facilityId: string) {
  return infiniteQueryOptions({
    queryKey: ['stays', 'facility', facilityId],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<Stay>>(
        api.GET('/api/v1/stays', {
          params: {
            query: { facilityId, state: 'present', ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** The stay that is acted on, as it was seen. */
type Seen = Pick<Stay, 'id' | 'version'>

const acting = ({ id, version }: Seen, key: string) => ({
  params: { path: { id } },
  headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
})

/** Records that somebody has left. @throws ApiError, when her next home is not ready */
export function recordDeparture(stay: Seen, body: Departure, key: string): Promise<Stay> {
  return answer<Stay>(api.POST('/api/v1/stays/{id}/departure', { ...acting(stay, key), body }))
}

/** Agrees that a stay goes on longer. @throws ApiError */
export function extendStay(stay: Seen, body: StayExtension, key: string): Promise<Stay> {
  return answer<Stay>(api.POST('/api/v1/stays/{id}/extension', { ...acting(stay, key), body }))
}

/** Moves a household to another place of the same form. @throws ApiError */
export function transferStay(stay: Seen, body: StayTransfer, key: string): Promise<Stay> {
  return answer<Stay>(api.POST('/api/v1/stays/{id}/transfer', { ...acting(stay, key), body }))
}

/** After somebody has moved: everything that rests on who lives where. */
export async function forgetStays(client: QueryClient): Promise<void> {
  const rest = ['occupancy', 'facility', 'facilities', 'places', 'place-counts', 'workday', 'matches']
  for (const key of rest) void client.invalidateQueries({ queryKey: [key] })
  await client.invalidateQueries({ queryKey: ['stays'] })
}
