import { type Kysely, sql } from 'kysely'

/** Which forms somebody in a bydel waits for: for whoever reads what stands behind a flag about its places, and nobody in it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create function wanted_forms(district text) returns text[]
      language sql stable security definer set search_path = public, pg_temp as $$
      select coalesce(array_agg(distinct form), '{}') from need n cross join unnest(n.forms) as form
      where n.status = 'registered' and coalesce(n.responsible_district, n.holding_district) = wanted_forms.district
    $$;
    revoke execute on function wanted_forms(text) from public;
    grant execute on function wanted_forms(text) to boligtrapp_app;
  `)
    .execute(db)
}
