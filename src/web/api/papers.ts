import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, type Versioned, versioned } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { PlaceForm } from './types.ts'

type Schemas = components['schemas']
export type Decision = Schemas['Decision']
export type Appeal = Schemas['Appeal']
export type TrackStanding = Schemas['TrackStanding']
export type DecisionAlarm = Schemas['DecisionAlarm']
export type AlarmCounts = Schemas['DecisionAlarms']['counts']
export type LegalTrack = Schemas['LegalTrack']
export type Letter = Schemas['Letter']
export type LetterList = Schemas['LetterList']
export type ReferralContent = Schemas['ReferralContent']
export type NewDecision = Body<'/api/v1/needs/{id}/decisions', 'post'>
export type DecisionChanges = Body<'/api/v1/decisions/{id}', 'patch'>
export type AppealOutcome = Body<'/api/v1/appeals/{id}/outcome', 'post'>
export type LetterKind = Letter['kind']
export type LetterLanguage = Letter['language']

type Body<P extends keyof paths, M extends 'post' | 'patch'> = paths[P] extends {
  [method in M]: { requestBody: { content: { 'application/json': infer B } } }
}
  ? B
  : never

/** A need's decisions, oldest first, and how each legal track stands. */
export function decisionsQuery(needId: string) {
  return queryOptions({
    queryKey: ['papers', needId, 'decisions'],
    queryFn: ({ signal }) =>
      answer<Schemas['NeedDecisions']>(
        api.GET('/api/v1/needs/{id}/decisions', { params: { path: { id: needId } }, signal }),
      ),
  })
}

/** Decisions of my district that are late, the oldest deadline first, a page at a time with how many there are in all. */
export const decisionAlarmsQuery = infiniteQueryOptions({
  queryKey: ['papers', 'alarms'],
  queryFn: ({ pageParam, signal }) =>
    answer<Schemas['DecisionAlarms']>(
      api.GET('/api/v1/decision-alarms', {
        params: { query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

/** One decision with its entity tag. */
export function decisionQuery(id: string) {
  return queryOptions({
    queryKey: ['papers', 'decision', id],
    queryFn: ({ signal }) =>
      versioned<Decision>(api.GET('/api/v1/decisions/{id}', { params: { path: { id } }, signal })),
  })
}

/** What each kind of decision rests on, and where it is appealed. */
export const legalTracksQuery = queryOptions({
  queryKey: ['legal-tracks'],
  queryFn: async ({ signal }) => {
    const list = await answer<{ items: LegalTrack[] }>(api.GET('/api/v1/legal-tracks', { signal }))
    return list.items
  },
  staleTime: 300_000,
})

/** Which letters there are about a need. */
export function lettersQuery(needId: string) {
  return queryOptions({
    queryKey: ['papers', needId, 'letters'],
    queryFn: ({ signal }) =>
      answer<LetterList>(api.GET('/api/v1/needs/{id}/letters', { params: { path: { id: needId } }, signal })),
  })
}

/** One letter; without a language in the person's own. */
export function letterQuery(kind: LetterKind, id: string, language: LetterLanguage | undefined) {
  return queryOptions({
    queryKey: ['papers', 'letter', kind, id, language ?? 'own'],
    queryFn: ({ signal }) => {
      const params = { path: { id }, query: language === undefined ? {} : { language } }
      if (kind === 'offer') return answer<Letter>(api.GET('/api/v1/offers/{id}/letter', { params, signal }))
      if (kind === 'decision') return answer<Letter>(api.GET('/api/v1/decisions/{id}/letter', { params, signal }))
      return answer<Letter>(api.GET('/api/v1/referrals/{id}/letter', { params, signal }))
    },
  })
}

/** The referral as it would be sent today; without a form the first that the need asks for. */
export function referralPaperQuery(needId: string, form: string | undefined, wishedFacilityId: string | undefined) {
  return queryOptions({
    queryKey: ['papers', needId, 'referral', form ?? 'first', wishedFacilityId ?? 'none'],
    queryFn: ({ signal }) =>
      answer<ReferralContent>(
        api.GET('/api/v1/needs/{id}/referral-paper', {
          params: {
            path: { id: needId },
            query: {
              ...(form === undefined ? {} : { form: form as PlaceForm }),
              ...(wishedFacilityId === undefined ? {} : { wishedFacilityId }),
            },
          },
          signal,
        }),
      ),
  })
}

/** Drafts a decision from what is registered. @throws ApiError, 409 when there is a draft */
export function draftDecision(needId: string, body: NewDecision, key: string): Promise<Decision> {
  return answer<Decision>(
    api.POST('/api/v1/needs/{id}/decisions', {
      params: { path: { id: needId } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Sends the changed fields of a draft. @throws ApiError */
export function changeDecision(
  id: string,
  changes: DecisionChanges,
  etag: string,
  key: string,
): Promise<Versioned<Decision>> {
  return versioned<Decision>(
    api.PATCH('/api/v1/decisions/{id}', {
      params: { path: { id } },
      body: changes,
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Issues a decision; from then on it stays as it is. @throws ApiError */
export function issueDecision(id: string, issuedOn: string, etag: string, key: string): Promise<Versioned<Decision>> {
  return versioned<Decision>(
    api.POST('/api/v1/decisions/{id}/issue', {
      params: { path: { id } },
      body: { issuedOn },
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Records an appeal. @throws ApiError */
export function receiveAppeal(
  decisionId: string,
  body: { receivedOn: string; grounds: string | null },
  key: string,
): Promise<Decision> {
  return answer<Decision>(
    api.POST('/api/v1/decisions/{id}/appeals', {
      params: { path: { id: decisionId } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Sends an appeal on to the appeal body. @throws ApiError */
export function forwardAppeal({ id, version }: Appeal, forwardedOn: string, key: string): Promise<Decision> {
  return answer<Decision>(
    api.POST('/api/v1/appeals/{id}/forwarding', {
      params: { path: { id } },
      body: { forwardedOn },
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

/** Records what came of an appeal. @throws ApiError */
export function decideAppeal({ id, version }: Appeal, body: AppealOutcome, key: string): Promise<Decision> {
  return answer<Decision>(
    api.POST('/api/v1/appeals/{id}/outcome', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

/** After something about a need's papers has changed; what is missing on the need may have come. */
export async function forgetPapers(client: QueryClient, needId: string): Promise<void> {
  void client.invalidateQueries({ queryKey: ['need', needId] })
  await client.invalidateQueries({ queryKey: ['papers'] })
}
