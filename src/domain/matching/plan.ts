import { buildInstance, type Instance } from '../../solver/instance.ts'
import { solveTiers } from '../../solver/lexicographic.ts'
import { type Candidates, candidatesOf } from './candidates.ts'
import { type Chain, chainsOf } from './chain.ts'
import { type Objective, objectiveOf, packTiers, type Tier } from './objective.ts'
import type { Snapshot } from './snapshot.ts'
import { verifyPlan } from './verify.ts'

/** A solution: for each need the position of the pair that it is given, or -1 when it waits or stays where it lives. */
export interface Plan {
  candidates: Candidates
  objective: Objective
  pairOf: Int32Array
  chains: Chain[]
  /** What each tier adds up to, in the order of the objective. */
  values: { id: Tier['id']; value: number }[]
  /** The same without the bound on chains and windows along them: how far the answer is from it. */
  unboundedValues: { id: Tier['id']; value: number }[]
  /** Moves that were forbidden because the chain they made was too long or came too late. */
  forbidden: { need: number; place: number; why: 'too_long' | 'window' }[]
}

/** Reported as a run goes on; from 0 to 1. */
export type Progress = (share: number, what: 'candidates' | 'solving' | 'chains' | 'explaining') => void

const ROUNDS = 40

/**
 * The best set of moves over the whole chain, by the policy's lexicographic objective: exact but for chains. A chain that is
 * longer than the policy's bound, or too late for somebody's window, loses its least valuable move, which is forbidden, and
 * everything is solved again; `unboundedValues` says what that cost.
 * @throws {Error} when the answer does not pass the solver's checker or the plan's own: a wrong optimum never leaves here
 */
export function planOf(snapshot: Snapshot, progress: Progress = () => {}): Plan {
  progress(0.05, 'candidates')
  const candidates = candidatesOf(snapshot)
  progress(0.3, 'solving')
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
  const forbidden = new Set<number>()
  const reasons: Plan['forbidden'] = []
  let unbounded: Plan['values'] | undefined
  for (let round = 0; ; round += 1) {
    const pairOf = solveOnce(snapshot, candidates, objective, chaining, forbidden)
    const values = valuesOf(objective, pairOf)
    unbounded ??= values
    const { chains, broken } = chainsOf(snapshot, candidates, pairOf)
    progress(0.5 + 0.3 * (1 - 1 / (round + 2)), 'chains')
    if (broken.length === 0) {
      const plan = { candidates, objective, pairOf, chains, values, unboundedValues: unbounded, forbidden: reasons }
      verifyPlan(snapshot, plan)
      return plan
    }
    // after many rounds every move of a broken chain goes, so that the rounds end
    for (const { chain, why, at } of broken) {
      const moves = chain.moves.slice(0, at + 1)
      for (const { need, place } of round < ROUNDS ? [leastValuable(objective, candidates, moves)] : moves) {
        forbidden.add(pairAt(candidates, need, place))
        reasons.push({ need, place, why })
      }
    }
  }
}

function pairAt({ pairs }: Candidates, need: number, place: number): number {
  // pairs are in order of need and place
  let low = 0
  let high = pairs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const pair = pairs[middle]
    if (pair === undefined) break
    if (pair.need === need && pair.place === place) return middle
    if (pair.need < need || (pair.need === need && pair.place < place)) low = middle + 1
    else high = middle - 1
  }
  throw new RangeError(`need ${need} has no pair with place ${place}`)
}

/** The move that adds least to the weightiest tier in which the moves differ; the later one of equals. */
function leastValuable<M extends { need: number; place: number }>({ tiers }: Objective, candidates: Candidates, moves: readonly M[]): M {
  const gainsOf = ({ need, place }: M) => {
    const pair = pairAt(candidates, need, place)
    return tiers.map(({ gains }) => gains[pair] ?? 0)
  }
  const [first, ...rest] = moves
  if (first === undefined) throw new RangeError('a chain has moves')
  return rest.reduce((least, move) => (compareGains(gainsOf(move), gainsOf(least)) <= 0 ? move : least), first)
}

function compareGains(a: readonly number[], b: readonly number[]): number {
  for (const [tier, gain] of a.entries()) if (gain !== b[tier]) return gain - (b[tier] ?? 0)
  return 0
}

/** What the given pairs add up to, tier by tier. */
export function valuesOf({ tiers }: Objective, pairOf: Int32Array): Plan['values'] {
  return tiers.map(({ id, gains }) => ({ id, value: pairOf.reduce((sum, pair) => (pair === -1 ? sum : sum + (gains[pair] ?? 0)), 0) }))
}

function solveOnce(
  snapshot: Snapshot,
  { pairs, homeOf, residentOf }: Candidates,
  objective: Objective,
  chaining: boolean,
  forbidden: ReadonlySet<number>,
): Int32Array {
  const used: number[] = []
  for (const [index, { place }] of pairs.entries()) {
    if (!forbidden.has(index) && (chaining || residentOf[place] === -1)) used.push(index)
  }
  const instance = instanceOf(snapshot, pairs, used, chaining ? homeOf : new Int32Array(homeOf.length).fill(-1))
  const packed = packTiers(objective.tiers, snapshot.needs.length)
  const tiers = packed.map(({ gains }) => Float64Array.from(used, (pair) => gains[pair] ?? 0))
  const { columnOf } = solveTiers(instance, tiers)
  const pairOf = new Int32Array(snapshot.needs.length).fill(-1)
  for (const index of used) {
    const pair = pairs[index]
    if (pair !== undefined && columnOf[pair.need] === pair.place) pairOf[pair.need] = index
  }
  return pairOf
}

function instanceOf(snapshot: Snapshot, pairs: Candidates['pairs'], used: readonly number[], homeOf: Int32Array): Instance {
  const livingAtHome = [...homeOf.keys()].filter((need) => homeOf[need] !== -1)
  return buildInstance({
    rows: snapshot.needs.length,
    columns: snapshot.places.length,
    row: Int32Array.from(used, (index) => pairs[index]?.need ?? -1),
    col: Int32Array.from(used, (index) => pairs[index]?.place ?? -1),
    gain: new Float64Array(used.length),
    stayRow: livingAtHome,
    stayColumn: livingAtHome.map((need) => homeOf[need] ?? -1),
  })
}
