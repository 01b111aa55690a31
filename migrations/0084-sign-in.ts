import { type Kysely, sql } from 'kysely'

/**
 * Sign-in by the organisation's identity provider: whose account it is there, what was agreed with it for a session, and the
 * sign-ins that are on their way. What an account may do follows the provider, and every change of it is logged.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table account
      add column issuer text check (length(issuer) between 1 and 500),
      add column subject text check (length(subject) between 1 and 255),
      add constraint account_external_identity unique (issuer, subject),
      add constraint account_issuer_with_subject check ((issuer is null) = (subject is null)),
      add constraint account_synthetic_or_external check (issuer is null or not synthetic);
    create trigger account_log after update of role, districts, facilities, disabled_at on account for each row
      when ((old.role, old.districts, old.facilities, old.disabled_at)
        is distinct from (new.role, new.districts, new.facilities, new.disabled_at))
      execute function log_change();

    -- Sealed by the application: what the provider is asked with whether the account is still hers and does the same.
    alter table session
      add column agreement bytea,
      add column asked_at timestamptz not null default now(),
      add column confirmed_at timestamptz not null default now();
    create index session_account on session (account_id);

    -- One row a sign-in that was begun; whoever comes back takes it away, so nothing of it can be used twice.
    create table sign_in_attempt (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      secrets bytea not null,
      expires_at timestamptz not null
    );
    create index sign_in_attempt_expires_at on sign_in_attempt (expires_at);
    alter table sign_in_attempt enable row level security;
    create policy by_token on sign_in_attempt to boligtrapp_app using (true) with check (true);
    grant select, insert, delete on sign_in_attempt to boligtrapp_app;

    -- The application may write no account by itself, only what the provider says of its own people. Null: disabled here.
    create function account_signed_in(of_issuer text, of_subject text, wanted_username text, of_name text, of_role text,
      of_districts text[], of_facilities uuid[]) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      found_id uuid;
    begin
      update account a set name = of_name, role = of_role, districts = of_districts, facilities = of_facilities
        where a.issuer = of_issuer and a.subject = of_subject and a.disabled_at is null
          and (a.name, a.role, a.districts, a.facilities) is distinct from (of_name, of_role, of_districts, of_facilities);
      if not exists (select from account a where a.issuer = of_issuer and a.subject = of_subject) then
        insert into account (username, name, role, districts, facilities, issuer, subject)
        values (
          case when wanted_username ~ '^[a-z0-9_.@-]{2,100}$'
              and not exists (select from account a where a.username = wanted_username) then wanted_username
            else 'u_' || encode(substr(sha256(convert_to(of_issuer || ' ' || of_subject, 'UTF8')), 1, 12), 'hex') end,
          of_name, of_role, of_districts, of_facilities, of_issuer, of_subject)
        on conflict do nothing;
      end if;
      select a.id into found_id from account a
        where a.issuer = of_issuer and a.subject = of_subject and a.disabled_at is null;
      return found_id;
    end $$;
    revoke execute on function account_signed_in(text, text, text, text, text, text[], uuid[]) from public;
    grant execute on function account_signed_in(text, text, text, text, text, text[], uuid[]) to boligtrapp_app;
  `)
    .execute(db)
}
