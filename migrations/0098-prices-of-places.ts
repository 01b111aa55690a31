import { type Kysely, sql } from 'kysely'

/**
 * What one more place would change, as a run over the city found: numbers, classes and districts, and nobody in them. A planner
 * reads it of the whole city, a manager of places in her own district. What a place of each form was taken to be stands with
 * the run; null where nothing was priced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    alter table matching_run add column priced_places jsonb;
    create table matching_price (
      run_id uuid not null references matching_run on delete cascade,
      -- the place in the order of what releases most
      position integer not null check (position >= 0),
      form text not null references housing_form,
      variant text not null check (variant in ('usual', 'accessible')),
      district text not null,
      fits integer not null check (fits >= 0),
      people integer not null,
      -- classes 1 to 5
      by_class integer[] not null check (cardinality(by_class) = 5),
      released jsonb not null,
      moves jsonb not null,
      primary key (run_id, form, variant, district),
      unique (run_id, position)
    );
    alter table matching_price enable row level security;
    create policy jobs on matching_price to boligtrapp_job using (true) with check (true);
    -- of a run that she may see at all, which the run's own policy decides
    create policy readers on matching_price for select to boligtrapp_app
      using ((app_role() = 'planner' or (app_role() = 'district_manager' and district = any (app_districts())))
        and exists (select from matching_run r where r.id = run_id));
    grant select on matching_price to boligtrapp_app;
    grant select, insert, delete on matching_price to boligtrapp_job;
  `)
    .execute(db)
}
