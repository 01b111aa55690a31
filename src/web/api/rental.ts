import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Versioned, versioned } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Worksheet = Schemas['RentalWorksheet']
export type Landlord = Schemas['Landlord']
export type WorksheetFields =
  paths['/api/v1/needs/{id}/rental-worksheet']['put']['requestBody']['content']['application/json']
export type NewLandlord = paths['/api/v1/landlords']['post']['requestBody']['content']['application/json']

/** The private-rental worksheet of a need with its entity tag; blank while none has been saved. */
export function worksheetQuery(needId: string) {
  return queryOptions({
    queryKey: ['papers', needId, 'worksheet'],
    queryFn: ({ signal }) =>
      versioned<Worksheet>(
        api.GET('/api/v1/needs/{id}/rental-worksheet', { params: { path: { id: needId } }, signal }),
      ),
  })
}

/** Every landlord of my district, by name. */
export const landlordsQuery = queryOptions({
  queryKey: ['papers', 'landlords'],
  queryFn: async ({ signal }) => {
    const landlords: Landlord[] = []
    let cursor: string | null = null
    do {
      const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor === null ? {} : { cursor }) }
      const page: Slice<Landlord> = await answer<Slice<Landlord>>(
        api.GET('/api/v1/landlords', { params: { query }, signal }),
      )
      landlords.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return landlords
  },
})

/** Saves the whole worksheet. @throws ApiError, 412 when someone else saved first */
export function saveWorksheet(
  needId: string,
  body: WorksheetFields,
  etag: string,
  key: string,
): Promise<Versioned<Worksheet>> {
  return versioned<Worksheet>(
    api.PUT('/api/v1/needs/{id}/rental-worksheet', {
      params: { path: { id: needId } },
      body,
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Adds a landlord. @throws ApiError */
export function addLandlord(body: NewLandlord, key: string): Promise<Landlord> {
  return answer<Landlord>(api.POST('/api/v1/landlords', { body, headers: { 'Idempotency-Key': key } }))
}
