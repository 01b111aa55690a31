import { type Kysely, sql } from 'kysely'

/**
 * By what id another system knows somebody with a protected address is read in her own circle alone. Whoever sends the same id is
 * told of that one, as of a number: that it is somebody whom she may not see.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create function import_targets_protected_from_actor() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp rows 100 as $$
      with hidden as (select h.id from households_protected_from_actor() h (id))
      select r.id from resident r join hidden on hidden.id = r.household_id
      union all select n.id from need n join hidden on hidden.id = n.household_id
      union all select s.id from stay s join hidden on hidden.id = s.household_id
    $$;
    alter policy people on import_key using (kind <> 'place' and works_with_people_of(holding_district)
      and target_id not in (select import_targets_protected_from_actor()));

    -- Which of these ids are taken in the district, by somebody whom the asker may not see too.
    create function import_ids_taken(of_kind text, district text, sources text[], ids text[])
      returns table (source text, external_id text)
      language sql stable security definer set search_path = public, pg_temp as $$
      select k.source, k.external_id from unnest(sources, ids) as a (source, id)
      join import_key k on k.kind = of_kind and k.holding_district = import_ids_taken.district and k.source = a.source
        and k.external_id = a.id
      where works_with_people_of(import_ids_taken.district)
    $$;
    revoke execute on function import_targets_protected_from_actor(), import_ids_taken(text, text, text[], text[]) from public;
    grant execute on function import_targets_protected_from_actor(), import_ids_taken(text, text, text[], text[])
      to boligtrapp_app;
  `)
    .execute(db)
}
