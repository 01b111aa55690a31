import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

/** What of a resident's household eligibility asks for, while her need is not saved yet. */
export function householdFacts(db: Kysely<DB>, residentId: string) {
  return db
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.householdId')
    .select(['resident.householdId', 'resident.birthDate', 'resident.gender', 'household.adults', 'household.pets'])
    .select([
      sql<number>`(select count(*) from household_child c where c.household_id = household.id and c.arrangement = 'living')`.as(
        'childrenLiving',
      ),
      sql<number>`(select count(*) from household_child c where c.household_id = household.id and c.arrangement = 'visiting')`.as(
        'childrenVisiting',
      ),
    ])
    .where('resident.id', '=', residentId)
    .executeTakeFirst()
}
