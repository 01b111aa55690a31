import { type Kysely, sql } from 'kysely'

/**
 * Which homes were lost, as a forecast learns it: not every place that somebody left and not every need that came near it. A
 * home is a form that is for living in (the ladder's purpose); whoever leaves a bed for the night or an institution for no
 * place is where she was before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Homes that were lost, each with the need that its household was back in the queue with: registered within three months
    -- after it left, or before and still open then, without a home of its own meanwhile. Who moves within a month on a need
    -- that stood open already, has moved.
    create view lost_home as
    select distinct on (s.occupancy_id) s.occupancy_id, n.id as need_id
    from stay s join occupancy o on o.id = s.occupancy_id
      join place p on p.id = o.place_id join housing_form f on f.id = p.form
      join need n on n.household_id = s.household_id
      cross join lateral (select upper(o.during) as left_on, (n.registered_at at time zone 'Europe/Oslo')::date as registered_on,
        (n.ended_at at time zone 'Europe/Oslo')::date as ended_on) d
    where f.facts ->> 'purpose' = 'home' and d.left_on is not null
      and n.origin in ('no_home', 'temporary', 'with_others')
      and d.registered_on between d.left_on - 92 and d.left_on + 92
      and (d.ended_on is null or d.ended_on > d.left_on)
      and not exists (select from stay t where t.household_id = s.household_id and t.id <> s.id
        and lower(t.during) between lower(s.during) + 1 and greatest(d.registered_on, d.left_on
          + case when d.registered_on <= d.left_on then 31 else 1 end))
    order by s.occupancy_id, n.registered_at, n.id;
    revoke all on lost_home from public;

    create or replace view forecast_stay as
    with lived as (
      select s.household_id, s.holding_district, s.occupancy_id, o.place_id, lower(o.during) as from_day, upper(o.during) as to_day,
        s.ready_to_move_on_since, lead(lower(o.during)) over (partition by s.household_id order by lower(o.during), s.id) as next_from
      from stay s join occupancy o on o.id = s.occupancy_id
    )
    select l.holding_district, l.place_id, l.from_day, l.to_day, l.ready_to_move_on_since,
      coalesce(l.next_from <= l.to_day + 1, false) as moved_on,
      l.occupancy_id in (select h.occupancy_id from lost_home h) as lost
    from lived l;

    create or replace view forecast_need as
    select coalesce(n.responsible_district, n.holding_district) as district, n.forms[1] as first, n.forms[2] as second,
      d.registered_day, d.ended_day, lives.form as lives_in, given.form as given,
      n.id in (select h.need_id from lost_home h) as after_loss,
      n.origin, n.urgency_grounds, n.situation_since, n.must_leave_by, n.ready_to_move_on_since,
      case when n.ended_at is null then (select count(*) from household_child c
        where c.household_id = n.household_id and c.arrangement = 'living')::integer else 0 end as children_living
    from need n
    cross join lateral (select (n.registered_at at time zone 'Europe/Oslo')::date as registered_day,
      (n.ended_at at time zone 'Europe/Oslo')::date as ended_day) d
    left join lateral (select p.form from stay s join occupancy o on o.id = s.occupancy_id join place p on p.id = o.place_id
      where s.household_id = n.household_id and o.during @> d.registered_day order by lower(o.during) desc limit 1) lives on true
    left join lateral (select p.form from stay s join occupancy o on o.id = s.occupancy_id join place p on p.id = o.place_id
      where n.status = 'closed' and coalesce(n.ended_reason, 'housed') = 'housed' and s.household_id = n.household_id
        and lower(o.during) between d.ended_day - 1 and d.ended_day + 61 order by lower(o.during) limit 1) given on true
    where n.registered_at is not null and cardinality(n.forms) > 0;
  `)
    .execute(db)
}
