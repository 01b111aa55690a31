import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { PlaceForm } from './types.ts'

export type Distribution = components['schemas']['Distribution']
export type DistributionRow = components['schemas']['DistributionRow']

export type AskedDistribution = {
  basis: 'published' | 'registered'
  form: PlaceForm | undefined
  /** As the service takes them; undefined: the policy's. */
  weights: string | undefined
}

function isDistribution(body: unknown): body is Distribution {
  return typeof body === 'object' && body !== null && 'indicators' in body
}

/** Share of homes against share of need. */
export function distributionQuery({ basis, form, weights }: AskedDistribution) {
  return queryOptions({
    queryKey: ['capacity', 'distribution', basis, form, weights],
    queryFn: async ({ signal }): Promise<Distribution> => {
      const query = {
        basis,
        ...(form === undefined ? {} : { form }),
        ...(weights === undefined ? {} : { weights }),
      }
      const body = await answer<unknown>(api.GET('/api/v1/distribution', { params: { query }, signal }))
      if (!isDistribution(body)) throw new TypeError('the distribution was not answered as JSON')
      return body
    },
  })
}
