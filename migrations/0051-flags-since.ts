import { type Kysely, sql } from 'kysely'

/**
 * A flag says since when it has been so and how that is known, for how long it has been below its limit, how many records stand
 * behind it and which, and of which period its figure is. And how many waited for some forms in the quarters of each year, as
 * counts that everybody who steers may read.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table flag
      -- since when it has been so as far as history tells, else since it was raised
      alter column since type date using coalesce(since, (opened_at at time zone 'Europe/Oslo')::date),
      alter column since set not null,
      add column since_from text not null default 'raised' check (since_from in ('history', 'raised')),
      -- the first day in a row on which it was below the limit that closes it; null: it is not
      add column below_since date,
      -- how many records stood behind it when it was measured
      add column behind integer not null default 0 check (behind >= 0),
      -- of a run's shortages: which run, and which of its shortages are counted; null: all of them, or another rule
      add column run_id uuid,
      add column shortages integer[],
      -- in words: which period the figure is of, and what is to be said beside it
      add column period text check (length(period) between 1 and 100),
      add column addition text check (length(addition) between 1 and 500);
    alter table flag alter column since_from drop default, alter column behind drop default;
    -- the standing flags are measured again at once
    delete from flag_measurement;

    -- Needs for some forms that were open at the ends of a year's quarters, by the district that was responsible: counts alone.
    create function open_needs_of_years(forms text[], first_year integer, last_year integer)
      returns table (district text, year integer, open integer)
      language sql stable security definer set search_path = public, pg_temp as $$
      with asked as materialized (
        select coalesce(n.responsible_district, n.holding_district) as district,
          (n.registered_at at time zone 'Europe/Oslo')::date as registered, (n.ended_at at time zone 'Europe/Oslo')::date as ended
        from need n where n.registered_at is not null and n.forms && open_needs_of_years.forms
      ), quarter as (
        select y as year, (make_date(y, 1, 1) + make_interval(months => 3 * q))::date - 1 as day
        from generate_series(first_year, last_year) as y cross join generate_series(1, 4) as q
      )
      select asked.district, quarter.year, count(*)::integer
      from quarter join asked on asked.registered <= quarter.day and (asked.ended is null or asked.ended > quarter.day)
      group by 1, 2
    $$;
    revoke execute on function open_needs_of_years(text[], integer, integer) from public;
    grant execute on function open_needs_of_years(text[], integer, integer) to boligtrapp_app, boligtrapp_job;
  `)
    .execute(db)
}
