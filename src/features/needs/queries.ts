import type { Kysely } from 'kysely'
import type { DB } from '../../db/types.generated.ts'

export function assessmentsOf(db: Kysely<DB>, needId: string) {
  return db
    .selectFrom('assessment')
    .innerJoin('account', 'account.id', 'assessment.createdBy')
    .select([
      'assessment.id',
      'assessment.assessedOn',
      'assessment.lifeAreas',
      'assessment.livingSkills',
      'assessment.livingTraining',
      'assessment.careTrack',
      'assessment.createdAt',
      'account.name as assessedBy',
    ])
    .where('assessment.needId', '=', needId)
    .orderBy('assessment.assessedOn', 'desc')
    .orderBy('assessment.id', 'desc')
    .execute()
}

export function facilitiesKnown(db: Kysely<DB>, ids: readonly string[]) {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('facility')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
}

/** The open need of a household, draft or registered, as far as the reader may see it. */
export function openNeedOf(db: Kysely<DB>, householdId: string) {
  return db
    .selectFrom('need')
    .select('id')
    .where('householdId', '=', householdId)
    .where('status', 'in', ['draft', 'registered'])
    .executeTakeFirst()
}

/** The household of a resident whom the reader may see. */
export function householdOf(db: Kysely<DB>, residentId: string) {
  return db
    .selectFrom('resident')
    .select(['householdId', 'holdingDistrict'])
    .where('id', '=', residentId)
    .executeTakeFirst()
}
