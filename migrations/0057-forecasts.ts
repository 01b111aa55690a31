import { type Kysely, sql } from 'kysely'

/**
 * Forecasts: a job under its own database role reads stays and needs without names or numbers of anybody, and leaves nothing
 * but numbers, which planners and the managers of the bydeler read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Stays in places, for how long they last: whether she moved straight on to another place, and whether the home was lost,
    -- which is that she left for no place and had a need registered within three months.
    create view forecast_stay as
    with lived as (
      select s.household_id, s.holding_district, o.place_id, lower(o.during) as from_day, upper(o.during) as to_day,
        s.ready_to_move_on_since, lead(lower(o.during)) over (partition by s.household_id order by lower(o.during), s.id) as next_from
      from stay s join occupancy o on o.id = s.occupancy_id
    )
    select l.holding_district, l.place_id, l.from_day, l.to_day, l.ready_to_move_on_since,
      coalesce(l.next_from <= l.to_day + 1, false) as moved_on,
      (l.to_day is not null and not coalesce(l.next_from <= l.to_day + 1, false) and exists (select from need n
        where n.household_id = l.household_id and n.origin in ('no_home', 'temporary', 'with_others')
          and (n.registered_at at time zone 'Europe/Oslo')::date between l.to_day - 30 and l.to_day + 92)) as lost
    from lived l;

    -- Registered needs: what form they were given is that of the stay that began when they were met; where she lived meanwhile.
    create view forecast_need as
    select coalesce(n.responsible_district, n.holding_district) as district, n.forms[1] as first, n.forms[2] as second,
      d.registered_day, d.ended_day, lives.form as lives_in, given.form as given,
      exists (select from stay s join occupancy o on o.id = s.occupancy_id
        where s.household_id = n.household_id and n.origin in ('no_home', 'temporary', 'with_others')
          and upper(o.during) between d.registered_day - 92 and d.registered_day + 30
          and not exists (select from stay t join occupancy p on p.id = t.occupancy_id
            where t.household_id = n.household_id and lower(p.during) between lower(o.during) + 1 and upper(o.during) + 1)) as after_loss,
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
    revoke all on forecast_stay, forecast_need from public;
    grant select on forecast_stay, forecast_need to boligtrapp_job;

    create table forecast (
      id uuid primary key default uuidv7(),
      status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
      progress real not null default 0 check (progress between 0 and 1),
      stage text not null default 'queued',
      requested_by uuid not null references account,
      requested_at timestamptz not null,
      started_at timestamptz,
      heartbeat_at timestamptz,
      finished_at timestamptz,
      cancel_requested boolean not null default false,
      error text check (length(error) <= 500),
      as_of date not null,
      until date not null check (until > as_of),
      runs integer not null check (runs between 100 and 5000),
      seed integer not null,
      -- what a scenario changes beside what is planned already
      changes jsonb not null default '[]',
      -- what it was computed from and with: the city's version, the policies, the rates with how sure they are
      city_version bigint,
      policies jsonb,
      assumptions jsonb,
      points date[],
      -- without persons, compressed, kept for a time: the forecast can be computed again from it
      input bytea,
      input_expires_at timestamptz,
      check ((status = 'completed') = (assumptions is not null))
    );
    create index forecast_status on forecast (status, id);
    create index forecast_requester on forecast (requested_by, status);

    -- Quantiles of all runs over the forecast's points; null where nobody waits in most runs.
    create table forecast_series (
      forecast_id uuid not null references forecast on delete cascade,
      measure text not null check (measure in ('occupied', 'queue', 'waitedDays', 'residents', 'shortfall')),
      -- null: the city
      district text,
      form text not null,
      p10 real[] not null,
      p50 real[] not null,
      p90 real[] not null,
      constraint forecast_series_once unique nulls not distinct (forecast_id, measure, district, form)
    );

    create function reads_forecasts() returns boolean language sql stable as $$
      select app_role() in ('planner', 'district_manager')
    $$;
    grant execute on function reads_forecasts() to boligtrapp_app, boligtrapp_job;
    alter table forecast enable row level security;
    create policy jobs on forecast to boligtrapp_job using (true) with check (true);
    create policy readers on forecast for select to boligtrapp_app using (reads_forecasts());
    create policy own_requests on forecast for insert to boligtrapp_app
      with check (requested_by = app_actor() and status = 'queued' and app_role() = 'planner');
    create policy own_cancels on forecast for update to boligtrapp_app using (requested_by = app_actor());
    alter table forecast_series enable row level security;
    create policy jobs on forecast_series to boligtrapp_job using (true) with check (true);
    create policy readers on forecast_series for select to boligtrapp_app using (reads_forecasts());

    grant select, insert on forecast to boligtrapp_app;
    grant update (cancel_requested) on forecast to boligtrapp_app;
    grant select on forecast_series to boligtrapp_app;
    grant select, update on forecast to boligtrapp_job;
    grant select, insert, delete on forecast_series to boligtrapp_job;
  `)
    .execute(db)
}
