import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, figures, jsonAnswer } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type ReturnPlan = Schemas['ReturnPlan']
export type ReturnPlanEvent = Schemas['ReturnPlanEvent']
export type PersonWithoutPlan = Schemas['PersonWithoutReturnPlan']
export type ReturnStandingTable = Schemas['ReturnStandingTable']
export type ReturnBurnDown = Schemas['ReturnBurnDown']
export type SupportTeam = Schemas['SupportTeam']
export type HomeCommitment = Schemas['HomeCommitment']
export type PossibleHome = Schemas['PossibleHome']
type Json<B> = { requestBody: { content: { 'application/json': B } } }
type Posted<P extends keyof paths> = paths[P] extends { post: Json<infer B> } ? B : never
type Patched<P extends keyof paths> = paths[P] extends { patch: Json<infer B> } ? B : never
export type ChangedReturnPlan = Patched<'/api/v1/return-plans/{id}'>
type OutcomeBody = Posted<'/api/v1/return-plans/{id}/outcome'>
type WithdrawalBody = Posted<'/api/v1/return-plans/{id}/withdrawal'>

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
  queryFn: ({ signal }) => figures<ReturnStandingTable>(api.GET('/api/v1/return-plans/standing', { signal })),
})

/** People in VEL's institutions and people left, month by month to the day; of one bydel when it is named. */
export function burnDownQuery(district: string | undefined) {
  return queryOptions({
    queryKey: ['return-plans', 'burn-down', district ?? 'city'],
    queryFn: ({ signal }) =>
      figures<ReturnBurnDown>(
        api.GET('/api/v1/return-plans/burn-down', {
          params: { query: district === undefined ? {} : { district } },
          signal,
        }),
      ),
  })
}

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
      jsonAnswer<Slice<SupportTeam>>(api.GET('/api/v1/support-teams', { params: { query: { district } }, signal })),
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
