import { type Kysely, sql } from 'kysely'
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

export function districtsKnown(db: Kysely<DB>, codes: readonly string[], today: string) {
  if (codes.length === 0) return Promise.resolve([])
  return db
    .selectFrom('district')
    .select('code')
    .where('code', 'in', [...codes])
    .where(sql<boolean>`valid @> ${today}::date`)
    .execute()
}

/** The household of a resident whom the reader may see. */
export function householdOf(db: Kysely<DB>, residentId: string) {
  return db
    .selectFrom('resident')
    .select(['householdId', 'holdingDistrict'])
    .where('id', '=', residentId)
    .executeTakeFirst()
}
