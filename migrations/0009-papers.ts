import { type Kysely, sql } from 'kysely'

/**
 * What papers need besides their tables: the language a decision is written in, a decision that stays as it was issued, one
 * draft a track and one open appeal at a time, and a change log that hides an appeal like the decision it is about.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table decision add column language text not null default 'nb' check (language in ('nb', 'nn'));
    create unique index decision_one_draft on decision (need_id, track) where issued_on is null;

    -- What was decided is corrected by another decision, never rewritten.
    create function keep_issued_decision() returns trigger language plpgsql as $$
    begin
      if row (new.need_id, new.offer_id, new.track, new.track_version, new.outcome, new.main_content, new.reasons, new.language,
          new.lack_of_suitable_home, new.issued_on, new.issued_by, new.appeal_body, new.appeal_deadline)
        is distinct from row (old.need_id, old.offer_id, old.track, old.track_version, old.outcome, old.main_content, old.reasons,
          old.language, old.lack_of_suitable_home, old.issued_on, old.issued_by, old.appeal_body, old.appeal_deadline) then
        raise exception 'an issued decision stays as it is' using errcode = '42501';
      end if;
      return new;
    end $$;
    create trigger decision_issued before update on decision for each row
      when (old.issued_on is not null) execute function keep_issued_decision();
    alter table decision add constraint decision_refusal_says_why
      check (issued_on is null or outcome = 'granted' or coalesce(length(reasons), 0) > 0);

    create unique index appeal_one_open on appeal (decision_id) where decided_on is null;
    alter table appeal add constraint appeal_in_order check (forwarded_on >= received_on
      and decided_on >= coalesce(forwarded_on, received_on));
    -- only the appeal body can uphold, and it has it after it was forwarded
    alter table appeal add constraint appeal_upheld_by_body check (outcome <> 'upheld' or forwarded_on is not null);

    create function decision_protected(decision uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select need_protected(d.need_id) from decision d where d.id = decision
    $$;
    create or replace function logged_row_protected(table_name text, logged jsonb) returns boolean language sql stable as $$
      select case table_name
        when 'resident' then resident_protected((logged ->> 'id')::uuid)
        when 'household' then household_protected((logged ->> 'id')::uuid)
        else coalesce(resident_protected((logged ->> 'resident_id')::uuid), false)
          or coalesce(household_protected((logged ->> 'household_id')::uuid), false)
          or coalesce(need_protected((logged ->> 'need_id')::uuid), false)
          or coalesce(decision_protected((logged ->> 'decision_id')::uuid), false)
      end
    $$;
  `)
    .execute(db)
}
