import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { asRows } from './city.ts'
import { answer, api, jsonAnswer } from './client.ts'
import type { Facility, Place, PlaceCount, PlaceForm, Slice } from './types.ts'

/** What a list of places is narrowed to; it stands in the address. */
export type PlaceFilter = { form?: PlaceForm; district?: string; vacantOn?: string; facilityId?: string }

/** Places, a page at a time. */
export function placesQuery(filter: PlaceFilter) {
  return infiniteQueryOptions({
    queryKey: ['places', filter],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<Place>>(
        api.GET('/api/v1/places', {
          params: { query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Places that somebody could move into on a day; as many as the service gives at once. */
export function vacantPlacesQuery(filter: PlaceFilter & { vacantOn: string }) {
  return queryOptions({
    queryKey: ['places', 'vacant', filter],
    queryFn: async ({ signal }) =>
      (
        await jsonAnswer<Slice<Place>>(
          api.GET('/api/v1/places', { params: { query: { ...filter, limit: LARGEST_PAGE } }, signal }),
        )
      ).items,
  })
}

/** One facility with its criteria. */
export function facilityQuery(id: string) {
  return queryOptions({
    queryKey: ['facility', id],
    queryFn: ({ signal }) => answer<Facility>(api.GET('/api/v1/facilities/{id}', { params: { path: { id } }, signal })),
  })
}

/** How many places are free today, by form, in the city, a district or a house. */
export function placeCountsQuery(of: { district?: string; facilityId?: string }) {
  return queryOptions({
    queryKey: ['place-counts', of],
    queryFn: async ({ signal }) =>
      asRows<{ items: PlaceCount[] }>(
        await answer<unknown>(api.GET('/api/v1/place-counts', { params: { query: of }, signal })),
      ).items,
  })
}

/** Facilities whose vacancy was last confirmed before a day, or never; the first page of them. */
export function unconfirmedQuery(confirmedBefore: string, district?: string) {
  return queryOptions({
    queryKey: ['facilities', 'unconfirmed', confirmedBefore, district],
    queryFn: ({ signal }) =>
      jsonAnswer<Slice<Facility>>(
        api.GET('/api/v1/facilities', {
          params: {
            query: { confirmedBefore, limit: LARGEST_PAGE, ...(district === undefined ? {} : { district }) },
          },
          signal,
        }),
      ),
  })
}

/** Says that a facility's free places are right as of now. @throws ApiError */
export function confirmVacancy(id: string, key: string): Promise<Facility> {
  return answer<Facility>(
    api.POST('/api/v1/facilities/{id}/vacancy-confirmation', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Sets how many new households a house takes in a month, as it was seen; null: nothing limits it. @throws ApiError */
export function changeMoveInLimit(
  { id, version }: Pick<Facility, 'id' | 'version'>,
  maxMoveInsPerMonth: number | null,
  key: string,
): Promise<Facility> {
  return answer<Facility>(
    api.PATCH('/api/v1/facilities/{id}', {
      params: { path: { id } },
      body: { maxMoveInsPerMonth },
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

const LARGEST_PAGE = 100

/** Every facility, by name. A city has some hundreds at most; the list has no search by name, so it is searched here. */
export const facilitiesQuery = queryOptions({
  queryKey: ['facilities'],
  queryFn: async ({ signal }) => {
    const facilities: Facility[] = []
    let cursor: string | null = null
    do {
      const query: { limit: number; cursor?: string } = { limit: LARGEST_PAGE, ...(cursor === null ? {} : { cursor }) }
      const page: Slice<Facility> = await jsonAnswer(api.GET('/api/v1/facilities', { params: { query }, signal }))
      facilities.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return facilities
  },
  staleTime: 60_000,
})
