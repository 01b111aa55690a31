import { type Kysely, sql } from 'kysely'

/**
 * Chains that can be followed: a task says which chain it is about, whoever looks at a chain hears that it moved on wherever that
 * happened, and a chain whose ground has changed since the run is not begun.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table task add column chain_id uuid references chain;
    create index task_chain on task (chain_id) where chain_id is not null;

    -- One open task of a kind for a need: what is told last stands, with its own chain.
    create function insert_chain_task(kind text, district text, need uuid, offer uuid, chain uuid, reason text) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      update task t set dropped_at = app_now() where t.kind = insert_chain_task.kind and t.need_id = insert_chain_task.need
        and t.done_at is null and t.dropped_at is null;
      insert into task (kind, holding_district, need_id, offer_id, chain_id, due_on, reason, created_at)
        values (insert_chain_task.kind, district, need, insert_chain_task.offer, insert_chain_task.chain, app_today(),
          insert_chain_task.reason, app_now());
    end $$;

    -- What has changed since the run that makes its chain one that cannot be gone through: somebody has left the queue or her
    -- home, the first place is not vacant, or somebody or a place is on the way in another chain. Null: nothing. Starts wait for
    -- each other, so that two chains of one household are not begun at once.
    create function chain_obstacle(run uuid, number integer) returns text
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      first_place uuid;
      first_on date;
    begin
      if not exists (select from matching_chain c where c.run_id = run and c.chain = number and c.districts && app_districts()) then
        return null;
      end if;
      perform pg_advisory_xact_lock(hashtext('start_chain'));
      if exists (
        select from matching_chain c cross join lateral jsonb_array_elements(c.moves) with ordinality as m (move, at)
        where c.run_id = run and c.chain = number and not exists (
          select from matching_row r
          join need n on n.holding_district = r.holding_district and n.status = 'registered' and need_pseudonym(n.id) = r.pseudonym
          where r.run_id = run and r.chain = number and r.position = m.at - 1
            and (m.move ->> 'fromPlaceId' is null or exists (
              select from stay s join occupancy o on o.id = s.occupancy_id
              where s.household_id = n.household_id and upper_inf(s.during) and o.place_id = (m.move ->> 'fromPlaceId')::uuid)))
      ) then return 'left'; end if;
      if exists (
        select from chain_step s join matching_chain c on c.run_id = run and c.chain = number
        left join chain_member m on m.chain_id = s.chain_id and m.position = s.position
        left join offer o on o.chain_id = s.chain_id and o.chain_position = s.position and o.moved_in_at is not null
        where s.broken_at is null and o.id is null and (
          exists (select from jsonb_array_elements(c.moves) move where (move ->> 'placeId')::uuid = s.place_id)
          or exists (select from matching_row r where r.run_id = run and r.chain = number
            and r.holding_district = m.holding_district and r.pseudonym = need_pseudonym(m.need_id)))
      ) then return 'in_chain'; end if;
      select (c.moves -> 0 ->> 'placeId')::uuid, greatest((c.moves -> 0 ->> 'on')::date, app_today()) into first_place, first_on
        from matching_chain c where c.run_id = run and c.chain = number;
      if exists (select from occupancy o where o.place_id = first_place and o.during @> first_on)
        or exists (select from hold h where h.place_id = first_place and h.ended_at is null
          and (h.expires_at is null or h.expires_at > app_now()) and h.during && daterange(first_on, null))
      then return 'taken'; end if;
      return null;
    end $$;

    create or replace function start_chain(run uuid, number integer, why text) returns uuid
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
      insert into chain_step (chain_id, position, place_id, from_place_id, district, planned_on, urgency_class)
        select started, m.at - 1, (m.move ->> 'placeId')::uuid, (m.move ->> 'fromPlaceId')::uuid, m.move ->> 'district',
          greatest((m.move ->> 'on')::date, app_today()), (m.move ->> 'urgencyClass')::integer
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
    create or replace function break_step(chain uuid, at integer, why text, reason text) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      member chain_member%rowtype;
    begin
      update chain_step s set broken_at = app_now(), broken_by = why
        where s.chain_id = break_step.chain and s.position = at and s.broken_at is null;
      if not found then return; end if;
      update hold h set ended_at = app_now(), ended_reason = 'chain_broken' where h.ended_at is null and h.id in (select o.hold_id
        from offer o where o.chain_id = break_step.chain and o.chain_position = at and o.moved_in_at is null);
      update task t set dropped_at = app_now() where t.done_at is null and t.dropped_at is null and t.offer_id in (select o.id
        from offer o where o.chain_id = break_step.chain and o.chain_position = at
          and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null and o.moved_in_at is null);
      update offer o set withdrawn_at = app_now(), withdrawn_reason = 'chain_broken'
        where o.chain_id = break_step.chain and o.chain_position = at
          and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null and o.moved_in_at is null;
      select m.* into member from chain_member m where m.chain_id = break_step.chain and m.position = at;
      if member.need_id is null then return; end if;
      update task t set dropped_at = app_now() where t.need_id = member.need_id and t.kind in ('chain_offer_due', 'chain_firm')
        and t.done_at is null and t.dropped_at is null;
      if exists (select from need n where n.id = member.need_id and n.status = 'registered') then
        perform insert_chain_task('chain_broken', member.holding_district, member.need_id, null, break_step.chain, reason);
      end if;
    end $$;
    create or replace function firm_step(chain uuid, at integer, answer_until timestamptz, reason text) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      given offer%rowtype;
    begin
      update offer o set firm_at = app_now(), reply_by = answer_until, reminded_at = null
        where o.chain_id = firm_step.chain and o.chain_position = at and o.conditional and o.firm_at is null
          and o.accepted_at is null and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null
        returning * into given;
      if given.id is null then return; end if;
      update hold h set expires_at = answer_until where h.id = given.hold_id and h.ended_at is null;
      perform insert_chain_task('chain_firm', given.holding_district, given.need_id, given.id, firm_step.chain, reason);
    end $$;

    -- Whether a move of the chain is still to come.
    create function chain_goes_on(chain uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from chain_step s where s.chain_id = chain_goes_on.chain and s.broken_at is null
        and not exists (select from offer o where o.chain_id = s.chain_id and o.chain_position = s.position and o.moved_in_at is not null))
    $$;

    -- An answer in one bydel moves the chain of another: everybody is told that a chain changed, and nobody which or whose.
    create function tell_of_chain() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform pg_notify('boligtrapp_change', 'chain ');
      return null;
    end $$;
    create trigger offer_moves_chain after insert or update on offer for each row when (new.chain_id is not null)
      execute function tell_of_chain();

    revoke execute on function insert_chain_task(text, text, uuid, uuid, uuid, text), chain_obstacle(uuid, integer),
      chain_goes_on(uuid), tell_of_chain() from public;
    grant execute on function chain_obstacle(uuid, integer), chain_goes_on(uuid) to boligtrapp_app;
  `)
    .execute(db)
}
