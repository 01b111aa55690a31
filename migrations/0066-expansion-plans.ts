import { type Kysely, sql } from 'kysely'

/**
 * Plans of expansion: what must be built where so that no bydel is short of more than a level on a day. A job under its own
 * database role makes them from the history without names or numbers of anybody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table expansion_plan (
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
      -- the question: day, level, forms with costs, limits, budget, goal, runs and seed
      ask jsonb not null,
      -- what it was computed from and with: the city's version, the policies, the rates with how sure they are
      city_version bigint,
      policies jsonb,
      assumptions jsonb,
      answer jsonb,
      -- without persons, compressed, kept for a time: the plan can be computed again from it
      input bytea,
      input_expires_at timestamptz,
      check ((status = 'completed') = (answer is not null))
    );
    create index expansion_plan_status on expansion_plan (status, id);
    create index expansion_plan_requester on expansion_plan (requested_by, status);

    alter table expansion_plan enable row level security;
    create policy jobs on expansion_plan to boligtrapp_job using (true) with check (true);
    create policy readers on expansion_plan for select to boligtrapp_app using (reads_forecasts());
    create policy own_requests on expansion_plan for insert to boligtrapp_app
      with check (requested_by = app_actor() and status = 'queued' and app_role() = 'planner');
    create policy own_cancels on expansion_plan for update to boligtrapp_app using (requested_by = app_actor());

    grant select, insert on expansion_plan to boligtrapp_app;
    grant update (cancel_requested) on expansion_plan to boligtrapp_app;
    grant select, update on expansion_plan to boligtrapp_job;
  `)
    .execute(db)
}
