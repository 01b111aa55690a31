import {
  OBJECTIVE_POLICY,
  type ObjectiveTierId,
  URGENCY_POLICY,
  type UrgencyClassNumber,
} from '../../reference/policies.ts'
import { formById } from '../ladder.ts'
import type { Requirements } from '../need.ts'
import type { Facility, Place } from '../place.ts'
import { staffingDifference } from '../staffing.ts'
import { type SituationFacts, type Urgency, urgencyOf } from '../urgency.ts'
import { FIRST_POLICY, isWait, type WeighedTierId } from './policy.ts'
import type { Snapshot } from './snapshot.ts'

/** One criterion of the objective: what each eligible pair adds to it, never negative, in the order of the pairs. */
export interface Tier<Id extends string = ObjectiveTierId | `class_${UrgencyClassNumber}` | typeof KEPT_WISHES> {
  id: Id
  gains: Float64Array
}

/** Rules that a policy makes wishes: how many of them the place keeps to. They weigh before how well it fits otherwise. */
export const KEPT_WISHES = 'rules_kept'

/** What the objective asks of the needs: a part of a snapshot. */
export interface AskedNeeds extends Pick<Snapshot, 'asOf'> {
  policy: Pick<Snapshot['policy'], 'objective' | 'urgency' | 'choices'>
  needs: readonly {
    situation: SituationFacts
    requirements: Pick<Requirements, 'forms' | 'district' | 'wantedDistricts' | 'wantedFeatures'>
  }[]
  /** How many forms one need accepts at most, where these are not all needs: it counts for what everybody's forms are worth. */
  formRanks?: number
}

/** What it asks of the pairs: a part of the candidates. */
export interface AskedPairs {
  pairs: readonly { need: number; place: number; broken?: number }[]
  offers: readonly { place: Pick<Place, 'form' | 'features'>; facility: Pick<Facility, 'district'> }[]
  residentOf: Int32Array
}

export interface Objective {
  /** The criteria, the weightiest first. */
  tiers: Tier[]
  /** Of each need. */
  urgency: Urgency[]
  /** The urgency classes in their order. */
  classes: readonly UrgencyClassNumber[]
}

/** Differences are subtracted from it, so that less is worth more and nothing is negative. */
const STAFFING_LEVELS = 5

/**
 * What each pair adds to each criterion of the snapshot's policy (matching objective, in its order): people placed class by
 * class, days in the situation and since registration (both capped), preferred form, home district, wanted features,
 * least excess or lack of staffing (these four as `fitOf` says), fewest moves that wait for somebody else's. Staying where
 * one lives adds nothing to any of them. What nobody has recorded plays no part: it would lower people silently.
 * @throws {RangeError} when the snapshot was taken under another version of a policy: its answer would not be the same again
 */
export function objectiveOf(snapshot: AskedNeeds, candidates: AskedPairs): Objective {
  requirePolicies(snapshot.policy)
  const { classes, tiers: weighed, wishes } = snapshot.policy.choices ?? FIRST_POLICY
  const { pairs, offers, residentOf } = candidates
  const urgency = snapshot.needs.map((need) => urgencyOf(need.situation, snapshot.asOf))
  const wanted = snapshot.needs.map((_, need) => wishesOf(snapshot, need))
  const formRanks = snapshot.formRanks ?? formRanksOf(snapshot.needs)
  const tier = (id: Tier['id'], gain: (pair: AskedPairs['pairs'][number]) => number): Tier => {
    const gains = new Float64Array(pairs.length)
    for (let index = 0; index < gains.length; index += 1)
      gains[index] = gain(pairs[index] as AskedPairs['pairs'][number])
    return { id, gains }
  }
  const of = (values: readonly number[]) => (pair: { need: number }) => values[pair.need] ?? 0
  const fit = (part: (wishes: Wishes, place: number) => number) => (pair: AskedPairs['pairs'][number]) => {
    const wishes = wanted[pair.need]
    return wishes === undefined ? 0 : part(wishes, pair.place)
  }
  const features = offers.map(({ place }) => new Set(place.features))
  const gainOf: Record<WeighedTierId, (pair: AskedPairs['pairs'][number]) => number> = {
    days_in_situation: of(urgency.map(({ daysInSituation }) => daysInSituation ?? 0)),
    days_since_registration: of(urgency.map(({ daysSinceRegistration }) => daysSinceRegistration)),
    preferred_form: fit(({ forms }, place) => formRanks - (forms.get(offers[place]?.place.form ?? '')?.rank ?? 0)),
    home_district: fit(({ districts }, place) => (districts.has(offers[place]?.facility.district ?? '') ? 1 : 0)),
    wanted_features: fit(({ features: asked }, place) =>
      asked.reduce((count, feature) => (features[place]?.has(feature) === true ? count + 1 : count), 0),
    ),
    staffing_fit: fit(
      ({ forms }, place) => STAFFING_LEVELS - (forms.get(offers[place]?.place.form ?? '')?.staffing ?? 0),
    ),
    conditional_moves: ({ place }) => (residentOf[place] === -1 ? 1 : 0),
  }
  const fitting = weighed.findIndex((id) => !isWait(id))
  const order: (WeighedTierId | typeof KEPT_WISHES)[] = [...weighed]
  if (wishes.length > 0) order.splice(fitting === -1 ? weighed.length : fitting, 0, KEPT_WISHES)
  return {
    urgency,
    classes,
    tiers: [
      ...classes.map((number) =>
        tier(`class_${number}`, of(urgency.map(({ urgencyClass }) => (urgencyClass === number ? 1 : 0)))),
      ),
      ...order.map((id) =>
        id === KEPT_WISHES ? tier(id, ({ broken = 0 }) => wishes.length - broken) : tier(id, gainOf[id]),
      ),
    ],
  }
}

