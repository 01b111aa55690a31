import { ELIGIBILITY_RULES } from '../../reference/eligibilityRules.ts'
import {
  OBJECTIVE_POLICY,
  type ObjectiveTierId,
  URGENCY_POLICY,
  type UrgencyClassNumber,
} from '../../reference/policies.ts'
import {
  HARDENING_TIERS,
  type HardeningTierId,
  POLICY_DRAFT,
  RULES_HELD_BY,
  type SofteningRuleId,
} from '../../reference/policyDraft.ts'
import { DomainError, type FieldError } from '../error.ts'
import type { Requirements } from '../need.ts'

/** What the city may choose of how places are shared out. */
export interface MatchingPolicy {
  /** How many moves a chain may have. */
  chainMovesMax: number
  /** Urgency classes, the one that comes first first; all of them. */
  classes: UrgencyClassNumber[]
  /** What is weighed between those of one class, the weightiest first; what is left out weighs nothing. */
  tiers: WeighedTierId[]
  /** Hard rules that only weigh: who breaks one may still be given the place. */
  wishes: SofteningRuleId[]
  /** Wishes that everybody's place must meet. */
  requirements: HardeningTierId[]
}

export type WeighedTierId = Exclude<ObjectiveTierId, 'urgency' | 'tie'>

/** Whether a criterion is how long somebody has waited. */
export const isWait = (id: string) => id.startsWith('days_')

const isWeighed = (id: ObjectiveTierId): id is WeighedTierId =>
  id !== POLICY_DRAFT.firstTier.id && id !== POLICY_DRAFT.lastTier.id

/** Every tier that a policy may order, in the order of the first version. */
export const WEIGHED_TIERS: readonly WeighedTierId[] = OBJECTIVE_POLICY.tiers.map(({ id }) => id).filter(isWeighed)

/** The policy as its first version says. */
export const FIRST_POLICY: MatchingPolicy = {
  chainMovesMax: OBJECTIVE_POLICY.parameters.chainMovesMax,
  classes: URGENCY_POLICY.classes.map(({ number }) => number),
  tiers: [...WEIGHED_TIERS],
  wishes: [],
  requirements: [],
}

/** A policy as a version keeps it, beside title and source: the shape of the first version and what it did not have yet. */
export function parametersOf(policy: MatchingPolicy): Record<string, unknown> {
  const { firstTier, lastTier } = POLICY_DRAFT
  const tiers = [firstTier.id, ...policy.tiers, lastTier.id].map((id) =>
    OBJECTIVE_POLICY.tiers.find((tier) => tier.id === id),
  )
  return {
    tiers,
    parameters: { ...OBJECTIVE_POLICY.parameters, chainMovesMax: policy.chainMovesMax },
    classes: policy.classes,
    wishes: policy.wishes,
    requirements: policy.requirements,
  }
}

interface StoredPolicy extends Partial<Pick<MatchingPolicy, 'classes' | 'wishes' | 'requirements'>> {
  tiers: readonly { id: ObjectiveTierId }[]
  parameters: { chainMovesMax: number }
}

/** A policy from what a version keeps; the first one says nothing of classes, wishes and requirements. */
export function policyOf(parameters: unknown): MatchingPolicy {
  const stored = parameters as StoredPolicy
  return {
    chainMovesMax: stored.parameters.chainMovesMax,
    classes: stored.classes ?? FIRST_POLICY.classes,
    tiers: stored.tiers.map(({ id }) => id).filter(isWeighed),
    wishes: stored.wishes ?? [],
    requirements: stored.requirements ?? [],
  }
}

/**
 * What is asked of a place under a policy: rules that it makes wishes exclude nobody, and wishes that it makes requirements
 * exclude what does not meet them. The need itself stays as it was registered.
 */
export function requirementsUnder(
  { wishes, requirements: hard }: Pick<MatchingPolicy, 'wishes' | 'requirements'>,
  asked: Requirements,
): Requirements {
  if (wishes.length === 0 && hard.length === 0) return asked
  return {
    ...asked,
    ...(hard.includes('preferred_form') ? { forms: asked.forms.slice(0, 1) } : {}),
    ...(hard.includes('wanted_features')
      ? { requiredFeatures: [...new Set([...asked.requiredFeatures, ...asked.wantedFeatures])] }
      : {}),
    ...(hard.includes('home_district') ? { homeDistrictOnly: true } : {}),
    ...(wishes.length > 0 ? { asWishes: wishes } : {}),
  }
}

/** A draft: what it leaves out stays as in force. Names may be anything that was written. */
export interface PolicyDraft {
  chainMovesMax?: number | undefined
  classes?: readonly number[] | undefined
  tiers?: readonly string[] | undefined
  wishes?: readonly string[] | undefined
  requirements?: readonly string[] | undefined
}

/**
 * The policy that a draft makes of the one in force.
 * @throws {DomainError} `invalid_value`, each wrong part with why: what the law holds is named with the law
 */
export function drafted(inForce: MatchingPolicy, draft: PolicyDraft): MatchingPolicy {
  const errors = refusedDraft(draft)
  if (errors.length > 0) throw new DomainError('invalid_value', 'Utkastet kan ikke prøves slik det er.', errors)
  const policy: MatchingPolicy = {
    chainMovesMax: draft.chainMovesMax ?? inForce.chainMovesMax,
    classes: (draft.classes as UrgencyClassNumber[] | undefined) ?? inForce.classes,
    tiers: (draft.tiers as WeighedTierId[] | undefined) ?? inForce.tiers,
    wishes: (draft.wishes as SofteningRuleId[] | undefined) ?? inForce.wishes,
    requirements: (draft.requirements as HardeningTierId[] | undefined) ?? inForce.requirements,
  }
  if (differencesOf(inForce, policy).length === 0) {
    throw new DomainError('invalid_value', 'Utkastet er likt regelen som gjelder. Endre noe, så det er noe å prøve.', [
      { pointer: '', code: 'same_as_in_force', detail: 'Utkastet er likt regelen som gjelder.' },
    ])
  }
  return policy
}

