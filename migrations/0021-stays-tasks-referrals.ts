import { type Kysely, sql } from 'kysely'

/**
 * What stays, tasks and referrals need besides their tables: a house sees its own stays and not where else its people live, a
 * departure is whole whoever records it, whoever ends a need waits for whoever is offering to it, and time alone makes tasks.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- A house sees who lives there, and who left a short while ago or may still come back; not the other homes of its people.
    create function stays_in_own_facilities() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 100 as $$
      select s.id from place p join occupancy o on o.place_id = p.id join stay s on s.occupancy_id = o.id
      where app_role() = 'facility_staff' and p.facility_id = any (app_facilities())
        and (upper_inf(s.during) or greatest(upper(s.during) + 31, s.right_of_return_until) > app_today())
    $$;
    alter policy own_facility on stay using (app_role() = 'facility_staff'
      and id in (select stays_in_own_facilities()) and not household_protected(household_id));
    alter policy own_facility_moves on stay using (app_role() = 'facility_staff' and upper_inf(during)
      and id in (select stays_in_own_facilities()) and not household_protected(household_id));

    -- A task about a stay is hidden like the stay, and so is what the log says of it.
    create function stay_protected(stay uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp cost 10000 as $$
      select household_protected(s.household_id) from stay s where s.id = stay_protected.stay
    $$;
    alter policy circle on task using (works_with_people_of(holding_district)
      and (need_id is null or not need_protected(need_id)) and (stay_id is null or not stay_protected(stay_id)));
    create or replace function logged_row_protected(table_name text, logged jsonb) returns boolean language sql stable as $$
      select case table_name
        when 'resident' then resident_protected((logged ->> 'id')::uuid)
        when 'household' then household_protected((logged ->> 'id')::uuid)
        else coalesce(resident_protected((logged ->> 'resident_id')::uuid), false)
          or coalesce(household_protected((logged ->> 'household_id')::uuid), false)
          or coalesce(need_protected((logged ->> 'need_id')::uuid), false)
          or coalesce(decision_protected((logged ->> 'decision_id')::uuid), false)
          or coalesce(stay_protected((logged ->> 'stay_id')::uuid), false)
      end
    $$;

    -- Out of a home, whole: the place is free from the day, what happened is on record, and looking in there is over. Two homes
    -- during a handover are one again.
    create function depart_stay(stay uuid, left_on date, why text, remark text, may_return_until date) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lived stay%rowtype;
    begin
      select * into lived from stay s where s.id = depart_stay.stay for update;
      if lived.id is null or not upper_inf(lived.during) then
        raise exception 'this stay is not ended by the one who asks' using errcode = '42501';
      end if;
      -- refuses whoever may not
      perform end_occupancy(lived.id, left_on);
      update stay s set during = daterange(lower(s.during), left_on), departure_reason = why, right_of_return_until = may_return_until
        where s.id = lived.id;
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, expected_before, reason, note)
        values (lived.id, lived.holding_district, 'departed', left_on, app_now(), app_actor(), lived.expected_until, why, remark);
      update task t set dropped_at = app_now()
        where t.stay_id = lived.id and t.kind <> 'decision_due' and t.done_at is null and t.dropped_at is null;
      update task t set dropped_at = app_now()
        where t.kind = 'end_previous_stay' and t.done_at is null and t.dropped_at is null
          and t.stay_id in (select s.id from stay s where s.household_id = lived.household_id)
          and (select count(*) from stay s where s.household_id = lived.household_id and upper_inf(s.during)) <= 1;
    end $$;

    -- What the household that lives somewhere required when it was last placed, for whoever may move it to another place.
    create function stay_requirements(stay uuid)
      returns table (required_features text[], excluded_facilities uuid[], substance_stance text, behaviour integer, security integer,
        responsible_district text)
      language sql stable security definer set search_path = public, pg_temp as $$
      select n.required_features, n.excluded_facilities, n.substance_stance, n.behaviour, n.security,
        coalesce(n.responsible_district, n.holding_district)
      from stay s join need n on n.household_id = s.household_id left join occupancy o on o.id = s.occupancy_id
      where s.id = stay_requirements.stay and n.status <> 'draft' and not household_protected(s.household_id)
        and (works_with_people_of(s.holding_district) or (o.id is not null and place_in_own_facility(o.place_id)))
      order by n.id desc limit 1
    $$;

    -- The need after the place: whoever ends it waits for whoever is giving it a place, and the other way round. Told its
    -- status only where it may be seen.
    create function lock_need(need uuid) returns text
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      found_status text;
    begin
      select n.status into found_status from need n where n.id = lock_need.need
        and not household_protected(n.household_id)
        and (works_with_people_of(n.holding_district) or n.id in (select needs_referred_to_vel()))
        for no key update;
      return found_status;
    end $$;
    -- Felles inntak sees only what it gave itself; whether the bydel has got a yes elsewhere is all it is told.
    create function home_accepted(need uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from offer o where o.need_id = home_accepted.need and o.accepted_at is not null
          and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null)
        and exists (select from needs_referred_to_vel() as referred where referred = home_accepted.need)
    $$;

    -- Stays that somebody has to look at: about to end, gone on for longer than agreed, or due for review by the norm of the
    -- form (months by form, as given). A task is made once for each day it is due on. Without a person, for the job.
    create function stays_due(ends_before date, review_months jsonb, review_before date)
      returns table (kind text, stay_id uuid, holding_district text, form text, place_label text, facility_name text, due_on date,
        expected_until date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select due.kind, s.id, s.holding_district, s.form, p.label, f.name, due.due_on, s.expected_until
      from stay s
      cross join lateral (
        select 'stay_ends' as kind, s.expected_until - (stays_due.ends_before - app_today()) as due_on
          where s.expected_until >= app_today() and s.expected_until <= stays_due.ends_before
        union all
        select 'stay_overdue', s.expected_until where s.expected_until < app_today()
        union all
        select 'review_stay', r.reviewed_on from (
          select (lower(s.during) + make_interval(months => n * (review_months ->> s.form)::integer))::date as reviewed_on
          from generate_series(1, 1 + (extract(year from age(review_before, lower(s.during))) * 12
            + extract(month from age(review_before, lower(s.during))))::integer / (review_months ->> s.form)::integer) as n
          where review_months ? s.form
        ) as r where r.reviewed_on <= review_before and r.reviewed_on > app_today() - 31
      ) as due
      left join occupancy o on o.id = s.occupancy_id left join place p on p.id = o.place_id left join facility f on f.id = p.facility_id
      where upper_inf(s.during)
        and not exists (select from task t where t.stay_id = s.id and t.kind = due.kind
          and (t.due_on = due.due_on or (t.done_at is null and t.dropped_at is null)))
      order by due.due_on, s.id limit 500
    $$;

    revoke execute on function stays_in_own_facilities(), depart_stay(uuid, date, text, text, date), stay_requirements(uuid),
      lock_need(uuid), home_accepted(uuid), stays_due(date, jsonb, date) from public;
    grant execute on function stays_in_own_facilities(), depart_stay(uuid, date, text, text, date), stay_requirements(uuid),
      lock_need(uuid), home_accepted(uuid) to boligtrapp_app;
    grant execute on function stays_due(date, jsonb, date) to boligtrapp_job;
  `)
    .execute(db)
}
