import { type Kysely, sql } from 'kysely'

/**
 * Runs over the city: a job under its own database role reads pseudonymised features, and each reader gets her slice. A
 * pseudonym is made with a key that neither the job nor the application can read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table pseudonym_key (
      only_row boolean primary key default true check (only_row),
      key bytea not null default gen_random_bytes(32)
    );
    insert into pseudonym_key default values;
    create function need_pseudonym(need uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
      select encode(substring(hmac(convert_to(need::text, 'utf8'), key, 'sha256') for 16), 'hex')::uuid from pseudonym_key
    $$;
    revoke execute on function need_pseudonym(uuid) from public;
    grant execute on function need_pseudonym(uuid) to boligtrapp_app;

    -- What a run reads of a need: what it requires, how urgent it is and where its household lives; not who it is.
    create view matching_need as
    select
      encode(substring(hmac(convert_to(n.id::text, 'utf8'), k.key, 'sha256') for 16), 'hex')::uuid as pseudonym,
      n.holding_district, n.responsible_district, n.registered_at,
      n.origin, n.situation_since, n.urgency_grounds, n.must_leave_by, n.ready_to_move_on_since,
      n.forms, n.required_features, n.wanted_features, n.excluded_districts, n.wanted_districts, n.excluded_facilities,
      n.substance_stance, n.behaviour, n.security, lower(n.needed_during) as needed_from, upper(n.needed_during) as needed_to,
      h.adults, h.pets, r.gender,
      extract(year from age(app_today(), r.birth_date))::integer as age,
      (select count(*) from household_child c where c.household_id = h.id and c.arrangement = 'living')::integer as children_living,
      (select count(*) from household_child c where c.household_id = h.id and c.arrangement = 'visiting')::integer as children_visiting,
      array(select o.place_id from stay s join occupancy o on o.id = s.occupancy_id
        where s.household_id = h.id and o.during @> app_today() order by o.place_id) as own_places,
      array(select distinct p.facility_id
        from resident me
        join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
        join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
        join stay s on s.household_id = other.household_id
        join occupancy o on o.id = s.occupancy_id and o.during && daterange(app_today(), null)
        join place p on p.id = o.place_id
        where me.household_id = h.id) as facilities_to_avoid,
      array(select distinct encode(substring(hmac(convert_to(other_need.id::text, 'utf8'), k.key, 'sha256') for 16), 'hex')::uuid
        from resident me
        join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
        join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
        join need other_need on other_need.household_id = other.household_id and other_need.status = 'registered'
        where me.household_id = h.id) as apart_from,
      exists (select from resident p where p.household_id = h.id and p.address_protection <> 'none') as shielded
    from need n
    join household h on h.id = n.household_id
    join lateral (select r.gender, r.birth_date from resident r where r.household_id = h.id order by r.id limit 1) r on true
    cross join pseudonym_key k
    where n.status = 'registered';
    revoke all on matching_need from public;
    grant select on matching_need to boligtrapp_job;

    create table matching_run (
      id uuid primary key default uuidv7(),
      kind text not null check (kind in ('city', 'preview')),
      -- whose people a preview is about; a run over the city has none
      districts text[] not null default '{}',
      status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
      progress real not null default 0 check (progress between 0 and 1),
      stage text not null default 'queued',
      as_of date not null,
      requested_by uuid not null references account,
      requested_at timestamptz not null,
      started_at timestamptz,
      heartbeat_at timestamptz,
      finished_at timestamptz,
      cancel_requested boolean not null default false,
      error text check (length(error) <= 500),
      objective_version integer,
      urgency_version integer,
      city_version bigint,
      summary jsonb,
      -- pseudonymous, compressed, kept for a time: the run can be computed again from it
      snapshot bytea,
      snapshot_expires_at timestamptz,
      check ((status = 'completed') = (summary is not null)),
      check (kind = 'city' or cardinality(districts) > 0)
    );
    create index matching_run_status on matching_run (status, id);

    create table matching_row (
      run_id uuid not null references matching_run on delete cascade,
      pseudonym uuid not null,
      holding_district text not null,
      outcome text not null check (outcome in ('proposed', 'unmet')),
      urgency_class integer not null check (urgency_class between 1 and 5),
      place_id uuid references place,
      moves_on date,
      chain integer,
      position integer,
      detail jsonb not null,
      primary key (run_id, pseudonym),
      check ((outcome = 'proposed') = (place_id is not null))
    );
    create index matching_row_district on matching_row (run_id, holding_district);

    -- The moves of a chain as places and classes: no person, so every member's own staff can read the whole of it. Its
    -- districts are not those of protected people: nobody is to infer from a chain that one of hers is in it.
    create table matching_chain (
      run_id uuid not null references matching_run on delete cascade,
      chain integer not null,
      kind text not null check (kind in ('chain', 'cycle')),
      moves jsonb not null,
      frees uuid references place,
      districts text[] not null,
      primary key (run_id, chain)
    );

    alter table matching_run enable row level security;
    create policy jobs on matching_run to boligtrapp_job using (true) with check (true);
    create policy city_runs on matching_run for select to boligtrapp_app
      using (app_role() in ('housing_officer', 'district_manager', 'planner') and (kind = 'city' or districts && app_districts()));
    create policy own_requests on matching_run for insert to boligtrapp_app
      with check (requested_by = app_actor() and status = 'queued'
        and ((kind = 'city' and app_role() = 'planner') or (kind = 'preview' and districts <@ app_districts())));
    create policy own_cancels on matching_run for update to boligtrapp_app using (requested_by = app_actor());
    alter table matching_row enable row level security;
    create policy jobs on matching_row to boligtrapp_job using (true) with check (true);
    -- of a run that she may see at all, which the run's own policy decides
    create policy own_district on matching_row for select to boligtrapp_app
      using (works_with_people_of(holding_district) and exists (select from matching_run r where r.id = run_id));
    alter table matching_chain enable row level security;
    create policy jobs on matching_chain to boligtrapp_job using (true) with check (true);
    create policy readers on matching_chain for select to boligtrapp_app
      using ((app_role() = 'planner' or (app_role() in ('housing_officer', 'district_manager') and districts && app_districts()))
        and exists (select from matching_run r where r.id = run_id));

    grant select, insert on matching_run to boligtrapp_app;
    grant update (cancel_requested) on matching_run to boligtrapp_app;
    grant select on matching_row, matching_chain to boligtrapp_app;
    grant select, update on matching_run to boligtrapp_job;
    grant select, insert, delete on matching_row, matching_chain to boligtrapp_job;
  `)
    .execute(db)
}
