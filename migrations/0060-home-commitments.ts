import { type Kysely, sql } from 'kysely'

/**
 * Closing against opening: how certain a planned opening or closing is, and what a bydel has bound itself to for somebody whose
 * place closes: a home that is ready by a day, and where.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- How certain it is that a place opens or closes on its day. The day itself is the place's, so that there is one of it;
    -- without a row nobody has said how certain it is.
    create table capacity_change (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      place_id uuid not null references place,
      kind text not null check (kind in ('opening', 'closing')),
      certainty text not null check (certainty in ('decided', 'planned', 'possible')),
      note text check (length(note) between 1 and 1000),
      synthetic boolean not null default false,
      constraint capacity_change_once unique (place_id, kind)
    );

    -- A bydel's word that a home is ready for somebody by a day. The person is the plan's; kept when it is taken back.
    create table home_commitment (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      return_plan_id uuid not null references return_plan,
      household_id uuid not null,
      holding_district text not null,
      ready_on date not null,
      -- where she moves to; null: the home is not found yet
      place_id uuid references place,
      committed_on date not null,
      note text check (length(note) between 1 and 1000),
      withdrawn_on date,
      withdrawn_note text check (length(withdrawn_note) between 1 and 1000),
      -- the person has moved
      settled_on date,
      synthetic boolean not null default false,
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade,
      check ((withdrawn_on is null) = (withdrawn_note is null)),
      check (withdrawn_on is null or settled_on is null)
    );
    create unique index home_commitment_one_open on home_commitment (return_plan_id) where withdrawn_on is null and settled_on is null;
    create unique index home_commitment_one_home on home_commitment (place_id) where withdrawn_on is null and settled_on is null;
    create index home_commitment_household on home_commitment (household_id);

    -- Of the plan's household; whose the plan is, may change, and the word goes along by the household.
    create function commitment_of_plan() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from return_plan p where p.id = new.return_plan_id and p.household_id = new.household_id for key share;
      if not found then
        raise exception 'not a commitment of this plan' using errcode = '23514', constraint = 'home_commitment_of_plan';
      end if;
      return new;
    end $$;
    create trigger home_commitment_of_plan before insert or update of return_plan_id, household_id on home_commitment
      for each row execute function commitment_of_plan();
    -- A plan that ends, or is carried out, ends what was promised for it.
    create function settle_commitments() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      update home_commitment c set settled_on = new.moved_on
        where c.return_plan_id = new.id and new.moved_on is not null and c.withdrawn_on is null and c.settled_on is null;
      update home_commitment c set withdrawn_on = new.withdrawn_on, withdrawn_note = 'Planen er trukket.'
        where c.return_plan_id = new.id and new.withdrawn_on is not null and c.withdrawn_on is null and c.settled_on is null;
      return null;
    end $$;
    create trigger return_plan_settles after update of moved_on, withdrawn_on on return_plan
      for each row execute function settle_commitments();

    -- Whoever lives on a place of VEL's that closes, without who: what is counted of closing against opening.
    create view closing_standing as
      select p.form, closes_on(p.id) as closes_on, s.holding_district as district, r.verdict, r.support_from, r.target_on,
        c.ready_on, c.place_id is not null as home_named, lower(home.open_during) as home_opens_on,
        closes_on(c.place_id) as home_closes_on
      from place p join occupancy o on o.place_id = p.id and upper_inf(o.during)
        join stay s on s.occupancy_id = o.id and upper_inf(s.during)
        left join return_plan r on r.household_id = s.household_id and r.withdrawn_on is null and r.moved_back_on is null
        left join home_commitment c on c.return_plan_id = r.id and c.withdrawn_on is null and c.settled_on is null
        left join place home on home.id = c.place_id
      where p.form like 'vel\\_%' and closes_on(p.id) is not null;
    revoke all on closing_standing from public;
    grant select on closing_standing to boligtrapp_job;
    create function closing_standing_of_city() returns setof closing_standing
      language sql stable security definer set search_path = public, pg_temp as $$ select * from closing_standing where steers() $$;
    -- Which places are set aside for somebody by a commitment, and never for whom.
    create function committed_places() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 200 as $$
      select c.place_id from home_commitment c
      where steers() and c.place_id is not null and c.withdrawn_on is null and c.settled_on is null
    $$;

    create trigger capacity_change_version before update on capacity_change for each row execute function next_version();
    create trigger home_commitment_version before update on home_commitment for each row execute function next_version();
    create trigger capacity_change_log after insert or update or delete on capacity_change for each row execute function log_change();
    create trigger home_commitment_log after insert or update or delete on home_commitment for each row execute function log_change();

    alter table capacity_change enable row level security;
    create policy everyone_reads on capacity_change for select using (true);
    create policy vel_adds on capacity_change for insert to boligtrapp_app with check (app_role() = 'planner');
    create policy vel_changes on capacity_change for update to boligtrapp_app using (app_role() = 'planner');
    alter table home_commitment enable row level security;
    create policy circle on home_commitment for select to boligtrapp_app
      using (works_with_people_of(holding_district) and household_id not in (select households_protected_from_actor()));
    create policy in_vel on home_commitment for select to boligtrapp_app
      using (app_role() = 'planner' and household_id in (select households_in_vel()) and not household_protected(household_id));
    create policy own_add on home_commitment for insert to boligtrapp_app
      with check (app_role() = 'district_manager' and holding_district = any (app_districts())
        and household_id not in (select households_protected_from_actor()));
    create policy own_change on home_commitment for update to boligtrapp_app
      using (app_role() = 'district_manager' and holding_district = any (app_districts())
        and household_id not in (select households_protected_from_actor()));

    grant select, insert on capacity_change, home_commitment to boligtrapp_app;
    grant update (certainty, note, version, updated_at) on capacity_change to boligtrapp_app;
    grant update (ready_on, place_id, note, withdrawn_on, withdrawn_note, version, updated_at) on home_commitment to boligtrapp_app;
    grant select on capacity_change to boligtrapp_job;
    revoke execute on function closing_standing_of_city(), committed_places() from public;
    grant execute on function closing_standing_of_city(), committed_places() to boligtrapp_app;
  `)
    .execute(db)
}
