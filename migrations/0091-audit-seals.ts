import { type Kysely, sql } from 'kysely'

/**
 * The logs are sealed: batch upon batch, each with a hash of its rows and of the hash before it, so that one row changed, taken
 * away or put in shows, also when the owner of the database did it. The newest hash, the head, is exported elsewhere.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table audit_seal (
      log text not null check (log in ('showing', 'security_event')),
      batch integer not null check (batch > 0),
      first_id bigint not null,
      last_id bigint not null check (last_id >= first_id),
      row_count integer not null check (row_count > 0),
      previous text not null check (previous = '' or previous ~ '^[0-9a-f]{64}$'),
      head text not null check (head ~ '^[0-9a-f]{64}$'),
      sealed_at timestamptz not null default clock_timestamp(),
      primary key (log, batch)
    );
    create trigger audit_seal_append_only before update or delete or truncate on audit_seal
      for each statement execute function refuse_change();
    create table audit_verification (
      id bigint generated always as identity primary key,
      verified_at timestamptz not null default clock_timestamp(),
      log text not null check (log in ('showing', 'security_event')),
      batches integer not null,
      row_count integer not null,
      unsealed integer not null,
      faults text[] not null default '{}'
    );
    create index audit_verification_log on audit_verification (log, id);
    create trigger audit_verification_append_only before update or delete or truncate on audit_verification
      for each statement execute function refuse_change();

    -- A row as it is sealed: its values as text in an array, in the table's order; an instant in microseconds since 1970.
    create function microseconds(at timestamptz) returns text language sql immutable parallel safe
      as $$ select (extract(epoch from at) * 1000000)::bigint::text $$;
    create function showing_line(s showing) returns text language sql stable parallel safe as $$
      select jsonb_build_array(s.id::text, microseconds(s.recorded_at), microseconds(s.occurred_at), s.actor_id, s.actor_role,
        s.resident_id, s.holding_district, s.record, s.record_id, s.purpose, s.method, s.route, s.trace_id)::text
    $$;
    create function security_event_line(e security_event) returns text language sql stable parallel safe as $$
      select jsonb_build_array(e.id::text, microseconds(e.recorded_at), microseconds(e.occurred_at), e.kind, e.actor_id,
        e.actor_role, e.method, e.route, e.trace_id, e.record, e.record_id, e.detail)::text
    $$;

    -- Seals the rows after the last batch, at most ten thousand, if the oldest of them has waited long enough or there are a
    -- thousand. Writers are kept out for that moment, so that no row with a lower number can come after; where that takes too
    -- long, somebody is at work, and the next attempt will do.
    create function seal_audit_log(log text, waited interval) returns setof audit_seal
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      last audit_seal;
      oldest timestamptz;
      waiting integer;
    begin
      if log not in ('showing', 'security_event') then
        raise exception 'no such log';
      end if;
      perform set_config('lock_timeout', '500ms', true);
      perform pg_advisory_xact_lock(hashtextextended('boligtrapp.seal.' || log, 0));
      select * into last from audit_seal a where a.log = seal_audit_log.log order by a.batch desc limit 1;
      execute format('select min(t.recorded_at), count(*) from (select recorded_at from %I where id > $1 order by id limit 1000) t', log)
        into oldest, waiting using coalesce(last.last_id, 0);
      if waiting = 0 or (waiting < 1000 and oldest > clock_timestamp() - waited) then
        return;
      end if;
      execute format('lock table %I in share mode', log);
      return query execute format($q$
        insert into audit_seal (log, batch, first_id, last_id, row_count, previous, head)
        select $1, $2, min((s.t).id), max((s.t).id), count(*), $3,
          encode(sha256(convert_to($3 || chr(10) || string_agg(%I(s.t), chr(10) order by (s.t).id), 'UTF8')), 'hex')
        from (select t from %I t where t.id > $4 order by t.id limit 10000) s
        returning *$q$, log || '_line', log)
        using log, coalesce(last.batch, 0) + 1, coalesce(last.head, ''), coalesce(last.last_id, 0);
    end $$;

    alter table audit_seal enable row level security;
    create policy auditor on audit_seal for select to boligtrapp_app using (app_role() = 'auditor');
    create policy jobs on audit_seal for select to boligtrapp_job using (true);
    alter table audit_verification enable row level security;
    create policy auditor on audit_verification for select to boligtrapp_app using (app_role() = 'auditor');
    create policy jobs on audit_verification to boligtrapp_job using (true) with check (true);
    create policy jobs on showing for select to boligtrapp_job using (true);
    create policy jobs_read on security_event for select to boligtrapp_job using (true);
    grant select on audit_seal, audit_verification to boligtrapp_app, boligtrapp_job;
    grant insert (log, batches, row_count, unsealed, faults) on audit_verification to boligtrapp_job;
    grant select on showing, security_event to boligtrapp_job;
    revoke execute on function seal_audit_log(text, interval) from public;
    grant execute on function seal_audit_log(text, interval) to boligtrapp_job;
  `)
    .execute(db)
}
