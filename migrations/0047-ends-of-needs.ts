import { type Kysely, sql } from 'kysely'

/**
 * How a need ended is told with when, by whom and why; an end that was recorded wrongly is corrected with its trace. Somebody who
 * moved within a house has what she needed: her need is met, as the reason always said, and not withdrawn.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table need add column ended_note text check (length(ended_note) <= 2000);
    alter table need add constraint need_ended_note check (ended_note is null or ended_at is not null);
    update need set status = 'closed' where status = 'withdrawn' and ended_reason = 'moved_within';

    -- What was recorded of a need's end, and of an end that did not come. Added to, never changed.
    create table need_event (
      id uuid primary key default uuidv7(),
      need_id uuid not null references need,
      holding_district text not null references district_code,
      kind text not null check (kind in ('ended', 'reason_recorded', 'reopened')),
      recorded_at timestamptz not null,
      recorded_by uuid references account,
      -- one of the reasons for withdrawal, or that somebody moved in
      reason text,
      note text check (length(note) <= 2000),
      check ((kind = 'reopened') = (reason is null) or kind = 'ended'),
      check (kind <> 'reopened' or length(trim(note)) > 0)
    );
    create index need_event_need on need_event (need_id, id);
    create trigger need_event_append_only before update or delete or truncate on need_event
      for each statement execute function refuse_change();
    alter table need_event enable row level security;
    create policy visible on need_event for select to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    -- an end is told by the need itself, below
    create policy recorded on need_event for insert to boligtrapp_app
      with check (works_with_people_of(holding_district) and not need_protected(need_id) and kind <> 'ended'
        and recorded_by = app_actor());
    grant select, insert on need_event to boligtrapp_app;

    -- However a need ends, by a reason or because somebody moved in, also when a house records the move.
    create function tell_need_ended() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into need_event (need_id, holding_district, kind, recorded_at, recorded_by, reason, note)
        values (new.id, new.holding_district, 'ended', app_now(), app_actor(), new.ended_reason, new.ended_note);
      return null;
    end $$;
    create trigger need_ended after update of status on need for each row
      when (old.ended_at is null and new.ended_at is not null) execute function tell_need_ended();
    revoke execute on function tell_need_ended() from public;
  `)
    .execute(db)
}
