import { type Kysely, sql } from 'kysely'

/**
 * Who could move home when: a job under its own database role reads plans under a pseudonym, teams and homes, and leaves who
 * could move when, which each bydel reads of its own people, and numbers, which everybody who steers reads.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Open plans of people in VEL's institutions for whom returning is right: what of rule 11 is there, when and whereto, and how
    -- urgent it is; not who it is. A need that is registered says since when; else the stay does.
    create view return_schedule_mover as
    select
      encode(substring(hmac(convert_to(p.id::text, 'utf8'), k.key, 'sha256') for 16), 'hex')::uuid as pseudonym,
      p.holding_district, p.home_district, p.target_form, p.earliest_on, p.target_on, p.own_part,
      p.district_owner is not null as has_owner, p.vel_contact is not null as has_contact, p.support_team_id, p.support_from,
      h.adults as people, lived.since as lived_since, lived.ready_since,
      coalesce(n.registered_at, p.created_at) as registered_at, n.id is not null as has_need, n.origin, n.situation_since,
      n.urgency_grounds, n.must_leave_by, n.ready_to_move_on_since, c.place_id as committed_place, c.ready_on as committed_on
    from return_plan p
    join household h on h.id = p.household_id
    join lateral (select min(lower(s.during)) as since, min(s.ready_to_move_on_since) as ready_since from stay s
      where s.household_id = p.household_id and upper_inf(s.during) and s.form like 'vel\\_%' having count(*) > 0) lived on true
    left join need n on n.household_id = p.household_id and n.status = 'registered'
    left join home_commitment c on c.return_plan_id = p.id and c.withdrawn_on is null and c.settled_on is null
    cross join pseudonym_key k
    where p.verdict = 'right' and p.withdrawn_on is null and p.moved_on is null;
    -- Who each team has followed up since when, as numbers.
    create view return_team_load as
    select p.support_team_id, p.moved_on, h.adults as people from return_plan p join household h on h.id = p.household_id
    where p.support_team_id is not null and p.moved_to = 'home' and p.moved_back_on is null and p.withdrawn_on is null;
    revoke all on return_schedule_mover, return_team_load from public;
    grant select on return_schedule_mover, return_team_load to boligtrapp_job;

    create table return_schedule (
      id uuid primary key default uuidv7(),
      status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
      progress real not null default 0 check (progress between 0 and 1),
      stage text not null default 'queued',
      requested_by uuid not null references account,
      requested_at timestamptz not null,
      started_at timestamptz,
      heartbeat_at timestamptz,
      finished_at timestamptz,
      cancel_requested boolean not null default false,
      error text check (length(error) <= 500),
      as_of date not null,
      until date not null check (until > as_of),
      share_of_vacancies real not null check (share_of_vacancies between 0 and 1),
      certainty real not null check (certainty > 0 and certainty < 1),
      kept_months integer not null check (kept_months between 1 and 24),
      -- teams' capacity where it is asked about another one than is registered: [{teamId, capacity, newPerMonth}]
      teams jsonb not null default '[]',
      city_version bigint,
      policies jsonb,
      assumptions jsonb,
      summary jsonb,
      -- pseudonymous, compressed, kept for a time: the schedule can be computed again from it
      input bytea,
      expires_at timestamptz,
      check ((status = 'completed') = (summary is not null))
    );
    create index return_schedule_status on return_schedule (status, id);
    create index return_schedule_requester on return_schedule (requested_by, status);

    -- Who could move when, or what keeps them; pseudonymous, kept as long as the input.
    create table return_schedule_row (
      schedule_id uuid not null references return_schedule on delete cascade,
      pseudonym uuid not null,
      holding_district text not null,
      home_district text not null,
      target_form text,
      people integer not null,
      urgency_class integer not null check (urgency_class between 1 and 5),
      moves_on date,
      home_source text check (home_source in ('committed', 'vacant', 'opening', 'expected')),
      place_id uuid references place,
      limited_by text check (limited_by in ('plan_incomplete', 'support_not_agreed', 'window', 'team_full', 'no_home')),
      -- what has to give way beside it, and when she could move then
      also_limited_by text[] not null default '{}',
      could_move_on date,
      primary key (schedule_id, pseudonym),
      check ((moves_on is null) = (limited_by is not null)),
      check ((moves_on is null) = (home_source is null))
    );
    create index return_schedule_row_district on return_schedule_row (schedule_id, holding_district);

    -- The same as numbers of people, which stay: by month for those who could move, by limit for the others.
    create table return_schedule_number (
      schedule_id uuid not null references return_schedule on delete cascade,
      district text not null,
      form text,
      month date,
      limited_by text,
      people integer not null check (people > 0),
      constraint return_schedule_number_once unique nulls not distinct (schedule_id, district, form, month, limited_by),
      check ((month is null) = (limited_by is not null))
    );

    alter table return_schedule enable row level security;
    create policy jobs on return_schedule to boligtrapp_job using (true) with check (true);
    create policy readers on return_schedule for select to boligtrapp_app using (steers());
    create policy own_requests on return_schedule for insert to boligtrapp_app
      with check (requested_by = app_actor() and status = 'queued' and app_role() = 'planner');
    create policy own_cancels on return_schedule for update to boligtrapp_app using (requested_by = app_actor());
    alter table return_schedule_row enable row level security;
    create policy jobs on return_schedule_row to boligtrapp_job using (true) with check (true);
    create policy own_district on return_schedule_row for select to boligtrapp_app
      using (works_with_people_of(holding_district));
    alter table return_schedule_number enable row level security;
    create policy jobs on return_schedule_number to boligtrapp_job using (true) with check (true);
    create policy readers on return_schedule_number for select to boligtrapp_app using (steers());

    grant select, insert on return_schedule to boligtrapp_app;
    grant update (cancel_requested) on return_schedule to boligtrapp_app;
    grant select on return_schedule_row, return_schedule_number to boligtrapp_app;
    grant select, update on return_schedule to boligtrapp_job;
    grant select, insert, delete on return_schedule_row to boligtrapp_job;
    grant select, insert, delete on return_schedule_number to boligtrapp_job;
  `)
    .execute(db)
}
