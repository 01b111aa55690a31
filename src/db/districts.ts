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

/** What every district code is called, by the newest it was given. */
export async function districtNames(db: Kysely<DB>): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('district')
    .distinctOn('code')
    .select(['code', 'name'])
    .orderBy('code')
    .orderBy(sql`lower(valid)`, 'desc')
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}
