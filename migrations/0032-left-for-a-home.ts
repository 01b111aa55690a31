import { type Kysely, sql } from 'kysely'

/**
 * Whoever leaves does so in trust to the homes that are promised her when it is recorded, also when the day she left lies before
 * the day of the promise: a departure may be recorded late. The days alone let such a promise be taken back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create or replace function left_for(offer uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from offer o join need n on n.id = o.need_id
        join stay s on s.household_id = n.household_id and s.departure_reason = 'moved_on'
          and (upper(s.during) >= o.sent_at::date
            or exists (select from stay_event e where e.stay_id = s.id and e.kind = 'departed' and e.recorded_at >= o.accepted_at))
        where o.id = left_for.offer and o.accepted_at is not null and o.moved_in_at is null
          and not exists (select from stay lives where lives.household_id = n.household_id and upper_inf(lives.during)))
    $$;
  `)
    .execute(db)
}
