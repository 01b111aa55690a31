import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components } from './openapi.generated.ts'

type Schemas = components['schemas']
export type Capacity = Schemas['Capacity']
export type CapacityRow = Schemas['CapacityRow']

function isCapacity(body: unknown): body is Capacity {
  return typeof body === 'object' && body !== null && 'items' in body && 'total' in body
}

/** A district's places today and who waits for them, form by form. */
export function districtCapacityQuery(district: string) {
  return queryOptions({
    queryKey: ['capacity', 'district', district],
    queryFn: async ({ signal }): Promise<Capacity> => {
      const body = await answer<unknown>(
        api.GET('/api/v1/capacity', { params: { query: { district, groupBy: 'step,form' } }, signal }),
      )
      // the same address also answers with files; the client asks for JSON
      if (!isCapacity(body)) throw new TypeError('capacity was not answered as JSON')
      return body
    },
  })
}
