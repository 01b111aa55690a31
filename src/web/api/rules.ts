import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'
import type { components } from './openapi.generated.ts'

type Schemas = components['schemas']
export type RuleHistory = Schemas['RuleHistory']
export type RuleVersion = Schemas['RuleVersion']
export type NewTrackVersion = Schemas['NewLegalTrackVersionInput']
type TrackId = Schemas['LegalTrack']['id']

/** One rule with all its versions and who confirmed them. */
export function ruleQuery(id: string) {
  return queryOptions({
    queryKey: ['rules', id],
    queryFn: ({ signal }) => answer<RuleHistory>(api.GET('/api/v1/rules/{id}', { params: { path: { id } }, signal })),
  })
}

type Said = { id: string; version: number; note: string }

/** Goes good for a version of a rule. @throws ApiError, 409 when somebody has already */
export function confirmRule({ id, version, note }: Said, key: string): Promise<RuleHistory> {
  return answer<RuleHistory>(
    api.POST('/api/v1/rules/{id}/versions/{version}/confirmation', {
      params: { path: { id, version } },
      body: { note },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Takes a confirmation back. @throws ApiError */
export function withdrawConfirmation({ id, version, note }: Said, key: string): Promise<RuleHistory> {
  return answer<RuleHistory>(
    api.POST('/api/v1/rules/{id}/versions/{version}/confirmation-withdrawal', {
      params: { path: { id, version } },
      body: { note },
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Writes a new version of a legal track, read as `version`. @throws ApiError, 412 when somebody wrote one meanwhile */
export function changeLegalTrack(
  id: TrackId,
  version: number,
  body: NewTrackVersion,
  key: string,
): Promise<Schemas['LegalTrack']> {
  return answer<Schemas['LegalTrack']>(
    api.POST('/api/v1/legal-tracks/{id}/versions', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

/** After a rule was confirmed or changed: what it says, and the papers that rest on it. */
export async function forgetRules(client: QueryClient): Promise<void> {
  void client.invalidateQueries({ queryKey: ['papers'] })
  void client.invalidateQueries({ queryKey: ['legal-tracks'] })
  await client.invalidateQueries({ queryKey: ['rules'] })
}
