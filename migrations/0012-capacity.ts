import { type Kysely, sql } from 'kysely'

/**
 * Capacity of any day: when a house admitted, since when a hold is firm, the queue as counts, and indexes that find what a day
 * or a period touches however long the history is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Whether a house admitted, over time: facility.admitting is only today's answer. Kept by the trigger below and by nobody
    -- else. Before its first row nothing is known, and whoever reads it must say so.
    create table facility_admission (
      facility_id uuid not null references facility,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      admitting boolean not null,
      reason text,
      primary key (facility_id, during without overlaps),
      check (admitting or reason is not null)
    );
    alter table facility_admission enable row level security;
    create policy everyone_reads on facility_admission for select using (true);
    grant select on facility_admission to boligtrapp_app, boligtrapp_job;

    create function record_admission() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      today date := app_today();
    begin
      if tg_op = 'UPDATE' then
        -- changed twice on one day, the last word is the day's
        update facility_admission a
          set during = daterange(today, null), admitting = new.admitting, reason = new.not_admitting_reason
          where a.facility_id = new.id and upper_inf(a.during) and lower(a.during) >= today;
        if found then return null; end if;
        update facility_admission a set during = daterange(lower(a.during), today)
          where a.facility_id = new.id and upper_inf(a.during);
      end if;
      insert into facility_admission (facility_id, during, admitting, reason)
        values (new.id, daterange(today, null), new.admitting, new.not_admitting_reason);
      return null;
    end $$;
    create trigger facility_admission_begins after insert on facility for each row execute function record_admission();
    create trigger facility_admission_changes after update of admitting, not_admitting_reason on facility for each row
      when (new.admitting is distinct from old.admitting or new.not_admitting_reason is distinct from old.not_admitting_reason)
      execute function record_admission();
    insert into facility_admission (facility_id, during, admitting, reason)
      select id, daterange(app_today(), null), admitting, not_admitting_reason from facility;

    -- Until when a place was offered and from when it was firmly held, told without the offer, which is under row security.
    alter table hold add column firm_since timestamptz;
    update hold set firm_since = created_at where expires_at is null;
    create function note_firm_hold() returns trigger language plpgsql as $$
    begin
      new.firm_since := case when new.expires_at is not null then null when tg_op = 'INSERT' then new.created_at
        else coalesce(new.firm_since, app_now()) end;
      return new;
    end $$;
    create trigger hold_firm_since before insert or update of expires_at on hold for each row execute function note_firm_hold();

    -- The days in Oslo from one instant to another, both included; immutable, so that it can be indexed. An end before its
    -- beginning (two clocks) is that one day.
    create function oslo_days(since timestamptz, until timestamptz) returns daterange
      language sql immutable parallel safe as $$
      select daterange((least(since, until) at time zone 'Europe/Oslo')::date, (until at time zone 'Europe/Oslo')::date, '[]')
    $$;
    create index occupancy_during on occupancy using gist (during);
    create index closure_during on closure using gist (during);
    create index hold_days on hold using gist (oslo_days(created_at, ended_at));
    create index need_waiting_days on need using gist (oslo_days(registered_at, ended_at)) where registered_at is not null;

    -- The queue on some days: registered needs that had not ended, by responsible district (the holding one while it is
    -- unresolved) and the form asked for first. Counts alone, of the whole city, for everybody who is signed in.
    create function queue_on(days date[]) returns table (day date, district text, form text, waiting bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select d.day, coalesce(n.responsible_district, n.holding_district), n.forms[1], count(*)
      from unnest(days) as d (day)
      join need n on n.registered_at is not null and oslo_days(n.registered_at, n.ended_at) @> d.day
        and (n.ended_at is null or (n.ended_at at time zone 'Europe/Oslo')::date > d.day)
      group by 1, 2, 3
    $$;
    -- How long needs waited, as a life table over [since, until): for each number of days waited how many came under
    -- observation, were housed, and went out of sight unhoused (still waiting, or ended otherwise). The three are counted apart,
    -- so no row tells when one need began and ended.
    create function waiting_ages(since date, until date)
      returns table (district text, form text, days integer, entered bigint, housed bigint, censored bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      with watched as (
        select coalesce(n.responsible_district, n.holding_district) as district, n.forms[1] as form,
          greatest(since - w.registered, 0) as enters,
          least(w.ended, until - 1) - w.registered as leaves,
          coalesce(w.ended < until and n.status = 'closed' and coalesce(n.ended_reason, 'housed') = 'housed', false) as housed
        from need n
        cross join lateral (select lower(oslo_days(n.registered_at, n.ended_at)) as registered,
          upper(oslo_days(n.registered_at, n.ended_at)) - 1 as ended) w
        where n.registered_at is not null and oslo_days(n.registered_at, n.ended_at) && daterange(since, until)
      )
      select w.district, w.form, e.days, sum(e.entered), sum(e.housed), sum(e.censored)
      from watched w
      cross join lateral (values (w.enters, 1, 0, 0), (w.leaves, 0, w.housed::integer, 1 - w.housed::integer))
        as e (days, entered, housed, censored)
      group by 1, 2, 3
    $$;
    revoke execute on function queue_on(date[]), waiting_ages(date, date) from public;
    grant execute on function queue_on(date[]), waiting_ages(date, date) to boligtrapp_app, boligtrapp_job;
  `)
    .execute(db)
}
