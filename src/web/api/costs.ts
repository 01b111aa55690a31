import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, jsonAnswer, type Versioned, versioned } from './client.ts'
import type { components, paths } from './openapi.generated.ts'
import type { Slice } from './types.ts'

type Schemas = components['schemas']
export type Costs = Schemas['Costs']
export type CostRow = Schemas['CostRow']
export type CallOff = Schemas['CallOff']
export type UnpricedStay = Schemas['UnpricedStay']
export type Supplier = Schemas['Supplier']
export type FrameworkAgreement = Schemas['FrameworkAgreement']
export type GapPerson = Schemas['GapPerson']
export type QualityNote = Schemas['QualityNote']
export type PurchaseBudget = Schemas['PurchaseBudget']
type Sent<P extends keyof paths> = paths[P] extends {
  post: { requestBody: { content: { 'application/json': infer B } } }
}
  ? B
  : never
export type NewCallOff = Sent<'/api/v1/call-offs'>
export type NewQualityNote = Sent<'/api/v1/quality-notes'>
export type AgreementChanges =
  paths['/api/v1/framework-agreements/{id}']['patch']['requestBody']['content']['application/json']
export type NewAgreement = Sent<'/api/v1/framework-agreements'>

function isCosts(body: unknown): body is Costs {
  return typeof body === 'object' && body !== null && 'items' in body && 'assumptions' in body
}

/** What the gap costs this year: of one district, or of all of them. */
export function costsQuery(district?: string) {
  return queryOptions({
    queryKey: ['costs', 'year', district ?? 'all'],
    queryFn: async ({ signal }): Promise<Costs> => {
      const query = district === undefined ? {} : { district }
      const body = await answer<unknown>(api.GET('/api/v1/costs', { params: { query }, signal }))
      // the same address also answers with files; the client asks for JSON
      if (!isCosts(body)) throw new TypeError('costs were not answered as JSON')
      return body
    },
  })
}

const nextCursor = (slice: { nextCursor: string | null }) => slice.nextCursor
const firstPage = null as string | null
const from = (cursor: string | null) => (cursor === null ? {} : { cursor })

/** Purchases of my district that run today. */
export const callOffsQuery = infiniteQueryOptions({
  queryKey: ['costs', 'call-offs'],
  queryFn: ({ pageParam, signal }) =>
    jsonAnswer<Slice<CallOff>>(api.GET('/api/v1/call-offs', { params: { query: from(pageParam) }, signal })),
  initialPageParam: firstPage,
  getNextPageParam: nextCursor,
})

/** Stays of my district in bought places of which nobody has said what they cost. */
export const unpricedStaysQuery = infiniteQueryOptions({
  queryKey: ['costs', 'unpriced'],
  queryFn: ({ pageParam, signal }) =>
    jsonAnswer<Slice<UnpricedStay>>(api.GET('/api/v1/unpriced-stays', { params: { query: from(pageParam) }, signal })),
  initialPageParam: firstPage,
  getNextPageParam: nextCursor,
})

export type GapSituation = 'temporary' | 'ready' | 'discharge_ready'

