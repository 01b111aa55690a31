import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Versioned, versioned } from './client.ts'
import type {
  Consent,
  NeverTogether,
  NewConsent,
  NewResident,
  Resident,
  ResidentChanges,
  ResidentHits,
  ResidentSearch,
} from './types.ts'

/** One person with her household and entity tag. */
export function residentQuery(id: string) {
  return queryOptions({
    queryKey: ['resident', id],
    queryFn: ({ signal }) =>
      versioned<Resident>(api.GET('/api/v1/residents/{id}', { params: { path: { id } }, signal })),
  })
}

/** Consents to share, given and revoked, oldest first. */
export function consentsQuery(residentId: string) {
  return queryOptions({
    queryKey: ['resident', residentId, 'consents'],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v1/residents/{id}/consents', { params: { path: { id: residentId } }, signal })
      return (await answer<{ items: Consent[] }>(call)).items
    },
  })
}

/** Whom this person must not live with. */
export function neverTogetherQuery(residentId: string) {
  return queryOptions({
    queryKey: ['resident', residentId, 'never-together'],
    queryFn: async ({ signal }) => {
      const call = api.GET('/api/v1/residents/{id}/never-together', { params: { path: { id: residentId } }, signal })
      return (await answer<{ items: NeverTogether[] }>(call)).items
    },
  })
}

/** Finds people of one's own district. What is searched for travels in the body only. @throws ApiError */
export function searchResidents(search: ResidentSearch): Promise<ResidentHits> {
  return answer<ResidentHits>(api.POST('/api/v1/residents/search', { body: search }))
}

/** Registers a person with her household. @throws ApiError */
export function registerResident(body: NewResident, key: string): Promise<Resident> {
  return answer<Resident>(api.POST('/api/v1/residents', { body, headers: { 'Idempotency-Key': key } }))
}

/** Sends the changed fields. @throws ApiError, 412 when someone else saved first */
export function saveResident(id: string, changes: ResidentChanges, etag: string): Promise<Versioned<Resident>> {
  return versioned<Resident>(
    api.PATCH('/api/v1/residents/{id}', { params: { path: { id } }, body: changes, headers: { 'If-Match': etag } }),
  )
}

/** Records a consent. @throws ApiError */
export function giveConsent(residentId: string, body: NewConsent, key: string): Promise<Consent> {
  return answer<Consent>(
    api.POST('/api/v1/residents/{id}/consents', {
      params: { path: { id: residentId } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}

/** Revokes a consent from a day. @throws ApiError */
export function revokeConsent({ id, version }: Consent, revokedOn: string, key: string): Promise<Consent> {
  return answer<Consent>(
    api.POST('/api/v1/consents/{id}/revocation', {
      params: { path: { id } },
      body: { revokedOn },
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

/** Records that two people must not live in the same house. @throws ApiError */
export function addNeverTogether(
  residentId: string,
  body: { otherResidentId: string; reason: string },
  key: string,
): Promise<NeverTogether> {
  return answer<NeverTogether>(
    api.POST('/api/v1/residents/{id}/never-together', {
      params: { path: { id: residentId } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  )
}
