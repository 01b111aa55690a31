import { type Kysely, sql } from 'kysely'

/**
 * Tables for everybody: a fixed set, published once for each month that is over and never changed afterwards. They hold places, and
 * counts of people that are rounded before they are stored, so that nothing finer can be read from here by anybody. And files
 * of statistics among those that an import answers for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table public_table (
      table_id text not null check (table_id ~ '^[a-z0-9-]{2,60}$'),
      -- the first day of the month whose last day is counted
      month date not null check (extract(day from month) = 1),
      -- of the table's definition
      version integer not null check (version > 0),
      published_at timestamptz not null,
      cells jsonb not null check (jsonb_typeof(cells) = 'array'),
      primary key (table_id, month)
    );
    create trigger public_table_frozen before update or delete or truncate on public_table
      for each statement execute function refuse_change();
    alter table public_table enable row level security;
    create policy jobs on public_table to boligtrapp_job using (true) with check (true);
    create policy everybody on public_table for select to boligtrapp_app using (true);
    grant select on public_table to boligtrapp_app;
    grant select, insert on public_table to boligtrapp_job;

    alter table import_report drop constraint import_report_kind_check;
    alter table import_report add constraint import_report_kind_check
      check (kind in ('places', 'needs', 'stays', 'statistics'));
  `)
    .execute(db)
}