function refusedDraft({ chainMovesMax, classes, tiers, wishes, requirements }: PolicyDraft): FieldError[] {
  const { chainMoves, firstClass } = POLICY_DRAFT
  const errors: FieldError[] = []
  const refuse = (pointer: string, code: string, detail: string) => errors.push({ pointer, code, detail })
  if (chainMovesMax !== undefined && (chainMovesMax < chainMoves.min || chainMovesMax > chainMoves.max)) {
    refuse('/chainMovesMax', 'out_of_range', `Velg fra ${chainMoves.min} til ${chainMoves.max} flyttinger.`)
  }
  if (classes !== undefined) {
    if ([...classes].sort().join() !== FIRST_POLICY.classes.join())
      refuse('/classes', 'not_all_classes', 'Alle hasteklassene må være med, hver av dem én gang.')
    else if (classes[0] !== firstClass.number) refuse('/classes', 'held_by_law', firstClass.held.sentence)
  }
  for (const [i, id] of (tiers ?? []).entries()) {
    const held = [POLICY_DRAFT.firstTier, POLICY_DRAFT.lastTier].find((tier) => tier.id === id)?.held
    if (held !== undefined) refuse(`/tiers/${i}`, `held_by_${held.kind}`, held.sentence)
    else if (!WEIGHED_TIERS.some((tier) => tier === id))
      refuse(`/tiers/${i}`, 'unknown_tier', 'Dette hensynet finnes ikke.')
    else if (tiers?.indexOf(id) !== i) refuse(`/tiers/${i}`, 'twice', 'Hensynet står to ganger.')
  }
  for (const [i, id] of (wishes ?? []).entries()) {
    if (!ELIGIBILITY_RULES.some((rule) => rule.id === id)) {
      refuse(`/wishes/${i}`, 'unknown_rule', 'Denne regelen finnes ikke.')
      continue
    }
    const held = RULES_HELD_BY[id as keyof typeof RULES_HELD_BY]
    if (held !== null) refuse(`/wishes/${i}`, `held_by_${held.kind}`, held.sentence)
    else if (wishes?.indexOf(id) !== i) refuse(`/wishes/${i}`, 'twice', 'Regelen står to ganger.')
  }
  for (const [i, id] of (requirements ?? []).entries()) {
    if (!HARDENING_TIERS.some((tier) => tier === id))
      refuse(`/requirements/${i}`, 'unknown_tier', 'Dette ønsket kan ikke gjøres til krav.')
    else if (requirements?.indexOf(id) !== i) refuse(`/requirements/${i}`, 'twice', 'Ønsket står to ganger.')
  }
  return errors
}

const tierTitle = (id: string) => OBJECTIVE_POLICY.tiers.find((tier) => tier.id === id)?.title ?? id
const ruleTitle = (id: string) => ELIGIBILITY_RULES.find((rule) => rule.id === id)?.title ?? id

/** What one policy says otherwise than another, a bokmål sentence each; empty when they are the same. */
export function differencesOf(before: MatchingPolicy, after: MatchingPolicy): string[] {
  const said: string[] = []
  if (before.chainMovesMax !== after.chainMovesMax)
    said.push(
      `En boligkjede kan ha ${after.chainMovesMax === 1 ? 'én flytting' : `${after.chainMovesMax} flyttinger`}, ikke ${before.chainMovesMax}.`,
    )
  if (before.classes.join() !== after.classes.join())
    said.push(`Hasteklassene kommer i rekkefølgen ${after.classes.join(', ')}, ikke ${before.classes.join(', ')}.`)
  for (const id of before.tiers.filter((tier) => !after.tiers.includes(tier)))
    said.push(`«${tierTitle(id)}» teller ikke lenger.`)
  for (const id of after.tiers.filter((tier) => !before.tiers.includes(tier)))
    said.push(`«${tierTitle(id)}» teller igjen.`)
  const [kept, keptAfter] = [
    before.tiers.filter((id) => after.tiers.includes(id)),
    after.tiers.filter((id) => before.tiers.includes(id)),
  ]
  if (kept.join() !== keptAfter.join())
    said.push(
      `Innenfor en klasse veier hensynene i ny rekkefølge: ${keptAfter.map((id) => `«${tierTitle(id)}»`).join(', ')}.`,
    )
  const softened = (id: SofteningRuleId) => `«${ruleTitle(id)}»`
  for (const id of after.wishes.filter((rule) => !before.wishes.includes(rule)))
    said.push(`${softened(id)} er et ønske, ikke et krav.`)
  for (const id of before.wishes.filter((rule) => !after.wishes.includes(rule)))
    said.push(`${softened(id)} er et krav igjen.`)
  for (const id of after.requirements.filter((tier) => !before.requirements.includes(tier)))
    said.push(`«${tierTitle(id)}» er et krav, ikke et ønske.`)
  for (const id of before.requirements.filter((tier) => !after.requirements.includes(tier)))
    said.push(`«${tierTitle(id)}» er et ønske igjen.`)
  return said
}
