import { type Kysely, sql } from 'kysely'

/**
 * Chains in life: who is in one, behind the wall; what becomes firm and what falls, wherever its people belong; and that nobody
 * leaves for a home that somebody still lives in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The run that proposes again what is left of a chain that broke.
    alter table chain add column again_run_id uuid references matching_run on delete set null;
    create unique index chain_of_run on chain (run_id, run_chain) where run_id is not null;

    -- Whose move a step is: apart from the step, which everybody's staff in the chain may read.
    create table chain_member (
      chain_id uuid not null,
      position integer not null,
      need_id uuid not null,
      holding_district text not null,
      primary key (chain_id, position),
      foreign key (chain_id, position) references chain_step (chain_id, position),
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade
    );
    create index chain_member_need on chain_member (need_id);
    alter table chain_member enable row level security;
    create policy circle on chain_member to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    grant select on chain_member to boligtrapp_app;
    create trigger chain_member_log after insert or update or delete on chain_member for each row execute function log_change();
    create trigger chain_step_log after insert or update or delete on chain_step for each row execute function log_change();

    -- Makes a run's chain one in life: its steps as places, its people by their pseudonym, and for each bydel the task to offer.
    create function start_chain(run uuid, number integer, why text) returns uuid
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
        perform insert_task('chain_offer_due', member.holding_district, member.need_id, null, null, null, app_today(), why);
      end loop;
      return started;
    end $$;

    -- A chain before its places: whoever changes one of its offers has the chain alone.
    create function lock_chain(chain uuid) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from chain c where c.id = lock_chain.chain for update;
    end $$;
    -- Its steps with the dates of their offers: places and days, and nobody in them.
    create function chain_facts(chain uuid)
      returns table ("position" integer, place_id uuid, from_place_id uuid, planned_on date, broken_by text, has_offer boolean,
        reply_by timestamptz, accepted_at timestamptz, declined_at timestamptz, withdrawn_at timestamptz, expired_at timestamptz,
        moved_in_at timestamptz, conditional boolean, firm_at timestamptz, still_wanted boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select s.position, s.place_id, s.from_place_id, s.planned_on, s.broken_by, o.id is not null, o.reply_by, o.accepted_at,
        o.declined_at, o.withdrawn_at, o.expired_at, o.moved_in_at, o.conditional, o.firm_at,
        coalesce(n.status = 'registered', false)
      from chain_step s
      left join chain_member m on m.chain_id = s.chain_id and m.position = s.position
      left join need n on n.id = m.need_id
      left join lateral (select o.* from offer o where o.chain_id = s.chain_id and o.chain_position = s.position
        order by o.id desc limit 1) o on true
      where s.chain_id = chain_facts.chain order by s.position
    $$;
    -- A step falls: its offer is withdrawn and its place given back, and whoever is concerned is told why.
    create function break_step(chain uuid, at integer, why text, reason text) returns void
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
        perform insert_task('chain_broken', member.holding_district, member.need_id, null, null, null, app_today(), reason);
      end if;
    end $$;
    -- The move before is certain: the offer can be answered now, and has its own time to be.
    create function firm_step(chain uuid, at integer, answer_until timestamptz, reason text) returns void
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
      perform insert_task('chain_firm', given.holding_district, given.need_id, given.id, null, null, app_today(), reason);
    end $$;
    -- What is left is proposed again, for the whole city, since those concerned may be anybody's; one run for several breaks.
    create function propose_again(chain uuid) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      run uuid;
    begin
      select r.id into run from matching_run r where r.kind = 'city' and r.status = 'queued' and not r.cancel_requested order by r.id limit 1;
      if run is null then
        insert into matching_run (kind, as_of, requested_by, requested_at)
          select 'city', app_today(), c.created_by, now() from chain c where c.id = propose_again.chain returning id into run;
      end if;
      update chain c set again_run_id = run where c.id = propose_again.chain;
      return run;
    end $$;
    -- Chains in which something ended that nobody has drawn the consequence of.
    create function unsettled_chains() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select distinct s.chain_id from chain_step s
      left join chain_member m on m.chain_id = s.chain_id and m.position = s.position left join need n on n.id = m.need_id
      left join offer o on o.chain_id = s.chain_id and o.chain_position = s.position
      where s.broken_at is null and (o.declined_at is not null or o.withdrawn_at is not null or o.expired_at is not null
          or (o.reply_by <= app_now() and o.accepted_at is null)
          or (o.id is null and (n.status is distinct from 'registered' or s.planned_on < app_today())))
        and o.moved_in_at is null
      order by 1
    $$;

    -- Whether the household gave up a home because of this offer, and would be without one if it were taken away.
    create function left_for(offer uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from offer o join need n on n.id = o.need_id
        join stay s on s.household_id = n.household_id and s.departure_reason = 'moved_on' and upper(s.during) >= o.sent_at::date
        where o.id = left_for.offer and o.accepted_at is not null and o.moved_in_at is null
          and not exists (select from stay lives where lives.household_id = n.household_id and upper_inf(lives.during)))
    $$;
    -- A home that somebody still lives in is no next home yet, whatever is signed.
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
      select 'offer', o.form_given, o.move_in_on, o.lease_signed_on,
          n.service_decision_on is not null or exists (select from decision d where d.need_id = n.id and d.outcome = 'granted'
            and d.issued_on is not null and (d.offer_id is null or d.offer_id = o.id))
        from leaving l join need n on n.household_id = l.household_id join offer o on o.need_id = n.id
        where o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null
          and not exists (select from occupancy lived where lived.place_id = o.place_id
            and lived.during && daterange(greatest(o.move_in_on, app_today()), null))
    $$;

    revoke execute on function start_chain(uuid, integer, text), lock_chain(uuid), chain_facts(uuid),
      break_step(uuid, integer, text, text), firm_step(uuid, integer, timestamptz, text), propose_again(uuid), unsettled_chains(),
      left_for(uuid) from public;
    grant execute on function start_chain(uuid, integer, text), left_for(uuid) to boligtrapp_app;
    grant execute on function lock_chain(uuid), chain_facts(uuid), break_step(uuid, integer, text, text),
      firm_step(uuid, integer, timestamptz, text), propose_again(uuid) to boligtrapp_app, boligtrapp_job;
    grant execute on function unsettled_chains() to boligtrapp_job;
  `)
    .execute(db)
}
