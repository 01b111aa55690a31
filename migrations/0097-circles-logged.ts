import { type Kysely, sql } from 'kysely'

/**
 * What is changed of a circle is logged under the bydel that has the person, and so is read like everything else of her: by her own
 * circle. Whose an imported id is, is asked after who asks.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create or replace function log_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
      new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
      district text := coalesce(new_row ->> 'holding_district', old_row ->> 'holding_district');
    begin
      if tg_table_name = 'circle_member' then
        select r.holding_district into district from resident r
          where r.id = (coalesce(new_row, old_row) ->> 'resident_id')::uuid;
      end if;
      insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
      values (app_now(), app_actor(), app_role(), tg_table_name,
        coalesce(new_row ->> 'id', old_row ->> 'id', new_row ->> 'resident_id', old_row ->> 'resident_id', ''),
        lower(tg_op), district, old_row, new_row);
      perform pg_notify('boligtrapp_change', tg_table_name || ' ' || coalesce(district, ''));
      return null;
    end $$;
    drop policy circles on change_log;

    alter policy people on import_key using (works_with_people_of(holding_district) and kind <> 'place'
      and target_id not in (select import_targets_protected_from_actor()));
  `)
    .execute(db)
}
