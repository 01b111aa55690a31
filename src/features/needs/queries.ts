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

/** How places are called, with their house. */
export async function placesNamed(db: Kysely<DB>, ids: readonly string[]): Promise<(id: string) => string> {
  const rows = await db
    .selectFrom('place')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .select(['place.id', 'place.label', 'facility.name'])
    .where(sql<boolean>`place.id = any(${[...ids]}::uuid[])`)
    .execute()
  const names = new Map(rows.map(({ id, label, name }) => [id, `${label}, ${name}`]))
  return (id) => names.get(id) ?? ''
}

/** Holds that have not ended. */
export async function holdsOf(db: Kysely<DB>, ids: readonly string[]) {
  const rows = await db
    .selectFrom('hold')
    .select(['id', 'expiresAt'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('endedAt', 'is', null)
    .execute()
  const holds = new Map(rows.map((row) => [row.id, row]))
  return (id: string) => holds.get(id) ?? null
}
