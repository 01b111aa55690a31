import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { logShowing, purposeOf } from '../access/showings.ts'
import { type Acting, type Actor, asActor } from '../db/actor.ts'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/error.ts'
import { tagged } from './etag.ts'
import type { Deps } from './types.ts'

/** What a write answers with. */
export interface Answer<T> {
  status: 200 | 201 | 202
  body: T
  version?: number
  location?: string
}

/**
 * Reads in one snapshot as the signed-in person; with nobody signed in nothing personal is visible. Where the route shows a person,
 * that is logged in the same transaction.
 */
export function reading<T>(deps: Deps, request: FastifyRequest, work: (acting: Acting) => Promise<T>): Promise<T> {
  const { shows } = request.routeOptions.config
  if (shows === undefined || shows === null) return asActor(deps.db, request.actor, deps.demoDate, work, 'reading')
  const shown = async (acting: Acting) => {
    const body = await work(acting)
    await show(acting, request, body)
    return body
  }
  return asActor(deps.db, request.actor, deps.demoDate, shown, 'showing')
}

/** Logs whom the answer shows, where its route shows anybody: the record of the address, the one that was made, or the query's need. */
async function show({ trx }: Acting, request: FastifyRequest, body: unknown): Promise<void> {
  const { shows, capability } = request.routeOptions.config
  if (shows === undefined || shows === null) return
  const { id } = (shows === 'path' ? request.params : body) as { id?: string }
  const recordId = shows === 'query' ? (request.query as { needId?: string }).needId : id
  const purpose = capability === undefined ? undefined : purposeOf(capability)
  if (recordId === undefined || purpose === undefined) throw new Error('whom this route shows is not known')
  const { method, routeOptions, id: traceId } = request
  await logShowing(trx, { recordId, purpose, method, route: routeOptions.url ?? '', traceId })
  request.shown = true
}

/** The day it is for whoever asks: what a list that is read page by page is dated. */
export function dayFor(deps: Deps, request: FastifyRequest): Promise<Day> {
  return reading(deps, request, async ({ today }) => today)
}

function signedIn(request: FastifyRequest): Actor {
  // the capability hook has refused everybody else
  if (request.actor === null) throw new DomainError('not_allowed', 'Logg inn først.')
  return request.actor
}

/**
 * Writes in one transaction as the signed-in person. With an Idempotency-Key the answer is stored, encrypted, in the same
 * transaction: the same key and body is done once and answers the same for 24 hours, whatever was lost on the way.
 * @throws {DomainError} `key_reused` for another body, `request_in_flight` while the first one is at work.
 */
export async function writing<T>(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (acting: Acting, actor: Actor) => Promise<Answer<T>>,
): Promise<T> {
  const actor = signedIn(request)
  const key = idempotencyKey(request)
  const done = async (acting: Acting) => {
    if (key === undefined) return work(acting, actor)
    const hash = requestHash(request)
    const stored = await storedAnswer<T>(deps, acting, actor, key, hash)
    if (stored !== undefined) return stored
    const fresh = await work(acting, actor)
    await acting.trx
      .insertInto('idempotencyAnswer')
      .values({
        actorId: actor.accountId,
        key,
        requestHash: hash,
        status: fresh.status,
        answer: deps.keyring.seal(JSON.stringify(fresh), `${actor.accountId}/${key}`),
      })
      .execute()
    return fresh
  }
  const answer = await asActor(deps.db, actor, deps.demoDate, async (acting) => {
    const answered = await done(acting)
    await show(acting, request, answered.body)
    return answered
  })
  if (answer.version !== undefined) tagged(reply, answer.version)
  if (answer.location !== undefined) reply.header('location', answer.location)
  reply.code(answer.status)
  return answer.body
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  if (header === undefined) return undefined
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) {
    throw new DomainError('invalid_value', 'Noe av det som er sendt, er ikke riktig.', [
      {
        pointer: '/headers/idempotency-key',
        code: 'invalid_key',
        detail: 'Nøkkelen må være 1–200 synlige ASCII-tegn.',
      },
    ])
  }
  return header
}

function requestHash(request: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(
      `${request.method} ${request.url}\n${request.headers['if-match'] ?? ''}\n${JSON.stringify(request.body ?? null)}`,
    )
    .digest()
}

async function storedAnswer<T>(
  deps: Deps,
  { trx }: Acting,
  actor: Actor,
  key: string,
  hash: Buffer,
): Promise<Answer<T> | undefined> {
  const lock = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`${actor.accountId}/${key}`}, 0)) as mine`.execute(trx)
  if (lock.rows[0]?.mine !== true) {
    throw new DomainError('request_in_flight', 'Vi er i gang med den samme forespørselen. Vent litt og prøv igjen.')
  }
  const row = await trx
    .selectFrom('idempotencyAnswer')
    .select(['requestHash', 'answer', sql<boolean>`created_at < now() - interval '24 hours'`.as('expired')])
    .where('actorId', '=', actor.accountId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.expired) {
    await trx.deleteFrom('idempotencyAnswer').where('actorId', '=', actor.accountId).where('key', '=', key).execute()
    return undefined
  }
  if (!row.requestHash.equals(hash)) {
    throw new DomainError('key_reused', 'Nøkkelen er allerede brukt til en annen forespørsel. Lag en ny nøkkel.')
  }
  return JSON.parse(deps.keyring.open(row.answer, `${actor.accountId}/${key}`)) as Answer<T>
}
