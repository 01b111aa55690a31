import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { notFound } from '../domain/error.ts'
import type { PlanDays, PlanFields } from '../domain/returnPlan/plan.ts'
import type { DB } from './types.generated.ts'

/** Where the household of `plan` lives in one of VEL's institutions today, with the day that place closes. */
const livingIn = sql`(select o.place_id, p.label, p.form, f.id as facility_id, f.name as facility_name, closes_on(p.id) as closes_on,
    lower(s.during) as since
  from stay s left join occupancy o on o.id = s.occupancy_id left join place p on p.id = o.place_id
    left join facility f on f.id = p.facility_id
  where s.household_id = plan.household_id and upper_inf(s.during) and s.form like 'vel\\_%' order by s.id limit 1)`

/** Plans with whose they are and where she lives, as far as row security lets them be seen. */
export function returnPlanRows(db: Kysely<DB>) {
  return db
    .selectFrom('returnPlan as plan')
    .leftJoin('resident', (join) =>
      join.on(
        sql<boolean>`resident.household_id = plan.household_id and not exists
          (select from resident as earlier where earlier.household_id = resident.household_id and earlier.id < resident.id)`,
      ),
    )
    .leftJoin('residentIdentity as identity', 'identity.residentId', 'resident.id')
    .leftJoin('supportTeam as team', 'team.id', 'plan.supportTeamId')
    .leftJoin('homeCommitment as commitment', (join) =>
      join
        .onRef('commitment.returnPlanId', '=', 'plan.id')
        .on('commitment.withdrawnOn', 'is', null)
        .on('commitment.settledOn', 'is', null),
    )
    .leftJoin('need', (join) =>
      join.onRef('need.householdId', '=', 'plan.householdId').on('need.status', '=', 'registered'),
    )
    .leftJoinLateral(
      (eb) => eb.selectFrom(sql<Living>`${livingIn}`.as('lived')).selectAll('lived').as('living'),
      (join) => join.onTrue(),
    )
    .select([
      'plan.id',
      'plan.version',
      'plan.householdId',
      'plan.holdingDistrict',
      'plan.stayId',
      'plan.homeDistrict',
      'plan.verdict',
      'plan.verdictReason',
      'plan.targetForm',
      'plan.earliestOn',
      'plan.targetOn',
      'plan.ownPart',
      'plan.ownPartOn',
      'plan.ownWords',
      'plan.districtOwner',
      'plan.velContact',
      'plan.supportTeamId',
      'plan.supportFrom',
      'plan.agreedOn',
      'plan.movedOn',
      'plan.movedTo',
      'plan.movedBackOn',
      'plan.withdrawnOn',
      'plan.withdrawnReason',
      'plan.synthetic',
      'team.name as supportTeamName',
      'resident.id as residentId',
      'identity.ciphertext',
      'commitment.id as commitmentId',
      'commitment.readyOn',
      'need.id as needId',
      'living.placeId',
      'living.label',
      'living.form',
      'living.facilityId',
      'living.facilityName',
      'living.closesOn',
      'living.since',
    ])
    .select(sql<Day>`(plan.created_at at time zone 'Europe/Oslo')::date`.as('begunOn'))
    .$castTo<ReturnPlanRow>()
}

interface Living {
  placeId: string | null
  label: string | null
  form: string | null
  facilityId: string | null
  facilityName: string | null
  closesOn: Day | null
  since: Day
}

/** A plan as it is read: what somebody filled in, what happened, whose it is, and where she lives now. */
export interface ReturnPlanRow extends PlanFields, PlanDays {
  id: string
  version: number
  householdId: string
  holdingDistrict: string
  stayId: string
  withdrawnReason: string | null
  synthetic: boolean
  supportTeamName: string | null
  residentId: string | null
  ciphertext: Buffer | null
  commitmentId: string | null
  readyOn: Day | null
  needId: string | null
  placeId: string | null
  label: string | null
  form: string | null
  facilityId: string | null
  facilityName: string | null
  closesOn: Day | null
  /** Null: she lives in none of VEL's institutions. */
  since: Day | null
  begunOn: Day
}

/** @throws {DomainError} `not_found`, also for another district's */
export async function existingReturnPlan(db: Kysely<DB>, id: string): Promise<ReturnPlanRow> {
  const row = await returnPlanRows(db).where('plan.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
