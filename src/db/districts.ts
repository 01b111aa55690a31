import { type Kysely, sql } from 'kysely'
import type { DB } from './types.generated.ts'

/** Those of `codes` that are districts on `today`. */
export async function districtsKnown(db: Kysely<DB>, codes: readonly string[], today: string): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const rows = await db
    .selectFrom('district')
    .select('code')
    .where('code', 'in', [...codes])
    .where(sql<boolean>`valid @> ${today}::date`)
    .execute()
  return new Set(rows.map(({ code }) => code))
}
