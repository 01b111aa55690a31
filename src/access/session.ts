import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Actor } from '../db/actor.ts'
import type { DB } from '../db/types.generated.ts'
import type { Role } from './capabilities.ts'

/** The session's cookie: a random token that the database knows only by its hash. */
export const SESSION_COOKIE = 'boligtrapp_session'
export const SESSION_HOURS = 10

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Starts a session for an account and returns its token; expired sessions and answers are swept on the way. */
export async function startSession(db: Kysely<DB>, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.deleteFrom('session').where('expiresAt', '<', sql<string>`now()`).execute()
  await sql`select forget_expired_answers()`.execute(db)
  await db
    .insertInto('session')
    .values({
      tokenHash: hashOf(token),
      accountId,
      expiresAt: sql<string>`now() + make_interval(hours => ${SESSION_HOURS})`,
    })
    .execute()
  return token
}

/** Ends the session of a token; an unknown token is no error. */
export async function endSession(db: Kysely<DB>, token: string): Promise<void> {
  await db.deleteFrom('session').where('tokenHash', '=', hashOf(token)).execute()
}

/** Who a token belongs to, or null when it is unknown, expired, or its account disabled. */
export async function actorOf(db: Kysely<DB>, token: string): Promise<Actor | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.accountId')
    .select(['account.id', 'account.name', 'account.role', 'account.districts', 'account.facilities'])
    .where('session.tokenHash', '=', hashOf(token))
    .where('session.expiresAt', '>', sql<string>`now()`)
    .where('account.disabledAt', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    accountId: row.id,
    name: row.name,
    role: row.role as Role,
    districts: row.districts,
    facilities: row.facilities,
  }
}
