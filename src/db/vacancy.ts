import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'

/** The day in Oslo of an instant. */
export const dayIn = (instant: RawBuilder<unknown>) => sql`(${instant} at time zone 'Europe/Oslo')::date`

/**
 * Days on which a hold keeps its place: offered until it is firm, then held. It counts from the day it is made, since nobody
 * else can be given the place then, also where the move-in is later. One that runs counts through the day it expires on; one
 * that has ended does not count on the day it ended. A condition on `h` may follow.
 */
export const HOLD_SPANS = sql`select h.place_id, ${dayIn(sql`h.created_at`)} as begins, ${dayIn(sql`h.firm_since`)} as firm,
    case when h.ended_at is not null then ${dayIn(sql`h.ended_at`)} when h.expires_at is null then 'infinity'::date
      when h.expires_at <= app_now() then ${dayIn(sql`h.expires_at`)} else ${dayIn(sql`h.expires_at`)} + 1 end as ends
  from hold h`

/** Places that a hold keeps on a day, with whether it is firm then: a row a place. */
export const holdsOn = (on: Day) => sql`select place_id, bool_or(firm <= ${on}::date) as firm from (${HOLD_SPANS}
  where oslo_days(h.created_at, h.ended_at) @> ${on}::date) spans where begins <= ${on}::date and ends > ${on}::date group by 1`

/** Whether `place` is kept for somebody on a day, by an offer that runs or was accepted. */
export const keptOn = (place: string, on: Day) =>
  sql<boolean>`(${sql.ref(place)} in (select place_id from (${holdsOn(on)}) kept))`

/** What is registered of the admission of `facility` on a day, and before anything was, what was registered first. */
const admissionOn = (facility: RawBuilder<unknown>, on: Day) => sql`select a.admitting, a.during
  from facility_admission a where a.facility_id = ${facility} and (upper_inf(a.during) or upper(a.during) > ${on}::date)
  order by lower(a.during) limit 1`

/** The same of every facility that something is registered of. */
export const admissionsOn = (on: Day) => sql`select distinct on (a.facility_id) a.facility_id, a.admitting, a.during
  from facility_admission a where upper_inf(a.during) or upper(a.during) > ${on}::date
  order by a.facility_id, lower(a.during)`

/** Whether `facility` admits on a day. */
export const admitsOn = (facility: string, on: Day) =>
  sql<boolean>`coalesce((select admitting from (${admissionOn(sql.ref(facility), on)}) first), true)`

/** Whether somebody lives in `place` on a day. */
export const takenOn = (place: string, on: Day) =>
  sql<boolean>`exists (select from occupancy o where o.place_id = ${sql.ref(place)} and o.during @> ${on}::date)`

/** Whether a closure stops move-ins to `place` on a day. */
export const closedOn = (place: string, on: Day) =>
  sql<boolean>`exists (select from closure c where c.place_id = ${sql.ref(place)} and not c.admits and c.during @> ${on}::date)`

/** Whether `place` of `facility` is free on a day: open, admitting, not kept, lived in or closed. */
export const freeOn = (place: string, facility: string, on: Day) =>
  sql<boolean>`(${sql.ref(`${place}.open_during`)} @> ${on}::date and ${admitsOn(`${facility}.id`, on)}
    and not ${keptOn(`${place}.id`, on)} and not ${takenOn(`${place}.id`, on)} and not ${closedOn(`${place}.id`, on)})`

/** Places that are free on a day, with since when: what was lived in or closed is free from the day after. */
export const freePlaces = (on: Day) => sql`
  select p.id, p.form, f.district_code as district, greatest(lower(p.open_during),
    (select max(upper(o.during)) from occupancy o where o.place_id = p.id and upper(o.during) <= ${on}::date),
    (select max(upper(c.during)) from closure c where c.place_id = p.id and not c.admits and upper(c.during) <= ${on}::date)) as free_since
  from place p join facility f on f.id = p.facility_id
  where ${freeOn('p', 'f', on)}`
