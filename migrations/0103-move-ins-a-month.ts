import { type Kysely, sql } from 'kysely'

/** How many new households a house takes in a month, and how many move into it month by month as far as that is known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- null: nobody has said, so nothing limits it
    alter table facility add column max_move_ins_per_month integer check (max_move_ins_per_month between 0 and 1000);

    -- Moves into houses that have such a limit, from this month on: those that were, and those that a yes has promised.
    create view coming_move_in as
    select p.facility_id, date_trunc('month', m.day)::date as month, count(*)::integer as households
    from facility f
    join place p on p.facility_id = f.id
    join (
      select o.place_id, lower(o.during) as day from occupancy o where lower(o.during) >= date_trunc('month', app_today())
      union all
      select h.place_id, greatest(lower(h.during), app_today()) from hold h where h.ended_at is null and h.expires_at is null
    ) m on m.place_id = p.id
    where f.max_move_ins_per_month is not null
    group by 1, 2;
    revoke all on coming_move_in from public;
    grant select on coming_move_in to boligtrapp_job;
  `)
    .execute(db)
}
