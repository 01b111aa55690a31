import { type Kysely, sql } from 'kysely'
import type { MatchingPolicy } from '../domain/matching/policy.ts'
import type { Snapshot } from '../domain/matching/snapshot.ts'
import type { TrialResult } from '../domain/matching/trial.ts'
import { POLICY_DRAFT } from '../reference/policyDraft.ts'
import { asJson } from './json.ts'
import { COMPLETED, type LongJob, stillWanted, type Taken } from './longJobs.ts'
import { MATCHING_POLICY_ID, policyVersions } from './matchingPolicy.ts'
import type { DB } from './types.generated.ts'

/** A trial of a draft as work that takes its time, with what its user reads when it does not complete. */
export const TRIAL_JOB = {
  table: 'policy_trial',
  one: 'prøven',
  plural: 'prøver',
  cancelled: 'Prøven ble avbrutt.',
  failed: 'Prøven feilet. Den er registrert, prøv igjen.',
  stopped: 'Prøven ble avbrutt fordi tjenesten stoppet. Start en ny.',
} as const satisfies LongJob

/** What is tried, and against which version of the policy. */
export interface AskedTrial {
  draft: MatchingPolicy
  base: { version: number; parameters: unknown }
}

/** @throws when there is no such trial, or no such version any more, which cannot be: neither is ever deleted */
export async function askedTrial(db: Kysely<DB>, id: string): Promise<AskedTrial> {
  const { baseVersion, draft } = await db
    .selectFrom('policyTrial')
    .select(['baseVersion', 'draft'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const base = await policyVersions(db, MATCHING_POLICY_ID).where('version', '=', baseVersion).executeTakeFirstOrThrow()
  return { draft: draft as unknown as MatchingPolicy, base }
}

/** Stores a trial that both plans' checkers let through, all of it or nothing; false when it was cancelled or failed meanwhile. */
export async function saveTrial(
  db: Kysely<DB>,
  taken: Taken,
  snapshot: Snapshot,
  packed: Uint8Array,
  { before, after, cells, rows }: TrialResult,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const finished = await trx
      .updateTable('policyTrial')
      .set({
        ...COMPLETED,
        asOf: snapshot.asOf,
        cityVersion: snapshot.cityVersion,
        result: asJson({ before, after }),
        input: Buffer.from(packed),
        inputExpiresAt: sql<string>`now() + make_interval(days => ${POLICY_DRAFT.inputKeptDays})`,
      })
      .where(stillWanted(taken))
      .executeTakeFirst()
    if (finished.numUpdatedRows === 0n) return false
    await sql`
      insert into policy_trial_cell (trial_id, district, urgency_class, needs, before, after, gained, lost, moved)
      select ${taken.id}::uuid, c.district, c."urgencyClass", c.needs, c.before, c.after, c.gained, c.lost, c.moved
      from jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) as c (district text, "urgencyClass" integer, needs integer,
        before integer, after integer, gained integer, lost integer, moved integer)`.execute(trx)
    await sql`
      insert into policy_trial_row (trial_id, pseudonym, holding_district, urgency_class, outcome, before_place_id, after_place_id)
      select ${taken.id}::uuid, r.pseudonym, r."holdingDistrict", r."urgencyClass", r.outcome, r."beforePlaceId", r."afterPlaceId"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (pseudonym uuid, "holdingDistrict" text, "urgencyClass" integer,
        outcome text, "beforePlaceId" uuid, "afterPlaceId" uuid)`.execute(trx)
    return true
  })
}
