import { queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import { followed } from './longJobs.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Forecast = Schemas['Forecast']
export type ForecastSeries = Schemas['ForecastSeries']
export type ForecastNumbers = ForecastSeries['series'][number]

/** Forecasts looked through for the newest one of the city as it is. */
const LATEST = 20

/** The newest forecasts, asked again while one of them is under way. */
export const forecastsQuery = queryOptions({
  queryKey: ['forecasts'],
  queryFn: async ({ signal }) =>
    (await jsonAnswer<Slice<Forecast>>(api.GET('/api/v1/forecasts', { params: { query: { limit: LATEST } }, signal })))
      .items,
  refetchInterval: ({ state }) => followed(state.data ?? []),
})

/** One forecast with what it takes for granted, followed until it has ended. */
export function forecastQuery(id: string) {
  return queryOptions({
    queryKey: ['forecast', id],
    queryFn: ({ signal }) => answer<Forecast>(api.GET('/api/v1/forecasts/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => followed(state.data === undefined ? [] : [state.data]),
  })
}

/** How many will live in VEL's institutions, by responsible district and for the city, as a completed forecast has it. */
export function institutionsQuery(id: string) {
  return queryOptions({
    queryKey: ['forecast-numbers', id, 'vel'],
    queryFn: ({ signal }) =>
      jsonAnswer<ForecastSeries>(
        api.GET('/api/v1/forecasts/{id}/series', {
          params: { path: { id }, query: { measure: 'residents', form: 'vel' } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Asks for a forecast of the city as it is. @throws ApiError */
export function startForecast(key: string): Promise<Forecast> {
  return answer<Forecast>(api.POST('/api/v1/forecasts', { body: {}, headers: { 'Idempotency-Key': key } }))
}

/** Asks a forecast to stop. @throws ApiError */
export function cancelForecast(id: string, key: string): Promise<Forecast> {
  return answer<Forecast>(
    api.POST('/api/v1/forecasts/{id}/cancellation', { params: { path: { id } }, headers: { 'Idempotency-Key': key } }),
  )
}
