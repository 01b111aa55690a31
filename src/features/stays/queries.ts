import { type Kysely, sql } from 'kysely'
import { rangeFrom, rangeTo } from '../../db/range.ts'
import { stayRows } from '../../db/stays.ts'
import type { DB } from '../../db/types.generated.ts'
import type { RentalFacts } from '../../domain/papers/rental.ts'
import type { IssuedDecision } from '../../domain/placement/moveInBasis.ts'
import type { StayQuery } from './schema.ts'

const present = sql<boolean>`upper_inf(stay.during)`

/** One page, newest first, after `cursor`. */
export function stayPage(
  db: Kysely<DB>,
  { state, leftSince, placeId, facilityId, residentId, limit }: StayQuery,
  cursor: string | undefined,
) {
  return stayRows(db)
    .$if(state === 'present', (query) => query.where(present))
    .$if(state === 'overdue', (query) => query.where(present).where(sql<boolean>`stay.expected_until < app_today()`))
    .$if(state === 'departed', (query) => query.where(sql<boolean>`not upper_inf(stay.during)`))
    .$if(state === 'may_return', (query) => query.where(sql<boolean>`stay.right_of_return_until > app_today()`))
    .$if(leftSince !== undefined, (query) => query.where(sql<boolean>`upper(stay.during) >= ${leftSince}::date`))
    .$if(placeId !== undefined, (query) => query.where('occupancy.placeId', '=', placeId ?? ''))
    .$if(facilityId !== undefined, (query) => query.where('place.facilityId', '=', facilityId ?? ''))
    .$if(residentId !== undefined, (query) =>
      query.where('stay.householdId', 'in', (inner) =>
        inner
          .selectFrom('resident as asked')
          .select('asked.householdId')
          .where('asked.id', '=', residentId ?? ''),
      ),
    )
    .$if(cursor !== undefined, (query) => query.where('stay.id', '<', cursor ?? ''))
    .orderBy('stay.id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** What happened to a stay, in the order in which it was recorded. */
export function eventsOf(db: Kysely<DB>, stayId: string) {
  return db
    .selectFrom('stayEvent')
    .leftJoin('account', 'account.id', 'stayEvent.recordedBy')
    .selectAll('stayEvent')
    .select('account.name as recordedByName')
    .where('stayEvent.stayId', '=', stayId)
    .orderBy('stayEvent.id')
    .execute()
}

export type EventRow = Awaited<ReturnType<typeof eventsOf>>[number]

/** What the household of a stay required when it was last placed; undefined when nothing is recorded. */
export async function requirementsOfStay(db: Kysely<DB>, stayId: string) {
  const { rows } = await sql<{
    requiredFeatures: string[]
    excludedFacilities: string[]
    substanceStance: string
    behaviour: number | null
    security: number | null
    responsibleDistrict: string
  }>`select * from stay_requirements(${stayId}::uuid)`.execute(db)
  return rows[0]
}

/** Who moves: the household of a stay, as far as the reader may see it. */
export function moversOf(db: Kysely<DB>, householdId: string) {
  return db
    .selectFrom('household')
    .innerJoin('resident', 'resident.householdId', 'household.id')
    .select(['household.adults', 'household.pets', 'resident.birthDate', 'resident.gender'])
    .select([
      sql<number>`(select count(*) from household_child c where c.household_id = household.id and c.arrangement = 'living')`.as(
        'childrenLiving',
      ),
      sql<number>`(select count(*) from household_child c where c.household_id = household.id and c.arrangement = 'visiting')`.as(
        'childrenVisiting',
      ),
    ])
    .where('household.id', '=', householdId)
    .orderBy('resident.id')
    .executeTakeFirst()
}

/** Where a household lives now, as far as the reader may see it, and since when. */
export function homesOf(db: Kysely<DB>, householdId: string) {
  return db
    .selectFrom('stay')
    .select([rangeFrom('during').as('from')])
    .where('householdId', '=', householdId)
    .where(present)
    .execute()
}

/** The decisions on services that have been issued for a need, the earliest first; those for one of our places are of that place. */
export async function decisionsOfNeed(db: Kysely<DB>, needId: string): Promise<IssuedDecision[]> {
  const { rows } = await sql<IssuedDecision>`
    select d.issued_on, d.outcome = 'granted' as granted,
      (select min(a.decided_on) from appeal a where a.decision_id = d.id and a.outcome in ('changed', 'repealed')) as overturned_on
    from decision d
    where d.need_id = ${needId}::uuid and d.track = 'health_and_care' and d.issued_on is not null and d.offer_id is null
    order by d.issued_on, d.id`.execute(db)
  return rows
}

/** What was agreed of the home of a stay that is rented outside our places; undefined for every other. */
export function privateLeaseOf(db: Kysely<DB>, stayId: string) {
  return db
    .selectFrom('privateLease')
    .innerJoin('landlord', 'landlord.id', 'privateLease.landlordId')
    .innerJoin('account', 'account.id', 'privateLease.recordedBy')
    .select([
      'privateLease.landlordId',
      'landlord.name as landlordName',
      'privateLease.signedOn',
      'privateLease.shortReason',
      'privateLease.rentMonth',
      'privateLease.electricityMonth',
      'privateLease.guaranteeAmount',
      'privateLease.recordedAt',
      'account.name as recordedByName',
    ])
    .select([rangeFrom('privateLease.during').as('from'), rangeTo('privateLease.during').as('to')])
    .select(sql<RentalFacts['guarantee']>`private_lease.guarantee`.as('guarantee'))
    .where('privateLease.stayId', '=', stayId)
    .executeTakeFirst()
}

export type PrivateLeaseRow = NonNullable<Awaited<ReturnType<typeof privateLeaseOf>>>
