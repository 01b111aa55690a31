import type { ObjectiveTierId, UrgencyClassNumber } from '../../reference/policies.ts'
import { type Fit, fitOf } from '../match.ts'
import { type Urgency, urgencyOf } from '../urgency.ts'
import type { Candidates } from './candidates.ts'
import type { Snapshot } from './snapshot.ts'

/** One criterion of the objective: what each eligible pair adds to it, never negative, in the order of the pairs. */
export interface Tier {
  id: ObjectiveTierId | `class_${UrgencyClassNumber}`
  gains: Float64Array
}

export interface Objective {
  /** The criteria, the weightiest first. */
  tiers: Tier[]
  urgency: Urgency[]
  fits: Fit[]
}

const CLASSES: readonly UrgencyClassNumber[] = [1, 2, 3, 4, 5]

/** Ranks and differences are subtracted from these, so that less is worth more and nothing is negative. */
const FORM_RANKS = 20
const STAFFING_LEVELS = 5
const RULES = 20

/**
 * What each pair adds to each criterion of the policy in force (matching objective, in its order): people placed class by
 * class, days in the situation and since registration (both capped), preferred form, home district, wanted features,
 * least excess or lack of staffing, fewest conditional moves. Staying where one lives adds nothing to any of them.
 */
export function objectiveOf(snapshot: Snapshot, { pairs }: Candidates): Objective {
  const facilities = new Map(snapshot.facilities.map((facility) => [facility.id, facility]))
  const urgency = snapshot.needs.map((need) => urgencyOf(need.situation, snapshot.asOf))
  const fits = pairs.map(({ need, place }) => {
    const requirements = snapshot.needs[need]?.requirements
    const offered = snapshot.places[place]
    const facility = offered === undefined ? undefined : facilities.get(offered.facilityId)
    if (requirements === undefined || offered === undefined || facility === undefined) throw new RangeError('a pair outside the snapshot')
    return fitOf(requirements, offered, facility)
  })
  const tier = (id: Tier['id'], gain: (pair: number) => number): Tier => ({ id, gains: Float64Array.from(pairs, (_, pair) => gain(pair)) })
  const of = (pair: number) => urgency[pairs[pair]?.need ?? -1]
  const fit = (pair: number) => fits[pair]
  return {
    urgency,
    fits,
    tiers: [
      ...CLASSES.map((number) => tier(`class_${number}`, (pair) => (of(pair)?.urgencyClass === number ? 1 : 0))),
      tier('days_in_situation', (pair) => of(pair)?.daysInSituation ?? 0),
      tier('days_since_registration', (pair) => of(pair)?.daysSinceRegistration ?? 0),
      tier('preferred_form', (pair) => FORM_RANKS - Math.min(FORM_RANKS, fit(pair)?.formRank ?? FORM_RANKS)),
      tier('home_district', (pair) => (fit(pair)?.homeDistrict === true ? 1 : 0)),
      tier('wanted_features', (pair) => fit(pair)?.wantedPresent.length ?? 0),
      tier('staffing_fit', (pair) => STAFFING_LEVELS - Math.min(STAFFING_LEVELS, Math.abs(fit(pair)?.staffingDifference ?? 0))),
      tier('conditional_moves', (pair) => RULES - Math.min(RULES, pairs[pair]?.unknown ?? 0)),
    ],
  }
}

/** A group of tiers in one number each pair: what is weightier is multiplied beyond the reach of all that follows it. */
export interface PackedTier {
  ids: Tier['id'][]
  gains: Float64Array
}

/** Sums must stay exact, with room for forced columns: half of what the solver takes. */
const MOST = 2 ** 49

/**
 * Packs neighbouring tiers into as few numbers as stay exact, which changes no optimum: a tier's weight exceeds everything
 * that the tiers packed behind it can add up to. All of them in one does not fit (118 bits at 2,000 needs).
 * @param rows how many rows can add a gain at most
 */
export function packTiers(tiers: readonly Tier[], rows: number): PackedTier[] {
  const packed: PackedTier[] = []
  let ids: Tier['id'][] = []
  let gains: Float64Array | undefined
  let reach = 0
  for (const { id, gains: next } of tiers) {
    const most = next.reduce((highest, gain) => Math.max(highest, gain), 0) * rows
    if (gains !== undefined && (reach + 1) * (most + 1) <= MOST) {
      const weight = most + 1
      const heavier = gains
      gains = next.map((gain, pair) => (heavier[pair] ?? 0) * weight + gain)
      ids = [...ids, id]
      reach = reach * weight + most
    } else {
      if (gains !== undefined) packed.push({ ids, gains })
      gains = Float64Array.from(next)
      ids = [id]
      reach = most
    }
  }
  if (gains !== undefined) packed.push({ ids, gains })
  return packed
}
