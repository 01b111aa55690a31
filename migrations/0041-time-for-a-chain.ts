import { type Kysely, sql } from 'kysely'

/**
 * A run proposes each move for the first day on which it can happen. A chain in life needs time: an officer to send each offer,
 * and everybody to answer in turn. Planned for the same day it would fall the day after.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    drop function start_chain(uuid, integer, text);
    create function start_chain(run uuid, number integer, why text, send_days integer, reply_days integer) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      proposed matching_chain%rowtype;
      started uuid;
      member record;
    begin
      select c.* into proposed from matching_chain c join matching_run r on r.id = c.run_id and r.status = 'completed'
        where c.run_id = start_chain.run and c.chain = start_chain.number;
      if proposed.run_id is null or not (app_role() in ('housing_officer', 'district_manager') and proposed.districts && app_districts()) then
        return null;
      end if;
      insert into chain (kind, run_id, run_chain, created_by, districts, created_at)
        values (proposed.kind, proposed.run_id, proposed.chain, app_actor(), proposed.districts, app_now()) returning id into started;
      -- nobody is asked before the one who moves first has said yes, so each move needs time to be answered after the one before
      insert into chain_step (chain_id, position, place_id, from_place_id, district, planned_on, urgency_class)
        select started, m.at - 1, (m.move ->> 'placeId')::uuid, (m.move ->> 'fromPlaceId')::uuid, m.move ->> 'district',
          greatest((m.move ->> 'on')::date, app_today() + send_days + reply_days * m.at::integer), (m.move ->> 'urgencyClass')::integer
        from jsonb_array_elements(proposed.moves) with ordinality as m (move, at);
      for member in
        select r.position, n.id as need_id, n.holding_district from matching_row r
        join need n on n.holding_district = r.holding_district and n.status = 'registered' and need_pseudonym(n.id)::uuid = r.pseudonym
        where r.run_id = proposed.run_id and r.chain = proposed.chain order by r.position
      loop
        insert into chain_member (chain_id, position, need_id, holding_district)
          values (started, member.position, member.need_id, member.holding_district);
        perform insert_chain_task('chain_offer_due', member.holding_district, member.need_id, null, started, why);
      end loop;
      return started;
    end $$;
    revoke execute on function start_chain(uuid, integer, text, integer, integer) from public;
    grant execute on function start_chain(uuid, integer, text, integer, integer) to boligtrapp_app;
  `)
    .execute(db)
}
