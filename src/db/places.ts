import { type Kysely, sql } from 'kysely'
import type { DB } from './types.generated.ts'

/** Places with their houses, as lists name them. */
export function placesNamed(db: Kysely<DB>, ids: readonly string[]) {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('place')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select(['place.id', 'place.label', 'place.form', 'facility.name as facilityName', 'facility.districtCode'])
    .select('facility.vacancyConfirmedAt')
    .where(sql<boolean>`place.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()
}
