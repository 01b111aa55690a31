import { type Kysely, sql } from 'kysely'

/**
 * What can go wrong in the life of a stay: somebody who never came, a departure or a move-in that was recorded wrongly, a change
 * of place past a rule that the person herself may set aside, and a decision that nobody has made when she moves in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table reason_code drop constraint reason_code_kind_check;
    alter table reason_code add constraint reason_code_kind_check check (kind in ('decline_resident', 'decline_provider',
      'withdrawal', 'closure', 'offer_withdrawal', 'departure', 'extension', 'transfer', 'not_arrived', 'correction'));

    -- Said yes and never came: an offer that is withdrawn by what did not happen, and says so.
    alter table offer add column not_arrived_reason text;
    alter table offer add column not_arrived_note text check (length(not_arrived_note) <= 2000);
    alter table offer add column not_arrived_by uuid references account;
    alter table offer add constraint offer_not_arrived check (
      (withdrawn_reason is not distinct from 'not_arrived') = (not_arrived_reason is not null)
      and (not_arrived_reason is null) = (not_arrived_by is null) and (not_arrived_note is null or not_arrived_reason is not null)
      and (not_arrived_reason is null or accepted_at is not null));

    -- A correction stands beside what it corrects: the day as it was recorded and as it is. Null: none, she lives there.
    alter table stay_event drop constraint stay_event_kind_check;
    alter table stay_event add constraint stay_event_kind_check check (kind in ('moved_in', 'extended', 'departed',
      'transferred_out', 'transferred_in', 'departure_corrected', 'move_in_corrected'));
    alter table stay_event add column on_before date;
    alter table stay_event add column on_after date;
    alter table stay_event add constraint stay_event_corrected
      check (kind in ('departure_corrected', 'move_in_corrected') or (on_before is null and on_after is null));
    -- rules that the person herself may set aside, each with its reason, as on an offer
    alter table stay_event add column overrides jsonb not null default '[]';
    -- what a departure ended, so that it goes on when the departure turns out not to have been
    alter table stay_event add column dropped_tasks uuid[] not null default '{}';

    create or replace function depart_stay(stay uuid, left_on date, why text, remark text, may_return_until date) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lived stay%rowtype;
      dropped uuid[];
    begin
      select * into lived from stay s where s.id = depart_stay.stay for update;
      if lived.id is null or not upper_inf(lived.during) then
        raise exception 'this stay is not ended by the one who asks' using errcode = '42501';
      end if;
      -- refuses whoever may not
      perform end_occupancy(lived.id, left_on);
      update stay s set during = daterange(lower(s.during), left_on), departure_reason = why, right_of_return_until = may_return_until
        where s.id = lived.id;
      with ended as (
        update task t set dropped_at = app_now()
        where t.done_at is null and t.dropped_at is null
          and ((t.stay_id = lived.id and t.kind not in ('decision_due', 'end_previous_stay'))
            or (t.kind = 'end_previous_stay' and t.stay_id in (select s.id from stay s where s.household_id = lived.household_id)
              and (t.stay_id = lived.id
                or (select count(*) from stay s where s.household_id = lived.household_id and upper_inf(s.during)) <= 1)))
        returning t.id
      )
      select coalesce(array_agg(ended.id), '{}') into dropped from ended;
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, expected_before, reason, note,
          dropped_tasks)
        values (lived.id, lived.holding_district, 'departed', left_on, app_now(), app_actor(), lived.expected_until, why, remark,
          dropped);
    end $$;

    -- A departure that was recorded wrongly: on another day, or not at all. The place is taken again for the days between, and
    -- the exclusion refuses where somebody else has it. What the departure had ended goes on.
    create function correct_departure(stay uuid, left_on date, may_return_until date, why text, remark text) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lived stay%rowtype;
      lived_at uuid;
      departed stay_event%rowtype;
    begin
      select * into lived from stay s where s.id = correct_departure.stay for update;
      select o.place_id into lived_at from occupancy o where o.id = lived.occupancy_id;
      if lived.id is null or upper_inf(lived.during) or lived.departure_reason is not distinct from 'transferred'
          or household_protected(lived.household_id)
          or not (works_with_people_of(lived.holding_district) or (lived_at is not null and place_in_own_facility(lived_at))) then
        raise exception 'this departure is not corrected by the one who asks' using errcode = '42501';
      end if;
      update occupancy o set during = daterange(lower(o.during), left_on) where o.id = lived.occupancy_id;
      update stay s set during = daterange(lower(s.during), left_on), right_of_return_until = may_return_until,
          departure_reason = case when left_on is null then null else s.departure_reason end
        where s.id = lived.id;
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, on_before, on_after, reason, note)
        values (lived.id, lived.holding_district, 'departure_corrected', app_today(), app_now(), app_actor(), upper(lived.during),
          left_on, why, remark);
      if left_on is not null then return; end if;
      select * into departed from stay_event e where e.stay_id = lived.id and e.kind = 'departed' order by e.id desc limit 1;
      update task t set dropped_at = app_now()
        where t.stay_id = lived.id and t.kind in ('need_after_departure', 'return_right_ends')
          and t.done_at is null and t.dropped_at is null;
      update task t set dropped_at = null
        where t.id = any (departed.dropped_tasks) and t.done_at is null and t.dropped_at is not null
          and exists (select from stay s where s.id = t.stay_id and upper_inf(s.during))
          and not exists (select from task o where o.kind = t.kind and o.need_id is not distinct from t.need_id
            and o.offer_id is not distinct from t.offer_id and o.referral_id is not distinct from t.referral_id
            and o.stay_id is not distinct from t.stay_id and o.decision_id is not distinct from t.decision_id
            and o.done_at is null and o.dropped_at is null);
    end $$;

    -- A move-in that was recorded on the wrong day. Answers with the checks that were to follow it, which get new days.
    create function correct_move_in(stay uuid, moved_on date, why text, remark text) returns text[]
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lived stay%rowtype;
      lived_at uuid;
      checks text[];
    begin
      select * into lived from stay s where s.id = correct_move_in.stay for update;
      select o.place_id into lived_at from occupancy o where o.id = lived.occupancy_id;
      if lived.id is null or household_protected(lived.household_id)
          or exists (select from stay_event e where e.stay_id = lived.id and e.kind = 'transferred_in')
          or not (works_with_people_of(lived.holding_district) or (lived_at is not null and place_in_own_facility(lived_at))) then
        raise exception 'this move-in is not corrected by the one who asks' using errcode = '42501';
      end if;
      update occupancy o set during = daterange(moved_on, upper(o.during)) where o.id = lived.occupancy_id;
      update stay s set during = daterange(moved_on, upper(s.during)) where s.id = lived.id;
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, on_before, on_after, reason, note)
        values (lived.id, lived.holding_district, 'move_in_corrected', app_today(), app_now(), app_actor(), lower(lived.during),
          moved_on, why, remark);
      with ended as (
        update task t set dropped_at = app_now()
        where t.stay_id = lived.id and t.kind like 'check\\_%' and t.done_at is null and t.dropped_at is null
        returning t.kind
      )
      select coalesce(array_agg(ended.kind), '{}') into checks from ended;
      return checks;
    end $$;

    drop function transfer_stay(uuid, uuid, date, text, text);
    create function transfer_stay(stay uuid, place uuid, moves_on date, why text, remark text, set_aside jsonb) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      left_stay stay%rowtype;
      left_place uuid;
      new_form text;
      new_occupancy uuid;
      new_stay uuid;
    begin
      select * into left_stay from stay s where s.id = transfer_stay.stay for update;
      select o.place_id into left_place from occupancy o where o.id = left_stay.occupancy_id;
      if left_place is null or not upper_inf(left_stay.during) or household_protected(left_stay.household_id)
          or not (works_with_people_of(left_stay.holding_district)
            or (place_in_own_facility(left_place) and place_in_own_facility(transfer_stay.place))) then
        raise exception 'this stay is not moved by the one who asks' using errcode = '42501';
      end if;
      update occupancy o set during = daterange(lower(o.during), moves_on) where o.id = left_stay.occupancy_id;
      insert into occupancy (place_id, during) values (transfer_stay.place, daterange(moves_on, null)) returning id into new_occupancy;
      select p.form into new_form from place p where p.id = transfer_stay.place;
      update stay s set during = daterange(lower(s.during), moves_on), departure_reason = 'transferred' where s.id = left_stay.id;
      insert into stay (household_id, holding_district, occupancy_id, form, during, expected_until, original_expected_until,
          ready_to_move_on_since, offer_id, created_at)
        values (left_stay.household_id, left_stay.holding_district, new_occupancy, new_form, daterange(moves_on, null),
          left_stay.expected_until, coalesce(left_stay.original_expected_until, left_stay.expected_until),
          left_stay.ready_to_move_on_since, left_stay.offer_id, app_now())
        returning id into new_stay;
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, reason, note, other_stay_id, overrides)
        values (left_stay.id, left_stay.holding_district, 'transferred_out', moves_on, app_now(), app_actor(), why, remark, new_stay, '[]'),
          (new_stay, left_stay.holding_district, 'transferred_in', moves_on, app_now(), app_actor(), why, remark, left_stay.id, set_aside);
      -- what was to be followed up goes with the household
      update task t set stay_id = new_stay where t.stay_id = left_stay.id and t.done_at is null and t.dropped_at is null;
      return new_stay;
    end $$;

    -- Moving in meets the need; a decision that nobody has made is still to be made, and its task stands.
    create or replace function begin_stay(offer uuid, moves_in date, expected date) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      given offer%rowtype;
      lived_by uuid;
      taken uuid;
      begun uuid;
    begin
      select * into given from offer o where o.id = begin_stay.offer for update;
      select n.household_id into lived_by from need n where n.id = given.need_id for update;
      if given.id is null or given.accepted_at is null or given.moved_in_at is not null or household_protected(lived_by)
          or not (works_with_people_of(given.holding_district) or place_in_own_facility(given.place_id)) then
        raise exception 'this offer is not moved in on by the one who asks' using errcode = '42501';
      end if;
      taken := begin_occupancy(given.hold_id, moves_in);
      insert into stay (household_id, holding_district, occupancy_id, form, during, expected_until, original_expected_until, offer_id, created_at)
        values (lived_by, given.holding_district, taken, given.form_given, daterange(moves_in, null), expected, expected,
          given.id, app_now())
        returning id into begun;
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, expected_after)
        values (begun, given.holding_district, 'moved_in', moves_in, app_now(), app_actor(), expected);
      update offer o set moved_in_at = app_now(), stay_id = begun where o.id = given.id;
      update hold h set ended_at = app_now(), ended_reason = 'withdrawn' where h.ended_at is null and h.id in (select o.hold_id
        from offer o where o.need_id = given.need_id and o.id <> given.id
          and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null and o.moved_in_at is null);
      update offer o set withdrawn_at = app_now(), withdrawn_reason = 'other_offer_accepted'
        where o.need_id = given.need_id and o.id <> given.id
          and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null and o.moved_in_at is null;
      update referral r set withdrawn_at = app_now(), withdrawn_reason = 'other_offer_accepted'
        where r.need_id = given.need_id and r.withdrawn_at is null and (r.answer is null or r.answer = 'waiting');
      update need n set status = 'closed', ended_at = app_now(), ended_reason = 'housed', parked_until = null, parked_reason = null
        where n.id = given.need_id and n.status = 'registered';
      update task t set dropped_at = app_now()
        where t.need_id = given.need_id and t.stay_id is null and t.decision_id is null and t.kind not like 'decide\\_%'
          and t.done_at is null and t.dropped_at is null;
      return begun;
    end $$;

    -- Where somebody may come back to: the institution she moved on from, while the days run and she has not come back to it.
    -- Told to her bydel, and to Felles inntak while she is referred to it.
    create function rights_of_return(household uuid)
      returns table (stay_id uuid, form text, facility_id uuid, facility_name text, place_id uuid, right_until date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select s.id, s.form, f.id, f.name, p.id, s.right_of_return_until
      from stay s join occupancy o on o.id = s.occupancy_id join place p on p.id = o.place_id join facility f on f.id = p.facility_id
      where s.household_id = rights_of_return.household and s.right_of_return_until > app_today()
        and not household_protected(s.household_id)
        and (works_with_people_of(s.holding_district) or s.household_id in (select households_referred_to_vel()))
        and not exists (select from stay back join occupancy bo on bo.id = back.occupancy_id join place bp on bp.id = bo.place_id
          where back.household_id = s.household_id and upper_inf(back.during) and bp.facility_id = p.facility_id)
      order by s.right_of_return_until desc, s.id
    $$;

    -- The right to come back is asked about before it runs out, once, unless she has come back.
    drop function stays_due(date, jsonb, date);
    create function stays_due(ends_before date, review_months jsonb, review_before date, right_before date)
      returns table (kind text, stay_id uuid, holding_district text, form text, place_label text, facility_name text, due_on date,
        expected_until date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select due.kind, s.id, s.holding_district, s.form, p.label, f.name, due.due_on, due.day
      from stay s
      cross join lateral (
        select 'stay_ends' as kind, s.expected_until - (stays_due.ends_before - app_today()) as due_on, s.expected_until as day
          where upper_inf(s.during) and s.expected_until >= app_today() and s.expected_until <= stays_due.ends_before
        union all
        select 'stay_overdue', s.expected_until, s.expected_until where upper_inf(s.during) and s.expected_until < app_today()
        union all
        select 'review_stay', r.reviewed_on, s.expected_until from (
          select (lower(s.during) + make_interval(months => n * (review_months ->> s.form)::integer))::date as reviewed_on
          from generate_series(1, 1 + (extract(year from age(review_before, lower(s.during))) * 12
            + extract(month from age(review_before, lower(s.during))))::integer / (review_months ->> s.form)::integer) as n
          where review_months ? s.form
        ) as r where upper_inf(s.during) and r.reviewed_on <= review_before and r.reviewed_on > app_today() - 31
        union all
        select 'return_right_ends', s.right_of_return_until - 1, s.right_of_return_until
          where s.right_of_return_until > app_today() and s.right_of_return_until <= stays_due.right_before
            and not exists (select from stay back join occupancy bo on bo.id = back.occupancy_id join place bp on bp.id = bo.place_id
              where back.household_id = s.household_id and upper_inf(back.during)
                and bp.facility_id = (select lp.facility_id from occupancy lo join place lp on lp.id = lo.place_id
                  where lo.id = s.occupancy_id))
      ) as due
      left join occupancy o on o.id = s.occupancy_id left join place p on p.id = o.place_id left join facility f on f.id = p.facility_id
      where (upper_inf(s.during) or s.right_of_return_until > app_today())
        and not exists (select from task t where t.stay_id = s.id and t.kind = due.kind
          and (t.due_on = due.due_on or (t.done_at is null and t.dropped_at is null)))
      order by due.due_on, s.id limit 500
    $$;

    revoke execute on function correct_departure(uuid, date, date, text, text), correct_move_in(uuid, date, text, text),
      transfer_stay(uuid, uuid, date, text, text, jsonb), rights_of_return(uuid), stays_due(date, jsonb, date, date) from public;
    grant execute on function correct_departure(uuid, date, date, text, text), correct_move_in(uuid, date, text, text),
      transfer_stay(uuid, uuid, date, text, text, jsonb), rights_of_return(uuid) to boligtrapp_app;
    grant execute on function stays_due(date, jsonb, date, date) to boligtrapp_job;
  `)
    .execute(db)
}
