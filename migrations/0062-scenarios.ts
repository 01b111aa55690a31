import { type Kysely, sql } from 'kysely'

/**
 * Scenarios: named changes to what is planned, each version kept as it was written, and comparisons of them with a base: a
 * job under the jobs' own role, which leaves the numbers of each and the differences, run by run on the same chance.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table scenario (
      id uuid primary key default uuidv7(),
      -- the number of its newest version
      version integer not null default 1 check (version > 0),
      created_by uuid not null references account,
      created_at timestamptz not null,
      -- put away: still read, and no longer counted against its author's bound
      archived_at timestamptz
    );
    create index scenario_author on scenario (created_by) where archived_at is null;

    -- What was written is never written over.
    create table scenario_version (
      scenario_id uuid not null references scenario,
      version integer not null check (version > 0),
      name text not null check (length(name) between 1 and 120),
      note text check (length(note) between 1 and 2000),
      changes jsonb not null,
      -- what it takes for granted, in the words of the screens
      assumptions text[] not null,
      policies jsonb not null,
      created_by uuid not null references account,
      created_at timestamptz not null,
      primary key (scenario_id, version)
    );

    create table scenario_comparison (
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
      runs integer not null check (runs between 100 and 5000),
      seed integer not null,
      city_version bigint,
      policies jsonb,
      assumptions jsonb,
      points date[],
      -- as a forecast's: without persons, compressed, kept for a time, so that the numbers can be made again
      input bytea,
      input_expires_at timestamptz,
      check ((status = 'completed') = (assumptions is not null))
    );
    create index scenario_comparison_status on scenario_comparison (status, id);
    create index scenario_comparison_requester on scenario_comparison (requested_by, status);

    -- The base (position 0) and the scenarios beside it, as they were when it was asked for.
    create table scenario_comparison_member (
      comparison_id uuid not null references scenario_comparison on delete cascade,
      position smallint not null check (position between 0 and 4),
      scenario_id uuid,
      scenario_version integer,
      name text not null,
      changes jsonb not null,
      assumptions text[] not null,
      primary key (comparison_id, position),
      foreign key (scenario_id, scenario_version) references scenario_version (scenario_id, version),
      check ((scenario_id is null) = (scenario_version is null)),
      -- without a scenario it is the city as it is planned
      check (scenario_id is not null or position = 0)
    );

    create table scenario_comparison_series (
      comparison_id uuid not null references scenario_comparison on delete cascade,
      position smallint not null,
      kind text not null check (kind in ('level', 'difference')),
      measure text not null check (measure in ('occupied', 'queue', 'waitedDays', 'residents', 'shortfall')),
      -- null: the city
      district text,
      form text not null,
      p10 real[] not null,
      p50 real[] not null,
      p90 real[] not null,
      constraint scenario_comparison_series_once unique nulls not distinct
        (comparison_id, position, kind, measure, district, form),
      check (kind = 'level' or position > 0)
    );

    alter table scenario enable row level security;
    create policy readers on scenario for select to boligtrapp_app using (reads_forecasts());
    create policy own_adds on scenario for insert to boligtrapp_app
      with check (created_by = app_actor() and app_role() = 'planner');
    create policy planners_change on scenario for update to boligtrapp_app using (app_role() = 'planner');
    alter table scenario_version enable row level security;
    create policy readers on scenario_version for select to boligtrapp_app using (reads_forecasts());
    create policy own_adds on scenario_version for insert to boligtrapp_app
      with check (created_by = app_actor() and app_role() = 'planner');
    alter table scenario_comparison enable row level security;
    create policy jobs on scenario_comparison to boligtrapp_job using (true) with check (true);
    create policy readers on scenario_comparison for select to boligtrapp_app using (reads_forecasts());
    create policy own_requests on scenario_comparison for insert to boligtrapp_app
      with check (requested_by = app_actor() and status = 'queued' and app_role() = 'planner');
    create policy own_cancels on scenario_comparison for update to boligtrapp_app using (requested_by = app_actor());
    alter table scenario_comparison_member enable row level security;
    create policy jobs on scenario_comparison_member for select to boligtrapp_job using (true);
    create policy readers on scenario_comparison_member for select to boligtrapp_app using (reads_forecasts());
    create policy own_requests on scenario_comparison_member for insert to boligtrapp_app with check (app_role() = 'planner'
      and comparison_id in (select c.id from scenario_comparison c where c.requested_by = app_actor() and c.status = 'queued'));
    alter table scenario_comparison_series enable row level security;
    create policy jobs on scenario_comparison_series to boligtrapp_job using (true) with check (true);
    create policy readers on scenario_comparison_series for select to boligtrapp_app using (reads_forecasts());

    grant select, insert on scenario, scenario_version, scenario_comparison, scenario_comparison_member to boligtrapp_app;
    grant update (version, archived_at) on scenario to boligtrapp_app;
    grant update (cancel_requested) on scenario_comparison to boligtrapp_app;
    grant select on scenario_comparison_series to boligtrapp_app;
    grant select, update on scenario_comparison to boligtrapp_job;
    grant select on scenario_comparison_member to boligtrapp_job;
    grant select, insert, delete on scenario_comparison_series to boligtrapp_job;
  `)
    .execute(db)
}
