import type { UrgencyClassNumber } from '../../reference/policies.ts'
import { RUN_LIMITS, type RunLimitId } from '../../reference/runLimits.ts'
import type { Day } from '../day.ts'
import { ELIGIBILITY_RULES, isWish, judge, type Pair, rulesIn } from '../eligibility.ts'
import { formById } from '../ladder.ts'
import { excludedBy, fitOf, relaxationsOf } from '../match.ts'
import type { Urgency } from '../urgency.ts'
import { districtName, featureName } from '../words.ts'
import { exclusionsOf, pairsOfNeed } from './candidates.ts'
import type { Cause, Outcompeted } from './cause.ts'
import { isOfWho, type Tier } from './objective.ts'
import type { Plan } from './plan.ts'
import { FIRST_POLICY } from './policy.ts'
import { sentenceOf } from './sentence.ts'
import type { Snapshot } from './snapshot.ts'

/** A place that also fits, who stands in the way, and what it lacks beside the proposed one. */
export interface Alternative {
  place: number
  availableFrom: Day
  /** `free`: nobody was given it; `given`: somebody else was; `home`: its resident stays. */
  state: 'free' | 'given' | 'home'
  /** The class of whoever was given it; never who. */
  givenToClass: UrgencyClassNumber | null
  lacks: string[]
}

export interface Proposal {
  need: number
  place: number
  on: Day
  urgency: Urgency
  contributions: { tier: Tier['id']; gain: number }[]
  /** The titles of the rules that could not be answered: to be cleared up before the move. */
  conditions: string[]
  alternatives: Alternative[]
}

export interface Unmet {
  need: number
  urgency: Urgency
  /** True when the household lives in one of the places and stays there. */
  stays: boolean
  cause: Cause
  sentence: string
}

const ALTERNATIVES = 3

/** Why each need is given what it is given, or nothing. Positions are the snapshot's; no one is named. */
export function reasonsOf(snapshot: Snapshot, plan: Plan): { proposals: Proposal[]; unmet: Unmet[] } {
  const givenTo = new Int32Array(snapshot.places.length).fill(-1)
  for (const index of plan.pairOf) {
    const pair = plan.candidates.pairs[index]
    if (pair !== undefined) givenTo[pair.place] = pair.need
  }
  const dayOf = new Map(plan.chains.flatMap(({ moves }) => moves.map(({ need, on }) => [need, on])))
  const proposals: Proposal[] = []
  const unmet: Unmet[] = []
  for (const [need, index] of plan.pairOf.entries()) {
    const urgency = urgencyAt(plan, need)
    const mine = pairsOfNeed(plan.candidates, need)
    const pair = plan.candidates.pairs[index]
    if (pair !== undefined) {
      proposals.push({
        need,
        place: pair.place,
        on: dayOf.get(need) ?? pair.availableFrom,
        urgency,
        contributions: plan.objective.tiers
          .map(({ id, gains }) => ({ tier: id, gain: gains[index] ?? 0 }))
          .filter(({ gain }) => gain > 0),
        conditions: conditionsOf(plan.candidates.pairAt(need, pair.place)),
        alternatives: alternativesOf(snapshot, plan, givenTo, mine, index),
      })
    } else {
      const cause = causeOf(snapshot, plan, givenTo, mine, need)
      unmet.push({
        need,
        urgency,
        stays: plan.candidates.homeOf[need] !== -1,
        cause,
        sentence: sentenceOf(cause, urgency),
      })
    }
  }
  return { proposals, unmet }
}

/** Rules that could not be answered, and those that are wishes and that the place does not meet. */
function conditionsOf(pair: Pair): string[] {
  const broken = ELIGIBILITY_RULES.filter((rule) => isWish(pair, rule) && rule.test(pair) === 'failed')
  return [
    ...rulesIn(judge(pair).unknown).map(({ title }) => title),
    ...broken.map(({ title }) => `${title} (et ønske som plassen ikke oppfyller)`),
  ]
}

function urgencyAt({ objective }: Plan, need: number): Urgency {
  const urgency = objective.urgency[need]
  if (urgency === undefined) throw new RangeError(`no need ${need}`)
  return urgency
}

