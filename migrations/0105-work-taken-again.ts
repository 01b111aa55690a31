import { type Kysely, sql } from 'kysely'

const JOBS = ['matching_run', 'forecast', 'scenario_comparison', 'return_schedule', 'expansion_plan', 'policy_trial']

/**
 * Long work whose worker died is taken by another one, so many times: each taking has a mark of its own, by which a worker that was
 * only away finds that the work is no longer its.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const job of JOBS) {
    await sql
      .raw(`
      alter table ${job}
        add column taking uuid,
        add column workers_lost smallint not null default 0 check (workers_lost >= 0);
    `)
      .execute(db)
  }
}
