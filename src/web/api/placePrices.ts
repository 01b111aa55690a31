import { queryOptions } from '@tanstack/react-query'
import { asRows } from './city.ts'
import { answer, api } from './client.ts'
import type { components, paths } from './openapi.generated.ts'

type Schemas = components['schemas']
export type PlacePrices = Schemas['PlacePrices']
export type PlacePrice = Schemas['PlacePrice']
export type PriceMove = Schemas['PriceMove']
export type PlaceVariant = PlacePrice['variant']
type Asked = NonNullable<paths['/api/v1/place-prices']['get']['parameters']['query']>

function pricesQuery(query: Asked) {
  return queryOptions({
    queryKey: ['city', 'place-prices', query],
    queryFn: async ({ signal }) =>
      asRows<PlacePrices>(await answer<unknown>(api.GET('/api/v1/place-prices', { params: { query }, signal }))),
  })
}

/** What one more place of a variant would change, by the newest run over the city. */
export const placePricesQuery = (variant: PlaceVariant) => pricesQuery({ variant })

/** The places that would release most people, or most kroner of what the gap costs; of a form in a district the better variant. */
export const mostReleasingQuery = (by: 'people' | 'kroner', most: number, district: string | undefined) =>
  pricesQuery(district === undefined ? { by, most } : { by, most, district })
