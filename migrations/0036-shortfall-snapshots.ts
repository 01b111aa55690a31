import { type Kysely, sql } from 'kysely'

/**
 * How many lacked a home, day by day: what was counted and what was certain on that day, kept as it was then. Counts alone. A
 * day that was missed gets what history tells; what only that day's matching could say stays unknown, with the reason. And
 * figures of a revised publication beside the earlier ones.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table shortfall_snapshot (
      day date primary key,
      taken_at timestamptz not null,
      -- how many of the city's needs go without, whoever moves; null where nobody can say, and why
      certified integer check (certified >= 0),
      missing text check (missing in ('before_first', 'missed')),
      -- the run that it was certified by; null where the snapshot did it
      run_id uuid,
      check ((certified is null) = (missing is not null)),
      check (run_id is null or certified is not null)
    );
    -- Of a district by itself; what districts share is in the city's number only.
    create table shortfall_certified (
      day date not null references shortfall_snapshot,
      district text not null references district_code,
      certified integer not null check (certified > 0),
      primary key (day, district)
    );
    create table shortfall_plain (
      day date not null references shortfall_snapshot,
      district text not null references district_code,
      form text not null references housing_form,
      waiting integer not null check (waiting >= 0),
      free integer not null check (free >= 0),
      primary key (day, district, form),
      check (waiting + free > 0)
    );
    create trigger shortfall_snapshot_append_only before update or delete or truncate on shortfall_snapshot
      for each statement execute function refuse_change();
    create trigger shortfall_certified_append_only before update or delete or truncate on shortfall_certified
      for each statement execute function refuse_change();
    create trigger shortfall_plain_append_only before update or delete or truncate on shortfall_plain
      for each statement execute function refuse_change();

    alter table shortfall_snapshot enable row level security;
    alter table shortfall_certified enable row level security;
    alter table shortfall_plain enable row level security;
    create policy jobs on shortfall_snapshot to boligtrapp_job using (true) with check (true);
    create policy jobs on shortfall_certified to boligtrapp_job using (true) with check (true);
    create policy jobs on shortfall_plain to boligtrapp_job using (true) with check (true);
    create policy signed_in on shortfall_snapshot for select to boligtrapp_app using (app_role() <> '');
    create policy signed_in on shortfall_certified for select to boligtrapp_app using (app_role() <> '');
    create policy signed_in on shortfall_plain for select to boligtrapp_app using (app_role() <> '');
    grant select on shortfall_snapshot, shortfall_certified, shortfall_plain to boligtrapp_app;
    grant select, insert on shortfall_snapshot, shortfall_certified, shortfall_plain to boligtrapp_job;

    -- A revised figure is added and the earlier one stays: who added it is kept with it.
    alter table statistic_value add column recorded_by uuid references account;
    create trigger statistic_value_append_only before update or delete or truncate on statistic_value
      for each statement execute function refuse_change();
    alter table statistic_value enable row level security;
    create policy everyone_reads on statistic_value for select using (true);
    create policy maintainers_add on statistic_value for insert to boligtrapp_app
      with check (app_role() in ('administrator', 'planner') and recorded_by = app_actor());
    grant insert on statistic_value to boligtrapp_app;
  `)
    .execute(db)
}
