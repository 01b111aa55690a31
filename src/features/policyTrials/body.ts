import type { z } from 'zod'
import { scopeFor } from '../../access/capabilities.ts'
import type { Acting, Actor } from '../../db/actor.ts'
import {
  MATCHING_POLICY_ID,
  type MatchingPolicyVersion,
  matchingPolicyInForce,
  policyVersions,
} from '../../db/matchingPolicy.ts'
import { notFound } from '../../domain/error.ts'
import { differencesOf, FIRST_POLICY, type MatchingPolicy, policyOf } from '../../domain/matching/policy.ts'
import { tierTitle } from '../../domain/matching/tierTitle.ts'
import type { TrialSide } from '../../domain/matching/trial.ts'
import { ELIGIBILITY_RULES } from '../../reference/eligibilityRules.ts'
import { OBJECTIVE_POLICY, URGENCY_POLICY } from '../../reference/policies.ts'
import { HARDENING_TIERS, type HeldBy, POLICY_DRAFT, RULES_HELD_BY } from '../../reference/policyDraft.ts'
import { sourceLabel } from '../../reference/sources.ts'
import { type ProposalRow, proposalsOf, type TrialRow, trialById, trialCells } from './queries.ts'
import type { matchingPolicy, Trial, WholeTrial } from './schema.ts'

type Counts = Pick<WholeTrial['byClass'][number], 'needs' | 'before' | 'after' | 'gained' | 'lost' | 'moved'>

/** A trial with what was proposed of it, and the number that its entity tag is: every proposal and decision raises it. */
export interface ReadTrial {
  row: TrialRow
  proposals: ProposalRow[]
  tag: number
}

/** @throws {DomainError} `not_found` */
export async function readTrial({ trx }: Acting, id: string): Promise<ReadTrial> {
  const row = await trialById(trx, id)
  if (row === undefined) throw notFound()
  const proposals = await proposalsOf(trx, [id])
  return { row, proposals, tag: proposals.reduce((sum, { version }) => sum + version, 1) }
}

/** What each trial says otherwise is told against the version that it was tried against. */
export async function versionsFor(acting: Acting) {
  const rows = await policyVersions(acting.trx, MATCHING_POLICY_ID).execute()
  return {
    rows,
    inForce: await matchingPolicyInForce(acting),
    policies: new Map(rows.map(({ version, parameters }) => [version, policyOf(parameters)])),
  }
}
type Versions = Awaited<ReturnType<typeof versionsFor>>

export function trialBody(
  row: TrialRow,
  proposals: readonly ProposalRow[],
  versions: Versions,
  actor: Actor | null,
): Trial {
  const { requestedBy, status, draft, result: _, ...rest } = row
  const policy = draft as unknown as MatchingPolicy
  return {
    ...rest,
    status: status as Trial['status'],
    mine: requestedBy === actor?.accountId,
    notice: POLICY_DRAFT.notice,
    baseInForce: versions.inForce.version === row.baseVersion,
    policy,
    differences: differencesOf(versions.policies.get(row.baseVersion) ?? FIRST_POLICY, policy),
    proposal: proposalBody(
      proposals.find(({ trialId }) => trialId === row.id),
      actor,
    ),
  }
}

function proposalBody(row: ProposalRow | undefined, actor: Actor | null): Trial['proposal'] {
  if (row === undefined) return null
  const { id: _, trialId: __, version: ___, proposerId, status, ...rest } = row
  return { ...rest, status: status as NonNullable<Trial['proposal']>['status'], mine: proposerId === actor?.accountId }
}

/** One trial in full, as far as the reader may see: the city's numbers, or her own district's. */
export async function wholeTrialBody(acting: Acting, actor: Actor | null, read: ReadTrial): Promise<WholeTrial> {
  const { row, proposals } = read
  const cells = await trialCells(acting.trx, row.id)
  const result = row.result as unknown as { before: TrialSide; after: TrialSide } | null
  const seesCity = actor !== null && scopeFor(actor, 'read_policy_trials') === 'all'
  return {
    ...trialBody(row, proposals, await versionsFor(acting), actor),
    beforeProven: result?.before.proven ?? null,
    afterProven: result?.after.proven ?? null,
    city: result === null || !seesCity ? null : { before: sideBody(result.before), after: sideBody(result.after) },
    byClass: [...Map.groupBy(cells, ({ urgencyClass }) => urgencyClass)]
      .sort(([a], [b]) => a - b)
      .map(([urgencyClass, some]) => ({ urgencyClass, ...sumOf(some) })),
    byDistrict: [...Map.groupBy(cells, ({ district }) => district)].map(([district, some]) => ({
      district,
      ...sumOf(some),
    })),
  }
}

function sumOf(cells: readonly Counts[]): Counts {
  const sum: Counts = { needs: 0, before: 0, after: 0, gained: 0, lost: 0, moved: 0 }
  for (const cell of cells) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += cell[key]
  return sum
}

function sideBody({ proven: _, values, ...rest }: TrialSide) {
  return { ...rest, values: values.map(({ id, value }) => ({ id, title: tierTitle(id), value })) }
}

const heldBody = (held: HeldBy | null) =>
  held === null ? null : { kind: held.kind, sentence: held.sentence, sourceInWords: sourceLabel(held.source) }

/** The policy in force, what of it a draft may change and what holds the rest, and what it was before. */
export function policyBody({ rows, inForce, policies }: Versions): z.infer<typeof matchingPolicy> {
  const { chainMoves, firstClass, firstTier, lastTier, notice } = POLICY_DRAFT
  return {
    ...(inForce satisfies MatchingPolicyVersion),
    chainMoves,
    classes: URGENCY_POLICY.classes.map(({ number, name }) => ({
      number,
      name,
      held: heldBody(number === firstClass.number ? firstClass.held : null),
    })),
    tiers: OBJECTIVE_POLICY.tiers.map(({ id, title }) => ({
      id,
      title,
      held: heldBody([firstTier, lastTier].find((tier) => tier.id === id)?.held ?? null),
      mayBeRequired: HARDENING_TIERS.some((tier) => tier === id),
    })),
    rules: ELIGIBILITY_RULES.map(({ id, title, sentence }) => ({
      id,
      title,
      sentence,
      held: heldBody(RULES_HELD_BY[id]),
    })),
    versions: rows.map(({ version, validFrom, author, reason, confirmedBy }, i) => {
      const policy = policies.get(version) ?? FIRST_POLICY
      const before = policies.get(rows[i + 1]?.version ?? version) ?? policy
      return { version, validFrom, author, reason, confirmedBy, differences: differencesOf(before, policy), policy }
    }),
    notice,
  }
}
