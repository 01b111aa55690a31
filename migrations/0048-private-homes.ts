import { type Kysely, sql } from 'kysely'

/**
 * A private lease outside our places is a stay without a place of ours, with what was agreed of the lease beside it. And what a
 * move-in rests on is told with its days, so that it is asked whether it held on the day of the move: a decision counts from the
 * day it was issued until a later one or an appeal takes its place.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table reason_code drop constraint reason_code_kind_check;
    alter table reason_code add constraint reason_code_kind_check check (kind in ('decline_resident', 'decline_provider',
      'withdrawal', 'closure', 'offer_withdrawal', 'departure', 'extension', 'transfer', 'not_arrived', 'correction', 'short_lease'));

    -- The lease as it was agreed, copied from the worksheet when she moved in: what is written there later changes nothing here.
    create table private_lease (
      id uuid primary key default uuidv7(),
      stay_id uuid not null unique references stay,
      need_id uuid not null references need,
      holding_district text not null references district_code,
      landlord_id uuid not null references landlord,
      signed_on date not null,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      -- one of the reasons for a lease that is shorter than the law's norm
      short_reason text,
      rent_month integer check (rent_month between 0 and 100000),
      electricity_month integer check (electricity_month between 0 and 20000),
      guarantee text not null check (guarantee in ('not_decided', 'none', 'guarantee', 'deposit')),
      guarantee_amount integer check (guarantee_amount between 0 and 500000),
      recorded_at timestamptz not null,
      recorded_by uuid not null references account
    );
    create index private_lease_need on private_lease (need_id);
    create trigger private_lease_log after insert or update or delete on private_lease for each row execute function log_change();
    alter table private_lease enable row level security;
    create policy circle on private_lease to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id))
      with check (works_with_people_of(holding_district) and not need_protected(need_id) and recorded_by = app_actor());
    grant select, insert on private_lease to boligtrapp_app;

    -- Why a lease lasts for another time than the rules propose.
    alter table offer add column lease_term_reason text check (length(lease_term_reason) <= 1000);
    alter table offer add constraint offer_lease_term check (lease_term_reason is null or lease_signed_on is not null);

    -- What has been decided on what is moved into, in the order it was issued: one on help to find a home, or on a municipal
    -- home, never answers for the decision on the services, nor for the one on temporary accommodation.
    create function issued_decisions(need uuid, offer uuid, form text) returns jsonb
      language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(jsonb_agg(jsonb_build_object('issuedOn', d.issued_on, 'granted', d.outcome = 'granted',
          'overturnedOn', (select min(a.decided_on) from appeal a where a.decision_id = d.id and a.outcome in ('changed', 'repealed')))
        order by d.issued_on, d.id), '[]')
      from decision d
      where d.need_id = issued_decisions.need and d.issued_on is not null
        and d.track = case issued_decisions.form when 'temporary' then 'temporary_accommodation' else 'health_and_care' end
        and (d.offer_id is null or d.offer_id = issued_decisions.offer)
    $$;
    -- asked by the two below, which know who may
    revoke execute on function issued_decisions(uuid, uuid, text) from public;

    drop function move_in_facts(uuid);
    create function move_in_facts(offer uuid)
      returns table (need_id uuid, household_id uuid, need_status text, service_decision_on date, decisions jsonb, other_homes bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select n.id, n.household_id, n.status, n.service_decision_on, issued_decisions(n.id, o.id, o.form_given),
        (select count(*) from stay s where s.household_id = n.household_id and upper_inf(s.during))
      from offer o join need n on n.id = o.need_id
      where o.id = move_in_facts.offer and not household_protected(n.household_id)
        and (works_with_people_of(o.holding_district) or (place_in_own_facility(o.place_id) and o.accepted_at is not null))
    $$;
    drop function next_homes(uuid);
    create function next_homes(stay uuid)
      returns table (kind text, form text, begins_on date, lease_signed_on date, service_decision_on date, decisions jsonb)
      language sql stable security definer set search_path = public, pg_temp as $$
      with leaving as (
        select s.* from stay s left join occupancy o on o.id = s.occupancy_id
        where s.id = next_homes.stay and not household_protected(s.household_id)
          and (works_with_people_of(s.holding_district) or (o.id is not null and place_in_own_facility(o.place_id)))
      )
      select 'stay', s.form, lower(s.during), null::date, null::date, '[]'::jsonb from leaving l
        join stay s on s.household_id = l.household_id and s.id <> l.id and upper_inf(s.during)
      union all
      select 'offer', o.form_given, o.move_in_on, o.lease_signed_on, n.service_decision_on, issued_decisions(n.id, o.id, o.form_given)
        from leaving l join need n on n.household_id = l.household_id join offer o on o.need_id = n.id
        where o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null
          and not exists (select from occupancy lived where lived.place_id = o.place_id
            and lived.during && daterange(greatest(o.move_in_on, app_today()), null))
    $$;
    drop function move_decided(uuid);
    -- What the length of a lease follows from, for whoever may know whom the offer is to.
    create function lease_facts(offer uuid) returns table (children_born_in integer[], rents_municipal boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce((select array_agg(c.birth_year order by c.id) from household_child c
          where c.household_id = n.household_id and c.arrangement = 'living'), '{}'),
        exists (select from stay s where s.household_id = n.household_id and upper_inf(s.during)
          and s.form in ('municipal', 'municipal_support'))
      from offer o join need n on n.id = o.need_id
      where o.id = lease_facts.offer and not household_protected(n.household_id)
        and (works_with_people_of(o.holding_district) or (place_in_own_facility(o.place_id) and o.accepted_at is not null))
    $$;
    revoke execute on function move_in_facts(uuid), next_homes(uuid), lease_facts(uuid) from public;
    grant execute on function move_in_facts(uuid), next_homes(uuid), lease_facts(uuid) to boligtrapp_app;
  `)
    .execute(db)
}
