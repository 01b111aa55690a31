import { type Kysely, sql } from 'kysely'

/**
 * A move-in waits for the decision on what is moved into: one on help to find a home, or on a municipal home, never answers
 * for the decision on the services, nor for the one on temporary accommodation.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create or replace function move_in_facts(offer uuid)
      returns table (need_id uuid, household_id uuid, need_status text, service_decision_on date, decision_granted boolean,
        other_homes bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select n.id, n.household_id, n.status, n.service_decision_on,
        exists (select from decision d where d.need_id = n.id and d.outcome = 'granted' and d.issued_on is not null
          and d.track = case o.form_given when 'temporary' then 'temporary_accommodation' else 'health_and_care' end
          and (d.offer_id is null or d.offer_id = o.id)),
        (select count(*) from stay s where s.household_id = n.household_id and upper_inf(s.during))
      from offer o join need n on n.id = o.need_id
      where o.id = move_in_facts.offer and not household_protected(n.household_id)
        and (works_with_people_of(o.holding_district) or (place_in_own_facility(o.place_id) and o.accepted_at is not null))
    $$;
  `)
    .execute(db)
}
