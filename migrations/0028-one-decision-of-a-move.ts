import { type Kysely, sql } from 'kysely'

/**
 * Whether what is moved into is decided is asked in one place: a move-in waits for it, and so does a departure to it. The
 * second took any track's decision, so somebody could leave on the word of a decision on help to find a home.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create function move_decided(offer uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from offer o join decision d on d.need_id = o.need_id
        where o.id = move_decided.offer and d.outcome = 'granted' and d.issued_on is not null
          and d.track = case o.form_given when 'temporary' then 'temporary_accommodation' else 'health_and_care' end
          and (d.offer_id is null or d.offer_id = o.id))
    $$;
    -- asked by the two below, which know who may
    revoke execute on function move_decided(uuid) from public;

    create or replace function move_in_facts(offer uuid)
      returns table (need_id uuid, household_id uuid, need_status text, service_decision_on date, decision_granted boolean,
        other_homes bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select n.id, n.household_id, n.status, n.service_decision_on, move_decided(o.id),
        (select count(*) from stay s where s.household_id = n.household_id and upper_inf(s.during))
      from offer o join need n on n.id = o.need_id
      where o.id = move_in_facts.offer and not household_protected(n.household_id)
        and (works_with_people_of(o.holding_district) or (place_in_own_facility(o.place_id) and o.accepted_at is not null))
    $$;

    create or replace function next_homes(stay uuid)
      returns table (kind text, form text, begins_on date, lease_signed_on date, decision_granted boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      with leaving as (
        select s.* from stay s left join occupancy o on o.id = s.occupancy_id
        where s.id = next_homes.stay and not household_protected(s.household_id)
          and (works_with_people_of(s.holding_district) or (o.id is not null and place_in_own_facility(o.place_id)))
      )
      select 'stay', s.form, lower(s.during), null::date, false from leaving l
        join stay s on s.household_id = l.household_id and s.id <> l.id and upper_inf(s.during)
      union all
      select 'offer', o.form_given, o.move_in_on, o.lease_signed_on, n.service_decision_on is not null or move_decided(o.id)
        from leaving l join need n on n.household_id = l.household_id join offer o on o.need_id = n.id
        where o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null
          and not exists (select from occupancy lived where lived.place_id = o.place_id
            and lived.during && daterange(greatest(o.move_in_on, app_today()), null))
    $$;
  `)
    .execute(db)
}
