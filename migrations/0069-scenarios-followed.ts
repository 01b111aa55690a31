import { type Kysely, sql } from 'kysely'

/** Whoever looks at scenarios hears that one was written or put away, and that a comparison was asked for or has ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create trigger scenario_told after insert or update on scenario for each statement execute function tell_of_table();
    create trigger scenario_comparison_told after insert or update of status on scenario_comparison for each statement
      execute function tell_of_table();
  `)
    .execute(db)
}
