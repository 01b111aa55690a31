import { type Kysely, sql } from 'kysely'

/**
 * Who saw whom, why and when: one row for each showing of a person, added in the transaction that shows her, through one function.
 * No role of the program may write the table itself, change it or take from it. Officers and managers read it of their own
 * bydel's people, the auditor of all, by pseudonym.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table showing (
      id bigint generated always as identity primary key,
      recorded_at timestamptz not null default clock_timestamp(),
      occurred_at timestamptz not null default app_now(),
      actor_id uuid not null default app_actor(),
      actor_role text not null default app_role(),
      -- the person's id, which is a pseudonym; no key holds it, so that the log stands by itself
      resident_id uuid not null,
      holding_district text not null,
      record text not null,
      record_id uuid not null,
      purpose text not null check (purpose ~ '^[a-z_]{2,40}$'),
      method text not null,
      route text not null,
      trace_id text not null
    );
    create index showing_resident on showing (resident_id, id);
    create index showing_district on showing (holding_district, id);
    create trigger showing_append_only before update or delete or truncate on showing
      for each statement execute function refuse_change();
    alter table showing enable row level security;
    create policy circle on showing for select to boligtrapp_app
      using (works_with_people_of(holding_district) and resident_id not in (select residents_protected_from_actor()));
    create policy auditor on showing for select to boligtrapp_app using (app_role() = 'auditor');
    grant select on showing to boligtrapp_app;

    -- Whose a record is, of a glass that was broken too.
    create or replace function whose_record(sought uuid) returns table (record text, holding_district text, household_id uuid)
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
      union all select 'break_glass', g.holding_district, r.household_id
        from break_glass g join resident r on r.id = g.resident_id where g.id = sought
    $$;

    -- Adds a row for everybody that the record is of: of a person herself for her, else for her household's. How many; a record of
    -- nobody that it knows is an error, and with it nothing is shown.
    create function log_showing(sought uuid, purpose text, method text, route text, trace_id text) returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      owner_of record;
      added integer;
    begin
      if app_actor() is null then
        raise exception 'nobody is signed in' using errcode = '42501';
      end if;
      select * into owner_of from whose_record(sought) limit 1;
      if not found then
        raise exception 'a record of nobody was to be shown';
      end if;
      insert into showing (resident_id, holding_district, record, record_id, purpose, method, route, trace_id)
        select r.id, r.holding_district, owner_of.record, sought, log_showing.purpose, log_showing.method, log_showing.route,
          log_showing.trace_id
        from resident r where r.household_id = owner_of.household_id and (owner_of.record <> 'resident' or r.id = sought);
      get diagnostics added = row_count;
      return added;
    end $$;
    revoke execute on function log_showing(uuid, text, text, text, text) from public;
    grant execute on function log_showing(uuid, text, text, text, text) to boligtrapp_app;
  `)
    .execute(db)
}
