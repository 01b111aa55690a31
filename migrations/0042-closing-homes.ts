import { type Kysely, sql } from 'kysely'

/** Homes that close while somebody lives there, and whether the next home is there by then: for the flag, without anybody in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The last day before which a home closes, by itself or with its house; null while neither is planned to.
    create function closes_on(place uuid) returns date
      language sql stable set search_path = public, pg_temp as $$
      select least(upper(p.open_during), upper(f.open_during)) from place p join facility f on f.id = p.facility_id
      where p.id = closes_on.place
    $$;
    -- Whether a household has said yes to a home, or lives in another one, that is open on that day.
    create function has_home_on(household uuid, besides uuid, day date) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from offer o join need n on n.id = o.need_id
          where n.household_id = has_home_on.household and o.accepted_at is not null and o.declined_at is null
            and o.withdrawn_at is null and o.moved_in_at is null and o.move_in_on <= has_home_on.day)
        or exists (select from stay s left join occupancy o on o.id = s.occupancy_id
          where s.household_id = has_home_on.household and s.id <> has_home_on.besides and upper_inf(s.during)
            and coalesce(closes_on(o.place_id) > has_home_on.day, true))
    $$;
    create view closing_home as
      select s.holding_district, closes_on(o.place_id) as closes_on,
        has_home_on(s.household_id, s.id, closes_on(o.place_id)) as has_next
      from stay s join occupancy o on o.id = s.occupancy_id
      where upper_inf(s.during) and closes_on(o.place_id) is not null;
    revoke all on closing_home from public;
    revoke execute on function has_home_on(uuid, uuid, date) from public;
    grant execute on function has_home_on(uuid, uuid, date) to boligtrapp_app, boligtrapp_job;
    grant select on closing_home to boligtrapp_job;
  `)
    .execute(db)
}
