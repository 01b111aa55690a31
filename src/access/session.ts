import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Actor } from '../db/actor.ts'
import type { DB } from '../db/types.generated.ts'
import type { Role } from './capabilities.ts'

/** The session's cookie: a random token that the database knows only by its hash. */
export const SESSION_COOKIE = 'boligtrapp_session'
/** A session ends after so long, however much it is used. */
export const SESSION_HOURS = 10
/** And after so long in which nothing was asked for. */
const IDLE_MINUTES = 60
/** The identity provider is asked again whether somebody is still hers when the last time is so long ago, in seconds. */
export const ASK_AFTER = 40
/** A provider that does not answer is no reason to throw everybody out, for so long. */
const UNCONFIRMED_MINUTES = 15

/** A new token, and what the database knows it by. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token) }
}

export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Starts a session for an account and returns its token; expired sessions and answers are swept on the way.
 * @param agreement sealed: what the identity provider is asked with whether she is still one of its people
 */
export async function startSession(
  db: Kysely<DB>,
  accountId: string,
  agreement: Buffer | null = null,
): Promise<string> {
  const { token, hash } = newToken()
  await db.deleteFrom('session').where('expiresAt', '<', sql<string>`now()`).execute()
  await sql`select forget_expired_answers()`.execute(db)
  await db
    .insertInto('session')
    .values({
      tokenHash: hash,
      accountId,
      agreement,
      expiresAt: sql<string>`now() + make_interval(hours => ${SESSION_HOURS})`,
    })
    .execute()
  return token
}

/** Ends the session of a token and returns what was agreed with the provider; an unknown token is no error. */
export async function endSession(db: Kysely<DB>, hash: Buffer): Promise<Buffer | null> {
  const ended = await db.deleteFrom('session').where('tokenHash', '=', hash).returning('agreement').executeTakeFirst()
  return ended?.agreement ?? null
}

/** Ends every session of an account, wherever it was begun. @returns how many */
export async function endAllSessions(db: Kysely<DB>, accountId: string): Promise<number> {
  const ended = await db.deleteFrom('session').where('accountId', '=', accountId).executeTakeFirst()
  return Number(ended.numDeletedRows)
}

/** A session that holds, and how it stands with the identity provider. */
export interface LiveSession {
  actor: Actor
  hash: Buffer
  /** Who vouches for the account; null: nobody but this database. */
  issuer: string | null
  /** It is time to ask the provider again. */
  due: boolean
  /** The provider has not said yes for too long. */
  unconfirmed: boolean
}

/**
 * Whose session a token is, or null when it is unknown, has ended or was not used for too long, or its account is disabled.
 * @param using whether this counts as using it: a page that is only open does not
 */
export async function liveSession(db: Kysely<DB>, token: string, using: boolean): Promise<LiveSession | null> {
  const hash = hashOf(token)
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.accountId')
    .select(['account.id', 'account.name', 'account.role', 'account.districts', 'account.facilities', 'account.issuer'])
    .select([
      sql<boolean>`session.asked_at < now() - make_interval(secs => ${ASK_AFTER})`.as('due'),
      sql<boolean>`session.confirmed_at < now() - make_interval(mins => ${UNCONFIRMED_MINUTES})`.as('unconfirmed'),
      sql<boolean>`session.last_seen_at < now() - interval '1 minute'`.as('unseen'),
    ])
    .where('session.tokenHash', '=', hash)
    .where('session.expiresAt', '>', sql<string>`now()`)
    .where('session.lastSeenAt', '>', sql<string>`now() - make_interval(mins => ${IDLE_MINUTES})`)
    .where('account.disabledAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  // once a minute is enough to know that it is used
  if (using && row.unseen) {
    await db.updateTable('session').set({ lastSeenAt: sql<string>`now()` }).where('tokenHash', '=', hash).execute()
  }
  const { id: accountId, name, role, districts, facilities, issuer, due, unconfirmed } = row
  return { actor: { accountId, name, role: role as Role, districts, facilities }, hash, issuer, due, unconfirmed }
}
