import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** How far back a bydel's list of who saw whom goes; one person's goes back to the beginning. */
const DAYS_BACK = 90

/** A resident that the reader may see. */
export async function seesResident(db: Kysely<DB>, id: string): Promise<boolean> {
  return (await db.selectFrom('resident').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

/** A need that the reader may see. */
export async function seesNeed(db: Kysely<DB>, id: string): Promise<boolean> {
  return (await db.selectFrom('need').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

interface Wanted {
  residentId?: string | undefined
  accountId?: string | undefined
}

/** Who saw whom, a row for each account, person, purpose and day, the newest first, before the number where the last page ended. */
export async function showingsOf(
  db: Kysely<DB>,
  { residentId, accountId }: Wanted,
  limit: number,
  before: number | undefined,
) {
  const { rows } = await sql<{
    lastId: number
    actorId: string
    actorName: string
    actorRole: string
    day: string
    residentId: string
    ciphertext: Buffer | null
    purpose: string
    records: string[]
    times: number
    changed: boolean
    glasses: string[]
    recordedAt: string
    firstAt: string
    lastAt: string
  }>`
    with seen as (
      select max(s.id) as last_id, s.actor_id, s.actor_role, (s.occurred_at at time zone 'Europe/Oslo')::date as day,
        s.resident_id, s.purpose, array_agg(distinct s.record order by s.record) as records, count(distinct s.trace_id)::integer as times,
        bool_or(s.method <> 'GET') as changed, max(s.recorded_at) as recorded_at,
        coalesce(array_agg(distinct s.record_id) filter (where s.record = 'break_glass'), '{}') as glasses, min(s.occurred_at) as first_at, max(s.occurred_at) as last_at
      from showing s
      where (${residentId ?? null}::uuid is null or s.resident_id = ${residentId ?? null}::uuid)
        and (${accountId ?? null}::uuid is null or s.actor_id = ${accountId ?? null}::uuid)
        and (${residentId ?? null}::uuid is not null or s.occurred_at > app_now() - make_interval(days => ${DAYS_BACK}))
      group by 2, 3, 4, 5, 6
      having ${before ?? null}::bigint is null or max(s.id) < ${before ?? null}::bigint
      order by 1 desc limit ${limit + 1}
    )
    select seen.*, a.name as actor_name, i.ciphertext from seen
      join account a on a.id = seen.actor_id
      left join resident_identity i on i.resident_id = seen.resident_id
    order by seen.last_id desc`.execute(db)
  return rows
}
export type ShowingRow = Awaited<ReturnType<typeof showingsOf>>[number]

/** Security events, the newest first, before the number where the last page ended; of all kinds when none is named. */
export function securityEventsOf(
  db: Kysely<DB>,
  kinds: readonly string[] | undefined,
  limit: number,
  before: number | undefined,
) {
  return db
    .selectFrom('securityEvent as event')
    .leftJoin('account', 'account.id', 'event.actorId')
    .select([
      'event.id',
      'event.occurredAt',
      'event.recordedAt',
      'event.kind',
      'event.actorId',
      'account.name as actorName',
      'event.actorRole',
      'event.method',
      'event.route',
      'event.record',
      'event.recordId',
      'event.detail',
      'event.traceId',
    ])
    .$if(kinds !== undefined, (query) => query.where('event.kind', 'in', [...(kinds ?? [])]))
    .$if(before !== undefined, (query) => query.where('event.id', '<', before ?? 0))
    .orderBy('event.id', 'desc')
    .limit(limit + 1)
    .execute()
}
export type SecurityEventRow = Awaited<ReturnType<typeof securityEventsOf>>[number]

/** The last check of each log. */
export async function lastChecks(db: Kysely<DB>) {
  const { rows } = await sql<{
    log: 'showing' | 'security_event'
    verifiedAt: string
    batches: number
    rowCount: number
    unsealed: number
    faults: string[]
  }>`select distinct on (v.log) v.* from audit_verification v order by v.log, v.id desc`.execute(db)
  return rows
}

/** Rows of who saw whom after a number, oldest first, as another system takes them in. */
export function showingsAfter(db: Kysely<DB>, after: number, limit: number) {
  return db.selectFrom('showing').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute()
}

/** Security events after a number, oldest first, as another system takes them in. */
export function securityEventsAfter(db: Kysely<DB>, after: number, limit: number) {
  return db.selectFrom('securityEvent').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute()
}
