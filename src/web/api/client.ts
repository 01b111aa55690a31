import createClient from 'openapi-fetch'
import type { paths } from './openapi.generated.ts'
import { ApiError, readProblem } from './problem.ts'

/** The API as its OpenAPI document types it. Wrap each call in `answer` or `versioned`. */
export const api = createClient<paths>({
  baseUrl: '',
  credentials: 'same-origin',
  headers: { Accept: 'application/json, application/problem+json' },
})

let writes = 0
api.use({
  onRequest({ request }) {
    if (request.method !== 'GET') writes += 1
  },
})

/** How often something was written from this page: what follows from that is no news to whoever wrote it. */
export function writesSoFar(): number {
  return writes
}

type Reply<T> = { data: T; error?: never; response: Response } | { data?: never; error: unknown; response: Response }

/** A record with the entity tag that an update of it must send back in `If-Match`. */
export type Versioned<T> = { value: T; etag: string }

/**
 * The body of a successful answer, `undefined` for 204.
 * @throws ApiError with the problem that the service named
 */
export async function answer<T>(call: Promise<Reply<T>>): Promise<T> {
  return (await settle(call)).data
}

/**
 * The body of an address that answers with files too, as the JSON that this client asks for.
 * @throws ApiError with the problem that the service named, TypeError where something on the way answered with a file
 */
export async function jsonAnswer<T extends object>(call: Promise<Reply<T | string>>): Promise<T> {
  const body = await answer<T | string>(call)
  if (typeof body === 'string') throw new TypeError('a list was not answered as JSON')
  return body
}

/** Figures stand under `items`. */
function isFigures<T extends { items: unknown }>(body: unknown): body is T {
  return typeof body === 'object' && body !== null && 'items' in body
}

/**
 * The figures of an address that answers with files too, JSON-stat among them, as the JSON that this client asks for.
 * @throws ApiError with the problem that the service named, TypeError where something on the way answered with a file
 */
export async function figures<T extends { items: unknown }>(call: Promise<Reply<unknown>>): Promise<T> {
  const body = await answer<unknown>(call)
  if (!isFigures<T>(body)) throw new TypeError('figures were not answered as JSON')
  return body
}

/**
 * The body and entity tag of a successful answer.
 * @throws ApiError with the problem that the service named, also when the entity tag is missing
 */
export async function versioned<T>(call: Promise<Reply<T>>): Promise<Versioned<T>> {
  const { data, response } = await settle(call)
  const etag = response.headers.get('ETag')
  if (etag === null) throw new ApiError(readProblem(response.status, null))
  return { value: data, etag }
}

async function settle<T>(call: Promise<Reply<T>>): Promise<{ data: T; response: Response }> {
  const reply = await call
  if (!reply.response.ok) throw new ApiError(readProblem(reply.response.status, reply.error))
  return { data: reply.data as T, response: reply.response }
}
