import { type Kysely, sql } from 'kysely'
import type { DB } from '../../db/types.generated.ts'
import type { GoingOn } from '../../domain/recordLock.ts'

/** The household of a person that the reader may see, with what goes on in it. */
export async function householdOfResident(
  db: Kysely<DB>,
  residentId: string,
): Promise<({ householdId: string; holdingDistrict: string } & GoingOn) | undefined> {
  return db
    .selectFrom('resident')
    .select(['resident.householdId', 'resident.holdingDistrict'])
    .select([
      sql<boolean>`exists (select from need n where n.household_id = resident.household_id and n.status in ('draft', 'registered'))`.as(
        'openNeed',
      ),
      sql<boolean>`exists (select from stay s where s.household_id = resident.household_id and upper_inf(s.during))`.as(
        'livesSomewhere',
      ),
      sql<boolean>`exists (select from return_plan p where p.household_id = resident.household_id and p.withdrawn_on is null
        and p.moved_on is null)`.as('openReturnPlan'),
    ])
    .where('resident.id', '=', residentId)
    .executeTakeFirst()
}

/** A household's locks, the newest first. */
export function locksOf(db: Kysely<DB>, householdId: string) {
  return db
    .selectFrom('recordLock as lock')
    .innerJoin('account as locker', 'locker.id', 'lock.lockedBy')
    .leftJoin('account as lifter', 'lifter.id', 'lock.liftedBy')
    .select(['lock.id', 'lock.reason', 'lock.note', 'lock.lockedAt', 'lock.liftedAt', 'lock.liftedNote'])
    .select(['locker.name as lockedBy', 'lifter.name as liftedBy'])
    .where('lock.householdId', '=', householdId)
    .orderBy('lock.id', 'desc')
    .execute()
}

/** Locks a household's record. */
export async function addLock(
  db: Kysely<DB>,
  lock: { householdId: string; holdingDistrict: string; reason: string; note: string | null },
): Promise<void> {
  await db.insertInto('recordLock').values(lock).execute()
}

/** Lifts the lock that stands; how many there were. */
export async function liftLock(
  db: Kysely<DB>,
  householdId: string,
  { accountId, note, now }: { accountId: string; note: string; now: string },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('recordLock')
    .set({ liftedAt: now, liftedBy: accountId, liftedNote: note })
    .where('householdId', '=', householdId)
    .where('liftedAt', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
