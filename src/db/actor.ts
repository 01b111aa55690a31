import { type Kysely, sql, type Transaction } from 'kysely'
import type { Capability, Role } from '../access/capabilities.ts'
import type { Day } from '../domain/day.ts'
import { dayInOslo } from '../domain/day.ts'
import type { DB } from './types.generated.ts'

/** Who acts, and which districts and facilities she acts for; what row security is told. */
export interface Actor {
  accountId: string
  name: string
  role: Role
  districts: readonly string[]
  facilities: readonly string[]
  /** Of a program: what its token lets it do, of what its role may; absent: all of that. */
  limitedTo?: readonly Capability[]
}

export interface Acting {
  trx: Transaction<DB>
  /** One instant per transaction, from the database (or the demo's clock), RFC 3339 in UTC. */
  now: string
  today: Day
}

/**
 * `reading` sees one snapshot from its first statement to its last, and can change nothing; `showing` sees one as well, and adds to
 * the log who saw whom.
 */
export type ActingMode = 'reading' | 'showing' | 'writing'

const RETRIED = new Set(['40001', '40P01'])
const ATTEMPTS = 5

/**
 * Runs `work` in one transaction as `actor`: row security sees her, `now` is asked once, a serialization failure or deadlock
 * is tried again with jitter. With `actor` null nothing personal is visible.
 */
export async function asActor<T>(
  db: Kysely<DB>,
  actor: Actor | null,
  demoDate: string | undefined,
  work: (acting: Acting) => Promise<T>,
  mode: ActingMode = 'writing',
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(db, mode).execute(async (trx) => work(await beginActing(trx, actor, demoDate)))
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (typeof code !== 'string' || !RETRIED.has(code) || attempt === ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}

function transaction(db: Kysely<DB>, mode: ActingMode) {
  if (mode === 'writing') return db.transaction()
  const snapshot = db.transaction().setIsolationLevel('repeatable read')
  return mode === 'reading' ? snapshot.setAccessMode('read only') : snapshot
}

async function beginActing(trx: Transaction<DB>, actor: Actor | null, demoDate: string | undefined): Promise<Acting> {
  // the demo keeps the time of day and fixes the date, so the same city gives the same answers on any day
  const demoNow = sql`((${demoDate ?? null}::date + (now() at time zone 'Europe/Oslo')::time) at time zone 'Europe/Oslo')::text`
  const { rows } = await sql<{ now: string }>`
    select set_config('app.actor', ${actor?.accountId ?? ''}, true),
      set_config('app.role', ${actor?.role ?? ''}, true),
      set_config('app.districts', ${actor?.districts.join(',') ?? ''}, true),
      set_config('app.facilities', ${actor?.facilities.join(',') ?? ''}, true),
      set_config('app.now', ${demoDate === undefined ? sql`''` : demoNow}, true),
      (${demoDate === undefined ? sql`now()` : sql`${demoNow}::timestamptz`}) as now`.execute(trx)
  const now = rows[0]?.now
  if (now === undefined) throw new Error('the database gave no time')
  return { trx, now, today: dayInOslo(new Date(now)) }
}
