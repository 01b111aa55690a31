import { type Kysely, sql } from 'kysely'

/**
 * A request to see somebody that nobody answers in time, or that is withdrawn, leaves no task behind: it ends by itself, and says what
 * became of it. Circles are dated by the clock that the system reckons with, and who was let in and taken out is read by those who
 * see the person.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Asked by the clock itself: an answer that waited for the sweep comes after the deadline, whenever it was begun.
    create or replace function stamp_break_glass() returns trigger language plpgsql as $$
    begin
      if old.approved is null and new.approved is not null then
        new.answered_by := app_actor();
        new.answered_at := now();
        if old.opened_at is not null or clock_timestamp() >= old.answer_by then
          raise exception 'not to be answered any more' using errcode = '23514', constraint = 'break_glass_open_question';
        end if;
        if new.approved then
          new.opened_at := now();
          new.ends_at := now() + interval '1 hour';
        end if;
      end if;
      if old.verdict is null and new.verdict is not null then
        new.reviewed_by := app_actor();
        new.reviewed_at := now();
      end if;
      return new;
    end $$;

    create function drop_glass_tasks(glass uuid, of_kind text, because text) returns void
      language sql security definer set search_path = public, pg_temp as $$
      update task t set dropped_at = app_now(), note = because
      where t.break_glass_id = glass and (of_kind is null or t.kind = of_kind) and t.done_at is null and t.dropped_at is null
    $$;

    create or replace function follow_break_glass() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if old.approved is null and new.approved is not null then
        perform drop_glass_tasks(new.id, 'answer_break_glass',
          case when new.approved then 'Besvart med ja.' else 'Besvart med nei. Personen ble ikke åpnet.' end);
        if new.approved then
          insert into task (kind, holding_district, due_on, reason, break_glass_id, created_at)
            values ('review_break_glass', new.holding_district, app_today() + 3,
              'En person med fortrolig adresse er åpnet i en nødsituasjon. Gå gjennom grunnen.', new.id, app_now());
        end if;
      end if;
      if old.closed_at is null and new.closed_at is not null and new.opened_at is null then
        perform drop_glass_tasks(new.id, 'answer_break_glass',
          'Den som spurte, trakk det før noen svarte. Personen ble ikke åpnet.');
      end if;
      if old.verdict is null and new.verdict is not null then
        perform drop_glass_tasks(new.id, null, 'Gått gjennom.');
      end if;
      return null;
    end $$;

    -- Ends what nobody answered in time, and says so in the security log. How many. One that is being answered waits for the next
    -- time; those that were withdrawn before this was here end as well.
    create function end_unanswered_glasses() returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      glass break_glass%rowtype;
      ended integer := 0;
    begin
      for glass in
        select b.* from break_glass b
        where b.approved is null and b.opened_at is null and (b.answer_by <= now() or b.closed_at is not null)
          and exists (select from task t where t.break_glass_id = b.id and t.kind = 'answer_break_glass'
            and t.done_at is null and t.dropped_at is null)
        order by b.id for update skip locked
      loop
        if glass.closed_at is not null then
          perform drop_glass_tasks(glass.id, 'answer_break_glass',
            'Den som spurte, trakk det før noen svarte. Personen ble ikke åpnet.');
        else
          perform drop_glass_tasks(glass.id, 'answer_break_glass', 'Ingen svarte innen fristen. Personen ble ikke åpnet.');
          insert into security_event (kind, record, record_id) values ('break_glass_unanswered', 'break_glass', glass.id);
        end if;
        ended := ended + 1;
      end loop;
      return ended;
    end $$;
    revoke execute on function drop_glass_tasks(uuid, text, text), end_unanswered_glasses() from public;
    grant execute on function end_unanswered_glasses() to boligtrapp_job;

    alter table circle_member alter granted_at set default app_now();
    -- A circle's own rows are logged under the person; nobody's district stands in them.
    create policy circles on change_log for select to boligtrapp_app
      using (table_name = 'circle_member'
        and exists (select from resident r where r.id = case when table_name = 'circle_member' then row_id::uuid end));
  `)
    .execute(db)
}
