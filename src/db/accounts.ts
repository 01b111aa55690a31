import { type Kysely, sql } from 'kysely'
import { logSecurityEvent } from '../access/securityEvents.ts'
import { endAllSessions } from '../access/session.ts'
import type { DB } from './types.generated.ts'

/** An account as whoever runs the service sees it. */
export interface AccountStanding {
  username: string
  name: string
  role: string
  districts: string[]
  disabledAt: string | null
  /** Sessions that have not ended. */
  sessions: number
  lastSeenAt: string | null
}

/** All accounts by name of use, with whether they may sign in and are signed in; read as the owner. */
export async function readAccounts(db: Kysely<DB>): Promise<AccountStanding[]> {
  const { rows } = await sql<AccountStanding>`
    select a.username, a.name, a.role, a.districts, a.disabled_at,
      count(s.account_id) filter (where s.expires_at > now()) as sessions, max(s.last_seen_at) as last_seen_at
    from account a left join session s on s.account_id = a.id group by a.id order by a.username`.execute(db)
  return rows
}

/**
 * Shuts an account out, whatever its identity provider says, and ends its sessions: the next request of hers is refused, and her open
 * pages hear nothing more within a quarter of a minute. Logged as done by nobody who is signed in.
 * @returns how many sessions were ended; undefined when there is no such account
 */
export async function disableAccount(db: Kysely<DB>, username: string): Promise<number | undefined> {
  return onAccount(db, username, 'account_disabled', async (trx, id) => {
    await sql`update account set disabled_at = coalesce(disabled_at, now()) where id = ${id}::uuid`.execute(trx)
    return endAllSessions(trx, id)
  })
}

/** Lets an account in again. @returns 0; undefined when there is no such account */
export async function enableAccount(db: Kysely<DB>, username: string): Promise<number | undefined> {
  return onAccount(db, username, 'account_enabled', async (trx, id) => {
    await sql`update account set disabled_at = null where id = ${id}::uuid`.execute(trx)
    return 0
  })
}

/** Ends an account's sessions; she may sign in again. @returns how many; undefined when there is no such account */
export async function signOutAccount(db: Kysely<DB>, username: string): Promise<number | undefined> {
  return onAccount(db, username, 'sessions_ended', endAllSessions)
}

async function onAccount(
  db: Kysely<DB>,
  username: string,
  kind: 'account_disabled' | 'account_enabled' | 'sessions_ended',
  change: (trx: Kysely<DB>, id: string) => Promise<number>,
): Promise<number | undefined> {
  return db.transaction().execute(async (trx) => {
    const account = await trx
      .selectFrom('account')
      .select('id')
      .where('username', '=', username)
      .forUpdate()
      .executeTakeFirst()
    if (account === undefined) return undefined
    const done = await change(trx, account.id)
    await logSecurityEvent(trx, { kind, record: { table: 'account', id: account.id }, detail: 'by_command' })
    return done
  })
}
