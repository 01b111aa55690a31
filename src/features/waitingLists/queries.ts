import { type Kysely, sql } from 'kysely'
import { newestRun } from '../../db/matchingRun.ts'
import { ownRunRows } from '../../db/needs.ts'
import type { DB } from '../../db/types.generated.ts'

/** What the newest completed run that the reader may see said of each of her registered needs. */
export async function lastOutcomes(db: Kysely<DB>) {
  const runId = await newestRun(db)
  if (runId === undefined) return new Map<string, { runId: string; outcome: string; sentence: string | null }>()
  const rows = await ownRunRows(db, runId, ['registered'])
    .select(['need.id', 'row.outcome', sql<string | null>`row.detail ->> 'sentence'`.as('sentence')])
    .execute()
  return new Map(rows.map(({ id, outcome, sentence }) => [id, { runId, outcome, sentence }]))
}
