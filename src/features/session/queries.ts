import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** The demo's ready-made people that are in this database, by user name. */
export function demoAccounts(db: Kysely<DB>) {
  return db
    .selectFrom('account')
    .select(['id', 'username', 'name', 'role', 'districts'])
    .where('synthetic', '=', true)
    .where('disabledAt', 'is', null)
    .execute()
}

export function demoAccount(db: Kysely<DB>, username: string) {
  return db
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .where('synthetic', '=', true)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
}

/** Names of the districts valid on `today`. */
export function districtsOn(db: Kysely<DB>, today: string) {
  return db
    .selectFrom('district')
    .select(['code', 'name'])
    .where(sql<boolean>`valid @> ${today}::date`)
    .orderBy('code')
    .execute()
}

export function facilityNames(db: Kysely<DB>, ids: readonly string[]) {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('facility')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .orderBy('name')
    .execute()
}
