import { type Kysely, sql } from 'kysely'
import { newestRun } from '../../db/matchingRun.ts'
import { needRows, ownRunRows } from '../../db/needs.ts'
import { openOffer, placeGone } from '../../db/offers.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import { FORMS } from '../../domain/ladder.ts'
import type { DecisionFacts } from '../../domain/papers/decision.ts'

// each asks for the reader's own districts as a subquery, which is certain to leak nothing, so that an index answers before
// row security does

/** Open needs of the reader’s districts, with what their urgency and readiness are made of. */
export function openNeeds(db: Kysely<DB>) {
  return needRows(db)
    .where('need.status', 'in', ['draft', 'registered'])
    .where(sql<boolean>`need.holding_district = any((select app_districts())::text[])`)
    .execute()
}

/** Offers that have not ended, with their place. */
export function openOffers(db: Kysely<DB>) {
  return db
    .selectFrom('offer')
    .innerJoin('place', 'place.id', 'offer.placeId')
    .innerJoin('facility', 'facility.id', 'place.facilityId')
    .leftJoin('need', 'need.id', 'offer.needId')
    .select([
      'offer.id',
      'offer.needId',
      'offer.chainId',
      'offer.replyBy',
      'offer.acceptedAt',
      'offer.declinedAt',
      'offer.withdrawnAt',
      'offer.expiredAt',
      'offer.movedInAt',
      'offer.notArrivedReason',
      'offer.conditional',
      'offer.firmAt',
      'place.label',
      'facility.name as facilityName',
      'need.householdId',
    ])
    .select(placeGone.as('placeGone'))
    .where(openOffer)
    .where(sql<boolean>`offer.holding_district = any((select app_districts())::text[])`)
    .execute()
}

const norms = FORMS.flatMap(({ id, stayNormDays }) => (stayNormDays === null ? [] : [{ form: id, days: stayNormDays }]))

/**
 * Stays that last and have gone on for longer than agreed, or than the norm of their form. They are found first: beside what row
 * security is believed to cost, the planner takes any way to their places for as good as another (170 ms for 34 of them, now 10).
 */
export function longStays(db: Kysely<DB>, today: Day) {
  return db
    .with(
      (cte) => cte('longStay').materialized(),
      (query) =>
        query
          .selectFrom('stay')
          .select(['stay.id', 'stay.householdId', 'stay.occupancyId', 'stay.form', 'stay.expectedUntil'])
          .select(sql<Day>`lower(stay.during)`.as('from'))
          .where(sql<boolean>`stay.holding_district = any((select app_districts())::text[]) and upper_inf(stay.during)`)
          .where(
            sql<boolean>`(stay.expected_until < ${today}::date or ${today}::date - lower(stay.during) > (
              select norm.days from unnest(${norms.map(({ form }) => form)}::text[], ${norms.map(({ days }) => days)}::integer[])
                as norm (form, days) where norm.form = stay.form))`,
          ),
    )
    .selectFrom('longStay')
    .leftJoin('occupancy', 'occupancy.id', 'longStay.occupancyId')
    .leftJoin('place', 'place.id', 'occupancy.placeId')
    .leftJoin('facility', 'facility.id', 'place.facilityId')
    .leftJoin('need', (join) =>
      join.onRef('need.householdId', '=', 'longStay.householdId').on('need.status', 'in', ['draft', 'registered']),
    )
    .select([
      'longStay.id',
      'longStay.householdId',
      'longStay.form',
      'longStay.expectedUntil',
      'longStay.from',
      'place.label',
      'place.facilityId',
      'facility.name as facilityName',
      'need.id as needId',
    ])
    .execute()
}

/** Open tasks with whose they are about and in which house. */
export function openTasks(db: Kysely<DB>) {
  return db
    .selectFrom('task')
    .leftJoin('need', 'need.id', 'task.needId')
    .leftJoin('stay', 'stay.id', 'task.stayId')
    .leftJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .leftJoin('place', 'place.id', 'occupancy.placeId')
    .select(['task.id', 'task.version', 'task.kind', 'task.dueOn', 'task.reason'])
    .select(['task.needId', 'task.offerId', 'task.stayId', 'task.chainId', 'place.facilityId'])
    .select(sql<string | null>`coalesce(need.household_id, stay.household_id)`.as('householdId'))
    .where('task.doneAt', 'is', null)
    .where('task.droppedAt', 'is', null)
    .where(sql<boolean>`task.holding_district = any((select app_districts())::text[])`)
    .execute()
}

/** Decisions on needs that are registered now, oldest first: by the day they were issued, drafts last. */
export async function decisionsMade(db: Kysely<DB>): Promise<Map<string, DecisionFacts[]>> {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('need', 'need.id', 'decision.needId')
    .select(['decision.needId', 'decision.issuedOn'])
    .select([
      sql<DecisionFacts['track']>`decision.track`.as('track'),
      sql<DecisionFacts['outcome']>`decision.outcome`.as('outcome'),
    ])
    .where('need.status', '=', 'registered')
    .where(sql<boolean>`need.holding_district = any((select app_districts())::text[])`)
    .orderBy('decision.issuedOn', (order) => order.asc().nullsLast())
    .orderBy('decision.id')
    .execute()
  return Map.groupBy(rows, ({ needId }) => needId)
}

/** The registered needs that the newest completed run that the reader may see proposed a place to. */
export async function proposedNeeds(db: Kysely<DB>): Promise<Set<string>> {
  const runId = await newestRun(db)
  if (runId === undefined) return new Set()
  const rows = await ownRunRows(db, runId, ['registered'])
    .select('need.id')
    .where('row.outcome', '=', 'proposed')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Whom some households’ needs are, as far as the reader may see them: the first one registered of each. */
export function applicantsOf(db: Kysely<DB>, householdIds: readonly string[]) {
  return db
    .selectFrom('resident')
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select(['resident.householdId', 'resident.id as residentId', 'identity.ciphertext'])
    .where(sql<boolean>`resident.household_id = any(${[...householdIds]}::uuid[]) and not exists
      (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`)
    .execute()
}
