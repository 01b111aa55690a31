import { type Kysely, sql } from 'kysely'
import { returnPlanRows } from '../../db/returnPlans.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { LivedThere, StandingRow } from '../../domain/returnPlan/progress.ts'

/**
 * Plans that the reader may see, by target day. All of them: there are fewer than people in VEL's institutions, and how each
 * stands is told by the domain and not by the database.
 */
export function plansOf(
  db: Kysely<DB>,
  { state, district, residentId }: { state: 'open' | 'closed' | 'all'; district?: string; residentId?: string },
) {
  const open = sql<boolean>`(plan.withdrawn_on is null and plan.moved_on is null)`
  return returnPlanRows(db)
    .$if(state === 'open', (query) => query.where(open))
    .$if(state === 'closed', (query) => query.where(sql<boolean>`not ${open}`))
    .$if(district !== undefined, (query) => query.where('plan.holdingDistrict', '=', district ?? ''))
    .$if(residentId !== undefined, (query) => query.where('resident.id', '=', residentId ?? ''))
    .execute()
}

export interface Resident {
  residentId: string
  householdId: string
  holdingDistrict: string
  /** Where she lives in one of VEL's institutions; null: she does not. */
  stayId: string | null
}

/** Somebody whom the reader may see, with the stay in one of VEL's institutions that she lives in. */
export async function residentInVel(db: Kysely<DB>, residentId: string): Promise<Resident | undefined> {
  const { rows } = await sql<Resident>`
    select r.id as resident_id, r.household_id, r.holding_district, (select s.id from stay s where s.household_id = r.household_id
      and upper_inf(s.during) and s.form like 'vel\\_%' order by s.id limit 1) as stay_id
    from resident r where r.id = ${residentId}`.execute(db)
  return rows[0]
}

/** The plan of a household that nothing has ended, and that stands in the way of a new one. */
export function planInTheWay(db: Kysely<DB>, householdId: string) {
  return db
    .selectFrom('returnPlan')
    .select(['id', 'movedOn'])
    .where('householdId', '=', householdId)
    .where('withdrawnOn', 'is', null)
    .where('movedBackOn', 'is', null)
    .executeTakeFirst()
}

export interface WithoutPlanRow {
  residentId: string
  ciphertext: Buffer | null
  needId: string | null
  district: string
  form: string
  facilityId: string
  facilityName: string
  label: string
  since: Day
  closesOn: Day | null
}

/** One page of those who live in VEL's institutions and have no plan, the first to lose their place first. */
export async function peopleWithoutPlan(
  db: Kysely<DB>,
  { district, limit }: { district?: string | undefined; limit: number },
  after: readonly [Day, string] | undefined,
): Promise<WithoutPlanRow[]> {
  const { rows } = await sql<WithoutPlanRow>`
    select * from (
      select r.id as resident_id, i.ciphertext, n.id as need_id, s.holding_district as district, p.form, f.id as facility_id,
        f.name as facility_name, p.label, lower(s.during) as since, closes_on(p.id) as closes_on
      from stay s join occupancy o on o.id = s.occupancy_id join place p on p.id = o.place_id join facility f on f.id = p.facility_id
        join resident r on r.household_id = s.household_id and not exists
          (select from resident earlier where earlier.household_id = r.household_id and earlier.id < r.id)
        left join resident_identity i on i.resident_id = r.id
        left join need n on n.household_id = s.household_id and n.status = 'registered'
      where upper_inf(s.during) and s.form like 'vel\\_%' and (${district ?? null}::text is null or s.holding_district = ${district ?? null})
        and not exists (select from return_plan plan where plan.household_id = s.household_id and plan.withdrawn_on is null
          and plan.moved_back_on is null)
    ) found
    where ${after?.[0] ?? null}::date is null
      or (coalesce(closes_on, '2199-12-31'), resident_id) > (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid)
    order by coalesce(closes_on, '2199-12-31'), resident_id limit ${limit + 1}`.execute(db)
  return rows
}

type Flat = {
  district: string
  people: number
  livedSince: Day | null
  closesOn: Day | null
  verdict: string | null
  begunOn: Day | null
  targetOn: Day | null
  agreedOn: Day | null
  supportFrom: Day | null
  movedOn: Day | null
  movedTo: string | null
  movedBackOn: Day | null
  withdrawnOn: Day | null
  leftVelOn: Day | null
}

/** Everybody who is counted, of the whole city and without whose rows they are; of one bydel when it is named. */
export async function standingRows(db: Kysely<DB>, district: string | undefined): Promise<StandingRow[]> {
  const { rows } = await sql<Flat>`select * from return_standing_of_city()
    where ${district ?? null}::text is null or district = ${district ?? null}`.execute(db)
  return rows.map(({ district: of, people, livedSince, leftVelOn, closesOn, verdict, begunOn, movedTo, ...plan }) => ({
    district: of,
    people,
    livesInVel: livedSince !== null,
    leftVelOn,
    closesOn,
    plan:
      verdict === null || begunOn === null
        ? null
        : {
            ...plan,
            begunOn,
            verdict: verdict as 'right' | 'rightly_stays' | 'undecided',
            movedTo: movedTo as 'home' | 'elsewhere' | null,
          },
  }))
}

/** Who lived in VEL's institutions on each of `days`, in the whole city or for one bydel. */
export async function livedInVel(
  db: Kysely<DB>,
  days: readonly Day[],
  district: string | undefined,
): Promise<Map<Day, LivedThere>> {
  const { rows } = await sql<{ day: Day } & LivedThere>`
    select day, sum(people)::integer as people, sum(households)::integer as households from living_in_vel(${[...days]}::date[])
    where ${district ?? null}::text is null or district = ${district ?? null} group by 1`.execute(db)
  return new Map(rows.map(({ day, ...there }) => [day, there]))
}

/** What was done with a plan, the newest first. */
export function eventsOfPlan(db: Kysely<DB>, planId: string) {
  return db
    .selectFrom('returnPlanEvent as event')
    .innerJoin('account', 'account.id', 'event.recordedBy')
    .select([
      'event.id',
      'event.kind',
      'event.occurredOn',
      'event.recordedAt',
      'event.changes',
      'event.note',
      'account.name as recordedBy',
    ])
    .where('event.returnPlanId', '=', planId)
    .orderBy('event.id', 'desc')
    .execute()
}
