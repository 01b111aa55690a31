import { type Kysely, sql } from 'kysely'

/** What belongs to a household, and how a row of it leads there: nothing of it changes while the household's record is locked. */
const OF_HOUSEHOLD: Record<string, string> = {
  household: 'c.id',
  household_child: 'c.household_id',
  resident: 'c.household_id',
  stay: 'c.household_id',
  need: 'c.household_id',
  return_plan: 'c.household_id',
  home_commitment: 'c.household_id',
  consent: '(select r.household_id from resident r where r.id = c.resident_id)',
  never_together: '(select r.household_id from resident r where r.id = c.resident_id)',
  assessment: '(select n.household_id from need n where n.id = c.need_id)',
  rental_worksheet: '(select n.household_id from need n where n.id = c.need_id)',
  need_hold: '(select n.household_id from need n where n.id = c.need_id)',
  offer: '(select n.household_id from need n where n.id = c.need_id)',
  referral: '(select n.household_id from need n where n.id = c.need_id)',
  decision: '(select n.household_id from need n where n.id = c.need_id)',
  appeal: '(select n.household_id from decision d join need n on n.id = d.need_id where d.id = c.decision_id)',
  call_off: '(select s.household_id from stay s where s.id = c.stay_id)',
}

/**
 * Archive duty: a record is locked and kept, never erased. While it is locked, every table that something of it stands in refuses
 * a change, whoever asks. A lock that was a mistake is lifted, with its trace.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table record_lock (
      id uuid primary key default uuidv7(),
      household_id uuid not null,
      holding_district text not null,
      reason text not null check (reason in ('case_closed', 'deceased', 'moved_away', 'wrongly_registered')),
      note text check (length(note) between 1 and 2000),
      locked_at timestamptz not null default app_now(),
      locked_by uuid not null default app_actor() references account,
      lifted_at timestamptz,
      lifted_by uuid references account,
      lifted_note text check (length(lifted_note) between 1 and 2000),
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade,
      check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_note is null))
    );
    create unique index record_lock_one on record_lock (household_id) where lifted_at is null;
    create index record_lock_household on record_lock (household_id);
    alter table record_lock enable row level security;
    create policy circle on record_lock for select to boligtrapp_app
      using (works_with_people_of(holding_district) and household_id not in (select households_protected_from_actor()));
    create policy managers_lock on record_lock for insert to boligtrapp_app
      with check (app_role() = 'district_manager' and works_with_people_of(holding_district) and locked_by = app_actor());
    create policy managers_lift on record_lock for update to boligtrapp_app
      using (app_role() = 'district_manager' and works_with_people_of(holding_district))
      with check (lifted_by = app_actor());
    grant select on record_lock to boligtrapp_app;
    grant insert (household_id, holding_district, reason, note) on record_lock to boligtrapp_app;
    grant update (lifted_at, lifted_by, lifted_note) on record_lock to boligtrapp_app;
    create trigger record_lock_log after insert or update or delete on record_lock for each row execute function log_change();

    -- The children that a household had are found in the log by whose they were.
    create index change_log_child on change_log ((coalesce(after, before) ->> 'household_id')) where table_name = 'household_child';
  `)
    .execute(db)
  for (const [table, household] of Object.entries(OF_HOUSEHOLD)) {
    await sql
      .raw(`
      -- Once a statement; where nothing is locked, it asks that alone.
      create function refuse_locked_${table}() returns trigger
        language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if exists (select from record_lock l where l.lifted_at is null) and exists (select from changed c
            join record_lock l on l.household_id = ${household} and l.lifted_at is null) then
          raise exception 'the record is locked' using errcode = '23514', constraint = 'record_locked', table = tg_table_name;
        end if;
        return null;
      end $$;
      create trigger ${table}_locked_insert after insert on ${table}
        referencing new table as changed for each statement execute function refuse_locked_${table}();
      create trigger ${table}_locked_update after update on ${table}
        referencing new table as changed for each statement execute function refuse_locked_${table}();
      create trigger ${table}_locked_delete after delete on ${table}
        referencing old table as changed for each statement execute function refuse_locked_${table}();
    `)
      .execute(db)
  }
}
