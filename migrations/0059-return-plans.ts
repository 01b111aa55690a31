import { type Kysely, sql } from 'kysely'

/**
 * Plans for moving home from VEL's institutions, the teams that follow people up where they move to, and what VEL's planners may
 * see of people: those who live in VEL's institutions, while they do.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Whoever lives in one of VEL's institutions today.
    create function households_in_vel() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 500 as $$
      select s.household_id from stay s where upper_inf(s.during) and s.form like 'vel\\_%'
    $$;
    -- The role stands before the set, so that the set is not made for others; protection is asked last, of the rows that are left.
    create policy in_vel on household for select to boligtrapp_app
      using (app_role() = 'planner' and id in (select households_in_vel()) and not household_protected(id));
    create policy in_vel on resident for select to boligtrapp_app
      using (app_role() = 'planner' and address_protection = 'none' and household_id in (select households_in_vel())
        and not household_protected(household_id));
    create policy in_vel on stay for select to boligtrapp_app
      using (app_role() = 'planner' and household_id in (select households_in_vel()) and not household_protected(household_id));

    -- A team of a bydel that follows people up in their homes. No person is in it, so everybody who is signed in may know it.
    create table support_team (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      district text not null references district_code,
      name text not null check (length(name) between 1 and 200),
      -- how many people it follows up at once, and how many new ones it can begin with in a month; null: nobody has said
      capacity integer check (capacity between 0 and 10000),
      new_per_month integer check (new_per_month between 0 and 1000),
      outside_office_hours boolean not null default false,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      synthetic boolean not null default false,
      constraint support_team_once unique (district, name)
    );

    create table return_plan (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      household_id uuid not null,
      holding_district text not null,
      -- the stay in the institution that it was begun in
      stay_id uuid not null references stay,
      home_district text not null references district_code,
      verdict text not null check (verdict in ('right', 'rightly_stays', 'undecided')),
      verdict_reason text check (length(verdict_reason) between 1 and 2000),
      target_form text references housing_form,
      earliest_on date,
      target_on date,
      -- null: the person has not been asked yet
      own_part text check (own_part in ('offered', 'answered', 'not_wanted')),
      own_part_on date,
      own_words text check (length(own_words) between 1 and 4000),
      district_owner text check (length(district_owner) between 1 and 200),
      vel_contact text check (length(vel_contact) between 1 and 200),
      support_team_id uuid references support_team,
      support_from date,
      agreed_on date,
      moved_on date,
      moved_to text check (moved_to in ('home', 'elsewhere')),
      moved_back_on date,
      withdrawn_on date,
      withdrawn_reason text check (withdrawn_reason in ('person_declined', 'other_institution', 'deceased', 'wrongly_registered', 'other')),
      synthetic boolean not null default false,
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade,
      check (verdict = 'undecided' or verdict_reason is not null),
      check (target_on >= earliest_on),
      check ((own_part is null) = (own_part_on is null)),
      check ((own_words is not null) = (own_part is not distinct from 'answered')),
      check ((moved_on is null) = (moved_to is null)),
      check (moved_back_on is null or moved_back_on >= moved_on),
      check (moved_on is not null or moved_back_on is null),
      check ((withdrawn_on is null) = (withdrawn_reason is null))
    );
    create unique index return_plan_one_open on return_plan (household_id) where withdrawn_on is null and moved_back_on is null;
    create index return_plan_household on return_plan (household_id);
    create index return_plan_district on return_plan (holding_district, id);
    create index return_plan_stay on return_plan (stay_id);
    create index return_plan_team on return_plan (support_team_id);

    -- What was done with a plan, by whom and when; only ever added to. changes: {field: [before, after]}.
    create table return_plan_event (
      id uuid primary key default uuidv7(),
      return_plan_id uuid not null references return_plan,
      kind text not null check (kind in ('begun', 'changed', 'agreed', 'agreement_ended', 'moved_home', 'moved_elsewhere',
        'moved_back', 'withdrawn')),
      occurred_on date not null,
      recorded_at timestamptz not null,
      recorded_by uuid not null references account,
      changes jsonb not null default '{}',
      note text check (length(note) between 1 and 2000)
    );
    create index return_plan_event_plan on return_plan_event (return_plan_id, id);
    create trigger return_plan_event_append_only before update or delete or truncate on return_plan_event
      for each statement execute function refuse_change();

    -- Every plan, and everybody in VEL's institutions who has no open one, without whose they are: what is counted. A row without
    -- a plan has null in all of the plan's columns, one of somebody who does not live there in lived_since.
    create view return_standing as
      with living as (
        select s.household_id, min(lower(s.during)) as since, min(closes_on(o.place_id)) as closes_on
        from stay s left join occupancy o on o.id = s.occupancy_id
        where upper_inf(s.during) and s.form like 'vel\\_%' group by 1
      )
      select p.holding_district as district, h.adults as people, l.since as lived_since, l.closes_on, p.verdict,
        (p.created_at at time zone 'Europe/Oslo')::date as begun_on, p.target_form, p.earliest_on, p.target_on, p.agreed_on,
        p.support_from, p.moved_on, p.moved_to, p.moved_back_on, p.withdrawn_on
      from return_plan p join household h on h.id = p.household_id left join living l on l.household_id = p.household_id
      union all
      select h.holding_district, h.adults, l.since, l.closes_on, null, null, null, null, null, null, null, null, null, null, null
      from living l join household h on h.id = l.household_id
      where not exists (select from return_plan p where p.household_id = l.household_id and p.withdrawn_on is null
        and p.moved_back_on is null);
    revoke all on return_standing from public;
    grant select on return_standing to boligtrapp_job;
    create function return_standing_of_city() returns setof return_standing
      language sql stable security definer set search_path = public, pg_temp as $$ select * from return_standing where steers() $$;
    -- How many lived in VEL's institutions on each of these days, by the bydel that is responsible for them today.
    create function living_in_vel(days date[]) returns table (day date, district text, people bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select d.day, s.holding_district, sum(h.adults)::bigint from unnest(days) as d (day)
      join stay s on s.during @> d.day and s.form like 'vel\\_%' join household h on h.id = s.household_id
      where steers() group by 1, 2
    $$;

    create trigger support_team_version before update on support_team for each row execute function next_version();
    create trigger return_plan_version before update on return_plan for each row execute function next_version();
    create trigger support_team_log after insert or update or delete on support_team for each row execute function log_change();
    create trigger return_plan_log after insert or update or delete on return_plan for each row execute function log_change();

    alter table support_team enable row level security;
    create policy signed_in on support_team for select to boligtrapp_app using (app_role() <> '');
    create policy jobs on support_team for select to boligtrapp_job using (true);
    create policy own_add on support_team for insert to boligtrapp_app
      with check (app_role() = 'district_manager' and district = any (app_districts()));
    create policy own_change on support_team for update to boligtrapp_app
      using (app_role() = 'district_manager' and district = any (app_districts()));
    alter table return_plan enable row level security;
    create policy circle on return_plan to boligtrapp_app
      using (works_with_people_of(holding_district) and household_id not in (select households_protected_from_actor()));
    create policy in_vel on return_plan to boligtrapp_app
      using (app_role() = 'planner' and household_id in (select households_in_vel()) and not household_protected(household_id));
    alter table return_plan_event enable row level security;
    create policy visible on return_plan_event for select to boligtrapp_app
      using (exists (select from return_plan p where p.id = return_plan_id));
    create policy recorded on return_plan_event for insert to boligtrapp_app
      with check (recorded_by = app_actor() and exists (select from return_plan p where p.id = return_plan_id));

    grant select, insert on support_team, return_plan, return_plan_event to boligtrapp_app;
    grant update (name, capacity, new_per_month, outside_office_hours, during, version, updated_at) on support_team to boligtrapp_app;
    grant update (home_district, verdict, verdict_reason, target_form, earliest_on, target_on, own_part, own_part_on, own_words,
      district_owner, vel_contact, support_team_id, support_from, agreed_on, moved_on, moved_to, moved_back_on, withdrawn_on,
      withdrawn_reason, version, updated_at) on return_plan to boligtrapp_app;
    grant select on support_team to boligtrapp_job;
    revoke execute on function households_in_vel(), return_standing_of_city(), living_in_vel(date[]) from public;
    grant execute on function households_in_vel(), return_standing_of_city(), living_in_vel(date[]) to boligtrapp_app;
  `)
    .execute(db)
}
