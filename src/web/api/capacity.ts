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

export type ShortfallSeries = Schemas['ShortfallSeries']
export type ShortfallRow = Schemas['ShortfallRow']

function isShortfall(body: unknown): body is ShortfallSeries {
  return typeof body === 'object' && body !== null && 'items' in body && 'notes' in body
}

/** How many lacked a home in a district, day by day. */
export function districtShortfallQuery(district: string) {
  return queryOptions({
    queryKey: ['capacity', 'shortfall', district],
    queryFn: async ({ signal }): Promise<ShortfallSeries> => {
      const body = await answer<unknown>(
        api.GET('/api/v1/shortages/series', { params: { query: { district } }, signal }),
      )
      if (!isShortfall(body)) throw new TypeError('the shortfall was not answered as JSON')
      return body
    },
  })
}