/** How many forms one of the needs accepts at most. */
export function formRanksOf(needs: readonly { requirements: Pick<Requirements, 'forms'> }[]): number {
  return needs.reduce((most, { requirements }) => Math.max(most, requirements.forms.length), 1)
}

function requirePolicies({ objective, urgency, choices }: AskedNeeds['policy']): void {
  if (choices === undefined && objective !== OBJECTIVE_POLICY.version)
    throw new RangeError(`no version ${objective} of the matching objective`)
  if (urgency !== URGENCY_POLICY.version) throw new RangeError(`no version ${urgency} of the urgency policy`)
}

interface Wishes {
  /** For each accepted form its rank and how many levels of staffing it is away from the form wanted most. */
  forms: ReadonlyMap<string, { rank: number; staffing: number }>
  districts: ReadonlySet<string>
  features: readonly string[]
}

function wishesOf({ needs }: AskedNeeds, need: number): Wishes {
  const requirements = needs[need]?.requirements
  if (requirements === undefined) throw new RangeError(`no need ${need}`)
  const { forms, district, wantedDistricts, wantedFeatures } = requirements
  const first = forms[0]
  return {
    forms: new Map(
      forms.map((form, rank) => {
        const away = first === undefined ? null : staffingDifference(formById(first).staffing, formById(form).staffing)
        return [form, { rank, staffing: Math.abs(away ?? 0) }]
      }),
    ),
    districts: new Set([district, ...wantedDistricts]),
    features: wantedFeatures,
  }
}

/** Compares what two pairs add, the weightiest tier first; positive when `a` adds more. */
export function compareGains(tiers: readonly Tier[], a: number, b: number): number {
  for (const { gains } of tiers) if (gains[a] !== gains[b]) return (gains[a] ?? 0) - (gains[b] ?? 0)
  return 0
}

/** A group of tiers in one number each pair: what is weightier is multiplied beyond the reach of all that follows it. */
export interface PackedTier<Id extends string = Tier['id']> {
  ids: Id[]
  gains: Float64Array
  /** The most that each of them can add up to. */
  reaches: number[]
}

/** Sums must stay exact, with room for forced columns: half of what the solver takes. */
const MOST = 2 ** 49

/**
 * Packs neighbouring tiers into as few numbers as stay exact, which changes no optimum: a tier's weight exceeds everything
 * that the tiers packed behind it can add up to. All of them in one does not fit (118 bits at 2,000 needs).
 * @param needOf for each pair the need (below `needs`), which adds one gain of its pairs at most
 * @param limit what a packed tier's sum must not exceed
 */
export function packTiers<Id extends string>(
  tiers: readonly Tier<Id>[],
  needOf: Int32Array,
  needs: number,
  limit = MOST,
): PackedTier<Id>[] {
  const packed: PackedTier<Id>[] = []
  let open: (PackedTier<Id> & { reach: number }) | undefined
  for (const { id, gains } of tiers) {
    const most = reachOf(gains, needOf, needs)
    const heavier = open
    if (heavier !== undefined && (heavier.reach + 1) * (most + 1) <= limit) {
      const weight = most + 1
      const both = new Float64Array(gains.length)
      for (let pair = 0; pair < both.length; pair += 1) {
        both[pair] = (heavier.gains[pair] as number) * weight + (gains[pair] as number)
      }
      const reach = heavier.reach * weight + most
      open = { ids: [...heavier.ids, id], gains: both, reaches: [...heavier.reaches, most], reach }
    } else {
      if (heavier !== undefined) packed.push({ ids: heavier.ids, gains: heavier.gains, reaches: heavier.reaches })
      open = { ids: [id], gains: gains.slice(), reaches: [most], reach: most }
    }
  }
  if (open !== undefined) packed.push({ ids: open.ids, gains: open.gains, reaches: open.reaches })
  return packed
}

/** Whether a criterion says who is given something, and not how well it fits. */
export const isOfWho = ({ id }: { id: string }) => id.startsWith('class_') || isWait(id)

/** What pairs add up to, tier by tier; -1 is none. */
export function sumsOf({ tiers }: Pick<Objective, 'tiers'>, chosen: Iterable<number>): number[] {
  const sums = tiers.map(() => 0)
  for (const pair of chosen)
    for (const [tier, { gains }] of tiers.entries()) sums[tier] = (sums[tier] ?? 0) + (gains[pair] ?? 0)
  return sums
}

/** The most that a tier can add up to: for each need the greatest gain of its pairs. */
export function reachOf(gains: Float64Array, needOf: Int32Array, needs: number): number {
  const greatest = new Float64Array(needs)
  for (let pair = 0; pair < gains.length; pair += 1) {
    const gain = gains[pair] as number
    const need = needOf[pair] as number
    if (gain > (greatest[need] as number)) greatest[need] = gain
  }
  return greatest.reduce((sum, gain) => sum + gain, 0)
}

/** What the tiers of a packed one add up to when it adds up to `sum`; of a sum that is too great the greatest there can be. */
export function unpacked({ reaches }: Pick<PackedTier<string>, 'reaches'>, sum: number): number[] {
  const values: number[] = []
  let rest = sum
  for (const reach of reaches.slice(1).reverse()) {
    values.unshift(rest % (reach + 1))
    rest = Math.floor(rest / (reach + 1))
  }
  return [rest, ...values]
}
