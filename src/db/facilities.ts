import type { Kysely } from 'kysely'
import type { DB } from './types.generated.ts'

/** Those of `ids` that are houses. */
export async function facilitiesKnown(db: Kysely<DB>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('facility')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}
