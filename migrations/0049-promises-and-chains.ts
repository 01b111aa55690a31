import { type Kysely, sql } from 'kysely'

/**
 * What somebody has said yes to stays hers also when her house would stop admitting, and of a yes and a closure at the same time
 * the later one sees the earlier. The chains of a need are found by whoever ends it, so that what is left of them is proposed again
 * at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create or replace function keep_promised_open() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      promised date;
    begin
      -- a yes locks the place alone; those who close places share this lock with each other, and not with it. A key share would
      -- not do: it does not wait for a yes that is on its way
      perform from place p where p.id = new.place_id for share;
      promised := promised_from(new.place_id);
      if promised is not null and not new.admits and new.during @> promised
        and (tg_op = 'INSERT' or old.admits or not old.during @> promised) then
        raise exception 'a place that somebody has said yes to is closed'
          using errcode = 'check_violation', constraint = 'promised_place_stays_open', table = tg_table_name;
      end if;
      return new;
    end $$;
    create function keep_promised_admitting() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from place p where p.facility_id = new.id order by p.id for share;
      if exists (select from place p where p.facility_id = new.id and promised_from(p.id) is not null) then
        raise exception 'a house in which somebody has said yes to a place stops admitting'
          using errcode = 'check_violation', constraint = 'promised_house_admits', table = tg_table_name;
      end if;
      return new;
    end $$;
    create trigger facility_keeps_promised before update of admitting on facility
      for each row when (old.admitting and not new.admitting) execute function keep_promised_admitting();

    -- The chains in which a move of this need is still to come, locked in order: for the bydel, and for the house that she moves into.
    create function lock_chains_of(need uuid) returns setof uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if not exists (select from need n where n.id = lock_chains_of.need and not household_protected(n.household_id)
          and (works_with_people_of(n.holding_district) or exists (select from offer o
            where o.need_id = n.id and o.accepted_at is not null and place_in_own_facility(o.place_id)))) then
        return;
      end if;
      return query select c.id from chain c where c.id in (select m.chain_id from chain_member m
          join chain_step s on s.chain_id = m.chain_id and s.position = m.position
          where m.need_id = lock_chains_of.need and s.broken_at is null
            and not exists (select from offer o where o.chain_id = m.chain_id and o.chain_position = m.position
              and o.moved_in_at is not null))
        order by c.id for update;
    end $$;
    revoke execute on function keep_promised_admitting(), lock_chains_of(uuid) from public;
    grant execute on function lock_chains_of(uuid) to boligtrapp_app;
  `)
    .execute(db)
}
