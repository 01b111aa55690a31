import { type Kysely, sql } from 'kysely'
import type { ClosingCase } from '../domain/closing.ts'
import type { Day } from '../domain/day.ts'
import type { DB } from './types.generated.ts'

/** A place that opens or closes on a day, and whoever lives there, as far as row security tells the reader of her. */
export interface ChangeRow {
  placeId: string
  label: string
  form: string
  facilityId: string
  facilityName: string
  districtCode: string
  kind: 'opening' | 'closing'
  day: Day
  certainty: 'decided' | 'planned' | 'possible' | null
  note: string | null
  changeVersion: number | null
  occupied: boolean
  residentId: string | null
  ciphertext: Buffer | null
  district: string | null
  planId: string | null
  verdict: 'right' | 'rightly_stays' | 'undecided' | null
  targetOn: Day | null
  targetForm: string | null
  supportTeamName: string | null
  supportFrom: Day | null
  commitmentId: string | null
  commitmentVersion: number | null
  committedOn: Day | null
  readyOn: Day | null
  homeId: string | null
  homeLabel: string | null
  homeFacility: string | null
  homeOpensOn: Day | null
  homeClosesOn: Day | null
}

export interface ChangesAsked {
  from: Day
  to: Day
  institutions: boolean
  kind?: 'opening' | 'closing' | undefined
  form?: string | undefined
  placeId?: string | undefined
  /** With places that have closed and where somebody lives all the same. */
  overdue?: boolean
}

/** Places that open or close in `[from, to)`, by day and place; only VEL's, or only the others. */
export async function capacityChanges(db: Kysely<DB>, asked: ChangesAsked): Promise<ChangeRow[]> {
  const { from, to, institutions, kind = null, form = null, placeId = null, overdue = false } = asked
  const { rows } = await sql<ChangeRow>`
    with changed as (
      select p.id, 'closing' as kind, closes_on(p.id) as day from place p join facility f on f.id = p.facility_id
        where (least(upper(p.open_during), upper(f.open_during)) >= ${from}::date
            or ${overdue} and exists (select from occupancy still where still.place_id = p.id and upper_inf(still.during)))
          and least(upper(p.open_during), upper(f.open_during)) < ${to}::date
      union all
      select p.id, 'opening', lower(p.open_during) from place p
        where lower(p.open_during) >= ${from}::date and lower(p.open_during) < ${to}::date
    )
    select p.id as place_id, p.label, p.form, f.id as facility_id, f.name as facility_name, f.district_code, c.kind, c.day,
      said.certainty, said.note, said.version as change_version,
      exists (select from occupancy taken where taken.place_id = p.id and upper_inf(taken.during)) as occupied,
      r.id as resident_id, i.ciphertext, s.holding_district as district, plan.id as plan_id, plan.verdict, plan.target_on,
      plan.target_form, team.name as support_team_name, plan.support_from, word.id as commitment_id,
      word.version as commitment_version, word.committed_on, word.ready_on, home.id as home_id, home.label as home_label,
      house.name as home_facility, lower(home.open_during) as home_opens_on, closes_on(home.id) as home_closes_on
    from changed c join place p on p.id = c.id join facility f on f.id = p.facility_id
      left join capacity_change said on said.place_id = p.id and said.kind = c.kind
      left join occupancy o on o.place_id = p.id and upper_inf(o.during) and c.kind = 'closing' and p.form like 'vel\\_%'
      left join stay s on s.occupancy_id = o.id and upper_inf(s.during)
      left join resident r on r.household_id = s.household_id and not exists
        (select from resident earlier where earlier.household_id = r.household_id and earlier.id < r.id)
      left join resident_identity i on i.resident_id = r.id
      left join return_plan plan on plan.household_id = s.household_id and plan.withdrawn_on is null and plan.moved_back_on is null
      left join support_team team on team.id = plan.support_team_id
      left join home_commitment word on word.return_plan_id = plan.id and word.withdrawn_on is null and word.settled_on is null
      left join place home on home.id = word.place_id
      left join facility house on house.id = home.facility_id
    where (p.form like 'vel\\_%') = ${institutions} and (${kind}::text is null or c.kind = ${kind})
      and (${form}::text is null or p.form = ${form}) and (${placeId}::uuid is null or p.id = ${placeId}::uuid)
    order by c.day, p.id, c.kind`.execute(db)
  return rows
}

/** Of a row of somebody whom the reader may see: what the rule asks of it. */
export function closingCaseOf(row: ChangeRow): ClosingCase {
  const { day, verdict, supportTeamName, supportFrom, readyOn, homeId, homeOpensOn, homeClosesOn } = row
  const [supportNamed, homeNamed] = [supportTeamName !== null, homeId !== null]
  return { closesOn: day, verdict, supportNamed, supportFrom, readyOn, homeNamed, homeOpensOn, homeClosesOn }
}

export interface ClosingStandingRow extends ClosingCase {
  form: string
  district: string
}

/** Everybody who lives on a place of VEL's that has closed, or closes on `until` at the latest, in the whole city and without who. */
export async function closingStanding(db: Kysely<DB>, until: Day): Promise<ClosingStandingRow[]> {
  const { rows } = await sql<ClosingStandingRow>`
    select form, district, closes_on, verdict, support_named, support_from, ready_on, home_named, home_opens_on, home_closes_on
    from closing_standing_of_city() where closes_on <= ${until}::date`.execute(db)
  return rows
}
