import { type Kysely, sql } from 'kysely'

/**
 * Households and residents (identity apart and encrypted), stays, needs, assessments and consents, all under row security:
 * a row is seen in the district that holds it, and a protected address only in its own circle.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table household (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      holding_district text not null references district_code,
      adults integer not null default 1 check (adults between 1 and 6),
      pets boolean,
      unique (id, holding_district)
    );
    create table household_child (
      id uuid primary key default uuidv7(),
      household_id uuid not null,
      holding_district text not null,
      birth_year integer not null check (birth_year between 1990 and 2100),
      arrangement text not null check (arrangement in ('living', 'visiting')),
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade on delete cascade
    );
    create index household_child_household on household_child (household_id);

    create table resident (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      household_id uuid not null,
      holding_district text not null,
      birth_date date,
      gender text not null default 'unknown' check (gender in ('woman', 'man', 'other', 'unknown')),
      -- kode 6 and kode 7: the person is seen only in her own circle
      address_protection text not null default 'none' check (address_protection in ('none', 'confidential', 'strictly_confidential')),
      language text not null default 'nb' check (language ~ '^[a-z]{2,8}$'),
      interpreter boolean not null default false,
      contact_person text check (length(contact_person) <= 200),
      individual_plan_offered_on date,
      individual_plan_answered_on date,
      individual_plan_answer text check (individual_plan_answer in ('accepted', 'declined')),
      synthetic boolean not null default false,
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade,
      unique (id, holding_district),
      check ((individual_plan_answered_on is null) = (individual_plan_answer is null)),
      check (individual_plan_answered_on is null or individual_plan_offered_on is not null)
    );
    create index resident_household on resident (household_id);
    create index resident_district on resident (holding_district, id);

    create table resident_identity (
      resident_id uuid primary key,
      holding_district text not null,
      ciphertext bytea not null,
      -- keyed; unique within the holding district only: a conflict must not reveal another bydel's person
      fingerprint bytea check (octet_length(fingerprint) = 32),
      foreign key (resident_id, holding_district) references resident (id, holding_district) on update cascade on delete cascade,
      constraint resident_identity_once unique (holding_district, fingerprint)
    );

    create table circle_member (
      resident_id uuid not null references resident on delete cascade,
      account_id uuid not null references account on delete cascade,
      granted_at timestamptz not null default now(),
      primary key (resident_id, account_id)
    );

    create table stay (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      household_id uuid not null,
      holding_district text not null,
      -- a private lease outside a landlord agreement is a stay without a place of ours
      occupancy_id uuid unique references occupancy,
      form text not null references housing_form,
      during daterange not null check (not isempty(during) and not lower_inf(during)),
      expected_until date,
      ready_to_move_on_since date,
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade
    );
    create index stay_household on stay (household_id);
    create index stay_district on stay (holding_district, id);

    create table need (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      household_id uuid not null,
      holding_district text not null,
      -- null is unresolved: held by the registering district with its clock running
      responsible_district text references district_code,
      stay_district text references district_code,
      status text not null default 'draft' check (status in ('draft', 'registered', 'withdrawn', 'closed')),
      started_at timestamptz not null default now(),
      registered_at timestamptz,
      ended_at timestamptz,
      ended_reason text,
      origin text,
      situation_since date,
      -- as stated; what follows from dates and from where she lives is derived, never stored
      urgency_grounds text[] not null default '{}',
      must_leave_by date,
      -- in order of preference; read as a whole, so an array keeps the order without a join
      forms text[] not null default '{}',
      required_features text[] not null default '{}',
      wanted_features text[] not null default '{}',
      excluded_districts text[] not null default '{}',
      excluded_facilities uuid[] not null default '{}',
      wanted_districts text[] not null default '{}',
      substance_stance text not null default 'unknown' check (substance_stance in
        ('wants_substance_free', 'accepts_substance_free', 'cannot_live_substance_free', 'unknown')),
      behaviour integer check (behaviour between 0 and 3),
      security integer check (security between 0 and 2),
      needed_during daterange check (not isempty(needed_during)),
      private_rental text not null default 'not_considered' check (private_rental in
        ('not_considered', 'possible', 'not_possible', 'overridden')),
      private_rental_reason text check (length(private_rental_reason) <= 2000),
      private_rental_considered_on date,
      service_decision_on date,
      what_matters text check (length(what_matters) <= 4000),
      ready_to_move_on_since date,
      foreign key (household_id, holding_district) references household (id, holding_district) on update cascade,
      unique (id, holding_district),
      check (status = 'draft' or (registered_at is not null and cardinality(forms) > 0)),
      check ((ended_at is null) = (status in ('draft', 'registered'))),
      check (private_rental <> 'overridden' or coalesce(length(private_rental_reason), 0) > 0)
    );
    create index need_district on need (holding_district, id);
    create index need_household on need (household_id);
    create unique index need_one_open_per_household on need (household_id) where status in ('draft', 'registered');

    create table assessment (
      id uuid primary key default uuidv7(),
      need_id uuid not null,
      holding_district text not null,
      assessed_on date not null,
      life_areas jsonb not null default '{}',
      living_skills text check (length(living_skills) <= 2000),
      living_training text check (length(living_training) <= 2000),
      care_track integer check (care_track between 1 and 3),
      created_at timestamptz not null default now(),
      created_by uuid not null references account,
      foreign key (need_id, holding_district) references need (id, holding_district) on update cascade
    );
    create index assessment_need on assessment (need_id, assessed_on);

    create table consent (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      updated_at timestamptz not null default now(),
      resident_id uuid not null,
      holding_district text not null,
      scope text not null check (scope in ('vel_intake', 'facility', 'specialist_care', 'relatives', 'other_district')),
      given_on date not null,
      revoked_on date check (revoked_on >= given_on),
      note text check (length(note) <= 1000),
      created_at timestamptz not null default now(),
      foreign key (resident_id, holding_district) references resident (id, holding_district) on update cascade
    );
    create index consent_resident on consent (resident_id);

    -- Two people who must not live in the same house. Recorded by one district, effective everywhere.
    create table never_together (
      id uuid primary key default uuidv7(),
      holding_district text not null,
      resident_id uuid not null,
      other_resident_id uuid not null references resident,
      reason text not null check (length(reason) between 1 and 1000),
      created_at timestamptz not null default now(),
      foreign key (resident_id, holding_district) references resident (id, holding_district) on update cascade,
      unique (resident_id, other_resident_id),
      check (resident_id <> other_resident_id)
    );
    create index never_together_other on never_together (other_resident_id);

    -- Row security. A protected person needs a place in her circle besides the district.
    create function in_circle(resident uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from circle_member c where c.resident_id = resident and c.account_id = app_actor())
    $$;
    create function works_with_people_of(district text) returns boolean language sql stable parallel safe as $$
      select app_role() in ('housing_officer', 'district_manager') and district = any (app_districts())
    $$;
    -- Whoever protects a person is the first of her circle. Nobody joins one that has begun: that takes more than this role.
    create function start_circle(resident uuid) returns void
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform from resident r where r.id = start_circle.resident and works_with_people_of(r.holding_district)
        and (r.address_protection = 'none' or not exists (select from circle_member c where c.resident_id = r.id)) for update;
      if not found then
        raise exception 'this circle is not to be started' using errcode = '42501';
      end if;
      delete from circle_member c where c.resident_id = start_circle.resident;
      insert into circle_member (resident_id, account_id) values (start_circle.resident, app_actor());
    end $$;
    -- A person who is protected no longer has no circle, so that the next protection starts afresh.
    create function end_circle() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      delete from circle_member c where c.resident_id = new.id;
      return null;
    end $$;
    create trigger resident_unprotected after update of address_protection on resident for each row
      when (new.address_protection = 'none' and old.address_protection <> 'none') execute function end_circle();
    create function household_protected(household uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from resident r where r.household_id = household and r.address_protection <> 'none' and not exists
        (select from circle_member c where c.resident_id = r.id and c.account_id = app_actor()))
    $$;
    create function lives_in_own_facility(household uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
      select app_role() = 'facility_staff' and exists (select from stay s join occupancy o on o.id = s.occupancy_id
        join place p on p.id = o.place_id where s.household_id = household and upper_inf(s.during)
          and p.facility_id = any (app_facilities()))
    $$;
    create function resident_protected(resident uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
      select exists (select from resident r where r.id = resident and r.address_protection <> 'none' and not exists
        (select from circle_member c where c.resident_id = r.id and c.account_id = app_actor()))
    $$;
    create function need_protected(need uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
      select household_protected(n.household_id) from need n where n.id = need
    $$;

    alter table household enable row level security;
    create policy circle on household to boligtrapp_app
      using (works_with_people_of(holding_district) and not household_protected(id));
    create policy own_facility on household for select to boligtrapp_app using (lives_in_own_facility(id) and not household_protected(id));
    alter table household_child enable row level security;
    create policy circle on household_child to boligtrapp_app
      using (works_with_people_of(holding_district) and not household_protected(household_id));
    create policy own_facility on household_child for select to boligtrapp_app
      using (lives_in_own_facility(household_id) and not household_protected(household_id));
    alter table resident enable row level security;
    create policy circle on resident to boligtrapp_app
      using (works_with_people_of(holding_district) and (address_protection = 'none' or in_circle(id)))
      with check (works_with_people_of(holding_district));
    create policy own_facility on resident for select to boligtrapp_app
      using (lives_in_own_facility(household_id) and address_protection = 'none');
    alter table resident_identity enable row level security;
    -- Whoever sees a person may read what hangs on her; only her district writes it.
    create policy visible on resident_identity for select to boligtrapp_app
      using (exists (select from resident r where r.id = resident_id));
    create policy circle on resident_identity to boligtrapp_app
      using (works_with_people_of(holding_district) and not resident_protected(resident_id));
    alter table circle_member enable row level security;
    create policy own on circle_member for select to boligtrapp_app using (account_id = app_actor());
    alter table stay enable row level security;
    create policy circle on stay to boligtrapp_app
      using (works_with_people_of(holding_district) and not household_protected(household_id));
    create policy own_facility on stay for select to boligtrapp_app
      using (lives_in_own_facility(household_id) and not household_protected(household_id));
    alter table need enable row level security;
    create policy circle on need to boligtrapp_app
      using (works_with_people_of(holding_district) and not household_protected(household_id));
    alter table assessment enable row level security;
    create policy circle on assessment to boligtrapp_app
      using (works_with_people_of(holding_district) and not need_protected(need_id));
    alter table consent enable row level security;
    create policy visible on consent for select to boligtrapp_app using (exists (select from resident r where r.id = resident_id));
    create policy circle on consent to boligtrapp_app
      using (works_with_people_of(holding_district) and not resident_protected(resident_id));
    alter table never_together enable row level security;
    -- The reason stays with the district that wrote it, also where the person lives in a house of others.
    create policy circle on never_together to boligtrapp_app
      using (works_with_people_of(holding_district) and not resident_protected(resident_id));

    -- A logged row is hidden like the row itself: by what protects the person today.
    create function logged_row_protected(table_name text, logged jsonb) returns boolean language sql stable as $$
      select case table_name
        when 'resident' then resident_protected((logged ->> 'id')::uuid)
        when 'household' then household_protected((logged ->> 'id')::uuid)
        when 'assessment' then need_protected((logged ->> 'need_id')::uuid)
        else coalesce(resident_protected((logged ->> 'resident_id')::uuid), false)
          or coalesce(household_protected((logged ->> 'household_id')::uuid), false)
      end
    $$;
    alter table change_log enable row level security;
    create policy circle on change_log for select to boligtrapp_app
      using (works_with_people_of(holding_district) and not logged_row_protected(table_name, coalesce(after, before)));

    -- What eligibility must know about other bydeler's people, told without telling who: which houses a household
    -- must keep out of, and how many with extensive behaviour needs live in a house today.
    create function facilities_to_avoid(household uuid, today date) returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
      select distinct p.facility_id
      from resident me
      join never_together nt on me.id in (nt.resident_id, nt.other_resident_id)
      join resident other on other.id in (nt.resident_id, nt.other_resident_id) and other.id <> me.id
      join stay s on s.household_id = other.household_id
      join occupancy o on o.id = s.occupancy_id
      join place p on p.id = o.place_id
      where me.household_id = household and works_with_people_of(me.holding_district)
        and o.during && daterange(today, null)
    $$;
    create function facility_mix(today date) returns table (facility_id uuid, extensive_behaviour bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.facility_id, count(*)
      from stay s
      join occupancy o on o.id = s.occupancy_id and o.during @> today
      join place p on p.id = o.place_id
      join lateral (select n.behaviour from need n where n.household_id = s.household_id and n.behaviour is not null
        order by n.id desc limit 1) n on n.behaviour = 3
      group by p.facility_id
    $$;
    -- A resident excluded by the other side may live in another bydel: only existence is checked, by pseudonym.
    revoke execute on function facilities_to_avoid(uuid, date), facility_mix(date) from public;
    grant execute on function facilities_to_avoid(uuid, date), facility_mix(date) to boligtrapp_app, boligtrapp_job;

    grant select, insert, update on household, resident, resident_identity, stay, need, consent to boligtrapp_app;
    grant select, insert, update, delete on household_child to boligtrapp_app;
    grant select, insert on assessment to boligtrapp_app;
    grant select on circle_member to boligtrapp_app;
    grant select, insert, update, delete on never_together to boligtrapp_app;
    grant select on change_log to boligtrapp_app;

    create trigger household_version before update on household for each row execute function next_version();
    create trigger resident_version before update on resident for each row execute function next_version();
    create trigger stay_version before update on stay for each row execute function next_version();
    create trigger need_version before update on need for each row execute function next_version();
    create trigger consent_version before update on consent for each row execute function next_version();

    create trigger household_log after insert or update or delete on household for each row execute function log_change();
    create trigger household_child_log after insert or update or delete on household_child for each row execute function log_change();
    create trigger resident_log after insert or update or delete on resident for each row execute function log_change();
    create trigger stay_log after insert or update or delete on stay for each row execute function log_change();
    create trigger need_log after insert or update or delete on need for each row execute function log_change();
    create trigger assessment_log after insert or update or delete on assessment for each row execute function log_change();
    create trigger consent_log after insert or update or delete on consent for each row execute function log_change();
    create trigger never_together_log after insert or update or delete on never_together for each row execute function log_change();

    -- The mix in a house follows its stays and what their needs say.
    create constraint trigger stay_city after insert or update or delete on stay deferrable initially deferred
      for each row execute function raise_city_version();
    create constraint trigger need_behaviour_city after update on need deferrable initially deferred
      for each row when (new.behaviour is distinct from old.behaviour) execute function raise_city_version();
    create constraint trigger new_need_behaviour_city after insert on need deferrable initially deferred
      for each row when (new.behaviour is not null) execute function raise_city_version();
  `)
    .execute(db)
}
