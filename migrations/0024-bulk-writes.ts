import { type Kysely, sql } from 'kysely'

/** Tables that a file of 100,000 rows writes to: what changes there is logged once a statement. */
const LOGGED = ['household', 'household_child', 'resident', 'stay', 'need', 'facility', 'place', 'occupancy']

/**
 * What is said of a whole file is checked and logged for the whole of it. Asked row by row, protection and the change log were
 * half of what an import of 100,000 people cost; and the question of protection, planned while there was nobody yet, read all
 * residents for each new child, which never came to an end.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- Whom the actor may not see though she works with people of the district: a set, made once a statement. Of her own
    -- districts alone, as the policies ask of no others.
    create index resident_address_protected on resident (holding_district) where address_protection <> 'none';
    create function residents_protected_from_actor() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 100 as $$
      select r.id from resident r
      where r.address_protection <> 'none' and works_with_people_of(r.holding_district)
        and not exists (select from circle_member c where c.resident_id = r.id and c.account_id = app_actor())
    $$;
    create function households_protected_from_actor() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 100 as $$
      select r.household_id from resident r
      where r.address_protection <> 'none' and works_with_people_of(r.holding_district)
        and not exists (select from circle_member c where c.resident_id = r.id and c.account_id = app_actor())
    $$;
    alter policy circle on household
      using (works_with_people_of(holding_district) and id not in (select households_protected_from_actor()));
    alter policy circle on household_child
      using (works_with_people_of(holding_district) and household_id not in (select households_protected_from_actor()));
    alter policy circle on resident_identity
      using (works_with_people_of(holding_district) and resident_id not in (select residents_protected_from_actor()));
    alter policy circle on stay
      using (works_with_people_of(holding_district) and household_id not in (select households_protected_from_actor()));
    alter policy circle on need
      using (works_with_people_of(holding_district) and household_id not in (select households_protected_from_actor()));

    -- The same rows in the log as log_change writes, and the same notices, of all rows that a statement touched. The two
    -- sides of an update are joined in full, though neither lacks a row: a kept plan, made for one row, then cannot be a loop
    -- within a loop when there are 100,000.
    create function log_changes() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      districts text[];
    begin
      if tg_op = 'INSERT' then
        with logged as (
          insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
          select app_now(), app_actor(), app_role(), tg_table_name, n.row ->> 'id', 'insert', n.row ->> 'holding_district',
            null, n.row
          from (select to_jsonb(r) as row from new_rows r offset 0) n
          returning holding_district)
        select array_agg(distinct l.holding_district) into districts from logged l;
      elsif tg_op = 'UPDATE' then
        with logged as (
          insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
          select app_now(), app_actor(), app_role(), tg_table_name, n.row ->> 'id', 'update', n.row ->> 'holding_district',
            o.row, n.row
          from (select r.id, to_jsonb(r) as row from new_rows r offset 0) n
          full join (select r.id, to_jsonb(r) as row from old_rows r offset 0) o on o.id = n.id
          returning holding_district)
        select array_agg(distinct l.holding_district) into districts from logged l;
      else
        with logged as (
          insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
          select app_now(), app_actor(), app_role(), tg_table_name, o.row ->> 'id', 'delete', o.row ->> 'holding_district',
            o.row, null
          from (select to_jsonb(r) as row from old_rows r offset 0) o
          returning holding_district)
        select array_agg(distinct l.holding_district) into districts from logged l;
      end if;
      perform pg_notify('boligtrapp_change', tg_table_name || ' ' || coalesce(d.district, ''))
      from unnest(districts) as d (district);
      return null;
    end $$;

    -- A place lives inside its facility's life: the same wall, for all places of a statement.
    drop trigger place_inside_facility on place;
    drop function place_inside_facility();
    create function places_inside_facility() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      facilities uuid[];
    begin
      if tg_op = 'INSERT' then
        select array_agg(distinct n.facility_id) into facilities from new_rows n;
      else
        select array_agg(distinct n.facility_id) into facilities from new_rows n join old_rows o on o.id = n.id
        where (n.facility_id, n.open_during) is distinct from (o.facility_id, o.open_during);
      end if;
      -- locked, or a facility could be shortened beside us without either seeing the other; with elevated rights, as row
      -- security has by now refused those who do not maintain it
      perform from facility f where f.id = any (facilities) order by f.id for share;
      if exists (select from new_rows n join facility f on f.id = n.facility_id
          where n.facility_id = any (facilities) and not f.open_during @> n.open_during) then
        raise exception 'place outside its facility''s life' using errcode = '23514', constraint = 'place_inside_facility';
      end if;
      return null;
    end $$;
    create trigger place_inside_facility after insert on place
      referencing new table as new_rows for each statement execute function places_inside_facility();
    create trigger place_still_inside_facility after update on place
      referencing old table as old_rows new table as new_rows for each statement execute function places_inside_facility();
  `)
    .execute(db)
  for (const table of LOGGED) {
    await sql
      .raw(`
      drop trigger ${table}_log on ${table};
      create trigger ${table}_log after insert on ${table}
        referencing new table as new_rows for each statement execute function log_changes();
      create trigger ${table}_update_log after update on ${table}
        referencing old table as old_rows new table as new_rows for each statement execute function log_changes();
      create trigger ${table}_delete_log after delete on ${table}
        referencing old table as old_rows for each statement execute function log_changes();
    `)
      .execute(db)
  }
}
