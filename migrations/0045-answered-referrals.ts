import { type Kysely, sql } from 'kysely'

/**
 * A referral may say which place a run proposes, and which step of a chain it is for, so that intake's answer needs nothing typed
 * again. A no for lack of capacity is kept as shortfall, whoever gives it; how much of it is kept is told to all staff in
 * numbers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table referral
      add column proposed_place_id uuid references place,
      -- the day that the move is planned for where a chain proposes it
      add column planned_on date,
      add column run_id uuid references matching_run on delete set null,
      add column chain_id uuid,
      add column chain_position integer,
      add constraint referral_chain_step foreign key (chain_id, chain_position) references chain_step (chain_id, position),
      add constraint referral_chain_whole check ((chain_id is null) = (chain_position is null)
        and (chain_id is null or (proposed_place_id is not null and planned_on is not null)));
    create index referral_chain on referral (chain_id, chain_position) where chain_id is not null;

    alter table shortfall_record add column referral_id uuid references referral;
    drop index shortfall_once_a_need;
    create unique index shortfall_once_a_need on shortfall_record (need_id, kind)
      where offer_id is null and decision_id is null and referral_id is null;
    create unique index shortfall_once_a_referral on shortfall_record (referral_id, kind) where referral_id is not null;
    create policy intake_answers on shortfall_record for insert to boligtrapp_app
      with check (app_role() = 'intake_officer' and exists (select from referral r where r.id = shortfall_record.referral_id
        and r.need_id = shortfall_record.need_id and r.holding_district = shortfall_record.holding_district));

    -- How often somebody did not get what was needed for lack of it, as it was recorded: numbers of the whole city, nobody in them.
    create function recorded_shortfall(first_day date, last_day date)
      returns table (district text, kind text, form_needed text, form_given text, records bigint, needs bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select r.holding_district, r.kind, r.form_needed, r.form_given, count(*), count(distinct r.need_id)
      from shortfall_record r
      where (r.recorded_at at time zone 'Europe/Oslo')::date between first_day and last_day
      group by 1, 2, 3, 4 order by 1, 3, 2, 4 nulls first
    $$;
    revoke execute on function recorded_shortfall(date, date) from public;
    grant execute on function recorded_shortfall(date, date) to boligtrapp_app;
  `)
    .execute(db)
}
