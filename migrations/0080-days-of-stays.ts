import { type Kysely, sql } from 'kysely'

/**
 * What a day asks of stays stands in one index by day, with the place beside it. Without the place there, and with a long history,
 * PostgreSQL read the index of the exclusion instead, which is by place first, from end to end: it alone held both columns.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    drop index occupancy_during;
    create index occupancy_during on occupancy using gist (during) include (place_id);
  `)
    .execute(db)
}
