import { type Kysely, sql } from 'kysely'

/**
 * Who has gone good for a rule, when and with what note. A confirmation belongs to one version: a rule that is changed is a new
 * version, and nobody has confirmed that one yet. One that was given by mistake is taken back by another row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table rule_confirmation (
      id uuid primary key default uuidv7(),
      rule_id text not null,
      version integer not null,
      -- 1 confirms, 2 takes that back, 3 confirms again: two of a kind never follow each other
      number integer not null check (number > 0),
      confirmed boolean not null,
      decided_on date not null default app_today(),
      decided_by uuid not null references account,
      note text not null check (length(trim(note)) between 1 and 1000),
      recorded_at timestamptz not null default clock_timestamp(),
      foreign key (rule_id, version) references rule_version (rule_id, version),
      unique (rule_id, version, number),
      constraint rule_confirmation_alternates check (confirmed = (number % 2 = 1))
    );
    create trigger rule_confirmation_append_only before update or delete or truncate on rule_confirmation
      for each statement execute function refuse_change();

    grant select on rule_confirmation to boligtrapp_app, boligtrapp_job;
    grant insert on rule_confirmation to boligtrapp_app;
    alter table rule_confirmation enable row level security;
    create policy everyone_reads on rule_confirmation for select using (true);
    -- nobody confirms in another's name, or on another day than today
    create policy administrators_add on rule_confirmation for insert to boligtrapp_app
      with check (app_role() = 'administrator' and decided_by = app_actor() and decided_on = app_today());

    -- a version that somebody has just written is not checked: that is an act of its own
    drop policy administrators_add on rule_version;
    create policy administrators_add on rule_version for insert to boligtrapp_app
      with check (app_role() = 'administrator' and not checked);
  `)
    .execute(db)
}
