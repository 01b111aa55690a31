import { type Kysely, sql } from 'kysely'

/**
 * Of a home that closes with nobody's next home there by then: the day from which that was known, so that its flag says since
 * when it has been so and not when it was first measured.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The day on which it was registered that a home closes when it does; null where nobody wrote it down, as of a home that
    -- was registered with its end.
    create function closing_registered_on(place uuid) returns date
      language sql stable security definer set search_path = public, pg_temp as $$
      select (max(c.occurred_at) at time zone 'Europe/Oslo')::date
      from place p join facility f on f.id = p.facility_id
      join change_log c on c.action = 'update' and (
        (c.table_name = 'place' and c.row_id = p.id::text and upper(p.open_during) = closes_on(p.id))
        or (c.table_name = 'facility' and c.row_id = f.id::text and upper(f.open_during) = closes_on(p.id)))
      where p.id = closing_registered_on.place and (c.after ->> 'open_during')::daterange is distinct from (c.before ->> 'open_during')::daterange
        and upper((c.after ->> 'open_during')::daterange) = closes_on(p.id)
        and upper((c.before ->> 'open_during')::daterange) is distinct from closes_on(p.id)
    $$;
    -- The last day on which a household lost a home that would have been there on that day: an offer it had said yes to, or its
    -- bydel's word; null where it lost none.
    create function next_home_lost_on(household uuid, day date) returns date
      language sql stable security definer set search_path = public, pg_temp as $$
      select greatest(
        (select (max(coalesce(o.withdrawn_at, o.declined_at)) at time zone 'Europe/Oslo')::date
          from offer o join need n on n.id = o.need_id
          where n.household_id = next_home_lost_on.household and o.accepted_at is not null and o.move_in_on <= next_home_lost_on.day),
        (select max(c.withdrawn_on) from home_commitment c
          where c.household_id = next_home_lost_on.household and c.ready_on <= next_home_lost_on.day and c.place_id is not null))
    $$;
    create or replace view closing_home as
      select s.holding_district, closes_on(o.place_id) as closes_on,
        has_home_on(s.household_id, s.id, closes_on(o.place_id)) as has_next,
        greatest(lower(s.during), closing_registered_on(o.place_id), next_home_lost_on(s.household_id, closes_on(o.place_id)))
          as known_since
      from stay s join occupancy o on o.id = s.occupancy_id
      where upper_inf(s.during) and closes_on(o.place_id) is not null;
    revoke execute on function closing_registered_on(uuid), next_home_lost_on(uuid, date) from public;
    grant execute on function closing_registered_on(uuid), next_home_lost_on(uuid, date) to boligtrapp_job;
  `)
    .execute(db)
}
