import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { DB } from './types.generated.ts'

/** The instant at which `day` is over in Oslo, RFC 3339 in UTC. */
export async function endOfDay(db: Kysely<DB>, day: Day): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select ((${day}::date + 1)::timestamp at time zone 'Europe/Oslo') as at`.execute(db)
  const at = rows[0]?.at
  if (at === undefined) throw new Error('the database gave no instant')
  return at
}
