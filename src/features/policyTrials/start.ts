import { sql } from 'kysely'
import type { Acting, Actor } from '../../db/actor.ts'
import { asJson } from '../../db/json.ts'
import { mustHaveRoom } from '../../db/longJobs.ts'
import { matchingPolicyInForce } from '../../db/matchingPolicy.ts'
import { TRIAL_JOB } from '../../db/policyTrials.ts'
import { drafted } from '../../domain/matching/policy.ts'
import { POLICY_DRAFT } from '../../reference/policyDraft.ts'
import type { NewTrial } from './schema.ts'

/**
 * Registers a draft to be tried against the policy in force.
 * @throws {DomainError} `invalid_value` with each part that may not be drafted so; `too_many_unfinished`
 */
export async function startTrial(acting: Acting, actor: Actor, asked: NewTrial): Promise<string> {
  const { trx, today } = acting
  const { version, policy } = await matchingPolicyInForce(acting)
  const draft = drafted(policy, asked)
  await mustHaveRoom(trx, TRIAL_JOB, actor.accountId, POLICY_DRAFT.unfinishedMax)
  const { id } = await trx
    .insertInto('policyTrial')
    .values({
      asOf: today,
      baseVersion: version,
      draft: asJson(draft),
      requestedBy: actor.accountId,
      // a job's times are the real clock's, also in the demo: they say how long it took
      requestedAt: sql<string>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
