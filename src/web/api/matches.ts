import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { Explanation, MatchSummary, NeedMatches, Requirements } from './types.ts'

export type CityPreview = components['schemas']['CityPreview']

/** How many of the places that fit are listed, best first. The service lists fifty at most. */
const MATCHES_SHOWN = 50

/** The places that fit a need, ranked, with what keeps the others away. */
export function matchesQuery(needId: string) {
  return queryOptions({
    queryKey: ['matches', needId],
    queryFn: ({ signal }) =>
      answer<NeedMatches>(
        api.GET('/api/v1/needs/{id}/matches', {
          params: { path: { id: needId }, query: { limit: MATCHES_SHOWN } },
          signal,
        }),
      ),
  })
}

/** What the need would be given if the city were solved now; asked again when the city changes. */
export function cityPreviewQuery(needId: string) {
  return queryOptions({
    queryKey: ['matches', needId, 'city'],
    queryFn: ({ signal }) =>
      answer<CityPreview>(api.GET('/api/v1/needs/{id}/city-preview', { params: { path: { id: needId } }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** Every rule for one need and one place. */
export function explanationQuery(needId: string, placeId: string) {
  return queryOptions({
    queryKey: ['matches', needId, 'explanation', placeId],
    queryFn: ({ signal }) =>
      answer<Explanation>(api.GET('/api/v1/explanations', { params: { query: { needId, placeId } }, signal })),
  })
}

/**
 * How many places would fit requirements that may not be saved yet. The previous answer stays until the new one comes.
 * @param household raised when what is stored about the household has changed
 */
export function previewQuery(requirements: Requirements, household: string) {
  return queryOptions({
    queryKey: ['preview', requirements, household],
    queryFn: ({ signal }) =>
      answer<MatchSummary>(
        api.POST('/api/v1/match-previews', { params: { query: { limit: 1 } }, body: requirements, signal }),
      ),
    placeholderData: keepPreviousData,
  })
}
