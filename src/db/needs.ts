import { type Kysely, sql } from 'kysely'
import { addDays, type Day, type DayRange, dayInOslo } from '../domain/day.ts'
import type { HousingForm } from '../domain/ladder.ts'
import { requirementsUnder } from '../domain/matching/policy.ts'
import { ageOn, type ReadinessFacts, type Requirements } from '../domain/need.ts'
import type { SituationFacts } from '../domain/urgency.ts'
import { OBJECTIVE_POLICY } from '../reference/policies.ts'
import type { Acting } from './actor.ts'
import { matchingPolicyInForce } from './matchingPolicy.ts'
import { rangeFrom, rangeTo } from './range.ts'
import type { DB } from './types.generated.ts'

/** The resident whose need it is: the first one registered of a household of several, so that a need is one row. */
export const applicantOf = sql<boolean>`resident.household_id = need.household_id and not exists
  (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`

/**
 * What a run says of the reader's own needs, `need` and `row` joined by pseudonym. Each side is made once, whatever the planner
 * believes: without the walls it makes a pseudonym for every pair of need and row, as it did for all who read a run in the
 * minute before PostgreSQL had counted its rows (more than 30 s for a district, now 0.3 s).
 * @param statuses only needs that are one of these now: a pseudonym is made for no other
 */
export function ownRunRows(db: Kysely<DB>, runId: string, statuses?: readonly string[]) {
  return withOwnNeeds(db, statuses)
    .with(
      (cte) => cte('run_row').materialized(),
      (query) => query.selectFrom('matchingRow').selectAll().where('runId', '=', runId),
    )
    .selectFrom('own_need as need')
    .innerJoin('run_row as row', 'row.pseudonym', 'need.pseudonym')
}

/** The reader's own needs under their pseudonyms, as `own_need`. */
export function withOwnNeeds(db: Kysely<DB>, statuses?: readonly string[]) {
  return db.with(
    (cte) => cte('own_need').materialized(),
    (query) =>
      query
        .selectFrom('need')
        .select(['need.id', 'need.householdId', sql<string>`need_pseudonym(need.id)`.as('pseudonym')])
        // asked as a subquery, which is certain to leak nothing, so that an index may answer it before row security
        .where(sql<boolean>`need.holding_district = any((select app_districts())::text[])`)
        .$if(statuses !== undefined, (needs) => needs.where('need.status', 'in', [...(statuses ?? [])])),
  )
}

/** The same with who the needs are of. */
export function ownRunPeople(db: Kysely<DB>, runId: string, statuses?: readonly string[]) {
  return ownRunRows(db, runId, statuses)
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .select(['need.id as needId', 'resident.id as residentId', 'identity.ciphertext'])
}

