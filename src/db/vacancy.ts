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
export const admissionOn = (facility: RawBuilder<unknown>, on: Day) => sql`select a.admitting, a.during
  from facility_admission a where a.facility_id = ${facility} and (upper_inf(a.during) or upper(a.during) > ${on}::date)
  order by lower(a.during) limit 1`

/** Whether `facility` admits on a day. */
export const admitsOn = (facility: string, on: Day) =>
  sql<boolean>`coalesce((select admitting from (${admissionOn(sql.ref(facility), on)}) first), true)`
