import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type ReturnPlan = Schemas['ReturnPlan']
export type ReturnPlanEvent = Schemas['ReturnPlanEvent']
export type PersonWithoutPlan = Schemas['PersonWithoutReturnPlan']
export type ReturnStandingTable = Schemas['ReturnStandingTable']
export type SupportTeam = Schemas['SupportTeam']
export type HomeCommitment = Schemas['HomeCommitment']
export type PossibleHome = Schemas['PossibleHome']
export type CapacityChange = Schemas['CapacityChange']
export type ClosingAccount = Schemas['ClosingAccount']
export type ClosingsByDistrict = Schemas['ClosingsByDistrict']
type Json<B> = { requestBody: { content: { 'application/json': B } } }
type Posted<P extends keyof paths> = paths[P] extends { post: Json<infer B> } ? B : never
type Patched<P extends keyof paths> = paths[P] extends { patch: Json<infer B> } ? B : never
export type ChangedReturnPlan = Patched<'/api/v1/return-plans/{id}'>
type OutcomeBody = Posted<'/api/v1/return-plans/{id}/outcome'>
type WithdrawalBody = Posted<'/api/v1/return-plans/{id}/withdrawal'>

/** A table that the same address also gives as files; the client asks for JSON. */
async function tableOf<T extends { items: unknown[] }>(asked: Promise<unknown>): Promise<T> {
  const body = await asked
  if (typeof body !== 'object' || body === null || !('items' in body))
    throw new TypeError('a table was not answered as JSON')
  return body as T
}

const nextCursor = (slice: { nextCursor: string | null }) => slice.nextCursor
const firstPage = null as string | null
const from = (cursor: string | null) => (cursor === null ? {} : { cursor })
const sent = (version: number, key: string) => ({ 'If-Match': `"${version}"`, 'Idempotency-Key': key })

