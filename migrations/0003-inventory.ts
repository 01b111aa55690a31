import { type Kysely, sql } from 'kysely'

/** Facilities, places, closures, and occupancy: a place is taken over days, by nobody in particular. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table facility (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      name text not null check (length(name) between 1 and 200),
      operator text not null check (length(operator) between 1 and 200),
      operator_kind text not null check (operator_kind in ('district', 'vel', 'nursing_home_agency', 'boligbygg', 'non_profit', 'private')),
      district_code text not null references district_code,
      address text check (length(address) <= 300),
      serves text not null check (serves in ('own_district', 'listed_districts', 'city')),
      open_during daterange not null check (not isempty(open_during) and not lower_inf(open_during)),
      -- admission criteria: what the house requires or refuses; never a diagnosis, never a care track
      min_age integer check (min_age between 0 and 120),
      max_age integer check (max_age between 0 and 120),
      genders text[] not null default '{}' check (genders <@ array['woman', 'man', 'other']),
      substance_stance text not null default 'tolerant' check (substance_stance in ('substance_free', 'tolerant')),
      max_behaviour integer not null default 3 check (max_behaviour between 0 and 3),
      max_security integer not null default 2 check (max_security between 0 and 2),
      children_allowed boolean not null default false,
      pets_allowed boolean not null default false,
      -- limit on the mix in the house: how many with extensive behaviour needs may live here together
      max_extensive_behaviour integer check (max_extensive_behaviour >= 0),
      admitting boolean not null default true,
      not_admitting_reason text check (length(not_admitting_reason) <= 300),
      vacancy_confirmed_at timestamptz,
      check (min_age is null or max_age is null or min_age <= max_age),
      check (admitting or not_admitting_reason is not null)
    );
    create index facility_district_code on facility (district_code);

    create table facility_district (
      facility_id uuid not null references facility on delete cascade,
      district_code text not null references district_code,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      primary key (facility_id, district_code, during without overlaps)
    );

    create table place (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      facility_id uuid not null references facility,
      label text not null check (length(label) between 1 and 100),
      form text not null references housing_form,
      open_during daterange not null check (not isempty(open_during) and not lower_inf(open_during)),
      max_household integer not null default 1 check (max_household between 1 and 12),
      features text[] not null default '{}',
      self_referral boolean not null default false,
      unique (facility_id, label)
    );
    create index place_facility on place (facility_id);
    create index place_form on place (form);

    -- A place lives inside its facility's life; the wall behind the domain's own check.
    create function place_inside_facility() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      -- locked, or the facility could be shortened beside us without either seeing the other; with elevated rights, so that
      -- row security, which comes after, is what refuses those who do not maintain it
      perform from facility f where f.id = new.facility_id and f.open_during @> new.open_during for share;
      if not found then
        raise exception 'place outside its facility''s life' using errcode = '23514', constraint = 'place_inside_facility';
      end if;
      return new;
    end $$;
    create trigger place_inside_facility before insert or update of facility_id, open_during on place
      for each row execute function place_inside_facility();
    create function facility_around_places() returns trigger language plpgsql set search_path = public, pg_temp as $$
    begin
      if exists (select from place p where p.facility_id = new.id and not (new.open_during @> p.open_during)) then
        raise exception 'facility closes before its places' using errcode = '23514', constraint = 'facility_around_places';
      end if;
      return new;
    end $$;
    create trigger facility_around_places before update of open_during on facility
      for each row execute function facility_around_places();

    create table closure (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      place_id uuid not null references place,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      reason text not null,
      admits boolean not null default false,
      cost_owner text check (length(cost_owner) <= 100),
      note text check (length(note) <= 1000),
      constraint closure_no_overlap exclude using gist (place_id with =, during with &&)
    );

    -- Holds no person and is readable by every role: a foreign stay must never read as a free place.
    create table occupancy (
      id uuid primary key default uuidv7(),
      place_id uuid not null references place,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      constraint occupancy_no_overlap exclude using gist (place_id with =, during with &&)
    );

    create trigger facility_version before update on facility for each row execute function next_version();
    create trigger place_version before update on place for each row execute function next_version();
    create trigger closure_version before update on closure for each row execute function next_version();

    create trigger facility_log after insert or update or delete on facility for each row execute function log_change();
    create trigger place_log after insert or update or delete on place for each row execute function log_change();
    create trigger closure_log after insert or update or delete on closure for each row execute function log_change();
    create trigger occupancy_log after insert or update or delete on occupancy for each row execute function log_change();

    create constraint trigger facility_city after insert or update or delete on facility deferrable initially deferred
      for each row execute function raise_city_version();
    create constraint trigger facility_district_city after insert or update or delete on facility_district deferrable initially deferred
      for each row execute function raise_city_version();
    create constraint trigger place_city after insert or update or delete on place deferrable initially deferred
      for each row execute function raise_city_version();
    create constraint trigger closure_city after insert or update or delete on closure deferrable initially deferred
      for each row execute function raise_city_version();
    create constraint trigger occupancy_city after insert or update or delete on occupancy deferrable initially deferred
      for each row execute function raise_city_version();

    grant select on facility, facility_district, place, closure, occupancy to boligtrapp_app, boligtrapp_job;
    grant insert, update on facility, place, closure to boligtrapp_app;
    grant insert, update, delete on facility_district to boligtrapp_app;
    -- A wrong registration is corrected with its trace; nothing of the inventory is deleted.

    -- Everybody signed in reads the inventory; who maintains it is the second wall behind the capability table.
    create function may_maintain_facility(facility uuid, district text) returns boolean language sql stable as $$
      select app_role() = 'administrator'
        or (app_role() = 'district_manager' and district = any (app_districts()))
        or (app_role() = 'facility_staff' and facility = any (app_facilities()))
    $$;
    create function may_maintain_place(place uuid) returns boolean language sql stable as $$
      select exists (select from place p join facility f on f.id = p.facility_id
        where p.id = place and may_maintain_facility(f.id, f.district_code))
    $$;
    alter table facility enable row level security;
    create policy everyone_reads on facility for select using (true);
    create policy maintained_insert on facility for insert to boligtrapp_app with check (may_maintain_facility(id, district_code));
    create policy maintained_update on facility for update to boligtrapp_app using (may_maintain_facility(id, district_code));
    alter table facility_district enable row level security;
    create policy everyone_reads on facility_district for select using (true);
    create policy maintained on facility_district to boligtrapp_app using (exists (select from facility f
      where f.id = facility_id and may_maintain_facility(f.id, f.district_code)));
    alter table place enable row level security;
    create policy everyone_reads on place for select using (true);
    create policy maintained_insert on place for insert to boligtrapp_app with check (exists (select from facility f
      where f.id = facility_id and may_maintain_facility(f.id, f.district_code)));
    create policy maintained_update on place for update to boligtrapp_app using (exists (select from facility f
      where f.id = facility_id and may_maintain_facility(f.id, f.district_code)));
    alter table closure enable row level security;
    create policy everyone_reads on closure for select using (true);
    create policy maintained_insert on closure for insert to boligtrapp_app with check (may_maintain_place(place_id));
    create policy maintained_update on closure for update to boligtrapp_app using (may_maintain_place(place_id));
  `)
    .execute(db)
}
