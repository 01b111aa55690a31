import { type Kysely, sql } from 'kysely'

/**
 * Flags: what is measured every day, against which threshold, and who answered. A flag holds no person; the records behind it are
 * asked for under the reader's own rights. What measures them reads needs and stays without whose they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Needs and stays as counts are made of them: no id, no household, nothing that joins one to the other.
    create view need_history as
    select n.holding_district, coalesce(n.responsible_district, n.holding_district) as responsible_district, n.stay_district, n.forms,
      n.origin, n.registered_at, n.ended_at, n.ready_to_move_on_since, n.situation_since
    from need n where n.registered_at is not null;
    create view stay_history as
    select s.holding_district, o.place_id, s.form, s.during, s.expected_until, s.ready_to_move_on_since
    from stay s left join occupancy o on o.id = s.occupancy_id;
    create view forced_skip_history as
    select r.holding_district, r.recorded_at, r.form_needed, r.form_given from shortfall_record r where r.kind = 'forced_skip';
    revoke all on need_history, stay_history, forced_skip_history from public;
    grant select on need_history, stay_history, forced_skip_history to boligtrapp_job;

    create table flag (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      rule_id text not null check (rule_id ~ '^[a-z0-9_]{2,60}$'),
      rule_version integer not null,
      -- null: the whole city
      district text references district_code,
      subject text check (subject ~ '^[a-z0-9_]{1,60}$'),
      basis text not null check (basis in ('computed', 'reported')),
      measured numeric not null,
      threshold numeric not null,
      against jsonb not null,
      source text not null,
      since date,
      opened_at timestamptz not null,
      measured_at timestamptz not null,
      acknowledged_at timestamptz,
      assigned_at timestamptz,
      assigned_to text check (length(assigned_to) between 1 and 200),
      resolved_at timestamptz,
      closed_at timestamptz,
      -- one flag for one cause, however often it comes back
      constraint flag_one_a_cause unique nulls not distinct (rule_id, district, subject)
    );
    create index flag_open on flag (district) where closed_at is null;

    create table flag_event (
      id uuid primary key default uuidv7(),
      flag_id uuid not null references flag,
      at timestamptz not null,
      kind text not null check (kind in ('opened', 'reopened', 'acknowledged', 'assigned', 'resolved', 'closed')),
      measured numeric not null,
      account_id uuid references account,
      comment text check (length(comment) between 1 and 2000),
      check (kind in ('opened', 'reopened', 'closed') or account_id is not null)
    );
    create index flag_event_flag on flag_event (flag_id, id);
    create trigger flag_event_append_only before update or delete or truncate on flag_event
      for each statement execute function refuse_change();

    -- When what was done, so that it is done once a day however many instances there are, and again after a run.
    create table flag_measurement (
      only_row boolean primary key default true check (only_row),
      measured_on date not null,
      run_id uuid
    );

    create trigger flag_version before update on flag for each row execute function next_version();
    create trigger flag_log after insert or update or delete on flag for each row execute function log_change();

    alter table flag enable row level security;
    create policy jobs on flag to boligtrapp_job using (true) with check (true);
    create policy readers on flag for select to boligtrapp_app
      using (app_role() in ('housing_officer', 'district_manager', 'planner', 'intake_officer'));
    create policy answers on flag for update to boligtrapp_app
      using ((app_role() = 'district_manager' and district = any (app_districts())) or (app_role() = 'planner' and district is null));
    alter table flag_event enable row level security;
    create policy jobs on flag_event to boligtrapp_job using (true) with check (true);
    create policy readers on flag_event for select to boligtrapp_app using (exists (select from flag f where f.id = flag_id));
    create policy answers on flag_event for insert to boligtrapp_app
      with check (account_id = app_actor() and kind in ('acknowledged', 'assigned', 'resolved') and exists (select from flag f
        where f.id = flag_id and ((app_role() = 'district_manager' and f.district = any (app_districts()))
          or (app_role() = 'planner' and f.district is null))));

    grant select on flag, flag_event to boligtrapp_app;
    grant update (acknowledged_at, assigned_at, assigned_to, resolved_at, version, updated_at) on flag to boligtrapp_app;
    grant insert on flag_event to boligtrapp_app;
    grant select, insert, update on flag, flag_measurement to boligtrapp_job;
    grant select, insert on flag_event to boligtrapp_job;
  `)
    .execute(db)
}
