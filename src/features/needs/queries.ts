import { type Kysely, sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import type { NeedRow } from '../../db/needs.ts'
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

interface ToTell {
  kind: 'reason_recorded' | 'reopened'
  reason: string | null
  note: string | null
}

/** Keeps who recorded what of a need's end; the end itself the database tells. */
export async function tellOf({ trx, now }: Acting, actor: Actor, need: NeedRow, told: ToTell): Promise<void> {
  await trx
    .insertInto('needEvent')
    .values({
      ...told,
      needId: need.id,
      holdingDistrict: need.holdingDistrict,
      recordedAt: now,
      recordedBy: actor.accountId,
    })
    .execute()
}

/** What was recorded of a need's end, in order. */
export function needEventsOf(db: Kysely<DB>, needId: string) {
  return db
    .selectFrom('needEvent')
    .leftJoin('account', 'account.id', 'needEvent.recordedBy')
    .selectAll('needEvent')
    .select('account.name as recordedByName')
    .where('needEvent.needId', '=', needId)
    .orderBy('needEvent.id')
    .execute()
}

/** Tasks that ended with the need, at that very instant, go on: those of offers and referrals stay ended like what they are about. */
export async function takeUpTasks(db: Kysely<DB>, needId: string): Promise<void> {
  await sql`
    update task t set dropped_at = null from need n
    where n.id = ${needId}::uuid and t.need_id = n.id and t.dropped_at = n.ended_at and t.done_at is null
      and t.offer_id is null and t.referral_id is null and t.stay_id is null and t.decision_id is null
      and not exists (select from task o where o.need_id = t.need_id and o.kind = t.kind and o.id <> t.id
        and o.done_at is null and o.dropped_at is null)`.execute(db)
}

/** Those of `ids` that are houses. */
export async function facilitiesKnown(db: Kysely<DB>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('facility')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}
