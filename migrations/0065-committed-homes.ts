import { type Kysely, sql } from 'kysely'

/**
 * A home that a bydel has set aside for somebody by its word is kept for her: no run and no match gives it to another, and her
 * own need knows it as hers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Which homes are set aside and from when they are to be ready, and never for whom.
    create view committed_home as
    select c.place_id, c.ready_on from home_commitment c
    where c.place_id is not null and c.withdrawn_on is null and c.settled_on is null;
    revoke all on committed_home from public;
    grant select on committed_home to boligtrapp_app, boligtrapp_job;
    create constraint trigger home_commitment_city after insert or update or delete on home_commitment deferrable initially deferred
      for each row execute function raise_city_version();

    -- A run knows which places are held for the need itself: offered, reserved, or set aside by the bydel's word.
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
          or hold.id in (select kept.id from need_hold kept where kept.need_id = n.id))
        union
        select c.place_id from home_commitment c where c.household_id = h.id and c.place_id is not null and c.withdrawn_on is null
          and c.settled_on is null
        order by place_id) as own_holds
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
