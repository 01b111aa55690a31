import { type Kysely, sql } from 'kysely'

/**
 * Whoever looks at a page hears that something of it changed: which table, and whose district, never what or who. Told at
 * commit, each message once a transaction however many rows it touched.
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
      insert into change_log (occurred_at, actor_id, actor_role, table_name, row_id, action, holding_district, before, after)
      values (app_now(), app_actor(), app_role(), tg_table_name,
        coalesce(new_row ->> 'id', old_row ->> 'id', new_row ->> 'resident_id', old_row ->> 'resident_id', ''),
        lower(tg_op), district, old_row, new_row);
      perform pg_notify('boligtrapp_change', tg_table_name || ' ' || coalesce(district, ''));
      return null;
    end $$;
  `)
    .execute(db)
}
