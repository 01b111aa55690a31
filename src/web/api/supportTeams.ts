import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer } from './client.ts'
import type { components } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type SupportTeam = Schemas['SupportTeam']
export type NewSupportTeam = Schemas['NewSupportTeamInput']
export type ChangedSupportTeam = Schemas['ChangedSupportTeamInput']

/** Every team, or a bydel's, by bydel and name. */
export function supportTeamsQuery(district: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ['closings', 'support-teams', district ?? 'city'],
    queryFn: ({ pageParam, signal }) =>
      jsonAnswer<Slice<SupportTeam>>(
        api.GET('/api/v1/support-teams', {
          params: {
            query: {
              ...(district === undefined ? {} : { district }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Adds a team to one's own bydel. @throws ApiError */
export function addSupportTeam(body: NewSupportTeam, key: string): Promise<SupportTeam> {
  return answer<SupportTeam>(api.POST('/api/v1/support-teams', { body, headers: { 'Idempotency-Key': key } }))
}

/** Changes a team as it was seen. @throws ApiError, 412 when somebody else changed it first */
export function changeSupportTeam(
  { id, version }: Pick<SupportTeam, 'id' | 'version'>,
  body: ChangedSupportTeam,
  key: string,
): Promise<SupportTeam> {
  return answer<SupportTeam>(
    api.PATCH('/api/v1/support-teams/{id}', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}