/** Plans that I may see, by target day. */
export function returnPlansQuery(standing: ReturnPlan['standing']) {
  const closed = standing === 'moved_home' || standing === 'moved_elsewhere' || standing === 'moved_back'
  return infiniteQueryOptions({
    queryKey: ['return-plans', 'list', standing ?? 'open'],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<ReturnPlan>>(
        api.GET('/api/v1/return-plans', {
          params: {
            query: {
              state: closed ? ('closed' as const) : ('open' as const),
              ...(standing === null ? {} : { standing }),
              ...from(pageParam),
            },
          },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** Every plan of somebody, the open one first. */
export function plansOfResidentQuery(residentId: string) {
  return queryOptions({
    queryKey: ['return-plans', 'of', residentId],
    queryFn: ({ signal }) =>
      answer<Slice<ReturnPlan>>(
        api.GET('/api/v1/return-plans', { params: { query: { residentId, state: 'all' } }, signal }),
      ),
  })
}

/** Those who live in VEL's institutions and have no plan. */
export const withoutPlanQuery = infiniteQueryOptions({
  queryKey: ['return-plans', 'without'],
  queryFn: ({ pageParam, signal }) =>
    answer<Slice<PersonWithoutPlan>>(
      api.GET('/api/v1/return-plans/without-plan', { params: { query: from(pageParam) }, signal }),
    ),
  initialPageParam: firstPage,
  getNextPageParam: nextCursor,
})

/** How far each bydel is on the way to the day. */
export const returnStandingQuery = queryOptions({
  queryKey: ['return-plans', 'standing'],
  queryFn: ({ signal }) =>
    tableOf<ReturnStandingTable>(answer<unknown>(api.GET('/api/v1/return-plans/standing', { signal }))),
})

export function returnPlanQuery(id: string) {
  return queryOptions({
    queryKey: ['return-plan', id],
    queryFn: ({ signal }) =>
      answer<ReturnPlan>(api.GET('/api/v1/return-plans/{id}', { params: { path: { id } }, signal })),
  })
}

export function returnEventsQuery(id: string) {
  return queryOptions({
    queryKey: ['return-plan', id, 'events'],
    queryFn: ({ signal }) =>
      answer<{ items: ReturnPlanEvent[] }>(
        api.GET('/api/v1/return-plans/{id}/events', { params: { path: { id } }, signal }),
      ),
  })
}

/** Homes that a plan could end in, the first to open first. */
export function homesOfPlanQuery(id: string) {
  return queryOptions({
    queryKey: ['return-plan', id, 'homes'],
    queryFn: ({ signal }) =>
      answer<{ items: PossibleHome[] }>(
        api.GET('/api/v1/return-plans/{id}/homes', { params: { path: { id } }, signal }),
      ),
  })
}

export function commitmentQuery(id: string) {
  return queryOptions({
    queryKey: ['return-plan', 'commitment', id],
    queryFn: ({ signal }) =>
      answer<HomeCommitment>(api.GET('/api/v1/home-commitments/{id}', { params: { path: { id } }, signal })),
  })
}

/** The teams of a bydel. */
export function teamsQuery(district: string) {
  return queryOptions({
    queryKey: ['closings', 'teams', district],
    queryFn: ({ signal }) =>
      answer<Slice<SupportTeam>>(api.GET('/api/v1/support-teams', { params: { query: { district } }, signal })),
  })
}

/** A plan begins with whose it is; the rest comes as it is known. */
const NOTHING_YET = {
  verdict: 'undecided',
  verdictReason: null,
  targetForm: null,
  earliestOn: null,
  targetOn: null,
  ownPart: null,
  ownPartOn: null,
  ownWords: null,
  districtOwner: null,
  velContact: null,
  supportTeamId: null,
  supportFrom: null,
} as const

/** Begins a plan. @throws ApiError */
export function beginReturnPlan(residentId: string, key: string): Promise<ReturnPlan> {
  return answer<ReturnPlan>(
    api.POST('/api/v1/return-plans', { body: { residentId, ...NOTHING_YET }, headers: { 'Idempotency-Key': key } }),
  )
}

/** Changes a plan as it was seen. @throws ApiError, 412 when somebody else changed it first */
export function changeReturnPlan(
  { id, version }: ReturnPlan,
  body: ChangedReturnPlan,
  key: string,
): Promise<ReturnPlan> {
  return answer<ReturnPlan>(
    api.PATCH('/api/v1/return-plans/{id}', { params: { path: { id } }, body, headers: sent(version, key) }),
  )
}

/** The plan is agreed on. @throws ApiError that names what is missing */
export function agreeReturnPlan({ id, version }: ReturnPlan, key: string): Promise<ReturnPlan> {
  return answer<ReturnPlan>(
    api.POST('/api/v1/return-plans/{id}/agreement', {
      params: { path: { id } },
      body: { note: null },
      headers: sent(version, key),
    }),
  )
}

/** What came of it. @throws ApiError */
export function recordOutcome({ id, version }: ReturnPlan, body: OutcomeBody, key: string): Promise<ReturnPlan> {
  return answer<ReturnPlan>(
    api.POST('/api/v1/return-plans/{id}/outcome', { params: { path: { id } }, body, headers: sent(version, key) }),
  )
}

/** Takes a plan back. @throws ApiError */
export function withdrawReturnPlan(
  { id, version }: ReturnPlan,
  body: WithdrawalBody,
  key: string,
): Promise<ReturnPlan> {
  return answer<ReturnPlan>(
    api.POST('/api/v1/return-plans/{id}/withdrawal', { params: { path: { id } }, body, headers: sent(version, key) }),
  )
}

/** Binds the bydel to a home by a day. @throws ApiError */
export function commitHome(
  body: { returnPlanId: string; readyOn: string; placeId: string | null },
  key: string,
): Promise<HomeCommitment> {
  return answer<HomeCommitment>(
    api.POST('/api/v1/home-commitments', { body: { ...body, note: null }, headers: { 'Idempotency-Key': key } }),
  )
}

/** Changes a commitment as it was seen. @throws ApiError */
export function changeCommitment(
  { id, version }: Pick<HomeCommitment, 'id' | 'version'>,
  body: { readyOn: string; placeId: string | null },
  key: string,
): Promise<HomeCommitment> {
  return answer<HomeCommitment>(
    api.PATCH('/api/v1/home-commitments/{id}', { params: { path: { id } }, body, headers: sent(version, key) }),
  )
}

/** Takes a commitment back, with why. @throws ApiError */
export function withdrawCommitment(
  { id, version }: Pick<HomeCommitment, 'id' | 'version'>,
  note: string,
  key: string,
): Promise<HomeCommitment> {
  return answer<HomeCommitment>(
    api.POST('/api/v1/home-commitments/{id}/withdrawal', {
      params: { path: { id } },
      body: { note },
      headers: sent(version, key),
    }),
  )
}

/** VEL's places form by form, from 2021 to the day. */
export const closingAccountQuery = queryOptions({
  queryKey: ['closings', 'account'],
  queryFn: ({ signal }) =>
    tableOf<ClosingAccount>(answer<unknown>(api.GET('/api/v1/capacity-changes/account', { signal }))),
})

/** Those who live on places that close, by bydel. */
export const closingsByDistrictQuery = queryOptions({
  queryKey: ['closings', 'districts'],
  queryFn: ({ signal }) =>
    tableOf<ClosingsByDistrict>(answer<unknown>(api.GET('/api/v1/capacity-changes/districts', { signal }))),
})

export type AskedChanges = {
  when: 'coming' | 'past'
  kind: 'opening' | 'closing'
  state?: NonNullable<CapacityChange['state']> | undefined
}

/** VEL's places that open or close, one by one. */
export function capacityChangesQuery(asked: AskedChanges) {
  const { state, ...query } = asked
  return infiniteQueryOptions({
    queryKey: ['closings', 'places', asked],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<CapacityChange>>(
        api.GET('/api/v1/capacity-changes', {
          params: { query: { ...query, ...(state === undefined ? {} : { state }), ...from(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}
