import { type Kysely, sql } from 'kysely'

/**
 * How many households from other bydeler a bydel takes into its own homes in a time: dated and counted. Some bydeler do not
 * count, and some houses do not.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table cross_district_quota (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      -- whose homes; no person is in it, so everybody who is signed in may know it
      district text not null references district_code,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      households integer not null check (households between 0 and 10000),
      exempt_districts text[] not null default '{}',
      exempt_facilities uuid[] not null default '{}',
      note text check (length(note) between 1 and 1000),
      constraint cross_district_quota_once exclude using gist (district with =, during with &&)
    );
    create trigger cross_district_quota_version before update on cross_district_quota for each row execute function next_version();
    create trigger cross_district_quota_log after insert or update or delete on cross_district_quota
      for each row execute function log_change();
    alter table cross_district_quota enable row level security;
    create policy signed_in on cross_district_quota for select to boligtrapp_app using (app_role() <> '');
    create policy jobs on cross_district_quota for select to boligtrapp_job using (true);
    create policy own_add on cross_district_quota for insert to boligtrapp_app
      with check (app_role() = 'administrator' or (app_role() = 'district_manager' and district = any (app_districts())));
    create policy own_change on cross_district_quota for update to boligtrapp_app
      using (app_role() = 'administrator' or (app_role() = 'district_manager' and district = any (app_districts())));
    grant select, insert on cross_district_quota to boligtrapp_app;
    grant update (during, households, exempt_districts, exempt_facilities, note, version, updated_at) on cross_district_quota
      to boligtrapp_app;
    grant select on cross_district_quota to boligtrapp_job;

    -- The houses whose homes a bydel gives: a quota is about them.
    create function quota_houses(quota uuid) returns uuid[] language sql stable as $$
      select coalesce(array_agg(f.id order by f.id), '{}') from cross_district_quota q
      join facility f on f.district_code = q.district and f.operator_kind in ('district', 'boligbygg')
        and f.id <> all (q.exempt_facilities)
      where q.id = quota_houses.quota
    $$;
    -- How much of a quota is used, as a number without people: households of another bydel that moved in within its days, and
    -- those that have said yes and are to move in.
    create function quota_used(quota uuid) returns integer
      language sql stable security definer set search_path = public, pg_temp as $$
      select (
        (select count(*) from cross_district_quota q
          join place p on p.facility_id = any (quota_houses(q.id))
          join occupancy o on o.place_id = p.id and q.during @> lower(o.during)
          join stay s on s.occupancy_id = o.id and s.holding_district <> q.district
            and s.holding_district <> all (q.exempt_districts)
          where q.id = quota_used.quota)
        + (select count(*) from cross_district_quota q
          join place p on p.facility_id = any (quota_houses(q.id))
          join offer f on f.place_id = p.id and q.during @> f.move_in_on and f.holding_district <> q.district
            and f.holding_district <> all (q.exempt_districts)
            and f.accepted_at is not null and f.declined_at is null and f.withdrawn_at is null and f.moved_in_at is null
          where q.id = quota_used.quota))::integer
    $$;
    revoke execute on function quota_houses(uuid), quota_used(uuid) from public;
    grant execute on function quota_houses(uuid), quota_used(uuid) to boligtrapp_app, boligtrapp_job;
  `)
    .execute(db)
}
