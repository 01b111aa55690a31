import { type Kysely, sql } from 'kysely'

/** A bydel's word is of a plan that is open, and falls when the plan says another bydel or another answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Whose the plan is, may change later, and the word goes along by the household: only a new word asks whether the plan is open.
    -- The lock is one that an update of the plan waits for, and that waits for one.
    create or replace function commitment_of_plan() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      open boolean;
    begin
      select p.withdrawn_on is null and p.moved_on is null into open from return_plan p
        where p.id = new.return_plan_id and p.household_id = new.household_id for share;
      if not found then
        raise exception 'not a commitment of this plan' using errcode = '23514', constraint = 'home_commitment_of_plan';
      end if;
      if tg_op = 'INSERT' and new.withdrawn_on is null and new.settled_on is null and not open then
        raise exception 'a commitment of a plan that is over'
          using errcode = '23514', constraint = 'home_commitment_open_plan', table = tg_table_name;
      end if;
      return new;
    end $$;
    create function drop_commitments() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      update home_commitment c set withdrawn_on = app_today(), withdrawn_note = 'Planen ble endret.'
        where c.return_plan_id = new.id and c.withdrawn_on is null and c.settled_on is null;
      return null;
    end $$;
    create trigger return_plan_drops_commitments after update of home_district, verdict on return_plan
      for each row when (old.home_district <> new.home_district or old.verdict <> new.verdict) execute function drop_commitments();
    revoke execute on function drop_commitments() from public;
  `)
    .execute(db)
}