function alternativesOf(
  snapshot: Snapshot,
  plan: Plan,
  givenTo: Int32Array,
  mine: readonly number[],
  chosen: number,
): Alternative[] {
  const { pairs, residentOf } = plan.candidates
  const fitTiers = plan.objective.tiers.filter((tier) => !isOfWho(tier))
  const worth = (a: number, b: number) => {
    for (const { gains } of fitTiers) {
      const difference = (gains[b] ?? 0) - (gains[a] ?? 0)
      if (difference !== 0) return difference
    }
    return a - b
  }
  return mine
    .filter((index) => index !== chosen)
    .sort(worth)
    .slice(0, ALTERNATIVES)
    .flatMap((index): Alternative[] => {
      const pair = pairs[index]
      if (pair === undefined) return []
      const taker = givenTo[pair.place] ?? -1
      const state = taker !== -1 ? 'given' : residentOf[pair.place] !== -1 ? 'home' : 'free'
      return [
        {
          place: pair.place,
          availableFrom: pair.availableFrom,
          state,
          givenToClass: taker === -1 ? null : urgencyAt(plan, taker).urgencyClass,
          lacks: lacksOf(snapshot, plan, index),
        },
      ]
    })
}

function lacksOf(snapshot: Snapshot, plan: Plan, index: number): string[] {
  const pair = plan.candidates.pairs[index]
  const requirements = snapshot.needs[pair?.need ?? -1]?.requirements
  const offer = plan.candidates.offers[pair?.place ?? -1]
  if (pair === undefined || requirements === undefined || offer === undefined) return []
  const fit = fitOf(requirements, offer.place, offer.facility)
  const lacks = fit.wantedMissing.map((feature) => `ønsket: ${featureName(feature)}`)
  const [first] = requirements.forms
  if (fit.formRank > 0 && first !== undefined) lacks.unshift(`${formById(first).name} er ønsket først`)
  if (!fit.homeDistrict) lacks.push(`ligger ikke i ${districtName(requirements.district)} eller en ønsket bydel`)
  if ((fit.staffingDifference ?? 0) < 0) lacks.push('mindre bemanning')
  if ((fit.staffingDifference ?? 0) > 0) lacks.push('mer bemanning enn ønsket')
  if (pair.unknown > 0) lacks.push(pair.unknown === 1 ? 'ett svar mangler' : `${pair.unknown} svar mangler`)
  return lacks
}

function causeOf(snapshot: Snapshot, plan: Plan, givenTo: Int32Array, mine: readonly number[], need: number): Cause {
  if (mine.length === 0) {
    const byMask = exclusionsOf(snapshot, plan.candidates, need)
    return {
      kind: 'no_eligible_place',
      considered: snapshot.places.length,
      excludedBy: excludedBy(byMask).map(({ rule, places, alone }) => ({
        ruleId: rule.id,
        title: rule.title,
        places,
        alone,
      })),
      relaxations: relaxationsOf(byMask).map(({ rules, opens }) => ({
        ruleIds: rules.map(({ id }) => id),
        titles: rules.map(({ title }) => title),
        opens,
      })),
    }
  }
  const places = mine.map((index) => plan.candidates.pairs[index]?.place ?? -1)
  const takers = places.map((place) => givenTo[place] ?? -1).filter((taker) => taker !== -1)
  const homes = places.filter((place) => givenTo[place] === -1 && plan.candidates.residentOf[place] !== -1).length
  // what stands in the way is said before who: without it she would have been given a place, or one of hers stands empty,
  // which nothing but a limit leaves empty
  if (plan.unboundedPairOf[need] !== -1 || takers.length + homes < places.length) {
    return { kind: limitOf(plan, need), eligible: mine.length }
  }
  if (takers.length === 0) return { kind: 'homes_not_freed', eligible: mine.length }
  const mineUrgency = urgencyAt(plan, need)
  const ways = takers.map((taker) => wayOf(plan, givenTo, taker, mineUrgency))
  const last = takers
    .filter((_, i) => ways[i]?.kind === 'ahead')
    .map((taker) => urgencyAt(plan, taker))
    .sort(byUrgencyIn(plan.objective.classes))
    .at(-1)
  return {
    kind: 'outcompeted',
    eligible: mine.length,
    givenToClass: countBy(takers.map((taker) => urgencyAt(plan, taker).urgencyClass)).map(([urgencyClass, count]) => ({
      urgencyClass,
      places: count,
    })),
    homes,
    last:
      last === undefined
        ? null
        : {
            urgencyClass: last.urgencyClass,
            daysInSituation: last.daysInSituation,
            daysSinceRegistration: last.daysSinceRegistration,
          },
    freesFor: freesFor(ways),
    exchanged: ways.filter(({ kind }) => kind === 'exchange').length,
  }
}

