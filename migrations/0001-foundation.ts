import { type Kysely, sql } from 'kysely'

/**
 * Who did it, what it was decided by, and what changed: accounts and sessions, versioned rules and policies,
 * the append-only change log, idempotent answers, and the functions that row security reads.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create extension if not exists btree_gist;
    create extension if not exists pgcrypto;
    create extension if not exists pg_trgm;

    revoke all on schema public from public;
    -- Functions with elevated rights look into pg_temp last, so that no temporary table can stand in for a real one.
    grant usage on schema public to boligtrapp_app, boligtrapp_job;

    -- Row security reads these; with nothing set no person is seen.
    create function app_actor() returns uuid language sql stable parallel safe
      as $$ select nullif(current_setting('app.actor', true), '')::uuid $$;
    create function app_role() returns text language sql stable parallel safe
      as $$ select coalesce(current_setting('app.role', true), '') $$;
    create function app_districts() returns text[] language sql stable parallel safe
      as $$ select coalesce(string_to_array(nullif(current_setting('app.districts', true), ''), ','), '{}') $$;
    create function app_facilities() returns uuid[] language sql stable parallel safe
      as $$ select coalesce(string_to_array(nullif(current_setting('app.facilities', true), ''), ',')::uuid[], '{}') $$;
    -- The one "now" of a transaction; the demo sets it, everything else lets the database answer.
    create function app_now() returns timestamptz language sql stable parallel safe
      as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
    create function app_today() returns date language sql stable parallel safe
      as $$ select (app_now() at time zone 'Europe/Oslo')::date $$;

    create table account (
      id uuid primary key default uuidv7(),
      username text not null unique check (username ~ '^[a-z0-9_.@-]{2,100}$'),
      name text not null check (length(name) between 1 and 200),
      role text not null check (role in ('housing_officer', 'district_manager', 'intake_officer', 'planner',
        'facility_staff', 'auditor', 'administrator')),
      districts text[] not null default '{}',
      facilities uuid[] not null default '{}',
      synthetic boolean not null default false,
      disabled_at timestamptz,
      created_at timestamptz not null default now()
    );

    create table session (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      account_id uuid not null references account on delete cascade,
      created_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index session_expires_at on session (expires_at);

    -- Rules and policies are data: a changed value is a new version, never an overwritten one.
    create table rule_version (
      rule_id text not null check (rule_id ~ '^[a-z0-9_.]{2,80}$'),
      version integer not null check (version > 0),
      kind text not null check (kind in ('domain', 'eligibility', 'readiness', 'legal')),
      title text not null,
      sentence text not null,
      parameters jsonb not null default '{}',
      source text not null check (length(source) > 0),
      checked boolean not null default false,
      valid_from date not null,
      author text not null,
      reason text not null,
      created_at timestamptz not null default now(),
      primary key (rule_id, version)
    );

    create table policy_version (
      policy_id text not null check (policy_id ~ '^[a-z0-9_.]{2,80}$'),
      version integer not null check (version > 0),
      title text not null,
      parameters jsonb not null,
      source text not null check (length(source) > 0),
      valid_from date not null,
      author text not null,
      reason text not null,
      created_at timestamptz not null default now(),
      primary key (policy_id, version)
    );

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only: add a new row instead', tg_table_name using errcode = '42501';
    end $$;
    create trigger rule_version_append_only before update or delete or truncate on rule_version
      for each statement execute function refuse_change();
    create trigger policy_version_append_only before update or delete or truncate on policy_version
      for each statement execute function refuse_change();

    -- What changed, by whom, when it happened and when it was recorded. Only appended to.
    create table change_log (
      id bigint generated always as identity primary key,
      recorded_at timestamptz not null default clock_timestamp(),
      occurred_at timestamptz not null,
      actor_id uuid,
      actor_role text not null,
      table_name text not null,
      row_id text not null,
      action text not null check (action in ('insert', 'update', 'delete')),
      holding_district text,
      before jsonb,
      after jsonb
    );
    create index change_log_row on change_log (table_name, row_id, id);
    create trigger change_log_append_only before update or delete or truncate on change_log
      for each statement execute function refuse_change();

    create function log_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
      new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
    begin
      insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
      values (app_now(), app_actor(), app_role(), tg_table_name,
        coalesce(new_row ->> 'id', old_row ->> 'id', new_row ->> 'resident_id', old_row ->> 'resident_id', ''),
        lower(tg_op), coalesce(new_row ->> 'holding_district', old_row ->> 'holding_district'), old_row, new_row);
      return null;
    end $$;

    -- An entity tag is this integer; the row's own trigger counts, so no writer can forget.
    create function next_version() returns trigger language plpgsql as $$
    begin
      new.version := old.version + 1;
      new.updated_at := app_now();
      return new;
    end $$;

    -- The compiled city is cached under this number; whatever it is compiled from raises it.
    create table city_version (
      only_row boolean primary key default true check (only_row),
      version bigint not null default 1
    );
    insert into city_version default values;
    -- Runs at commit (deferred), once a transaction: the row's lock is the last one taken, so writers neither queue
    -- behind each other's work nor deadlock over it, and a reader's snapshot holds the number and the data together.
    create function raise_city_version() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if current_setting('app.city_raised', true) is distinct from pg_current_xact_id()::text then
        perform set_config('app.city_raised', pg_current_xact_id()::text, true);
        update city_version set version = version + 1;
      end if;
      return null;
    end $$;

    create table idempotency_answer (
      actor_id uuid not null,
      key text not null check (length(key) between 1 and 200),
      request_hash bytea not null,
      status integer not null,
      answer bytea not null,
      created_at timestamptz not null default now(),
      primary key (actor_id, key)
    );
    create index idempotency_answer_created_at on idempotency_answer (created_at);
    alter table idempotency_answer enable row level security;
    create policy own_answers on idempotency_answer to boligtrapp_app
      using (actor_id = app_actor()) with check (actor_id = app_actor());
    -- Answers hold people's data, so they go when their day is over, also those of an account that never comes back.
    create function forget_expired_answers() returns void language sql security definer set search_path = public, pg_temp
      as $$ delete from idempotency_answer where created_at < now() - interval '24 hours' $$;

    -- What the demo city was made with, so that a later start can tell that it is another one.
    create table demo_city (
      only_row boolean primary key default true check (only_row),
      as_of date not null,
      seed bigint not null,
      generator integer not null,
      created_at timestamptz not null default now()
    );

    grant select on rule_version, policy_version, city_version, demo_city to boligtrapp_app, boligtrapp_job;
    grant insert on rule_version, policy_version to boligtrapp_app;
    grant select on account to boligtrapp_app;
    grant select, insert, update, delete on session to boligtrapp_app;
    grant select, insert, delete on idempotency_answer to boligtrapp_app;

    alter table rule_version enable row level security;
    create policy everyone_reads on rule_version for select using (true);
    create policy administrators_add on rule_version for insert to boligtrapp_app with check (app_role() = 'administrator');
    alter table policy_version enable row level security;
    create policy everyone_reads on policy_version for select using (true);
    create policy administrators_add on policy_version for insert to boligtrapp_app with check (app_role() = 'administrator');
  `)
    .execute(db)
}
