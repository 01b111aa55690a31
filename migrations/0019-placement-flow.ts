import { type Kysely, sql } from 'kysely'

/**
 * What the flow of placement needs besides its tables: one lock a place, holds that end when their time is over, moves that
 * several roles record, evidence and tasks that are made once, and a run over the city that knows who is already on her way.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table reason_code drop constraint reason_code_kind_check;
    alter table reason_code add constraint reason_code_kind_check check (kind in ('decline_resident', 'decline_provider',
      'withdrawal', 'closure', 'offer_withdrawal', 'departure', 'extension', 'transfer'));

    -- each longer deadline with the one before it: a list that is only added to
    alter table offer add column reply_extensions jsonb not null default '[]';
    -- what the data said of the criterion that a no was given for, at that moment
    alter table offer add column decline_verdict jsonb;
    alter table referral add column decline_verdict jsonb;

    -- Evidence is kept once, however often what caused it is recorded.
    create unique index shortfall_once_an_offer on shortfall_record (offer_id, kind) where offer_id is not null;
    create unique index shortfall_once_a_decision on shortfall_record (decision_id) where decision_id is not null;
    create unique index shortfall_once_a_need on shortfall_record (need_id, kind) where offer_id is null and decision_id is null;
    -- One open task of a kind about one thing.
    create unique index task_once on task (kind, need_id, offer_id, referral_id, stay_id, decision_id) nulls not distinct
      where done_at is null and dropped_at is null;

    -- The place first: whoever gives it away waits here for whoever is doing so, and then meets what became of it. Not the
    -- strongest lock, so that what merely points at the place does not wait. Ends what has run out there on the way.
    create function lock_place(place uuid) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from place p where p.id = lock_place.place for no key update;
      update hold h set ended_at = app_now(), ended_reason = 'expired'
        where h.place_id = lock_place.place and h.ended_at is null and h.expires_at <= app_now();
      update offer o set expired_at = o.reply_by
        where o.place_id = lock_place.place and o.reply_by <= app_now()
          and o.accepted_at is null and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null;
    end $$;

    -- Tasks are made by transitions, whoever's they are: intake's answer is work for the bydel, and so is a move that a house
    -- records.
    create function insert_task(kind text, district text, need uuid, offer uuid, referral uuid, stay uuid, due date, reason text)
      returns void language sql security definer set search_path = public, pg_temp as $$
      insert into task (kind, holding_district, need_id, offer_id, referral_id, stay_id, due_on, reason, created_at)
      values (kind, district, need, offer, referral, stay, due, reason, app_now()) on conflict do nothing
    $$;
    create function add_task(kind text, district text, need uuid, offer uuid, referral uuid, stay uuid, due date, reason text)
      returns void language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if not (works_with_people_of(district) or app_role() in ('intake_officer', 'facility_staff')) then
        raise exception 'no task for another district' using errcode = '42501';
      end if;
      perform insert_task(kind, district, need, offer, referral, stay, due, reason);
    end $$;
    -- What a task was about is over; only tasks about a thing that the caller may see are named to it.
    create function drop_tasks(kinds text[], offer uuid, referral uuid, stay uuid) returns void
      language sql security definer set search_path = public, pg_temp as $$
      update task t set dropped_at = app_now()
      where t.kind = any (kinds) and t.done_at is null and t.dropped_at is null
        and (t.offer_id = drop_tasks.offer or t.referral_id = drop_tasks.referral or t.stay_id = drop_tasks.stay)
        and app_role() in ('housing_officer', 'district_manager', 'intake_officer', 'facility_staff')
    $$;

    -- What has to be known for a move-in, told to the bydel and to the house that she is expected in.
    create function move_in_facts(offer uuid)
      returns table (need_id uuid, household_id uuid, need_status text, service_decision_on date, decision_granted boolean,
        other_homes bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select n.id, n.household_id, n.status, n.service_decision_on,
        exists (select from decision d where d.need_id = n.id and d.outcome = 'granted' and d.issued_on is not null
          and (d.offer_id is null or d.offer_id = o.id)),
        (select count(*) from stay s where s.household_id = n.household_id and upper_inf(s.during))
      from offer o join need n on n.id = o.need_id
      where o.id = move_in_facts.offer and not household_protected(n.household_id)
        and (works_with_people_of(o.holding_district) or (place_in_own_facility(o.place_id) and o.accepted_at is not null))
    $$;
    -- The move-in of an accepted offer, whole: the place is taken, the stay begins, the need is met, and what else was on its
    -- way for the same need ends. One function, because a house may record it and sees neither the need nor the other offers.
    create function begin_stay(offer uuid, moves_in date, expected date) returns uuid
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
        where t.need_id = given.need_id and t.stay_id is null and t.decision_id is null and t.done_at is null and t.dropped_at is null;
      return begun;
    end $$;

    -- Where a household that leaves can go: other homes it has, and accepted offers that wait for it.
    create function next_homes(stay uuid)
      returns table (kind text, form text, begins_on date, lease_signed_on date, decision_granted boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      with leaving as (
        select s.* from stay s left join occupancy o on o.id = s.occupancy_id
        where s.id = next_homes.stay and not household_protected(s.household_id)
          and (works_with_people_of(s.holding_district) or (o.id is not null and place_in_own_facility(o.place_id)))
      )
      select 'stay', s.form, lower(s.during), null::date, false from leaving l
        join stay s on s.household_id = l.household_id and s.id <> l.id and upper_inf(s.during)
      union all
      select 'offer', o.form_given, o.move_in_on, o.lease_signed_on,
          n.service_decision_on is not null or exists (select from decision d where d.need_id = n.id and d.outcome = 'granted'
            and d.issued_on is not null and (d.offer_id is null or d.offer_id = o.id))
        from leaving l join need n on n.household_id = l.household_id join offer o on o.need_id = n.id
        where o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null
    $$;
    -- Whether a household that leaves still waits for a home: its need is then looked at again by the bydel.
    create function open_need_of_stay(stay uuid) returns uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select n.id from stay s join need n on n.household_id = s.household_id and n.status in ('draft', 'registered')
      left join occupancy o on o.id = s.occupancy_id
      where s.id = open_need_of_stay.stay and not household_protected(s.household_id)
        and (works_with_people_of(s.holding_district) or (o.id is not null and place_in_own_facility(o.place_id)))
    $$;
    -- The same household to another place on one day: out of the one and into the other, or neither.
    create function transfer_stay(stay uuid, place uuid, moves_on date, why text, remark text) returns uuid
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
      insert into stay_event (stay_id, holding_district, kind, occurred_on, recorded_at, recorded_by, reason, note, other_stay_id)
        values (left_stay.id, left_stay.holding_district, 'transferred_out', moves_on, app_now(), app_actor(), why, remark, new_stay),
          (new_stay, left_stay.holding_district, 'transferred_in', moves_on, app_now(), app_actor(), why, remark, left_stay.id);
      -- what was to be followed up goes with the household
      update task t set stay_id = new_stay where t.stay_id = left_stay.id and t.done_at is null and t.dropped_at is null;
      return new_stay;
    end $$;

    -- What time alone brings about, for the job that looks every minute. It is told of no person.
    create function end_expired_offers() returns integer
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      at_place uuid;
      places integer := 0;
    begin
      for at_place in
        select o.place_id from offer o where o.reply_by <= app_now() and o.accepted_at is null and o.declined_at is null
          and o.withdrawn_at is null and o.expired_at is null
        union select h.place_id from hold h where h.ended_at is null and h.expires_at <= app_now()
        order by 1
      loop
        perform lock_place(at_place);
        places := places + 1;
      end loop;
      return places;
    end $$;
    -- Offers that nobody has been told about: run out this last week, or to be answered before remind_before.
    create function placement_due(remind_before timestamptz)
      returns table (kind text, offer_id uuid, need_id uuid, holding_district text, place_label text, facility_name text, reply_by timestamptz)
      language sql stable security definer set search_path = public, pg_temp as $$
      select due.kind, o.id, o.need_id, o.holding_district, p.label, f.name, o.reply_by
      from (
        select 'offer_expired' as kind, o.id from offer o join need n on n.id = o.need_id
          where o.expired_at > app_now() - interval '7 days' and n.status = 'registered'
            and not exists (select from task t where t.offer_id = o.id and t.kind = 'offer_expired')
        union all
        select 'offer_reply_due', o.id from offer o
          where o.reply_by > app_now() and o.reply_by <= remind_before and o.reminded_at is null
            and o.accepted_at is null and o.declined_at is null and o.withdrawn_at is null and o.expired_at is null
      ) as due
      join offer o on o.id = due.id join place p on p.id = o.place_id join facility f on f.id = p.facility_id
    $$;
    create function reminded(offer uuid) returns void language sql security definer set search_path = public, pg_temp as $$
      update offer o set reminded_at = app_now() where o.id = reminded.offer
    $$;

    -- Who may ask which houses a household must keep out of: whoever is about to place it.
    create function may_place(household uuid, district text) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select works_with_people_of(district) or household in (select households_referred_to_vel())
        or household in (select households_living_in_own_facilities())
    $$;
    -- Who is expected in a house counts in it like who lives there.
    create or replace function facilities_to_avoid(household uuid, today date) returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.facility_id
      from resident me
      join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
      join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
      join stay s on s.household_id = other.household_id
      join occupancy o on o.id = s.occupancy_id
      join place p on p.id = o.place_id
      where me.household_id = household and may_place(me.household_id, me.holding_district)
        and o.during && daterange(today, null)
      union
      select p.facility_id
      from resident me
      join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
      join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
      join need n on n.household_id = other.household_id
      join offer o on o.need_id = n.id and o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null
      join place p on p.id = o.place_id
      where me.household_id = household and may_place(me.household_id, me.holding_district)
    $$;
    create or replace function facility_mix(today date) returns table (facility_id uuid, extensive_behaviour bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select house, count(*) from (
        select p.facility_id as house
        from stay s
        join occupancy o on o.id = s.occupancy_id and o.during @> today
        join place p on p.id = o.place_id
        join lateral (select n.behaviour from need n where n.household_id = s.household_id and n.behaviour is not null
          order by n.id desc limit 1) n on n.behaviour = 3
        union all
        select p.facility_id
        from offer o join need n on n.id = o.need_id and n.behaviour = 3 join place p on p.id = o.place_id
        where o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null
      ) as lives_or_comes group by house
    $$;

    -- A run proposes for nobody who has said yes to a home or whose need rests, and knows which places are held for the need itself.
    create or replace view matching_need as
    select
      encode(substring(hmac(convert_to(n.id::text, 'utf8'), k.key, 'sha256') for 16), 'hex')::uuid as pseudonym,
      n.holding_district, n.responsible_district, n.registered_at,
      n.origin, n.situation_since, n.urgency_grounds, n.must_leave_by, n.ready_to_move_on_since,
      n.forms, n.required_features, n.wanted_features, n.excluded_districts, n.wanted_districts, n.excluded_facilities,
      n.substance_stance, n.behaviour, n.security, lower(n.needed_during) as needed_from, upper(n.needed_during) as needed_to,
      h.adults, h.pets, r.gender,
      extract(year from age(app_today(), r.birth_date))::integer as age,
      (select count(*) from household_child c where c.household_id = h.id and c.arrangement = 'living')::integer as children_living,
      (select count(*) from household_child c where c.household_id = h.id and c.arrangement = 'visiting')::integer as children_visiting,
      array(select o.place_id from stay s join occupancy o on o.id = s.occupancy_id
        where s.household_id = h.id and o.during @> app_today() order by o.place_id) as own_places,
      array(select p.facility_id
        from resident me
        join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
        join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
        join stay s on s.household_id = other.household_id
        join occupancy o on o.id = s.occupancy_id and o.during && daterange(app_today(), null)
        join place p on p.id = o.place_id
        where me.household_id = h.id
        union
        select p.facility_id
        from resident me
        join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
        join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
        join need coming on coming.household_id = other.household_id
        join offer o on o.need_id = coming.id and o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null
          and o.moved_in_at is null
        join place p on p.id = o.place_id
        where me.household_id = h.id) as facilities_to_avoid,
      array(select distinct encode(substring(hmac(convert_to(other_need.id::text, 'utf8'), k.key, 'sha256') for 16), 'hex')::uuid
        from resident me
        join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
        join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
        join need other_need on other_need.household_id = other.household_id and other_need.status = 'registered'
        where me.household_id = h.id) as apart_from,
      exists (select from resident p where p.household_id = h.id and p.address_protection <> 'none') as shielded,
      array(select o.place_id from offer o join hold on hold.id = o.hold_id and hold.ended_at is null
        where o.need_id = n.id order by o.place_id) as own_holds
    from need n
    join household h on h.id = n.household_id
    join lateral (select r.gender, r.birth_date from resident r where r.household_id = h.id order by r.id limit 1) r on true
    cross join pseudonym_key k
    where n.status = 'registered' and (n.parked_until is null or n.parked_until <= app_today())
      and not exists (select from offer o where o.need_id = n.id and o.accepted_at is not null and o.declined_at is null
        and o.withdrawn_at is null and o.moved_in_at is null);
    -- How many those are, so that a run says whom it leaves out.
    create view matching_left_out as
    select n.holding_district,
      count(*) filter (where said.yes)::integer as accepted,
      count(*) filter (where not said.yes)::integer as resting
    from need n
    cross join lateral (select exists (select from offer o where o.need_id = n.id and o.accepted_at is not null
      and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null) as yes) as said
    where n.status = 'registered' and (said.yes or n.parked_until > app_today())
    group by n.holding_district;
    revoke all on matching_left_out from public;
    grant select on matching_left_out to boligtrapp_job;

    revoke execute on function lock_place(uuid), insert_task(text, text, uuid, uuid, uuid, uuid, date, text),
      add_task(text, text, uuid, uuid, uuid, uuid, date, text), drop_tasks(text[], uuid, uuid, uuid), move_in_facts(uuid),
      begin_stay(uuid, date, date), next_homes(uuid), open_need_of_stay(uuid), transfer_stay(uuid, uuid, date, text, text),
      end_expired_offers(), placement_due(timestamptz), reminded(uuid), may_place(uuid, text) from public;
    grant execute on function lock_place(uuid), add_task(text, text, uuid, uuid, uuid, uuid, date, text),
      drop_tasks(text[], uuid, uuid, uuid), move_in_facts(uuid), begin_stay(uuid, date, date), next_homes(uuid),
      open_need_of_stay(uuid), transfer_stay(uuid, uuid, date, text, text) to boligtrapp_app;
    grant execute on function insert_task(text, text, uuid, uuid, uuid, uuid, date, text), end_expired_offers(),
      placement_due(timestamptz), reminded(uuid) to boligtrapp_job;
  `)
    .execute(db)
}