/** What is said of each limit. */
const CAUSE_OF = {
  too_long: 'chain_bound',
  window: 'chain_bound',
  never_together: 'kept_apart',
  mix: 'kept_apart',
  move_ins: 'house_pace',
  team: 'team_full',
  team_pace: 'team_full',
  quota: 'quota_used',
} as const satisfies Record<RunLimitId, Cause['kind']>

/** Which kind of limit it was: on her own pairs if any of them was left out, else on anybody's; of several the first of the table. */
function limitOf({ forbidden }: Plan, need: number): (typeof CAUSE_OF)[RunLimitId] {
  const own = forbidden.filter((pair) => pair.need === need)
  const reasons = new Set((own.length > 0 ? own : forbidden).map(({ why }) => why))
  return CAUSE_OF[RUN_LIMITS.find(({ id }) => reasons.has(id))?.id ?? 'never_together']
}

/** Most urgent first, the classes in the order of a policy. */
export function byUrgencyIn(classes: readonly UrgencyClassNumber[]): (a: Urgency, b: Urgency) => number {
  return (a, b) =>
    classes.indexOf(a.urgencyClass) - classes.indexOf(b.urgencyClass) ||
    (b.daysInSituation ?? 0) - (a.daysInSituation ?? 0) ||
    b.daysSinceRegistration - a.daysSinceRegistration
}

/** Most urgent first by number of class; what the queue is ordered by. */
export const byUrgency = byUrgencyIn(FIRST_POLICY.classes)

/**
 * How somebody came to be given a place that another wanted: by standing ahead of her, by what she leaves behind, in an
 * exchange without which the place is not free at all, or because of limits that are not about these two.
 */
type Way =
  | { kind: 'ahead' | 'exchange' | 'limits' }
  | { kind: 'frees'; urgencyClass: UrgencyClassNumber; forClass: UrgencyClassNumber }

function wayOf(plan: Plan, givenTo: Int32Array, taker: number, mine: Urgency): Way {
  const urgency = urgencyAt(plan, taker)
  const { classes } = plan.objective
  const rank = (urgencyClass: UrgencyClassNumber) => classes.indexOf(urgencyClass)
  if (byUrgencyIn(classes)(urgency, mine) <= 0) return { kind: 'ahead' }
  const followers: UrgencyClassNumber[] = []
  let next = followerOf(plan, givenTo, taker)
  for (; next !== -1 && next !== taker; next = followerOf(plan, givenTo, next)) {
    followers.push(urgencyAt(plan, next).urgencyClass)
  }
  const { urgencyClass } = urgency
  const asUrgent = followers.find((follower) => rank(follower) <= rank(mine.urgencyClass))
  if (asUrgent !== undefined) return { kind: 'frees', urgencyClass, forClass: asUrgent }
  if (next === taker) return { kind: 'exchange' }
  // of two of one class the one goes whose moving lets somebody else move too, however urgent
  const [most] = followers.sort((a, b) => rank(a) - rank(b))
  return most !== undefined && urgencyClass === mine.urgencyClass
    ? { kind: 'frees', urgencyClass, forClass: most }
    : { kind: 'limits' }
}

/** Who is given the home that a need leaves, or -1. */
function followerOf({ candidates }: Plan, givenTo: Int32Array, need: number): number {
  const home = candidates.homeOf[need] ?? -1
  return home === -1 ? -1 : (givenTo[home] ?? -1)
}

function freesFor(ways: readonly Way[]): Outcompeted['freesFor'] {
  const classes = ways.flatMap((way) => (way.kind === 'frees' ? [`${way.urgencyClass} ${way.forClass}`] : []))
  return countBy(classes).map(([both, places]) => {
    const [urgencyClass, forClass] = both.split(' ').map(Number) as [UrgencyClassNumber, UrgencyClassNumber]
    return { urgencyClass, forClass, places }
  })
}

function countBy<T extends string | number>(values: readonly T[]): [T, number][] {
  return [...Map.groupBy(values, (value) => value)]
    .map(([value, group]): [T, number] => [value, group.length])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
