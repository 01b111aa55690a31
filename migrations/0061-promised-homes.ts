import { type Kysely, sql } from 'kysely'

/** A home that the bydel has set aside for somebody, and that is open when her place closes, is a next home too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Whether a household has said yes to a home, lives in another one, or has one set aside by its bydel's word, that is open
    -- on that day.
    create or replace function has_home_on(household uuid, besides uuid, day date) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from offer o join need n on n.id = o.need_id
          where n.household_id = has_home_on.household and o.accepted_at is not null and o.declined_at is null
            and o.withdrawn_at is null and o.moved_in_at is null and o.move_in_on <= has_home_on.day)
        or exists (select from stay s left join occupancy o on o.id = s.occupancy_id
          where s.household_id = has_home_on.household and s.id <> has_home_on.besides and upper_inf(s.during)
            and coalesce(closes_on(o.place_id) > has_home_on.day, true))
        or exists (select from home_commitment c join place p on p.id = c.place_id
          where c.household_id = has_home_on.household and c.withdrawn_on is null and c.settled_on is null
            and c.ready_on <= has_home_on.day and lower(p.open_during) <= has_home_on.day
            and coalesce(closes_on(p.id) > has_home_on.day, true))
    $$;
  `)
    .execute(db)
}
