import { type Candidates, candidatesOf } from './candidates.ts'
import { type Chain, chainsOf } from './chain.ts'
import { type CutReason, companyCuts, companyOf } from './cut.ts'
import { overLevels } from './level.ts'
import { networkOf, pairsOf } from './network.ts'
import { type Objective, objectiveOf, type Tier } from './objective.ts'
import { searchBest } from './search.ts'
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
  /** The same when only pairs are looked at: without the bound on chains, windows along them, and who is put together. */
  unboundedValues: TierValue[]
  /**
   * A certified bound: no solution within the limits is better than this, tier by tier. The same as `values` when `proven`,
   * else between them and `unboundedValues`.
   */
  boundValues: TierValue[]
  /** Who is given a place when only pairs are looked at. */
  unboundedPairOf: Int32Array
  /** Pairs that were left out because a solution with them breaks one of these. */
  forbidden: { need: number; place: number; why: CutReason }[]
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
 * (long or late chains, people who must not live together, the mix in a house) is searched for exactly as far as
 * `searchBest` goes; `unboundedValues` says how far the answer is from the best without it.
 * @throws {Error} when the answer does not pass the solver's checker or the plan's own: a wrong optimum never leaves here
 */
export function planOf(snapshot: Snapshot, progress: Progress = () => {}): Plan {
  progress(0.05, 'candidates')
  const candidates = candidatesOf(snapshot)
  progress(0.2, 'solving')
  const objective = objectiveOf(snapshot, candidates)
  return planFor(snapshot, candidates, objective, true, progress)
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
): Plan {
  const network = networkOf(candidates, objective, chaining)
  progress(0.4, 'chains')
  const company = companyOf(snapshot, candidates)
  const look = (pairOf: Int32Array) => {
    const { chains, cuts } = chainsOf(snapshot, candidates, pairOf)
    return { chains, cuts: [...cuts, ...companyCuts(candidates, objective, company, pairOf)] }
  }
  const found = searchBest(network, candidates, look, (pairOf) => overLevels(snapshot, candidates, objective, pairOf))
  const unboundedPairOf = pairsOf(candidates, network.best.columnOf)
  const plan: Plan = {
    candidates,
    objective,
    pairOf: found.pairOf,
    chains: found.chains,
    values: valuesOf(objective, found.pairOf),
    unboundedValues: valuesOf(objective, unboundedPairOf),
    boundValues: valuesOf(objective, found.boundPairOf),
    unboundedPairOf,
    forbidden: found.forbidden.map(({ pair, why }) => {
      const { need = -1, place = -1 } = candidates.pairs[pair] ?? {}
      return { need, place, why }
    }),
    proven: found.proven,
  }
  verifyPlan(snapshot, plan)
  return plan
}

/** What the given pairs add up to, tier by tier. */
export function valuesOf({ tiers }: Pick<Objective, 'tiers'>, pairOf: Int32Array): TierValue[] {
  return tiers.map(({ id, gains }) => ({
    id,
    value: pairOf.reduce((sum, pair) => (pair === -1 ? sum : sum + (gains[pair] ?? 0)), 0),
  }))
}
