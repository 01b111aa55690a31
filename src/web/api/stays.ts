import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type {
  Departure,
  DepartureCorrection,
  MoveInCorrection,
  PrivateHome,
  RightOfReturn,
  Slice,
  Stay,
  StayExtension,
  StayTransfer,
} from './types.ts'

/** Who lives in a house, as far as I may see them, a page at a time. */
export function residentsOfQuery(facilityId: string) {
  return infiniteQueryOptions({
    queryKey: ['stays', 'facility', facilityId],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<Stay>>(
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

/** Who has left a house since a day, as far as I may see them: the newest stays, a hundred at most. */
export function leftSinceQuery(facilityId: string, leftSince: string) {
  return queryOptions({
    queryKey: ['stays', 'left', facilityId, leftSince],
    queryFn: async ({ signal }) =>
      (
        await jsonAnswer<Slice<Stay>>(
          api.GET('/api/v1/stays', {
            params: { query: { facilityId, state: 'departed', leftSince, limit: 100 } },
            signal,
          }),
        )
      ).items,
  })
}

/** Where somebody's household lives now, as far as I may see it: a home outside our places too. */
export function homesQuery(residentId: string) {
  return queryOptions({
    queryKey: ['stays', 'resident', residentId],
    queryFn: async ({ signal }) =>
      (
        await jsonAnswer<Slice<Stay>>(
          api.GET('/api/v1/stays', { params: { query: { residentId, state: 'present' } }, signal }),
        )
      ).items,
  })
}

/** Records a private home outside our places, by the lease of the worksheet. @throws ApiError, with what is missing */
export function recordPrivateHome(needId: string, body: PrivateHome, etag: string, key: string): Promise<Stay> {
  return answer<Stay>(
    api.POST('/api/v1/needs/{id}/private-home', {
      params: { path: { id: needId } },
      body,
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Where the household of a need may come back to. */
export function rightsOfReturnQuery(needId: string) {
  return queryOptions({
    queryKey: ['stays', 'return', needId],
    queryFn: async ({ signal }) =>
      (
        await answer<{ items: RightOfReturn[] }>(
          api.GET('/api/v1/needs/{id}/rights-of-return', { params: { path: { id: needId } }, signal }),
        )
      ).items,
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

/** Corrects a departure that was recorded wrongly. @throws ApiError, with the place's state when somebody else has it */
export function correctDeparture(stay: Seen, body: DepartureCorrection, key: string): Promise<Stay> {
  return answer<Stay>(api.POST('/api/v1/stays/{id}/departure-correction', { ...acting(stay, key), body }))
}

/** Corrects the day of a move-in. @throws ApiError */
export function correctMoveIn(stay: Seen, body: MoveInCorrection, key: string): Promise<Stay> {
  return answer<Stay>(api.POST('/api/v1/stays/{id}/move-in-correction', { ...acting(stay, key), body }))
}

/** After somebody has moved: everything that rests on who lives where. */
export async function forgetStays(client: QueryClient): Promise<void> {
  const rest = ['occupancy', 'facility', 'facilities', 'places', 'place-counts', 'workday', 'matches']
  for (const key of rest) void client.invalidateQueries({ queryKey: [key] })
  await client.invalidateQueries({ queryKey: ['stays'] })
}
