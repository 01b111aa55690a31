import { type Kysely, sql } from 'kysely'

/** What a file's rows are known by from one import to the next, what an import answered, and the writes that imports need. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The id that a record has in the system it came from. Unique within the district: a conflict must not tell that
    -- another bydel has somebody. Places belong to nobody's district here, as everybody reads them.
    create table import_key (
      kind text not null check (kind in ('place', 'resident', 'need', 'stay')),
      holding_district text references district_code,
      source text not null check (length(source) between 1 and 100),
      external_id text not null check (length(external_id) between 1 and 200),
      target_id uuid not null,
      -- keyed, so that what says the same again is left alone; of a person, what rows have said of her
      content_hash bytea check (octet_length(content_hash) = 32),
      imported_at timestamptz not null default now(),
      constraint import_key_once unique nulls not distinct (kind, holding_district, source, external_id),
      check ((kind = 'place') = (holding_district is null)),
      check (kind = 'resident' or content_hash is not null)
    );
    create index import_key_target on import_key (target_id);

    alter table import_key enable row level security;
    create policy places_read on import_key for select to boligtrapp_app using (kind = 'place');
    create policy places on import_key to boligtrapp_app using (kind = 'place' and app_role() = 'administrator');
    create policy people on import_key to boligtrapp_app using (kind <> 'place' and works_with_people_of(holding_district));
    grant select, insert, update on import_key to boligtrapp_app;

    -- An import's answer, for a day and for the one who asked: the rejected rows hold people's data and are encrypted.
    create table import_report (
      id uuid primary key default uuidv7(),
      account_id uuid not null references account,
      kind text not null check (kind in ('places', 'needs', 'stays')),
      mode text not null check (mode in ('dry_run', 'all_or_nothing', 'accept_good')),
      written boolean not null,
      counts jsonb not null,
      bad_rows jsonb not null,
      rejected bytea,
      created_at timestamptz not null default now()
    );
    create index import_report_created_at on import_report (created_at);
    alter table import_report enable row level security;
    create policy own_reports on import_report to boligtrapp_app
      using (account_id = app_actor()) with check (account_id = app_actor());
    grant select, insert on import_report to boligtrapp_app;
    create function forget_expired_imports() returns void language sql security definer set search_path = public, pg_temp
      as $$ delete from import_report where created_at < now() - interval '24 hours' $$;

    -- Which of these numbers somebody in the district has, also one whom the asker may not see: the constraint on identities
    -- tells the same of one number, but only by undoing everything else.
    create function numbers_taken(district text, prints bytea[]) returns setof bytea
      language sql stable security definer set search_path = public, pg_temp as $$
      select i.fingerprint from resident_identity i
      where works_with_people_of(numbers_taken.district) and i.holding_district = numbers_taken.district
        and i.fingerprint = any (prints)
    $$;

    -- Occupancies are not the application's to write freely, since they are what everybody reads as taken.
    create function record_occupancies(ids uuid[], places uuid[], ranges daterange[]) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if app_role() not in ('housing_officer', 'district_manager') then
        raise exception 'only who registers stays records occupancies' using errcode = '42501';
      end if;
      insert into occupancy (id, place_id, during) select * from unnest(ids, places, ranges);
    end $$;
    create function change_occupancies(ids uuid[], places uuid[], ranges daterange[]) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      changed bigint;
    begin
      update occupancy o set place_id = n.place_id, during = n.during
      from unnest(ids, places, ranges) as n (id, place_id, during)
      where o.id = n.id and exists (select from stay s where s.occupancy_id = o.id
        and works_with_people_of(s.holding_district) and not household_protected(s.household_id));
      get diagnostics changed = row_count;
      if changed <> cardinality(ids) then
        raise exception 'not every occupancy is of the own district' using errcode = '42501';
      end if;
    end $$;

    revoke execute on function forget_expired_imports(), numbers_taken(text, bytea[]),
      record_occupancies(uuid[], uuid[], daterange[]), change_occupancies(uuid[], uuid[], daterange[]) from public;
    grant execute on function forget_expired_imports(), numbers_taken(text, bytea[]),
      record_occupancies(uuid[], uuid[], daterange[]), change_occupancies(uuid[], uuid[], daterange[]) to boligtrapp_app;
  `)
    .execute(db)
}
