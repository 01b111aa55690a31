import { type Kysely, sql } from 'kysely'

/**
 * The certified shortages of a run, without anybody in them: who reads the run reads them. Which need is part of which stands in
 * the need's own row, which only her own district reads.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table matching_shortage (
      run_id uuid not null references matching_run on delete cascade,
      shortage integer not null,
      -- the shortage that this one is the most crowded part of
      within integer,
      needs integer not null check (needs > 0),
      deficit integer not null check (deficit > 0),
      place_ids uuid[] not null,
      -- what the needs have in common, and in words; of few needs without what they could be known by
      common jsonb not null,
      sentence text not null,
      primary key (run_id, shortage),
      foreign key (run_id, within) references matching_shortage,
      check (deficit = needs - cardinality(place_ids))
    );
    alter table matching_row add column shortage integer;
    alter table matching_row add foreign key (run_id, shortage) references matching_shortage deferrable initially deferred;

    alter table matching_shortage enable row level security;
    create policy jobs on matching_shortage to boligtrapp_job using (true) with check (true);
    -- of a run that she may see at all, which the run's own policy decides
    create policy readers on matching_shortage for select to boligtrapp_app
      using (exists (select from matching_run r where r.id = run_id));
    grant select on matching_shortage to boligtrapp_app;
    grant select, insert, delete on matching_shortage to boligtrapp_job;
  `)
    .execute(db)
}