/** People of my district behind one of the figures of the gap. */
export function gapPeopleQuery(situation: GapSituation) {
  return infiniteQueryOptions({
    queryKey: ['costs', 'people', situation],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<GapPerson>>(
        api.GET('/api/v1/gap-people', { params: { query: { situation, ...from(pageParam) } }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** Every page of a list that is short. */
async function everyPage<T>(page: (cursor: string | null) => Promise<Slice<T>>): Promise<T[]> {
  const all: T[] = []
  let cursor: string | null = null
  do {
    const slice: Slice<T> = await page(cursor)
    all.push(...slice.items)
    cursor = slice.nextCursor
  } while (cursor !== null)
  return all
}

/** All suppliers, by name. */
export const suppliersQuery = queryOptions({
  queryKey: ['costs', 'suppliers'],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      jsonAnswer<Slice<Supplier>>(
        api.GET('/api/v1/suppliers', { params: { query: { limit: 100, ...from(cursor) } }, signal }),
      ),
    ),
})

/** All framework agreements, the newest first. */
export const agreementsQuery = queryOptions({
  queryKey: ['costs', 'agreements'],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      jsonAnswer<Slice<FrameworkAgreement>>(
        api.GET('/api/v1/framework-agreements', { params: { query: { limit: 100, ...from(cursor) } }, signal }),
      ),
    ),
})

/** What the districts have noted of a supplier, the newest first. */
export function qualityNotesQuery(supplierId: string) {
  return infiniteQueryOptions({
    queryKey: ['costs', 'notes', supplierId],
    queryFn: ({ pageParam, signal }) =>
      answer<Slice<QualityNote>>(
        api.GET('/api/v1/quality-notes', { params: { query: { supplierId, ...from(pageParam) } }, signal }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  })
}

/** A district's budget for bought places with its entity tag. */
export function budgetQuery(district: string, year: number) {
  return queryOptions({
    queryKey: ['costs', 'budget', district, year],
    queryFn: ({ signal }) =>
      versioned<PurchaseBudget>(
        api.GET('/api/v1/purchase-budgets/{district}/{year}', { params: { path: { district, year } }, signal }),
      ),
  })
}

/** Sets the budget as it was seen. @throws ApiError, 412 when somebody else set it first */
export function setBudget(
  { district, year }: Pick<PurchaseBudget, 'district' | 'year'>,
  amount: number,
  etag: string,
  key: string,
): Promise<Versioned<PurchaseBudget>> {
  return versioned<PurchaseBudget>(
    api.PUT('/api/v1/purchase-budgets/{district}/{year}', {
      params: { path: { district, year } },
      body: { amount },
      headers: { 'If-Match': etag, 'Idempotency-Key': key },
    }),
  )
}

/** Registers what a stay costs. @throws ApiError */
export function addCallOff(body: NewCallOff, key: string): Promise<CallOff> {
  return answer<CallOff>(api.POST('/api/v1/call-offs', { body, headers: { 'Idempotency-Key': key } }))
}

/** Ends a purchase before a day, as it was seen. @throws ApiError */
export function endCallOff(
  { id, version }: Pick<CallOff, 'id' | 'version'>,
  to: string | null,
  key: string,
): Promise<CallOff> {
  return answer<CallOff>(
    api.PATCH('/api/v1/call-offs/{id}', {
      params: { path: { id } },
      body: { to },
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

/** Shares a note on a supplier. @throws ApiError */
export function addQualityNote(body: NewQualityNote, key: string): Promise<QualityNote> {
  return answer<QualityNote>(api.POST('/api/v1/quality-notes', { body, headers: { 'Idempotency-Key': key } }))
}

/** Adds a supplier. @throws ApiError */
export function addSupplier(name: string, key: string): Promise<Supplier> {
  return answer<Supplier>(api.POST('/api/v1/suppliers', { body: { name }, headers: { 'Idempotency-Key': key } }))
}

/** Adds a framework agreement. @throws ApiError */
export function addAgreement(body: NewAgreement, key: string): Promise<FrameworkAgreement> {
  return answer<FrameworkAgreement>(
    api.POST('/api/v1/framework-agreements', { body, headers: { 'Idempotency-Key': key } }),
  )
}

/** Takes a note of one's own district back, as it was seen. @throws ApiError */
export function withdrawQualityNote(
  { id, version }: Pick<QualityNote, 'id' | 'version'>,
  key: string,
): Promise<QualityNote> {
  return answer<QualityNote>(
    api.POST('/api/v1/quality-notes/{id}/withdrawal', {
      params: { path: { id } },
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}

/** Changes a framework agreement, as it was seen. @throws ApiError, 412 when somebody else changed it first */
export function changeAgreement(
  { id, version }: Pick<FrameworkAgreement, 'id' | 'version'>,
  body: AgreementChanges,
  key: string,
): Promise<FrameworkAgreement> {
  return answer<FrameworkAgreement>(
    api.PATCH('/api/v1/framework-agreements/{id}', {
      params: { path: { id } },
      body,
      headers: { 'If-Match': `"${version}"`, 'Idempotency-Key': key },
    }),
  )
}
