import { type Kysely, sql } from 'kysely'

/**
 * Drafts of the policy of matching, each tried against the one in force by a job under its own database role, and proposed,
 * adopted or declined: whoever proposes one does not decide on it. An adopted one is a new version of the policy.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table policy_trial (
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
      -- the version that it is tried against, and the whole policy of the draft
      base_version integer not null,
      draft jsonb not null,
      city_version bigint,
      -- numbers of the whole city, of both policies
      result jsonb,
      -- pseudonymous, compressed, kept for a time: the trial can be computed again from it
      input bytea,
      input_expires_at timestamptz,
      check ((status = 'completed') = (result is not null))
    );
    create index policy_trial_status on policy_trial (status, id);
    create index policy_trial_requester on policy_trial (requested_by, status);

    create table policy_trial_cell (
      trial_id uuid not null references policy_trial on delete cascade,
      district text not null,
      urgency_class integer not null check (urgency_class between 1 and 5),
      needs integer not null,
      before integer not null,
      after integer not null,
      gained integer not null,
      lost integer not null,
      moved integer not null,
      primary key (trial_id, district, urgency_class),
      check (after - before = gained - lost)
    );

    create table policy_trial_row (
      trial_id uuid not null references policy_trial on delete cascade,
      pseudonym uuid not null,
      holding_district text not null,
      urgency_class integer not null check (urgency_class between 1 and 5),
      outcome text not null check (outcome in ('gained', 'lost', 'moved')),
      before_place_id uuid references place,
      after_place_id uuid references place,
      primary key (trial_id, pseudonym),
      check ((outcome = 'gained') = (before_place_id is null) and (outcome = 'lost') = (after_place_id is null))
    );
    create index policy_trial_row_district on policy_trial_row (trial_id, holding_district);

    create table policy_proposal (
      id uuid primary key default uuidv7(),
      trial_id uuid not null references policy_trial,
      version integer not null default 1,
      updated_at timestamptz not null default app_now(),
      status text not null default 'proposed' check (status in ('proposed', 'adopted', 'declined', 'withdrawn')),
      reason text not null check (length(trim(reason)) between 1 and 1000),
      proposed_by uuid not null references account,
      proposed_on date not null default app_today(),
      decided_by uuid references account,
      decided_on date,
      note text check (length(trim(note)) between 1 and 1000),
      -- of the policy, when it was adopted
      policy_version integer,
      check ((status = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_on is null)),
      check ((status = 'adopted') = (policy_version is not null)),
      constraint policy_proposal_two_people check (decided_by is null or (decided_by = proposed_by) = (status = 'withdrawn'))
    );
    create unique index policy_proposal_open on policy_proposal (trial_id) where status in ('proposed', 'adopted');
    create trigger policy_proposal_version before update on policy_proposal for each row execute function next_version();

    alter table policy_version add column confirmed_by text;

    alter table policy_trial enable row level security;
    create policy jobs on policy_trial to boligtrapp_job using (true) with check (true);
    create policy readers on policy_trial for select to boligtrapp_app
      using (app_role() in ('housing_officer', 'district_manager', 'planner', 'administrator'));
    create policy own_requests on policy_trial for insert to boligtrapp_app
      with check (requested_by = app_actor() and status = 'queued' and app_role() = 'planner');
    create policy own_cancels on policy_trial for update to boligtrapp_app using (requested_by = app_actor());

    alter table policy_trial_cell enable row level security;
    create policy jobs on policy_trial_cell to boligtrapp_job using (true) with check (true);
    create policy readers on policy_trial_cell for select to boligtrapp_app
      using (app_role() in ('planner', 'administrator')
        or (app_role() in ('housing_officer', 'district_manager') and district = any(app_districts())));

    alter table policy_trial_row enable row level security;
    create policy jobs on policy_trial_row to boligtrapp_job using (true) with check (true);
    create policy own_district on policy_trial_row for select to boligtrapp_app using (works_with_people_of(holding_district));

    alter table policy_proposal enable row level security;
    create policy readers on policy_proposal for select to boligtrapp_app
      using (app_role() in ('housing_officer', 'district_manager', 'planner', 'administrator'));
    create policy planners_propose on policy_proposal for insert to boligtrapp_app
      with check (app_role() = 'planner' and proposed_by = app_actor() and proposed_on = app_today() and status = 'proposed');
    create policy others_decide on policy_proposal for update to boligtrapp_app
      using (app_role() in ('planner', 'administrator') and status = 'proposed')
      with check (decided_by = app_actor() and decided_on = app_today());

    -- a version of the policy of matching is what somebody else proposed and this one has just adopted
    create policy adopted_proposals on policy_version for insert to boligtrapp_app
      with check (policy_id = 'matching_objective' and exists (select from policy_proposal p
        where p.status = 'adopted' and p.decided_by = app_actor() and p.policy_version = policy_version.version));

    grant select, insert on policy_trial to boligtrapp_app;
    grant update (cancel_requested) on policy_trial to boligtrapp_app;
    grant select, update on policy_trial to boligtrapp_job;
    grant select on policy_trial_cell, policy_trial_row to boligtrapp_app;
    grant select, insert on policy_trial_cell, policy_trial_row to boligtrapp_job;
    grant select, insert on policy_proposal to boligtrapp_app;
    grant update (status, decided_by, decided_on, note, policy_version) on policy_proposal to boligtrapp_app;
  `)
    .execute(db)
}
