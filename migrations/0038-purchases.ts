import { type Kysely, sql } from 'kysely'

/**
 * What the bydeler buy from private suppliers, and what it costs: suppliers, agreements and notes on quality are shared by all of
 * them and hold no person; a call-off is of a stay and is read by whoever works with its people; its figures, without whose they
 * are, by those who steer.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table supplier (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      name text not null check (length(name) between 1 and 200),
      synthetic boolean not null default false,
      constraint supplier_name_once unique (name)
    );

    create table framework_agreement (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      supplier_id uuid not null references supplier,
      title text not null check (length(title) between 1 and 200),
      -- whole kroner a day and place
      price_per_day integer not null check (price_per_day between 1 and 100000),
      valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
      -- how many places it covers; null: as many as are asked for
      places integer check (places between 1 and 10000),
      -- also for people with both mental illness and substance problems (004 4.4)
      dual_diagnosis boolean not null default false,
      note text check (length(note) <= 1000),
      synthetic boolean not null default false,
      unique (id, supplier_id)
    );
    create index framework_agreement_supplier on framework_agreement (supplier_id);

    -- Shared by all bydeler (004 5.6 «samordne kontraktsforvaltning»), so about the service and never about a person: the wall
    -- can know a personal number, and no more. Taken back with its trace, never changed.
    create table quality_note (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      supplier_id uuid not null references supplier,
      district text not null references district_code,
      noted_on date not null,
      kind text not null check (kind in ('good', 'concern', 'deviation')),
      body text not null check (length(body) between 1 and 2000),
      written_by uuid not null references account,
      withdrawn_at timestamptz,
      constraint quality_note_no_person check (body !~ '[0-9]{6}[ .-]?[0-9]{5}')
    );
    create index quality_note_supplier on quality_note (supplier_id, id);

    -- One purchase: a stay in a bought place at a price a day, for the days that are ordered; without an end until it is ended.
    create table call_off (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      stay_id uuid not null references stay,
      holding_district text not null references district_code,
      supplier_id uuid not null references supplier,
      agreement_id uuid,
      price_per_day integer not null check (price_per_day between 1 and 100000),
      ordered daterange not null check (not isempty(ordered) and not lower_inf(ordered)),
      reason text not null check (reason in ('no_own_place', 'staffing_hse', 'competence', 'acute', 'wished', 'unknown')),
      -- the no that led to it (rule 8: a reason has a consequence)
      declined_offer_id uuid references offer,
      declined_referral_id uuid references referral,
      note text check (length(note) <= 1000),
      synthetic boolean not null default false,
      foreign key (agreement_id, supplier_id) references framework_agreement (id, supplier_id),
      check (num_nonnulls(declined_offer_id, declined_referral_id) <= 1),
      check (num_nonnulls(declined_offer_id, declined_referral_id) = 0 or reason = 'staffing_hse'),
      constraint call_off_one_price exclude using gist (stay_id with =, ordered with &&)
    );
    create index call_off_district on call_off (holding_district, id);
    create index call_off_supplier on call_off (supplier_id);

    -- Of a stay in a bought place, in its bydel, not before it began; and a no that is one, given to the same household.
    create function call_off_fits() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      lived stay%rowtype;
    begin
      select * into lived from stay s where s.id = new.stay_id for share;
      if lived.id is null or lived.form <> 'private_institution' or lived.holding_district <> new.holding_district
          or lower(new.ordered) < lower(lived.during) then
        raise exception 'not a purchase of this stay' using errcode = '23514', constraint = 'call_off_of_stay';
      end if;
      if new.declined_offer_id is not null and not exists (select from offer o join need n on n.id = o.need_id
            where o.id = new.declined_offer_id and o.decline_reason = 'staffing_hse' and o.declined_by_party = 'provider'
              and n.household_id = lived.household_id)
          or new.declined_referral_id is not null and not exists (select from referral r join need n on n.id = r.need_id
            where r.id = new.declined_referral_id and r.answer = 'declined' and r.decline_reason = 'staffing_hse'
              and n.household_id = lived.household_id) then
        raise exception 'not a no to this household for lack of staff' using errcode = '23514', constraint = 'call_off_of_decline';
      end if;
      return new;
    end $$;
    create trigger call_off_fits before insert or update on call_off for each row execute function call_off_fits();
    -- who is responsible may change, and what was bought goes along with the stay
    create function move_call_offs() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      update call_off c set holding_district = new.holding_district where c.stay_id = new.id;
      return null;
    end $$;
    create trigger stay_call_offs after update of holding_district on stay for each row
      when (new.holding_district <> old.holding_district) execute function move_call_offs();

    -- What a bydel has set aside for bought places in a year.
    create table purchase_budget (
      id uuid primary key default uuidv7(),
      version integer not null default 1,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      district text not null references district_code,
      year integer not null check (year between 2000 and 2100),
      amount bigint not null check (amount between 0 and 10000000000),
      synthetic boolean not null default false,
      constraint purchase_budget_once unique (district, year)
    );

    -- Stays in bought places with what was ordered of them, without whose they are; case_number only tells one from another.
    create view purchase_history as
    select s.holding_district as district, dense_rank() over (order by s.id)::integer as case_number, s.during as lived,
      c.supplier_id, c.price_per_day, c.ordered
    from stay s left join call_off c on c.stay_id = s.id
    where s.form = 'private_institution';
    -- Waits of people whom specialist care has reported ready for discharge: from the day they were, to the day the need ended.
    create view discharge_wait_history as
    select coalesce(n.responsible_district, n.holding_district) as district,
      coalesce(n.situation_since, (n.registered_at at time zone 'Europe/Oslo')::date) as waited_from,
      (n.ended_at at time zone 'Europe/Oslo')::date as waited_until
    from need n where n.registered_at is not null and n.origin = 'specialist_care' and 'discharge_ready' = any (n.urgency_grounds);
    revoke all on purchase_history, discharge_wait_history from public;
    grant select on purchase_history, discharge_wait_history to boligtrapp_job;

    create function steers() returns boolean language sql stable parallel safe as $$
      select app_role() in ('housing_officer', 'district_manager', 'planner')
    $$;
    create function purchases_between(since date, until date)
      returns table (district text, case_number integer, lived_from date, lived_until date, price_per_day integer,
        ordered_from date, ordered_until date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select p.district, p.case_number, lower(p.lived), upper(p.lived), p.price_per_day, lower(p.ordered), upper(p.ordered)
      from purchase_history p where steers() and p.lived && daterange(since, until)
    $$;
    create function discharge_waits_between(since date, until date)
      returns table (district text, waited_from date, waited_until date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select w.district, w.waited_from, w.waited_until from discharge_wait_history w
      where steers() and w.waited_from < until and (w.waited_until is null or w.waited_until > greatest(since, w.waited_from))
    $$;
    -- Who lives today where the gap is paid for: in temporary accommodation, and ready to move on from a place with staff around
    -- the clock. Households and the people in them are counted apart.
    create function people_in_the_gap() returns table (district text, situation text, households bigint, people bigint)
      language sql stable security definer set search_path = public, pg_temp as $$
      select s.holding_district, g.situation, count(*), sum(h.adults + (select count(*) from household_child c
        where c.household_id = h.id and c.arrangement = 'living'))::bigint
      from stay s join household h on h.id = s.household_id join housing_form f on f.id = s.form
      cross join lateral (values (case when s.form = 'temporary' then 'temporary'
        when f.step = 1 and s.form <> 'private_institution' and s.ready_to_move_on_since <= app_today() then 'ready' end)) as g (situation)
      where steers() and upper_inf(s.during) and g.situation is not null
      group by 1, 2
    $$;

    create trigger supplier_version before update on supplier for each row execute function next_version();
    create trigger framework_agreement_version before update on framework_agreement for each row execute function next_version();
    create trigger quality_note_version before update on quality_note for each row execute function next_version();
    create trigger call_off_version before update on call_off for each row execute function next_version();
    create trigger purchase_budget_version before update on purchase_budget for each row execute function next_version();
    create trigger supplier_log after insert or update or delete on supplier for each row execute function log_change();
    create trigger framework_agreement_log after insert or update or delete on framework_agreement
      for each row execute function log_change();
    create trigger quality_note_log after insert or update or delete on quality_note for each row execute function log_change();
    create trigger call_off_log after insert or update or delete on call_off for each row execute function log_change();
    create trigger purchase_budget_log after insert or update or delete on purchase_budget for each row execute function log_change();

    alter table supplier enable row level security;
    create policy readers on supplier for select to boligtrapp_app using (steers());
    create policy buyers_add on supplier for insert to boligtrapp_app with check (app_role() in ('district_manager', 'planner'));
    create policy buyers_change on supplier for update to boligtrapp_app using (app_role() in ('district_manager', 'planner'));
    alter table framework_agreement enable row level security;
    create policy readers on framework_agreement for select to boligtrapp_app using (steers());
    create policy buyers_add on framework_agreement for insert to boligtrapp_app
      with check (app_role() in ('district_manager', 'planner'));
    create policy buyers_change on framework_agreement for update to boligtrapp_app
      using (app_role() in ('district_manager', 'planner'));
    alter table quality_note enable row level security;
    create policy readers on quality_note for select to boligtrapp_app using (steers());
    create policy own_add on quality_note for insert to boligtrapp_app
      with check (works_with_people_of(district) and written_by = app_actor());
    create policy own_take_back on quality_note for update to boligtrapp_app using (works_with_people_of(district));
    alter table call_off enable row level security;
    create policy circle on call_off to boligtrapp_app
      using (works_with_people_of(holding_district) and not stay_protected(stay_id));
    alter table purchase_budget enable row level security;
    create policy readers on purchase_budget for select to boligtrapp_app using (steers());
    create policy jobs on purchase_budget for select to boligtrapp_job using (true);
    create policy own_add on purchase_budget for insert to boligtrapp_app
      with check (app_role() = 'district_manager' and district = any (app_districts()));
    create policy own_change on purchase_budget for update to boligtrapp_app
      using (app_role() = 'district_manager' and district = any (app_districts()));

    grant select, insert on supplier, framework_agreement, quality_note, call_off, purchase_budget to boligtrapp_app;
    grant update (name, version, updated_at) on supplier to boligtrapp_app;
    grant update (title, price_per_day, valid, places, dual_diagnosis, note, version, updated_at) on framework_agreement
      to boligtrapp_app;
    grant update (withdrawn_at, version, updated_at) on quality_note to boligtrapp_app;
    grant update (price_per_day, ordered, reason, declined_offer_id, declined_referral_id, note, version, updated_at) on call_off
      to boligtrapp_app;
    grant update (amount, version, updated_at) on purchase_budget to boligtrapp_app;
    grant select on purchase_budget to boligtrapp_job;
    revoke execute on function purchases_between(date, date), discharge_waits_between(date, date), people_in_the_gap() from public;
    grant execute on function purchases_between(date, date), discharge_waits_between(date, date), people_in_the_gap()
      to boligtrapp_app;
  `)
    .execute(db)
}
