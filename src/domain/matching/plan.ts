import type { RunLimitId } from '../../reference/runLimits.ts'
import { type Candidates, candidatesOf } from './candidates.ts'
import { type Chain, chainsOf } from './chain.ts'
import { companyOf, cutsOf, sharedRows } from './cut.ts'
import { improve } from './improve.ts'
import { overLevels } from './level.ts'
import { compileLimits } from './limit.ts'
import { networkOf, pairsOf } from './network.ts'
import { type Objective, objectiveOf, sumsOf, type Tier } from './objective.ts'
import { calendarOf, datesOf, paceCuts } from './pace.ts'
import type { Improved, Means } from './program.ts'
import { compareTiers, type Found, searchBest } from './search.ts'
import type { Snapshot } from './snapshot.ts'
import { verifyPlan } from './verify.ts'

/** A solution: for each need the position of the pair that it is given, or -1 when it waits or stays where it lives. */
export interface Plan {
  candidates: Candidates
  objective: Objective
  pairOf: Int32Array
  chains: Chain[]
  /** What each tier adds up to, in the order of the objective. */
  values: TierValue[]
  /** The same when only pairs are looked at, without what only many moves together can break. */
  unboundedValues: TierValue[]
  /**
   * A certified bound: no solution within the limits is better than this, tier by tier. The same as `values` when `proven`,
   * else between them and `unboundedValues`.
   */
  boundValues: TierValue[]
  /** Who is given a place when only pairs are looked at. */
  unboundedPairOf: Int32Array
  /** Pairs that were left out because a solution with them breaks one of these. */
  forbidden: { need: number; place: number; why: RunLimitId }[]
  /** True when no better solution exists; false when the search among those that break nothing ended before it was certain. */
  proven: boolean
}

export interface TierValue {
  id: Tier['id']
  value: number
}

/** Reported as a run goes on; from 0 to 1. */
export type Progress = (
  share: number,
  what: 'candidates' | 'solving' | 'chains' | 'explaining' | 'comparing' | 'pricing',
) => void

/**
 * The best set of moves over the whole chain, by the policy's lexicographic objective. What only a whole solution can break
 * (`RUN_LIMITS`) is searched for exactly as far as `searchBest` goes; what it leaves unproven is solved as integer programs,
 * component by component, where there are means. `unboundedValues` says how far the answer is from the best without limits.
 * @throws {Error} when the answer does not pass the solver's checker or the plan's own: a wrong optimum never leaves here
 */
export function planOf(snapshot: Snapshot, progress: Progress = () => {}, means?: Means): Plan {
  progress(0.05, 'candidates')
  const candidates = candidatesOf(snapshot)
  progress(0.2, 'solving')
  const objective = objectiveOf(snapshot, candidates)
  return planFor(snapshot, candidates, objective, true, progress, means)
}

/**
 * The plan over given candidates.
 * @param chaining false leaves every home to its resident: the optimum without chains
 */
export function planFor(
  snapshot: Snapshot,
  candidates: Candidates,
  objective: Objective,
  chaining: boolean,
  progress: Progress = () => {},
  means?: Means,
): Plan {
  const network = networkOf(candidates, objective, chaining)
  progress(0.4, 'chains')
  const company = companyOf(snapshot, candidates)
  const { counted, paces } = compileLimits(snapshot, candidates)
  const calendar = calendarOf(snapshot, candidates, objective, paces)
  const look = (pairOf: Int32Array) => {
    const { chains, cuts } = chainsOf(snapshot, candidates, pairOf)
    const broken = [
      ...cuts,
      ...cutsOf(candidates, objective, { company, counted }, pairOf),
      ...paceCuts(calendar, pairOf),
    ]
    // days are put off only where nothing else is wrong
    return broken.length > 0 ? { chains, cuts: broken } : datesOf(calendar, chains, pairOf)
  }
  const shorten = (pairOf: Int32Array) => overLevels(snapshot, candidates, objective, pairOf)
  const found = searchBest(network, candidates, look, shorten, means?.effort)
  const unboundedPairOf = pairsOf(candidates, network.best.columnOf)
  const shared = sharedRows(company, counted, paces, candidates)
  const question = { network, candidates, objective, look, shared, counted }
  const better = found.proven || means === undefined ? undefined : improve(question, found, means)
  const plan: Plan = {
    candidates,
    objective,
    ...theBetter({ candidates, objective }, found, better),
    unboundedValues: valuesOf(objective, unboundedPairOf),
    unboundedPairOf,
  }
  verifyPlan(snapshot, plan)
  return plan
}

/** The better of what a search found and of what the programs made of it, with the closer of their bounds. */
function theBetter(
  { candidates, objective }: Pick<Plan, 'candidates' | 'objective'>,
  { boundPairOf, forbidden, ...first }: Found,
  second: Improved | undefined,
): Pick<Plan, 'pairOf' | 'chains' | 'forbidden' | 'proven' | 'values' | 'boundValues'> {
  const named = (all: Found['forbidden']) =>
    all.map(({ pair, why }) => {
      const { need = -1, place = -1 } = candidates.pairs[pair] ?? {}
      return { need, place, why }
    })
  const values = valuesOf(objective, first.pairOf)
  const boundValues = valuesOf(objective, boundPairOf)
  if (second === undefined) return { ...first, forbidden: named(forbidden), values, boundValues }
  const secondValues = valuesOf(objective, second.pairOf)
  const isWorse = compareTiers(numbers(secondValues), numbers(values)) < 0
  const best = isWorse ? { ...first, forbidden, values } : { ...second, values: secondValues }
  // both bounds hold; and nothing is below what was found
  const least = compareTiers(second.bound, numbers(boundValues)) <= 0 ? second.bound : numbers(boundValues)
  const bound = compareTiers(least, numbers(best.values)) < 0 ? numbers(best.values) : least
  return {
    pairOf: best.pairOf,
    chains: best.chains,
    forbidden: named(best.forbidden),
    values: best.values,
    boundValues: best.values.map(({ id }, tier) => ({ id, value: bound[tier] ?? 0 })),
    proven: compareTiers(bound, numbers(best.values)) === 0,
  }
}

const numbers = (values: readonly TierValue[]) => values.map(({ value }) => value)

/** What the given pairs add up to, tier by tier. */
export function valuesOf(objective: Pick<Objective, 'tiers'>, pairOf: Int32Array): TierValue[] {
  const sums = sumsOf(objective, pairOf)
  return objective.tiers.map(({ id }, tier) => ({ id, value: sums[tier] ?? 0 }))
}
