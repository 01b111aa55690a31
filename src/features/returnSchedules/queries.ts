import { type Kysely, sql } from 'kysely'
import { standingOf } from '../../db/longJobs.ts'
import { SCHEDULE_JOB } from '../../db/returnSchedules.ts'
import type { DB } from '../../db/types.generated.ts'
import type { Day } from '../../domain/day.ts'
import type { HomeSource, ScheduleLimit } from '../../reference/returnSchedulePolicy.ts'

const standing = standingOf(SCHEDULE_JOB)

function scheduleRows(db: Kysely<DB>) {
  return db
    .selectFrom('returnSchedule')
    .select([
      'id',
      'progress',
      'stage',
      'asOf',
      'until',
      'shareOfVacancies',
      'certainty',
      'keptMonths',
      'teams',
      'requestedBy',
      'requestedAt',
      'startedAt',
      'finishedAt',
      'cityVersion',
      'policies',
      'assumptions',
      'summary',
    ])
    .select(sql<Day | null>`(expires_at at time zone 'Europe/Oslo')::date`.as('peopleUntil'))
    .select([standing.status.as('status'), standing.error.as('error')])
}

export function scheduleById(db: Kysely<DB>, id: string) {
  return scheduleRows(db).where('id', '=', id).executeTakeFirst()
}

export type ScheduleJobRow = NonNullable<Awaited<ReturnType<typeof scheduleById>>>

export function schedulePage(db: Kysely<DB>, limit: number, cursor: string | undefined) {
  return scheduleRows(db)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** A schedule's numbers, by district, form and month; those who cannot move come last. */
export function numbersOfSchedule(
  db: Kysely<DB>,
  id: string,
  { district, form }: { district?: string | undefined; form?: string | undefined },
) {
  return db
    .selectFrom('returnScheduleNumber')
    .select(['district', 'form', 'month', 'limitedBy', 'people'])
    .where('scheduleId', '=', id)
    .$if(district !== undefined, (query) => query.where('district', '=', district ?? ''))
    .$if(form !== undefined, (query) => query.where('form', '=', form ?? ''))
    .orderBy('district')
    .orderBy('form')
    .orderBy('month')
    .orderBy('limitedBy')
    .execute()
}

export interface ScheduledRow {
  returnPlanId: string
  residentId: string | null
  ciphertext: Buffer | null
  district: string
  form: string | null
  targetOn: Day | null
  urgencyClass: number
  movesOn: Day | null
  homeSource: HomeSource | null
  placeId: string | null
  label: string | null
  facilityName: string | null
  limitedBy: ScheduleLimit | null
  alsoLimitedBy: ScheduleLimit[]
  couldMoveOn: Day | null
}

/** Where those stand who cannot move: after everybody who can. */
export const NEVER_DAY = '2999-12-31' as Day

/** One page of the reader's own people in a schedule, the first to move first. */
export async function scheduledPeople(
  db: Kysely<DB>,
  id: string,
  {
    outcome,
    limitedBy,
    limit,
  }: { outcome: 'could_move' | 'cannot_move' | 'all'; limitedBy?: ScheduleLimit | undefined; limit: number },
  after: readonly [Day, string] | undefined,
): Promise<ScheduledRow[]> {
  const { rows } = await sql<ScheduledRow>`
    select * from (
      select p.id as return_plan_id, r.id as resident_id, i.ciphertext, s.home_district as district, s.target_form as form,
        p.target_on, s.urgency_class, s.moves_on, s.home_source, s.place_id, home.label, house.name as facility_name,
        s.limited_by, s.also_limited_by, s.could_move_on
      from return_plan p
        join return_schedule_row s on s.schedule_id = ${id}::uuid and s.pseudonym = need_pseudonym(p.id)
        left join resident r on r.household_id = p.household_id and not exists
          (select from resident earlier where earlier.household_id = r.household_id and earlier.id < r.id)
        left join resident_identity i on i.resident_id = r.id
        left join place home on home.id = s.place_id
        left join facility house on house.id = home.facility_id
    ) told
    where (${outcome} = 'all' or (moves_on is not null) = (${outcome} = 'could_move'))
      and (${limitedBy ?? null}::text is null or limited_by = ${limitedBy ?? null})
      and (${after?.[0] ?? null}::date is null or (coalesce(moves_on, ${NEVER_DAY}::date), return_plan_id)
        > (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by coalesce(moves_on, ${NEVER_DAY}::date), return_plan_id limit ${limit + 1}`.execute(db)
  return rows
}
