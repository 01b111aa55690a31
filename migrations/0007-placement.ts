import { type Kysely, sql } from 'kysely'

/**
 * Placement: what is coming. A hold keeps a place and holds no person; an offer joins it to a need under row security.
 * Referrals, decisions, appeals, worksheets, tasks and shortfall evidence hang on the need; a chain is its moves as places.
 * States are derived from these dates in an order of precedence (src/domain/placement), never stored beside them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- A place that is kept for somebody: readable by every role and without a person, like an occupancy. While an offer runs
    -- it expires by the database's clock; an accepted one is firm until the move-in. Holds exclude each other, not occupancies:
    -- a place may be held for the day its resident leaves, and moving out is what ends an occupancy.
    create table hold (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      place_id uuid not null references place,
      -- whose hold it is: a district, never a person
      holding_district text not null references district_code,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      -- null: firm, an accepted offer waits for its move-in
      expires_at timestamptz,
      ended_at timestamptz,
      ended_reason text check (ended_reason in ('expired', 'declined', 'withdrawn', 'released', 'chain_broken', 'place_lost', 'moved_in')),
      check ((ended_at is null) = (ended_reason is null)),
      constraint hold_no_overlap exclude using gist (place_id with =, during with &&) where (ended_at is null)
    );
    create index hold_place on hold (place_id) where ended_at is null;
    create index hold_expires on hold (expires_at) where ended_at is null and expires_at is not null;

    -- From the bydel to Felles inntak in VEL, and the answer. Its need is seen by intake while it is open or gave a place.
    create table referral (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      need_id uuid not null,
      holding_district text not null,
      form text not null references housing_form,
      -- the person may wish for an institution (law.md, VEL)
      wished_facility_id uuid references facility,
      content jsonb not null,
      sent_at timestamptz not null,
      sent_by uuid not null references account,
      answer_due_on date not null,
      answer text check (answer in ('place_given', 'waiting', 'declined')),
      answered_at timestamptz,
      answered_by uuid references account,
      decline_reason text,
      -- which criterion the provider says is not met, where that is the reason: an eligibility rule's id
      decline_rule_id text,
      answer_note text check (length(answer_note) <= 2000),
      withdrawn_at timestamptz,
      withdrawn_reason text,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade,
      check ((answer is null) = (answered_at is null)),
      check (answer is distinct from 'declined' or decline_reason is not null)
    );
    create index referral_need on referral (need_id);
    create index referral_open on referral (sent_at) where withdrawn_at is null;
    create unique index referral_one_open on referral (need_id, form) where withdrawn_at is null and (answer is null or answer = 'waiting');

    -- A chain of proposals on its way to become moves. No person in it: every member's own staff reads the whole of it.
    create table chain (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      kind text not null check (kind in ('chain', 'cycle')),
      run_id uuid references matching_run on delete set null,
      run_chain integer,
      created_by uuid not null references account,
      -- of its unprotected people; nobody is to infer from a chain that a protected person is in it
      districts text[] not null
    );
    create table chain_step (
      chain_id uuid not null references chain,
      position integer not null check (position >= 0),
      place_id uuid not null references place,
      from_place_id uuid references place,
      district text not null references district_code,
      planned_on date not null,
      urgency_class integer not null check (urgency_class between 1 and 5),
      broken_at timestamptz,
      -- what broke it, as a code and never as a person: the step before it fell, an answer, a run-out, a place that was lost
      broken_by text check (broken_by in ('declined', 'expired', 'withdrawn', 'place_lost', 'step_before')),
      primary key (chain_id, position),
      check ((broken_at is null) = (broken_by is null))
    );
    create index chain_step_place on chain_step (place_id);

    -- One place offered for one need. With a hold nobody else can be given the place while it runs; without one («uten
    -- reservasjon») the first who accepts has it. Accepting always takes a firm hold.
    create table offer (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      need_id uuid not null,
      holding_district text not null,
      place_id uuid not null references place,
      hold_id uuid unique references hold,
      referral_id uuid references referral,
      run_id uuid references matching_run on delete set null,
      chain_id uuid,
      chain_position integer,
      sent_at timestamptz not null,
      sent_by uuid not null references account,
      move_in_on date not null,
      reply_by timestamptz not null,
      reminded_at timestamptz,
      -- waits for the step before it in its chain; firm from then on
      conditional boolean not null default false,
      firm_at timestamptz,
      -- the rules as they were when it was sent: live on the vacancy, frozen on the offer
      frozen jsonb not null,
      -- form needed and given; where they differ for lack of capacity it is a forced skip, and says why
      form_needed text not null references housing_form,
      form_given text not null references housing_form,
      skip text not null default 'none' check (skip in ('none', 'chosen', 'forced')),
      skip_reason text check (length(skip_reason) <= 2000),
      overrides jsonb not null default '[]',
      accepted_at timestamptz,
      accepted_by uuid references account,
      declined_at timestamptz,
      declined_by_party text check (declined_by_party in ('resident', 'provider')),
      decline_reason text,
      decline_rule_id text,
      decline_note text check (length(decline_note) <= 2000),
      withdrawn_at timestamptz,
      withdrawn_reason text,
      -- ran out unanswered; set by whoever meets it first, with the time it ran out at
      expired_at timestamptz,
      lease_signed_on date,
      lease_during daterange check (not isempty(lease_during)),
      moved_in_at timestamptz,
      stay_id uuid references stay,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade,
      foreign key (chain_id, chain_position) references chain_step (chain_id, position),
      check (num_nonnulls(declined_at, withdrawn_at, expired_at, moved_in_at) <= 1),
      check (accepted_at is null or expired_at is null),
      check (moved_in_at is null or (accepted_at is not null and stay_id is not null)),
      check ((declined_at is null) = (decline_reason is null)),
      check ((withdrawn_at is null) = (withdrawn_reason is null)),
      check (skip = 'none' or coalesce(length(skip_reason), 0) > 0),
      check (conditional or firm_at is null)
    );
    create index offer_need on offer (need_id);
    create index offer_place on offer (place_id);
    create index offer_district on offer (holding_district, id);
    create index offer_reply on offer (reply_by) where accepted_at is null and declined_at is null and withdrawn_at is null and expired_at is null;
    create unique index offer_one_a_step on offer (chain_id, chain_position)
      where declined_at is null and withdrawn_at is null and expired_at is null;
    -- one home at a time is said yes to
    create unique index offer_one_accepted on offer (need_id)
      where accepted_at is not null and declined_at is null and withdrawn_at is null and moved_in_at is null;
    -- one open offer of one place to one need
    create unique index offer_once on offer (need_id, place_id)
      where declined_at is null and withdrawn_at is null and expired_at is null and moved_in_at is null;

    -- The lease and the service decision are two things (002 3.2), and the two housing tracks do not replace each other.
    create table decision (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      need_id uuid not null,
      holding_district text not null,
      offer_id uuid references offer,
      -- id and version of the row in the table of legal tracks that it was written by
      track text not null,
      track_version integer not null,
      outcome text not null check (outcome in ('granted', 'refused')),
      main_content text not null check (length(main_content) between 1 and 4000),
      reasons text check (length(reasons) <= 4000),
      -- a refusal for lack of a suitable home: shortfall, never «not entitled»
      lack_of_suitable_home boolean not null default false,
      drafted_by uuid not null references account,
      issued_on date,
      issued_by uuid references account,
      appeal_body text not null,
      appeal_deadline date,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade,
      check ((issued_on is null) = (issued_by is null)),
      check ((issued_on is null) = (appeal_deadline is null)),
      check (not lack_of_suitable_home or outcome = 'refused')
    );
    create index decision_need on decision (need_id);
    create table appeal (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      decision_id uuid not null references decision,
      holding_district text not null references district_code,
      received_on date not null,
      grounds text check (length(grounds) <= 4000),
      forwarded_on date,
      outcome text check (outcome in ('upheld', 'changed', 'repealed', 'dismissed')),
      decided_on date,
      check ((outcome is null) = (decided_on is null))
    );
    create index appeal_decision on appeal (decision_id);

    -- The private-rental worksheet: what a lease with a landlord takes.
    create table landlord (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      holding_district text not null references district_code,
      name text not null check (length(name) between 1 and 200),
      -- a tilvisningsavtale: how many homes it covers, and until when
      referral_homes integer check (referral_homes > 0),
      referral_until date,
      note text check (length(note) <= 1000)
    );
    create table rental_worksheet (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      need_id uuid not null unique,
      holding_district text not null,
      landlord_id uuid references landlord,
      address text check (length(address) <= 300),
      rent_month integer check (rent_month between 0 and 100000),
      electricity_month integer check (electricity_month between 0 and 20000),
      guarantee text not null default 'not_decided' check (guarantee in ('not_decided', 'none', 'guarantee', 'deposit')),
      guarantee_amount integer check (guarantee_amount between 0 and 500000),
      housing_allowance text not null default 'not_applied' check (housing_allowance in ('not_applied', 'applied', 'granted', 'refused')),
      housing_allowance_month integer check (housing_allowance_month between 0 and 50000),
      lease_from date,
      lease_until date,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade,
      check (lease_until is null or lease_from is null or lease_until > lease_from)
    );

    -- Evidence of shortfall, kept when it happens: only lack of capacity counts (lessons 7).
    create table shortfall_record (
      id uuid primary key default uuidv7(),
      need_id uuid not null,
      holding_district text not null,
      recorded_at timestamptz not null,
      kind text not null check (kind in ('refusal', 'no_capacity', 'no_capacity_lost_place', 'outprioritised', 'forced_skip')),
      form_needed text not null references housing_form,
      form_given text references housing_form,
      reason text check (length(reason) <= 2000),
      decision_id uuid references decision,
      offer_id uuid references offer,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade
    );
    create index shortfall_record_need on shortfall_record (need_id);
    create index shortfall_record_district on shortfall_record (holding_district, recorded_at);

    -- What somebody has to do by a day. Made by the transition that causes it, once.
    create table task (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      kind text not null check (kind ~ '^[a-z0-9_]{2,60}$'),
      holding_district text not null references district_code,
      need_id uuid,
      offer_id uuid references offer,
      referral_id uuid references referral,
      stay_id uuid references stay,
      decision_id uuid references decision,
      due_on date not null,
      reason text not null check (length(reason) between 1 and 1000),
      done_at timestamptz,
      done_by uuid references account,
      outcome text,
      note text check (length(note) <= 2000),
      -- ended by the system, because what it was about is over
      dropped_at timestamptz,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade,
      check (done_at is null or dropped_at is null)
    );
    create index task_open on task (holding_district, due_on) where done_at is null and dropped_at is null;
    create index task_need on task (need_id);
    create index task_stay on task (stay_id);
    create index task_offer on task (offer_id);

    -- A need rests after «fikk ikke kontakt» and comes back by itself on the day; the last one counts.
    alter table need add column parked_until date;
    alter table need add column parked_reason text;
    alter table need add constraint need_parked check ((parked_until is null) = (parked_reason is null));

    -- A stay: what was expected at first, and what became of it. Its own days are the actual ones.
    alter table stay add column offer_id uuid references offer;
    alter table stay add column original_expected_until date;
    alter table stay add column right_of_return_until date;
    alter table stay add column departure_reason text;
    create table stay_event (
      id uuid primary key default uuidv7(),
      stay_id uuid not null references stay,
      holding_district text not null references district_code,
      kind text not null check (kind in ('moved_in', 'extended', 'departed', 'transferred_out', 'transferred_in', 'not_arrived')),
      occurred_on date not null,
      recorded_at timestamptz not null default now(),
      recorded_by uuid references account,
      expected_before date,
      expected_after date,
      reason text,
      note text check (length(note) <= 2000),
      other_stay_id uuid references stay
    );
    create index stay_event_stay on stay_event (stay_id, id);
    create trigger stay_event_append_only before update or delete or truncate on stay_event
      for each statement execute function refuse_change();

    -- Whom Felles inntak sees: those referred to it whose referral is open, waits, or was given a place that runs.
    create function referred_to_vel(need uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
      select app_role() = 'intake_officer' and exists (select from referral r where r.need_id = need
        and r.withdrawn_at is null and r.answer is distinct from 'declined')
    $$;
    create function household_referred_to_vel(household uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select app_role() = 'intake_officer' and exists (select from need n join referral r on r.need_id = n.id
        where n.household_id = household and n.status = 'registered' and r.withdrawn_at is null and r.answer is distinct from 'declined')
    $$;
    -- Whom a house expects: an accepted offer of one of its places, until the move-in makes a resident of her.
    create function expected_in_own_facility(household uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select app_role() = 'facility_staff' and exists (select from need n join offer o on o.need_id = n.id
        join place p on p.id = o.place_id where n.household_id = household and p.facility_id = any (app_facilities())
          and o.accepted_at is not null and o.declined_at is null and o.withdrawn_at is null and o.moved_in_at is null)
    $$;
    create function place_in_own_facility(place uuid) returns boolean
      language sql stable security definer set search_path = public, pg_temp as $$
      select app_role() = 'facility_staff' and exists (select from place p where p.id = place and p.facility_id = any (app_facilities()))
    $$;

    create policy referred on need for select to boligtrapp_app using (referred_to_vel(id) and not household_protected(household_id));
    create policy referred on household for select to boligtrapp_app
      using (household_referred_to_vel(id) and not household_protected(id));
    create policy referred on household_child for select to boligtrapp_app
      using (household_referred_to_vel(household_id) and not household_protected(household_id));
    create policy referred on resident for select to boligtrapp_app
      using (household_referred_to_vel(household_id) and address_protection = 'none');
    create policy referred on assessment for select to boligtrapp_app using (referred_to_vel(need_id) and not need_protected(need_id));
    create policy expected on household for select to boligtrapp_app
      using (expected_in_own_facility(id) and not household_protected(id));
    create policy expected on household_child for select to boligtrapp_app
      using (expected_in_own_facility(household_id) and not household_protected(household_id));
    create policy expected on resident for select to boligtrapp_app
      using (expected_in_own_facility(household_id) and address_protection = 'none');

    alter table hold enable row level security;
    create policy everyone_reads on hold for select using (true);
    -- who may hold: the bydel for her own people, and intake for the district whose referral it answers
    create policy own_district_insert on hold for insert to boligtrapp_app
      with check (works_with_people_of(holding_district) or app_role() = 'intake_officer');
    create policy own_district_update on hold for update to boligtrapp_app
      using (works_with_people_of(holding_district) or app_role() = 'intake_officer' or place_in_own_facility(place_id));
    create policy jobs on hold to boligtrapp_job using (true) with check (true);

    alter table referral enable row level security;
    create policy circle on referral to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    create policy intake on referral for select to boligtrapp_app
      using (app_role() = 'intake_officer' and withdrawn_at is null and not need_protected(need_id));
    create policy intake_answers on referral for update to boligtrapp_app
      using (app_role() = 'intake_officer' and withdrawn_at is null and not need_protected(need_id));

    alter table chain enable row level security;
    create policy members on chain to boligtrapp_app using (app_role() = 'planner'
      or (app_role() in ('housing_officer', 'district_manager') and districts && app_districts()));
    alter table chain_step enable row level security;
    create policy members on chain_step to boligtrapp_app using (exists (select from chain c where c.id = chain_id));

    alter table offer enable row level security;
    create policy circle on offer to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    create policy intake on offer to boligtrapp_app
      using (app_role() = 'intake_officer' and referral_id is not null and not need_protected(need_id));
    create policy own_facility on offer for select to boligtrapp_app
      using (place_in_own_facility(place_id) and accepted_at is not null and not need_protected(need_id));
    create policy own_facility_moves on offer for update to boligtrapp_app
      using (place_in_own_facility(place_id) and accepted_at is not null and not need_protected(need_id));

    alter table decision enable row level security;
    create policy circle on decision to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    alter table appeal enable row level security;
    create policy circle on appeal to boligtrapp_app using (exists (select from decision d where d.id = decision_id));
    alter table landlord enable row level security;
    create policy own_district on landlord to boligtrapp_app using (works_with_people_of(holding_district));
    alter table rental_worksheet enable row level security;
    create policy circle on rental_worksheet to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    alter table shortfall_record enable row level security;
    create policy circle on shortfall_record to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    alter table task enable row level security;
    create policy circle on task to boligtrapp_app
      using (works_with_people_of(holding_district) and (need_id is null or not need_protected(need_id)));
    alter table stay_event enable row level security;
    create policy visible on stay_event for select to boligtrapp_app using (exists (select from stay s where s.id = stay_id));
    create policy recorded on stay_event for insert to boligtrapp_app
      with check (exists (select from stay s where s.id = stay_id));
    create policy own_facility_moves on stay for update to boligtrapp_app
      using (lives_in_own_facility(household_id) and not household_protected(household_id));

    -- Occupancies are written through these alone: a place is taken by whoever holds it, and left by whoever lives there.
    create function begin_occupancy(hold_id uuid, moves_in date) returns uuid
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      held hold%rowtype;
      occupancy_id uuid;
    begin
      select * into held from hold h where h.id = begin_occupancy.hold_id and h.ended_at is null for update;
      if not found or not (works_with_people_of(held.holding_district) or place_in_own_facility(held.place_id)
          or app_role() = 'intake_officer') then
        raise exception 'this place is not held by the one who moves in' using errcode = '42501';
      end if;
      insert into occupancy (place_id, during) values (held.place_id, daterange(moves_in, null)) returning id into occupancy_id;
      update hold h set ended_at = app_now(), ended_reason = 'moved_in' where h.id = held.id;
      return occupancy_id;
    end $$;
    create function end_occupancy(stay_id uuid, left_on date) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lived stay%rowtype;
      lived_at uuid;
    begin
      select * into lived from stay s where s.id = end_occupancy.stay_id for update;
      select o.place_id into lived_at from occupancy o where o.id = lived.occupancy_id;
      if lived.id is null or household_protected(lived.household_id)
          or not (works_with_people_of(lived.holding_district) or (lived_at is not null and place_in_own_facility(lived_at))) then
        raise exception 'this stay is not of the one who ends it' using errcode = '42501';
      end if;
      update occupancy o set during = daterange(lower(o.during), left_on) where o.id = lived.occupancy_id;
    end $$;
    revoke execute on function begin_occupancy(uuid, date), end_occupancy(uuid, date) from public;
    grant execute on function begin_occupancy(uuid, date), end_occupancy(uuid, date) to boligtrapp_app;

    grant select, insert, update on hold, referral, chain, chain_step, offer, decision, appeal, landlord, rental_worksheet, task to boligtrapp_app;
    grant select, insert on shortfall_record, stay_event to boligtrapp_app;
    grant select on hold to boligtrapp_job;

    create trigger hold_version before update on hold for each row execute function next_version();
    create trigger referral_version before update on referral for each row execute function next_version();
    create trigger chain_version before update on chain for each row execute function next_version();
    create trigger offer_version before update on offer for each row execute function next_version();
    create trigger decision_version before update on decision for each row execute function next_version();
    create trigger appeal_version before update on appeal for each row execute function next_version();
    create trigger landlord_version before update on landlord for each row execute function next_version();
    create trigger rental_worksheet_version before update on rental_worksheet for each row execute function next_version();
    create trigger task_version before update on task for each row execute function next_version();

    create trigger hold_log after insert or update or delete on hold for each row execute function log_change();
    create trigger referral_log after insert or update or delete on referral for each row execute function log_change();
    create trigger chain_log after insert or update or delete on chain for each row execute function log_change();
    create trigger offer_log after insert or update or delete on offer for each row execute function log_change();
    create trigger decision_log after insert or update or delete on decision for each row execute function log_change();
    create trigger appeal_log after insert or update or delete on appeal for each row execute function log_change();
    create trigger landlord_log after insert or update or delete on landlord for each row execute function log_change();
    create trigger rental_worksheet_log after insert or update or delete on rental_worksheet for each row execute function log_change();
    create trigger shortfall_record_log after insert or update or delete on shortfall_record for each row execute function log_change();
    create trigger task_log after insert or update or delete on task for each row execute function log_change();

    -- A place that is held is no vacancy for others, so the compiled city follows its holds.
    create constraint trigger hold_city after insert or update or delete on hold deferrable initially deferred
      for each row execute function raise_city_version();

    -- A logged row is hidden like the row itself: needs and what hangs on them by what protects the household today.
    create or replace function logged_row_protected(table_name text, logged jsonb) returns boolean language sql stable as $$
      select case table_name
        when 'resident' then resident_protected((logged ->> 'id')::uuid)
        when 'household' then household_protected((logged ->> 'id')::uuid)
        else coalesce(resident_protected((logged ->> 'resident_id')::uuid), false)
          or coalesce(household_protected((logged ->> 'household_id')::uuid), false)
          or coalesce(need_protected((logged ->> 'need_id')::uuid), false)
      end
    $$;
  `)
    .execute(db)
}
