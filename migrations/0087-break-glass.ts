import { type Kysely, sql } from 'kysely'

/**
 * Breaking the glass: somebody who must help at once sees a person who is not hers to see, for an hour, with a reason that is
 * read afterwards. Kode 7 takes another's approval, kode 6 is never opened. It opens one view of one person and changes nothing
 * of what row security lets anybody see elsewhere. Its times are the database's own clock, which nobody sets.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table break_glass (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      resident_id uuid not null references resident,
      -- whose person she was: its manager answers, is told, and goes through it afterwards
      holding_district text not null references district_code,
      protection text not null check (protection in ('none', 'confidential')),
      requested_by uuid not null references account,
      reason text not null check (length(trim(reason)) >= 20 and length(reason) <= 1000),
      requested_at timestamptz not null default now(),
      -- a request that nobody has answered runs out
      answer_by timestamptz not null default now() + interval '12 hours',
      answered_by uuid references account,
      answered_at timestamptz,
      approved boolean,
      opened_at timestamptz,
      ends_at timestamptz,
      -- she was done before that
      closed_at timestamptz,
      reviewed_by uuid references account,
      reviewed_at timestamptz,
      verdict text check (verdict in ('justified', 'not_justified')),
      review_note text check (length(review_note) between 1 and 2000),
      check (num_nulls(answered_by, answered_at, approved) in (0, 3)),
      check (num_nulls(reviewed_by, reviewed_at, verdict) in (0, 3)),
      check (num_nulls(opened_at, ends_at) in (0, 2)),
      constraint break_glass_hour check (ends_at = opened_at + interval '1 hour'),
      constraint break_glass_approved check (opened_at is null or protection = 'none' or approved is true),
      constraint break_glass_by_another check (answered_by <> requested_by and reviewed_by <> requested_by),
      constraint break_glass_note check (verdict is distinct from 'not_justified' or review_note is not null)
    );
    create index break_glass_requested on break_glass (requested_by, id);
    create index break_glass_district on break_glass (holding_district, id);
    create index break_glass_resident on break_glass (resident_id);
    create trigger break_glass_version before update on break_glass for each row execute function next_version();
    create trigger break_glass_log after insert or update or delete on break_glass for each row execute function log_change();

    -- What is asked about a task, and by whom it is seen: the manager's alone.
    alter table task add column break_glass_id uuid references break_glass;
    drop index task_once;
    create unique index task_once on task (kind, need_id, offer_id, referral_id, stay_id, decision_id, break_glass_id)
      nulls not distinct where done_at is null and dropped_at is null;
    create policy of_managers on task as restrictive to boligtrapp_app
      using (break_glass_id is null or app_role() = 'district_manager');

    -- Neither sees what the other decides: who asks writes the reason, who answers the answer, and the clock is the database's.
    create function stamp_break_glass() returns trigger language plpgsql as $$
    begin
      if old.approved is null and new.approved is not null then
        new.answered_by := app_actor();
        new.answered_at := now();
        if old.opened_at is not null or now() >= old.answer_by then
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
    create trigger break_glass_stamp before update on break_glass for each row execute function stamp_break_glass();

    alter table break_glass enable row level security;
    create policy own on break_glass for select to boligtrapp_app using (requested_by = app_actor());
    create policy of_bydel on break_glass for select to boligtrapp_app
      using (app_role() = 'district_manager' and holding_district = any (app_districts()));
    create policy auditors on break_glass for select to boligtrapp_app using (app_role() = 'auditor');
    create policy own_close on break_glass for update to boligtrapp_app
      using (requested_by = app_actor() and closed_at is null)
      with check (requested_by = app_actor() and closed_at is not null);
    create policy answers on break_glass for update to boligtrapp_app
      using (app_role() = 'district_manager' and holding_district = any (app_districts()) and requested_by <> app_actor());
    grant select on break_glass to boligtrapp_app;
    grant update (approved, closed_at, verdict, review_note) on break_glass to boligtrapp_app;

    -- Whether somebody of the household is strictly protected: then nothing of it is opened, and nothing is told.
    create function strictly_protected(household uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from resident r where r.household_id = household and r.address_protection = 'strictly_confidential')
    $$;
    create function protected_at_all(household uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from resident r where r.household_id = household and r.address_protection <> 'none')
    $$;

    -- Asks for the person of a number. Null: there is none, or she is strictly protected anywhere; the two are told alike.
    create function break_the_glass(fingerprint bytea, reason text) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      person resident%rowtype;
      guarded boolean;
      asked uuid;
    begin
      if app_role() not in ('housing_officer', 'district_manager', 'intake_officer') then
        raise exception 'the glass is not hers to break' using errcode = '42501';
      end if;
      if exists (select from resident_identity i join resident r on r.id = i.resident_id
          where i.fingerprint = break_the_glass.fingerprint and strictly_protected(r.household_id)) then
        return null;
      end if;
      -- registered in several bydeler she is protected where one of them says so, and else the newest is taken
      select r.* into person from resident_identity i join resident r on r.id = i.resident_id
        where i.fingerprint = break_the_glass.fingerprint
        order by protected_at_all(r.household_id) desc, r.id desc limit 1;
      if not found then
        return null;
      end if;
      guarded := protected_at_all(person.household_id);
      if works_with_people_of(person.holding_district) and not household_protected(person.household_id) then
        raise exception 'she sees the person as it is' using errcode = '23514', constraint = 'break_glass_needed';
      end if;
      perform pg_advisory_xact_lock(hashtextextended(app_actor()::text || person.id::text, 0));
      select b.id into asked from break_glass b where b.resident_id = person.id and b.requested_by = app_actor()
        and b.closed_at is null and (b.ends_at > now() or (b.approved is null and b.opened_at is null and b.answer_by > now()));
      if found then
        return asked;
      end if;
      insert into break_glass (resident_id, holding_district, protection, requested_by, reason, opened_at, ends_at)
        values (person.id, person.holding_district, case when guarded then 'confidential' else 'none' end, app_actor(),
          break_the_glass.reason, case when guarded then null else now() end,
          case when guarded then null else now() + interval '1 hour' end)
        returning id into asked;
      insert into task (kind, holding_district, due_on, reason, break_glass_id, created_at)
        values (case when guarded then 'answer_break_glass' else 'review_break_glass' end, person.holding_district,
          case when guarded then app_today() else app_today() + 3 end,
          case when guarded then 'Noen ber om å få se en person med fortrolig adresse. Svar ja eller nei.'
            else 'Noen har åpnet en person i bydelen i en nødsituasjon. Gå gjennom grunnen.' end,
          asked, app_now());
      return asked;
    end $$;

    -- The task that asked is done when the answer is there; a yes is gone through afterwards, as every opening.
    create function follow_break_glass() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if old.approved is null and new.approved is not null then
        update task t set dropped_at = app_now() where t.break_glass_id = new.id and t.kind = 'answer_break_glass'
          and t.done_at is null and t.dropped_at is null;
        if new.approved then
          insert into task (kind, holding_district, due_on, reason, break_glass_id, created_at)
            values ('review_break_glass', new.holding_district, app_today() + 3,
              'En person med fortrolig adresse er åpnet i en nødsituasjon. Gå gjennom grunnen.', new.id, app_now());
        end if;
      end if;
      if old.verdict is null and new.verdict is not null then
        update task t set dropped_at = app_now() where t.break_glass_id = new.id and t.done_at is null and t.dropped_at is null;
      end if;
      return null;
    end $$;
    create trigger break_glass_followed after update on break_glass for each row execute function follow_break_glass();

    -- The person behind an open glass, to whoever opened it: what helping at once takes, and nothing of her case.
    create function person_behind_glass(glass uuid)
      returns table (resident_id uuid, holding_district text, ciphertext bytea, birth_date date, gender text, language text,
        interpreter boolean, contact_person text, address_protection text, adults integer, children bigint, home_form text,
        home_label text, home_facility text, home_since date, open_need boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select r.id, r.holding_district, i.ciphertext, r.birth_date, r.gender, r.language, r.interpreter, r.contact_person,
        r.address_protection, h.adults, (select count(*) from household_child c where c.household_id = h.id
          and c.arrangement = 'living'),
        lived.form, lived.label, lived.facility, lived.since,
        exists (select from need n where n.household_id = h.id and n.status = 'registered')
      from break_glass b
      join resident r on r.id = b.resident_id
      join household h on h.id = r.household_id
      join resident_identity i on i.resident_id = r.id
      left join lateral (select s.form, p.label, f.name as facility, lower(s.during) as since from stay s
        left join occupancy o on o.id = s.occupancy_id left join place p on p.id = o.place_id
        left join facility f on f.id = p.facility_id
        where s.household_id = h.id and s.during @> app_today() order by lower(s.during) desc, s.id limit 1) lived on true
      where b.id = person_behind_glass.glass and b.requested_by = app_actor() and b.closed_at is null and now() < b.ends_at
        and not strictly_protected(h.id) and (b.approved is true or not protected_at_all(h.id))
    $$;

    revoke execute on function strictly_protected(uuid), protected_at_all(uuid), break_the_glass(bytea, text),
      follow_break_glass(), person_behind_glass(uuid) from public;
    grant execute on function break_the_glass(bytea, text), person_behind_glass(uuid) to boligtrapp_app;
  `)
    .execute(db)
}
