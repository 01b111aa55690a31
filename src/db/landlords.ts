import { type Kysely, sql } from 'kysely'
import type { DB } from './types.generated.ts'

/** Landlords of the reader's own district. */
function landlordRows(db: Kysely<DB>) {
  return db
    .selectFrom('landlord')
    .select(['id', 'version', 'holdingDistrict', 'name', 'referralHomes', 'referralUntil', 'note'])
}

export function landlordById(db: Kysely<DB>, id: string) {
  return landlordRows(db).where('id', '=', id).executeTakeFirst()
}

export type LandlordRow = NonNullable<Awaited<ReturnType<typeof landlordById>>>

/** One page by name, after the name and id where the last one ended. */
export function landlordPage(db: Kysely<DB>, limit: number, after: [name: string, id: string] | undefined) {
  return landlordRows(db)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(name, id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
}