/** A page of it and one more, the most urgent first, after a class and an id. */
export function ownRunPage(db: Kysely<DB>, runId: string, limit: number, after: [string, string] | undefined) {
  return ownRunPeople(db, runId)
    .select('row.urgencyClass')
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(row.urgency_class, need.id) > (${after?.[0] ?? '0'}::integer, ${after?.[1] ?? ''}::uuid)`,
      ),
    )
    .orderBy('row.urgencyClass')
    .orderBy('need.id')
    .limit(limit + 1)
}

/** Needs with what their urgency and readiness are made of, as far as row security lets them be seen; one query a page. */
export function needRows(db: Kysely<DB>) {
  return db
    .selectFrom('need')
    .innerJoin('household', 'household.id', 'need.householdId')
    .innerJoin('resident', (join) => join.on(applicantOf))
    .innerJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .selectAll('need')
    .select([
      'household.adults',
      'household.pets',
      'identity.ciphertext',
      'resident.id as residentId',
      'resident.birthDate',
      'resident.gender',
      'resident.synthetic',
      'resident.contactPerson',
      'resident.individualPlanOfferedOn',
    ])
    .select([rangeFrom('need.neededDuring').as('neededFrom'), rangeTo('need.neededDuring').as('neededTo')])
    .select((eb) => [
      eb
        .selectFrom('assessment')
        .whereRef('assessment.needId', '=', 'need.id')
        .select((inner) => inner.fn.max('assessedOn').as('last'))
        .as('lastAssessedOn'),
      sql<number>`(select count(*) from household_child c where c.household_id = need.household_id and c.arrangement = 'living')`.as(
        'childrenLiving',
      ),
      sql<number>`(select count(*) from household_child c where c.household_id = need.household_id and c.arrangement = 'visiting')`.as(
        'childrenVisiting',
      ),
      sql<{ scope: string; givenOn: Day; revokedOn: Day | null }[]>`(select coalesce(json_agg(json_build_object(
        'scope', c.scope, 'givenOn', c.given_on, 'revokedOn', c.revoked_on)), '[]') from consent c where c.resident_id = resident.id)`.as(
        'consents',
      ),
    ])
}

export function needById(db: Kysely<DB>, id: string) {
  return needRows(db).where('need.id', '=', id).executeTakeFirst()
}

export type NeedRow = NonNullable<Awaited<ReturnType<typeof needById>>>

interface NeedPage {
  limit: number
  cursor: string | undefined
  statuses: readonly string[]
  /**
   * The reader's own, when she sees needs by district alone: an index then answers before row security asks of each need.
   * Empty leaves it all to row security.
   */
  districts: readonly string[]
}

/** One page and the first of the next, newest first, after `cursor` (an id: version 7 ids sort by time). */
export function needPage(db: Kysely<DB>, page: NeedPage) {
  return needPageQuery(db, page).execute()
}

/** `needPage` as the statement that it sends. */
export function needPageQuery(db: Kysely<DB>, { limit, cursor, statuses, districts }: NeedPage) {
  return needRows(db)
    .where('need.status', 'in', [...statuses])
    .$if(districts.length > 0, (query) => query.where('need.holdingDistrict', 'in', [...districts]))
    .$if(cursor !== undefined, (query) => query.where('need.id', '<', cursor ?? ''))
    .orderBy('need.id', 'desc')
    .limit(limit + 1)
}

type Whereabouts = Pick<Requirements, 'ownPlaces' | 'facilitiesToAvoid'>

/** For each household: the places it lives in today, and the houses where somebody lives whom it must not live with. */
export async function whereabouts(
  { trx, today }: Acting,
  householdIds: readonly string[],
): Promise<(householdId: string) => Whereabouts> {
  const own = await trx
    .selectFrom('stay')
    .innerJoin('occupancy', 'occupancy.id', 'stay.occupancyId')
    .select(['stay.householdId', 'occupancy.placeId'])
    .where(sql<boolean>`stay.household_id = any(${[...householdIds]}::uuid[])`)
    .where(sql<boolean>`occupancy.during @> ${today}::date`)
    .execute()
  const { rows: avoided } = await sql<{ householdId: string; facilityId: string }>`
    select h.household_id, f.facility_id
    from unnest(${[...householdIds]}::uuid[]) as h (household_id),
      lateral facilities_to_avoid(h.household_id, ${today}::date) as f (facility_id)`.execute(trx)
  const ownPlaces = Map.groupBy(own, (row) => row.householdId)
  const facilitiesToAvoid = Map.groupBy(avoided, (row) => row.householdId)
  return (householdId) => ({
    ownPlaces: (ownPlaces.get(householdId) ?? []).map((row) => row.placeId),
    facilitiesToAvoid: (facilitiesToAvoid.get(householdId) ?? []).map((row) => row.facilityId),
  })
}

/**
 * Whether somebody lives in the house, or comes to it, whom the household must not live with. False where the reader does not
 * work with her, since it is not hers to know.
 */
export async function mustAvoid(acting: Acting, householdId: string | null, facilityId: string): Promise<boolean> {
  if (householdId === null) return false
  return (await whereabouts(acting, [householdId]))(householdId).facilitiesToAvoid.includes(facilityId)
}

/** The places that are held for each need: offered, reserved, or set aside by the bydel's word for its household. */
async function ownHolds({ trx }: Acting, rows: readonly NeedRow[]): Promise<(need: NeedRow) => string[]> {
  const ids = rows.map(({ id }) => id)
  const held = await trx
    .selectFrom('hold')
    .innerJoin(
      sql<{ id: string; needId: string }>`(select offer.hold_id as id, offer.need_id from offer
        where offer.need_id = any(${ids}::uuid[])
        union select need_hold.id, need_hold.need_id from need_hold where need_hold.need_id = any(${ids}::uuid[]))`.as(
        'whose',
      ),
      'whose.id',
      'hold.id',
    )
    .select(['whose.needId', 'hold.placeId'])
    .where('hold.endedAt', 'is', null)
    .where(sql<boolean>`(hold.expires_at is null or hold.expires_at > app_now())`)
    .execute()
  const committed = await trx
    .selectFrom('homeCommitment')
    .select(['householdId', 'placeId'])
    .where(sql<boolean>`household_id = any(${rows.map(({ householdId }) => householdId)}::uuid[])`)
    .where('placeId', 'is not', null)
    .where('withdrawnOn', 'is', null)
    .where('settledOn', 'is', null)
    .execute()
  const byNeed = Map.groupBy(held, ({ needId }) => needId)
  const byHousehold = Map.groupBy(committed, ({ householdId }) => householdId)
  return ({ id, householdId }) =>
    [...(byNeed.get(id) ?? []), ...(byHousehold.get(householdId) ?? [])].flatMap(({ placeId }) => placeId ?? [])
}

/** What the urgency policy asks of a need. */
export function situationOf(row: NeedRow): SituationFacts {
  return {
    grounds: row.urgencyGrounds,
    origin: row.origin,
    situationSince: row.situationSince,
    mustLeaveBy: row.mustLeaveBy,
    readyToMoveOnSince: row.readyToMoveOnSince,
    childrenLiving: row.childrenLiving,
    registeredOn: row.registeredAt === null ? null : dayInOslo(new Date(row.registeredAt)),
  }
}

/** What readiness asks of a need. */
export function readinessFactsOf(row: NeedRow): ReadinessFacts {
  return {
    forms: row.forms as HousingForm[],
    windowStated: row.neededFrom !== null,
    responsibleDistrict: row.responsibleDistrict,
    lastAssessedOn: row.lastAssessedOn,
    privateRental: row.privateRental as ReadinessFacts['privateRental'],
    serviceDecisionOn: row.serviceDecisionOn,
    consents: row.consents,
    individualPlanOfferedOn: row.individualPlanOfferedOn,
    contactPerson: row.contactPerson,
  }
}

/**
 * The days on which a need can be moved in for: unstated is from today on, as readiness says aloud, and no later than the
 * policy looks ahead, so that a home that opens next year is planned for and not proposed today.
 */
export function windowOf(range: { from: Day | null; to: Day | null }, today: Day): DayRange {
  const from = range.from ?? today
  return { from, to: range.to ?? addDays(from > today ? from : today, OBJECTIVE_POLICY.parameters.horizonDays) }
}

/** What eligibility asks of each need, with where the households live and whom they must not live with looked up at once. */
export async function requirementsOf(acting: Acting, rows: readonly NeedRow[]): Promise<Requirements[]> {
  const living = await whereabouts(
    acting,
    rows.map((row) => row.householdId),
  )
  const held = await ownHolds(acting, rows)
  const { policy } = await matchingPolicyInForce(acting)
  const asked = rows.map(
    (row): Requirements => ({
      forms: row.forms as HousingForm[],
      requiredFeatures: row.requiredFeatures,
      wantedFeatures: row.wantedFeatures,
      district: row.responsibleDistrict ?? row.holdingDistrict,
      excludedDistricts: row.excludedDistricts,
      wantedDistricts: row.wantedDistricts,
      excludedFacilities: row.excludedFacilities,
      ...living(row.householdId),
      ownHolds: held(row),
      adults: row.adults,
      childrenLiving: row.childrenLiving,
      childrenVisiting: row.childrenVisiting,
      age: row.birthDate === null ? null : ageOn(row.birthDate, acting.today),
      gender: row.gender as Requirements['gender'],
      pets: row.pets,
      substanceStance: row.substanceStance as Requirements['substanceStance'],
      behaviour: row.behaviour,
      security: row.security,
      window: windowOf({ from: row.neededFrom, to: row.neededTo }, acting.today),
    }),
  )
  return asked.map((requirements) => requirementsUnder(policy, requirements))
}
