import { type Kysely, sql } from 'kysely'

/**
 * Who lives in VEL's institutions is counted once a day, in people and in households; of somebody who has left with an open plan
 * it is known when; and of a place that closes whether anybody is named to follow up.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create or replace view closing_standing as
      select p.form, closes_on(p.id) as closes_on, s.holding_district as district, r.verdict, r.support_from, r.target_on,
        c.ready_on, c.place_id is not null as home_named, lower(home.open_during) as home_opens_on,
        closes_on(c.place_id) as home_closes_on, r.support_team_id is not null as support_named
      from place p join occupancy o on o.place_id = p.id and upper_inf(o.during)
        join stay s on s.occupancy_id = o.id and upper_inf(s.during)
        left join return_plan r on r.household_id = s.household_id and r.withdrawn_on is null and r.moved_back_on is null
        left join home_commitment c on c.return_plan_id = r.id and c.withdrawn_on is null and c.settled_on is null
        left join place home on home.id = c.place_id
      where p.form like 'vel\\_%' and closes_on(p.id) is not null;

    -- left_vel_on: of somebody with a plan who lives there no longer, the day she left.
    create or replace view return_standing as
      with living as (
        select s.household_id, min(lower(s.during)) as since, min(closes_on(o.place_id)) as closes_on
        from stay s left join occupancy o on o.id = s.occupancy_id
        where upper_inf(s.during) and s.form like 'vel\\_%' group by 1
      )
      select p.holding_district as district, h.adults as people, l.since as lived_since, l.closes_on, p.verdict,
        (p.created_at at time zone 'Europe/Oslo')::date as begun_on, p.target_form, p.earliest_on, p.target_on, p.agreed_on,
        p.support_from, p.moved_on, p.moved_to, p.moved_back_on, p.withdrawn_on,
        case when l.since is null then (select max(upper(s.during)) from stay s
          where s.household_id = p.household_id and s.form like 'vel\\_%') end as left_vel_on
      from return_plan p join household h on h.id = p.household_id left join living l on l.household_id = p.household_id
      union all
      select h.holding_district, h.adults, l.since, l.closes_on, null, null, null, null, null, null, null, null, null, null, null, null
      from living l join household h on h.id = l.household_id
      where not exists (select from return_plan p where p.household_id = l.household_id and p.withdrawn_on is null
        and p.moved_back_on is null);

    -- A household with two stays on a day, as on the day it moves from one institution to another, lives there once.
    drop function living_in_vel(date[]);
    create function living_in_vel(days date[]) returns table (day date, district text, people bigint, households bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select lived.day, h.holding_district, sum(h.adults)::bigint, count(*) from (
        select distinct d.day, s.household_id from unnest(days) as d (day) join stay s on s.during @> d.day and s.form like 'vel\\_%'
      ) lived join household h on h.id = lived.household_id
      where steers() group by 1, 2
    $$;
    revoke execute on function living_in_vel(date[]) from public;
    grant execute on function living_in_vel(date[]) to boligtrapp_app;
  `)
    .execute(db)
}
