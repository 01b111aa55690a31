import { type Kysely, sql } from 'kysely'

/**
 * A place that is reserved for a need before anything is offered: a hold like any other, exclusive among them, and apart from it
 * whose it is. An offer of the place to the same need takes it over; it is over with the need, and with a yes to another place.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- nothing is offered by it yet: a day counts it as held, not as offered
    alter table hold add column reserved boolean not null default false;
    create or replace function note_firm_hold() returns trigger language plpgsql as $$
    begin
      new.firm_since := case when new.reserved then new.created_at when new.expires_at is not null then null
        when tg_op = 'INSERT' then new.created_at else coalesce(new.firm_since, app_now()) end;
      return new;
    end $$;

    -- Whose a reserved place is; a hold itself has no person.
    create table need_hold (
      id uuid primary key references hold,
      need_id uuid not null,
      holding_district text not null,
      reserved_by uuid not null references account,
      created_at timestamptz not null default now(),
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade
    );
    create index need_hold_need on need_hold (need_id);
    create index need_hold_district on need_hold (holding_district, id);
    alter table need_hold enable row level security;
    create policy circle on need_hold to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    -- Felles inntak gives a place that the bydel has reserved for the one it referred
    create policy referred on need_hold for select to boligtrapp_app
      using (app_role() = 'intake_officer' and need_id in (select needs_referred_to_vel()) and not need_protected(need_id));
    grant select, insert on need_hold to boligtrapp_app;
    create trigger need_hold_log after insert or update or delete on need_hold for each row execute function log_change();

    -- Given back with what it was for. What an offer has taken over is the offer's, and what has run out is met elsewhere.
    create function lapse_holds(need uuid) returns void
      language sql security definer set search_path = public, pg_temp as $$
      update hold h set ended_at = app_now(), ended_reason = 'released'
        where h.ended_at is null and h.expires_at > app_now() and h.reserved
          and h.id in (select kept.id from need_hold kept where kept.need_id = lapse_holds.need)
    $$;
    create function lapse_with_need() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform lapse_holds(new.id);
      return null;
    end $$;
    create trigger need_lapses_holds after update of status on need
      for each row when (old.status = 'registered' and new.status <> 'registered') execute function lapse_with_need();
    create function lapse_with_yes() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform lapse_holds(new.need_id);
      return null;
    end $$;
    create trigger offer_lapses_holds after update of accepted_at on offer
      for each row when (old.accepted_at is null and new.accepted_at is not null) execute function lapse_with_yes();
    revoke execute on function lapse_holds(uuid), lapse_with_need(), lapse_with_yes() from public;

    -- A run knows which places are held for the need itself, offered or not.
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
      array(select hold.place_id from hold where hold.ended_at is null and (hold.expires_at is null or hold.expires_at > app_now())
        and (hold.id in (select o.hold_id from offer o where o.need_id = n.id)
          or hold.id in (select kept.id from need_hold kept where kept.need_id = n.id)) order by hold.place_id) as own_holds
    from need n
    join household h on h.id = n.household_id
    join lateral (select r.gender, r.birth_date from resident r where r.household_id = h.id order by r.id limit 1) r on true
    cross join pseudonym_key k
    where n.status = 'registered' and (n.parked_until is null or n.parked_until <= app_today())
      and not exists (select from offer o where o.need_id = n.id and o.accepted_at is not null and o.declined_at is null
        and o.withdrawn_at is null and o.moved_in_at is null);
  `)
    .execute(db)
}
