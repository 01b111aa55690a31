import { type Kysely, sql } from 'kysely'

/**
 * A place that somebody has said yes to is not closed on the day she is to move in: she may have left her home for it. Whoever
 * closes it finds another place with her first, and then withdraws the offer.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create function promised_from(place uuid) returns date
      language sql stable security definer set search_path = public, pg_temp as $$
      select case when min(lower(h.during)) is not null then greatest(min(lower(h.during)), app_today()) end from hold h
      where h.place_id = promised_from.place and h.ended_at is null and h.expires_at is null
    $$;
    create function keep_promised_open() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      promised date;
    begin
      -- a yes locks the place alone first, so that of the two the later one sees the earlier; who only closes places share it
      perform from place p where p.id = new.place_id for key share;
      promised := promised_from(new.place_id);
      if promised is not null and not new.admits and new.during @> promised
        and (tg_op = 'INSERT' or old.admits or not old.during @> promised) then
        raise exception 'a place that somebody has said yes to is closed'
          using errcode = 'check_violation', constraint = 'promised_place_stays_open', table = tg_table_name;
      end if;
      return new;
    end $$;
    create trigger closure_keeps_promised before insert or update on closure
      for each row execute function keep_promised_open();
    create function keep_promised_in_life() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      promised date := promised_from(new.id);
    begin
      if promised is not null and old.open_during @> promised and not new.open_during @> promised then
        raise exception 'a place that somebody has said yes to ends before she moves in'
          using errcode = 'check_violation', constraint = 'promised_place_stays_open', table = tg_table_name;
      end if;
      return new;
    end $$;
    create trigger place_keeps_promised before update of open_during on place
      for each row execute function keep_promised_in_life();
    revoke execute on function promised_from(uuid), keep_promised_open(), keep_promised_in_life() from public;
  `)
    .execute(db)
}
