import { type Kysely, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { FIRST_POLICY, type MatchingPolicy, parametersOf, policyOf } from '../domain/matching/policy.ts'
import { type UsedPolicy, usedPolicySentence } from '../domain/matching/usedPolicy.ts'
import { OBJECTIVE_POLICY } from '../reference/policies.ts'
import type { Acting } from './actor.ts'
import { asJson } from './json.ts'
import type { DB } from './types.generated.ts'

/** The id of the policy that runs share places out by. */
export const MATCHING_POLICY_ID = 'matching_objective'

/** A version of it, with what it says. */
export interface MatchingPolicyVersion {
  version: number
  policy: MatchingPolicy
}

/** The version that is in force on the day of the transaction. */
export async function matchingPolicyInForce({ trx, today }: Acting): Promise<MatchingPolicyVersion> {
  const row = await policyVersions(trx, MATCHING_POLICY_ID).where('validFrom', '<=', today).limit(1).executeTakeFirst()
  return row === undefined
    ? { version: OBJECTIVE_POLICY.version, policy: FIRST_POLICY }
    : { version: row.version, policy: policyOf(row.parameters) }
}

/** All versions of a policy, the newest first, with who wrote and who confirmed them. */
export function policyVersions(db: Kysely<DB>, policyId: string) {
  return db
    .selectFrom('policyVersion')
    .select(['version', 'title', 'source', 'validFrom', 'author', 'reason', 'confirmedBy'])
    .select(sql<Readonly<Record<string, unknown>>>`parameters`.as('parameters'))
    .where('policyId', '=', policyId)
    .orderBy('version', 'desc')
}

/** Which version something was computed by, with how that is said. */
interface ToldPolicy extends Pick<UsedPolicy, 'version' | 'validFrom'> {
  /** It is in force still. */
  inForce: boolean
  sentence: string
}

/** Tells by which version something was computed, from the versions that are stored with it; null until it is computed. */
export type PolicyTeller = (policies: unknown) => ToldPolicy | null

/** What tells of each of several things that were computed. */
export async function policyTeller({ trx, today }: Acting): Promise<PolicyTeller> {
  const rows = await policyVersions(trx, MATCHING_POLICY_ID).clearSelect().select(['version', 'validFrom']).execute()
  const inForce = rows.find(({ validFrom }) => validFrom <= today)?.version ?? OBJECTIVE_POLICY.version
  return (policies) => {
    const { objective } = (policies ?? {}) as { objective?: number }
    const row = rows.find(({ version }) => version === objective)
    if (row === undefined) return null
    const { version, validFrom } = row
    const sentence = usedPolicySentence({ version, validFrom, inForce })
    return { version, validFrom, inForce: version === inForce, sentence }
  }
}

/** Has everybody else wait who would write a version of the policy, until this transaction is over. */
export async function lockMatchingPolicy(db: Kysely<DB>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`policy/${MATCHING_POLICY_ID}`}, 0))`.execute(db)
}

/** Adds a version of the policy, in force from a day on; the ones before stay as they are. */
export async function insertMatchingPolicy(
  db: Kysely<DB>,
  { policy, ...row }: MatchingPolicyVersion & { validFrom: Day; author: string; reason: string; confirmedBy: string },
): Promise<void> {
  await db
    .insertInto('policyVersion')
    .values({
      policyId: MATCHING_POLICY_ID,
      title: OBJECTIVE_POLICY.title,
      source: `${OBJECTIVE_POLICY.source}; egen vedtatt etter en prøve`,
      parameters: asJson(parametersOf(policy)),
      ...row,
    })
    .execute()
}
