import { type Kysely, sql } from 'kysely'

/**
 * People as well as households in all four figures of the gap, each counted apart; and what is bought, and who waits in
 * specialist care, found without reading every stay and need of ten years.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create index stay_bought on stay (id) where form = 'private_institution';
    create index stay_present_form on stay (form) where upper_inf(during);
    create index need_specialist_care on need (id) where origin = 'specialist_care';

    create or replace function people_in_the_gap() returns table (district text, situation text, households bigint, people bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      with found as (
        select s.holding_district as district, s.household_id, case when s.form = 'temporary' then 'temporary'
          when s.form = 'private_institution' then 'bought' else 'ready' end as situation
        from stay s join housing_form f on f.id = s.form
        where upper_inf(s.during) and lower(s.during) <= app_today() and (s.form in ('temporary', 'private_institution')
          or (f.step = 1 and s.ready_to_move_on_since <= app_today()))
        union all
        select coalesce(n.responsible_district, n.holding_district), n.household_id, 'discharge_ready'
        from need n where n.status = 'registered' and n.origin = 'specialist_care' and 'discharge_ready' = any (n.urgency_grounds)
          and coalesce(n.situation_since, (n.registered_at at time zone 'Europe/Oslo')::date) <= app_today()
      )
      select found.district, found.situation, count(*), sum(h.adults + (select count(*) from household_child c
        where c.household_id = h.id and c.arrangement = 'living'))::bigint
      from found join household h on h.id = found.household_id
      where steers()
      group by 1, 2
    $$;
  `)
    .execute(db)
}
