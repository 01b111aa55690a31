import { type Kysely, sql } from 'kysely'
import { ownRunRows } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'

/** What the newest completed run that the reader may see said of each of her needs. */
export async function lastOutcomes(db: Kysely<DB>) {
  const run = await db
    .selectFrom('matchingRun')
    .select('id')
    .where('status', '=', 'completed')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (run === undefined) return new Map<string, { runId: string; outcome: string; sentence: string | null }>()
  const rows = await ownRunRows(db, run.id)
    .select(['need.id', 'row.outcome', sql<string | null>`row.detail ->> 'sentence'`.as('sentence')])
    .execute()
  return new Map(rows.map(({ id, outcome, sentence }) => [id, { runId: run.id, outcome, sentence }]))
}
