import { type Kysely, sql } from 'kysely'

/** The service must see that the database it was started on is still at its own level, and may see nothing else of the steps. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create function schema_level() returns text language sql stable security definer set search_path = public, pg_temp
      as $$ select max(m.name collate "C") from migrations.kysely_migration m $$;
    revoke execute on function schema_level() from public;
    grant execute on function schema_level() to boligtrapp_app, boligtrapp_job;
  `)
    .execute(db)
}
