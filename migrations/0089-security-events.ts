import { type Kysely, sql } from 'kysely'

/**
 * What somebody tried and was refused, and what was taken out of the system: a log of its own that is only added to. It names
 * accounts and records by their ids, routes by their pattern, and nobody by name; only the auditor reads it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table security_event (
      id bigint generated always as identity primary key,
      recorded_at timestamptz not null default clock_timestamp(),
      occurred_at timestamptz not null default app_now(),
      kind text not null check (kind ~ '^[a-z][a-z_]{2,39}$'),
      -- whoever was signed in; null: nobody was
      actor_id uuid default app_actor(),
      actor_role text not null default app_role(),
      method text check (method ~ '^[A-Z]{3,7}$'),
      -- the pattern, never an address
      route text check (length(route) between 1 and 200),
      trace_id text check (trace_id ~ '^[0-9A-Za-z-]{1,64}$'),
      -- what it was about: a table, and a row's id, which is a pseudonym
      record text check (record ~ '^[a-z_]{2,60}$'),
      record_id uuid,
      -- a code, so that no text about anybody finds its way in
      detail text check (detail ~ '^[a-z0-9][a-z0-9_.:/-]{0,99}$')
    );
    create index security_event_kind on security_event (kind, id);
    create trigger security_event_append_only before update or delete or truncate on security_event
      for each statement execute function refuse_change();
    -- The auditor's page hears that something was added, never what.
    create function tell_security_event() returns trigger language plpgsql as $$
    begin
      perform pg_notify('boligtrapp_change', 'security_event ');
      return null;
    end $$;
    create trigger security_event_told after insert on security_event for each statement execute function tell_security_event();
    alter table security_event enable row level security;
    create policy auditor on security_event for select to boligtrapp_app using (app_role() = 'auditor');
    -- Nobody writes in another's name.
    create policy own on security_event for insert to boligtrapp_app
      with check (actor_id is not distinct from app_actor() and actor_role = app_role());
    create policy jobs on security_event for insert to boligtrapp_job with check (true);
    grant select on security_event to boligtrapp_app;
    grant insert (kind, method, route, trace_id, record, record_id, detail) on security_event to boligtrapp_app, boligtrapp_job;

    -- Whose a record is, of whatever kind it is. For the functions below alone: it knows everybody.
    create function whose_record(sought uuid) returns table (record text, holding_district text, household_id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
      select 'resident', r.holding_district, r.household_id from resident r where r.id = sought
      union all select 'household', h.holding_district, h.id from household h where h.id = sought
      union all select 'consent', c.holding_district, r.household_id
        from consent c join resident r on r.id = c.resident_id where c.id = sought
      union all select 'never_together', t.holding_district, r.household_id
        from never_together t join resident r on r.id = t.resident_id where t.id = sought
      union all select 'need', n.holding_district, n.household_id from need n where n.id = sought
      union all select 'assessment', a.holding_district, n.household_id
        from assessment a join need n on n.id = a.need_id where a.id = sought
      union all select 'rental_worksheet', w.holding_district, n.household_id
        from rental_worksheet w join need n on n.id = w.need_id where w.id = sought
      union all select 'need_hold', k.holding_district, n.household_id
        from need_hold k join need n on n.id = k.need_id where k.id = sought
      union all select 'offer', o.holding_district, n.household_id
        from offer o join need n on n.id = o.need_id where o.id = sought
      union all select 'referral', r.holding_district, n.household_id
        from referral r join need n on n.id = r.need_id where r.id = sought
      union all select 'decision', d.holding_district, n.household_id
        from decision d join need n on n.id = d.need_id where d.id = sought
      union all select 'appeal', a.holding_district, n.household_id
        from appeal a join decision d on d.id = a.decision_id join need n on n.id = d.need_id where a.id = sought
      union all select 'stay', s.holding_district, s.household_id from stay s where s.id = sought
      union all select 'call_off', c.holding_district, s.household_id
        from call_off c join stay s on s.id = c.stay_id where c.id = sought
      union all select 'return_plan', p.holding_district, p.household_id from return_plan p where p.id = sought
      union all select 'home_commitment', c.holding_district, c.household_id from home_commitment c where c.id = sought
      union all select 'task', k.holding_district, coalesce(n.household_id, s.household_id)
        from task k left join need n on n.id = k.need_id left join stay s on s.id = k.stay_id where k.id = sought
    $$;
    -- Whoever was refused may have asked for somebody: then it is said for whom. With only_hidden it is logged if so, and if she
    -- is not one of the asker's own; it answers nothing, so that nobody learns by it what there is.
    create function log_refusal(kind text, only_hidden boolean, sought uuid, method text, route text, trace_id text) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      found_record text;
      seen boolean;
    begin
      select w.record, works_with_people_of(w.holding_district) and not coalesce(household_protected(w.household_id), false)
        into found_record, seen from whose_record(sought) w limit 1;
      if only_hidden and (found_record is null or seen) then
        return;
      end if;
      insert into security_event (kind, method, route, trace_id, record, record_id)
        values (log_refusal.kind, log_refusal.method, log_refusal.route, log_refusal.trace_id, found_record,
          case when found_record is not null then sought end);
    end $$;
    revoke execute on function whose_record(uuid), log_refusal(text, boolean, uuid, text, text, text) from public;
    grant execute on function log_refusal(text, boolean, uuid, text, text, text) to boligtrapp_app;
  `)
    .execute(db)
}
