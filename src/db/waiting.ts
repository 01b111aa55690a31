import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { AgeCount } from '../domain/survival.ts'
import type { DB } from './types.generated.ts'

/** How many wait on a day for a form first, in a responsible district. */
export interface Queued {
  day: Day
  district: string
  form: string
  waiting: number
}

/** The city's queue on some days, as counts; whoever asks is told the same. */
export async function queueOn(db: Kysely<DB>, days: readonly Day[]): Promise<Queued[]> {
  const { rows } = await sql<Queued>`select day, district, form, waiting from queue_on(${days}::date[])`.execute(db)
  return rows
}

/** Counts of one length of time, of one district and form. */
export type GroupAges = AgeCount & { district: string; form: string }

type AgeRow = [string, string, number, number, number, number]

const agesOf = (rows: readonly AgeRow[] | null | undefined): GroupAges[] =>
  (rows ?? []).map(([district, form, days, entered, events, censored]) => ({
    district,
    form,
    days,
    entered,
    events,
    censored,
  }))

/** How long needs waited, of those that waited on some day of `[from, to)`: the event is a place, anything else is censored. */
export async function waitingAges(db: Kysely<DB>, { from, to }: { from: Day; to: Day }): Promise<GroupAges[]> {
  const { rows } = await sql<{ ages: AgeRow[] | null }>`
    select json_agg(json_build_array(district, form, days, entered, housed, censored)) as ages
    from waiting_ages(${from}::date, ${to}::date)`.execute(db)
  return agesOf(rows[0]?.ages)
}

/**
 * How long places were lived in by one household, of the stays that lasted on some day of `[from, to)`: the event is a
 * departure. By the facility's district and the place's form. Occupancies hold no person, so no counting function is needed.
 */
export async function stayAges(db: Kysely<DB>, { from, to }: { from: Day; to: Day }): Promise<GroupAges[]> {
  const { rows } = await sql<{ ages: AgeRow[] | null }>`
    with watched as (
      select o.place_id, greatest(${from}::date - lower(o.during), 0) as enters,
        coalesce(upper(o.during) < ${to}::date, false) as departed,
        least(upper(o.during), ${to}::date - 1) - lower(o.during) as leaves
      from occupancy o where o.during && daterange(${from}::date - 1, ${to}::date)
    ), ages as (
      select f.district_code, p.form, e.days, sum(e.entered) as entered, sum(e.departed) as departed, sum(e.censored) as censored
      from watched w join place p on p.id = w.place_id join facility f on f.id = p.facility_id
      cross join lateral (values (w.enters, 1, 0, 0), (w.leaves, 0, w.departed::integer, 1 - w.departed::integer))
        as e (days, entered, departed, censored)
      group by 1, 2, 3
    )
    select json_agg(json_build_array(district_code, form, days, entered, departed, censored)) as ages from ages`.execute(
    db,
  )
  return agesOf(rows[0]?.ages)
}

/** Stays that last on a day, and those of them that have lasted longer than the norm of their form. */
export interface LivedIn {
  district: string
  form: string
  lastToday: number
  beyondNorm: number | null
}

/** `norms` are days by form; a form without one has null beyond it. */
export async function livedInOn(db: Kysely<DB>, on: Day, norms: ReadonlyMap<string, number>): Promise<LivedIn[]> {
  const { rows } = await sql<LivedIn>`
    with norm as (select form, days from unnest(${[...norms.keys()]}::text[], ${[...norms.values()]}::integer[]) as n (form, days))
    select f.district_code as district, p.form, count(*) as last_today,
      case when norm.days is null then null else count(*) filter (where ${on}::date - lower(o.during) > norm.days) end as beyond_norm
    from occupancy o join place p on p.id = o.place_id join facility f on f.id = p.facility_id
    left join norm on norm.form = p.form
    where o.during @> ${on}::date group by 1, 2, norm.days`.execute(db)
  return rows
}
