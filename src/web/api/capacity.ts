import { queryOptions } from '@tanstack/react-query'
import { answer, api, figures } from './client.ts'
import type { components, paths } from './openapi.generated.ts'

type Schemas = components['schemas']
export type Capacity = Schemas['Capacity']
export type CapacityRow = Schemas['CapacityRow']

/** A district's places today and who waits for them, form by form. */
export function districtCapacityQuery(district: string) {
  return queryOptions({
    queryKey: ['capacity', 'district', district],
    queryFn: ({ signal }) =>
      figures<Capacity>(api.GET('/api/v1/capacity', { params: { query: { district, groupBy: 'step,form' } }, signal })),
  })
}

export type ShortfallSeries = Schemas['ShortfallSeries']
export type ShortfallRow = Schemas['ShortfallRow']

/** How many lacked a home in a district, day by day. */
export function districtShortfallQuery(district: string) {
  return queryOptions({
    queryKey: ['capacity', 'shortfall', district],
    queryFn: ({ signal }) =>
      figures<ShortfallSeries>(api.GET('/api/v1/shortages/series', { params: { query: { district } }, signal })),
  })
}

export type RecordedShortfall = Schemas['RecordedShortfall']

/** How often somebody of a district did not get what was needed for lack of room, as it was recorded: the last twelve months. */
export function recordedShortfallQuery(district: string) {
  return queryOptions({
    queryKey: ['capacity', 'recorded-shortfall', district],
    queryFn: ({ signal }) =>
      figures<RecordedShortfall>(api.GET('/api/v1/shortages/recorded', { params: { query: { district } }, signal })),
  })
}

export type CapacitySeries = Schemas['CapacitySeries']
export type SeriesRow = Schemas['CapacitySeriesRow']
export type WaitingTimes = Schemas['WaitingTimes']
export type WaitingRow = Schemas['WaitingRow']
export type StayLengths = Schemas['StayLengths']
export type StayLengthRow = Schemas['StayLengthRow']
export type CapacityMeasure = Schemas['CapacityMeasures']['items'][number]

type Query<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never
export type DayAsk = Query<'/api/v1/capacity'>
export type SeriesAsk = Query<'/api/v1/capacity/series'>
export type LengthAsk = Query<'/api/v1/capacity/waiting'>

/** What every place is on a day, past or future, told apart as asked. */
export function capacityOnQuery(ask: DayAsk) {
  return queryOptions({
    queryKey: ['capacity', 'on', ask],
    queryFn: ({ signal }) => figures<Capacity>(api.GET('/api/v1/capacity', { params: { query: ask }, signal })),
  })
}

/** Places over time, period by period. */
export function capacitySeriesQuery(ask: SeriesAsk) {
  return queryOptions({
    queryKey: ['capacity', 'series', ask],
    queryFn: ({ signal }) =>
      figures<CapacitySeries>(api.GET('/api/v1/capacity/series', { params: { query: ask }, signal })),
  })
}

/** How long needs wait, with those who still wait. */
export function waitingTimesQuery(ask: LengthAsk) {
  return queryOptions({
    queryKey: ['capacity', 'waiting', ask],
    queryFn: ({ signal }) =>
      figures<WaitingTimes>(api.GET('/api/v1/capacity/waiting', { params: { query: ask }, signal })),
  })
}

/** How long places are lived in, beside the norm. */
export function stayLengthsQuery(ask: LengthAsk) {
  return queryOptions({
    queryKey: ['capacity', 'stays', ask],
    queryFn: ({ signal }) =>
      figures<StayLengths>(api.GET('/api/v1/capacity/stays', { params: { query: ask }, signal })),
  })
}

/** What each measure is called and what it counts. Changes with a release. */
export const capacityMeasuresQuery = queryOptions({
  queryKey: ['capacity-measures'],
  queryFn: async ({ signal }) =>
    (await answer<{ items: CapacityMeasure[] }>(api.GET('/api/v1/capacity/measures', { signal }))).items,
  staleTime: Number.POSITIVE_INFINITY,
})
