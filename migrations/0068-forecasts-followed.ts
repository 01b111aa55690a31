import { type Kysely, sql } from 'kysely'

/** Whoever looks at forecasts hears that one was asked for or has ended; how far it has come she asks for herself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create function tell_of_table() returns trigger
      language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      perform pg_notify('boligtrapp_change', tg_table_name || ' ');
      return null;
    end $$;
    revoke execute on function tell_of_table() from public;
    create trigger forecast_told after insert or update of status on forecast for each statement
      execute function tell_of_table();
  `)
    .execute(db)
}
