import type { Acting, Actor } from '../../db/actor.ts'
import {
  insertMatchingPolicy,
  lockMatchingPolicy,
  MATCHING_POLICY_ID,
  matchingPolicyInForce,
  policyVersions,
} from '../../db/matchingPolicy.ts'
import { stale } from '../../domain/error.ts'
import type { MatchingPolicy } from '../../domain/matching/policy.ts'
import { decisionOn, mustBeProposable } from '../../domain/policyProposal.ts'
import { type ReadTrial, readTrial } from './body.ts'

/** The trial as it is when nobody else writes of the policy until this transaction is over. @throws {DomainError} `stale_version` */
async function locked(acting: Acting, id: string, tag: number) {
  await lockMatchingPolicy(acting.trx)
  const read = await readTrial(acting, id)
  if (read.tag !== tag) throw stale()
  return { ...read, inForce: (await matchingPolicyInForce(acting)).version, newest: read.proposals[0] }
}

/** Proposes that the draft becomes the city's policy; somebody else decides. @throws {DomainError} as `mustBeProposable` */
export async function proposeDraft(
  acting: Acting,
  actor: Actor,
  id: string,
  tag: number,
  reason: string,
): Promise<ReadTrial> {
  const { row, inForce, newest } = await locked(acting, id, tag)
  mustBeProposable(row, inForce, newest)
  await acting.trx.insertInto('policyProposal').values({ trialId: id, reason, proposedBy: actor.accountId }).execute()
  return readTrial(acting, id)
}

/**
 * Decides on a proposal. Adopting writes the next version of the policy, in force from today: the next run is made by it, and
 * those before keep saying by which they were.
 * @throws {DomainError} as `decisionOn`
 */
export async function decideOnDraft(
  acting: Acting,
  actor: Actor,
  id: string,
  tag: number,
  { adopt, note }: { adopt: boolean; note: string },
): Promise<ReadTrial> {
  const { trx, today } = acting
  const { row, inForce, newest } = await locked(acting, id, tag)
  const { baseVersion } = row
  const status = decisionOn(newest, { deciderId: actor.accountId, adopt, baseVersion, inForce })
  const newestVersion = await policyVersions(trx, MATCHING_POLICY_ID).limit(1).executeTakeFirst()
  const version = (newestVersion?.version ?? inForce) + 1
  await trx
    .updateTable('policyProposal')
    .set({
      status,
      note,
      decidedBy: actor.accountId,
      decidedOn: today,
      policyVersion: status === 'adopted' ? version : null,
    })
    .where('id', '=', newest?.id ?? '')
    .execute()
  const read = await readTrial(acting, id)
  const [decided] = read.proposals
  if (status === 'adopted' && decided !== undefined) {
    await insertMatchingPolicy(trx, {
      version,
      policy: row.draft as unknown as MatchingPolicy,
      validFrom: today,
      author: decided.proposedBy,
      reason: decided.reason,
      confirmedBy: decided.decidedBy ?? '',
    })
  }
  return read
}
