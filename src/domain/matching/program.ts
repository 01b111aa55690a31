import type { RunLimitId } from '../../reference/runLimits.ts'
import { addColumn, emptyMip, isFeasible, type Mip, type MipAnswer } from '../../solver/mip.ts'
import { isBelow } from '../../solver/vector.ts'
import type { Candidates } from './candidates.ts'
import type { Chain } from './chain.ts'
import { componentsOf, type Part } from './component.ts'
import { type Cut, limitRow, type Row, rowOf } from './cut.ts'
import type { Counted } from './limit.ts'
import { type Network, pairsOf } from './network.ts'
import { type Objective, type PackedTier, packTiers, sumsOf, unpacked } from './objective.ts'
import { compareTiers, type Forbidden, type Look } from './search.ts'

/** How integer programs are solved, and for how many seconds all of a plan at the most. */
export interface Means {
  solve(mip: Mip, seconds: number): MipAnswer
  seconds: number
  /** Milliseconds, from any beginning. */
  clock(): number
  /** How many arcs the search before may look at; absent: as many as without a program. */
  effort?: number
  /** What is tried after the search, in turn; absent: both. */
  ways?: readonly ('prices' | 'parts')[]
}

/** What a plan is asked about, all of it. */
export interface Question {
  network: Network
  candidates: Candidates
  objective: Objective
  look: Look
  /** Limits that whole sets of pairs share, whatever is chosen of them. */
  shared: readonly Row[]
  /** Of those the ones that are sums. */
  counted: readonly Counted[]
}

/** A solution that breaks nothing. */
export interface Improved {
  pairOf: Int32Array
  chains: Chain[]
  forbidden: Forbidden[]
  /** Tier by tier of the objective: nothing within the limits is better. */
  bound: number[]
}

/** A part of the run that shares no place, home or limit with the rest. */
interface Component extends Part {
  rows: Row[]
  /** Those and the ones that are in the program already. */
  known: Row[]
  /** Why a pair may have been left out: the limit of a row that it is in. */
  why: Map<number, RunLimitId>
  /** The pairs of its best solution so far; of the best without limits before it is solved. */
  chosen: readonly number[]
  bound: number[]
  solved: boolean
}

/** A tier of a program adds up to no more where tiers are packed: the solver's tolerance is a millionth of a sum. */
const MOST = 100_000

/** Rounds in which a tier's solution breaks a limit that is not yet in the program. */
const MOST_ROUNDS = 60

/**
 * The best solution that breaks nothing, from `first` that a search found and did not prove. Pairs that no better solution has
 * are left out, by what each must cost (its reduced cost in the potentials of the best without limits, tier by tier); what is
 * left falls into components. In those in which the best without limits breaks nothing, nothing is better. The others are
 * solved as integer programs, tier by tier, what an earlier one has reached kept; a limit is put in when a solution breaks it.
 * A component whose time is over keeps what is known of it, and a bound.
 *
 * @returns undefined when a limit was broken that binds components together: then nothing is better known than before
 */
export function solveParts(
  question: Question,
  first: Int32Array,
  means: Means,
  end: number,
): (Improved & { closed: Forbidden[] }) | undefined {
  const { network, candidates, objective, look } = question
  const root = pairsOf(candidates, network.best.columnOf)
  const left = () => (end - means.clock()) / 1000
  const components = componentsOf(question, first, isKept(network, first)).map((part): Component => {
    const chosen = part.pairs.filter((pair) => root[candidates.pairs[pair]?.need ?? -1] === pair)
    const bound = sumsOf(objective, chosen)
    return { ...part, rows: [], known: [], why: new Map(), chosen, bound, solved: false }
  })
  const easiest = components.toSorted((a, b) => a.pairs.length - b.pairs.length)
  for (;;) {
    const pairOf = pairOfAll(candidates, components)
    const { chains, cuts } = look(pairOf)
    if (cuts.length === 0) {
      const out = components.flatMap(({ why }) => [...why].map(([pair, reason]) => ({ pair, why: reason })))
      const forbidden = out.filter(({ pair }) => root.includes(pair) && !pairOf.includes(pair))
      const zero = objective.tiers.map(() => 0)
      const bound = components.reduce((sum, one) => sum.map((value, tier) => value + (one.bound[tier] ?? 0)), zero)
      return { pairOf, chains, forbidden, bound, closed: closedBy(candidates, components, pairOf) }
    }
    const broken = easiest.filter((component) => cuts.filter((cut) => putDown(component, cut)).length > 0)
    if (broken.length === 0 || broken.some(({ solved }) => solved)) return undefined
    for (const component of broken) solve(question, component, first, means, left)
  }
}

/** Of each limit in a program the pairs of those whom a solution gives nothing of it: without them the limit cannot be broken. */
function closedBy({ pairs: all }: Candidates, components: readonly Component[], pairOf: Int32Array): Forbidden[] {
  const needOf = (pair: number) => all[pair]?.need ?? -1
  const closed = new Map<number, RunLimitId>()
  for (const { known, why } of components) {
    for (const { pairs } of known) {
      const given = new Set(pairs.filter((pair) => pairOf[needOf(pair)] === pair).map(needOf))
      for (const pair of pairs) if (!given.has(needOf(pair))) closed.set(pair, why.get(pair) ?? 'too_long')
    }
  }
  return [...closed].map(([pair, why]) => ({ pair, why }))
}

/** Whether a better solution than `first` may have a pair: what the pair costs must stay below what `first` lacks. */
function isKept(
  { best, problem, tierGains, arcOf, ...network }: Network,
  first: Int32Array,
): (pair: number) => boolean {
  const { tiers, gain } = network
  const lack = best.values.map(
    (value, tier) =>
      value - first.reduce((sum, pair) => sum + (pair === -1 ? 0 : (tierGains[tier]?.[arcOf[pair] ?? -1] ?? 0)), 0),
  )
  const rowOfArc = new Int32Array(problem.col.length)
  for (let row = 0; row < problem.rows; row += 1)
    rowOfArc.fill(row, problem.rowStart[row] as number, problem.rowStart[row + 1] as number)
  const cost = new Float64Array(tiers)
  return (pair) => {
    const arc = arcOf[pair] ?? -1
    if (arc === -1) return false
    for (let tier = 0; tier < tiers; tier += 1) {
      const { u, v } = best.duals[tier] as (typeof best.duals)[number]
      const ends = (u[rowOfArc[arc] as number] as number) + (v[problem.col[arc] as number] as number)
      cost[tier] = ends - (gain[arc * tiers + tier] as number)
    }
    return isBelow(cost, lack, tiers)
  }
}

function pairOfAll({ pairs, homeOf }: Candidates, components: readonly Pick<Component, 'chosen'>[]): Int32Array {
  const pairOf = new Int32Array(homeOf.length).fill(-1)
  for (const { chosen } of components) for (const pair of chosen) pairOf[pairs[pair]?.need ?? -1] = pair
  return pairOf
}

/** Puts a broken limit down in the component that it is in; false when it is in another, or cannot be put as a sum. */
function putDown(component: Component, cut: Cut): boolean {
  const row = rowOf(cut)
  const pairs = row?.pairs ?? cut.alternatives.flat()
  if (!pairs.some((pair) => component.members.has(pair))) return false
  for (const pair of pairs) component.why.set(pair, cut.why)
  if (row !== undefined) {
    component.rows.push(row)
    component.known.push(row)
  }
  return true
}

/** Solves a component tier by tier, from what `first` does in it. */
function solve(question: Question, component: Component, first: Int32Array, means: Means, left: () => number): void {
  const { candidates, objective, look } = question
  component.solved = true
  component.chosen = component.pairs.filter((pair) => first[candidates.pairs[pair]?.need ?? -1] === pair)
  const unlimited = component.bound
  const packed = packedIn(question, component)
  const mip = programOf(candidates, component)
  const bound: number[] = []
  for (const tier of packed) {
    const best = bestOf(
      mip,
      component,
      tier,
      means.solve,
      left,
      (chosen) => look(pairOfAll(candidates, [{ chosen }])).cuts,
    )
    component.chosen = best.chosen
    bound.push(...unpacked(tier, best.bound))
    if (best.bound > best.value) break
    const columns = [...tier.gains.keys()].filter((column) => tier.gains[column] !== 0)
    const values = columns.map((column) => tier.gains[column] as number)
    mip.rows.push({ columns, values, lower: best.value, upper: Number.POSITIVE_INFINITY })
  }
  // of what was not reached nothing is known but how much it can be
  const reaches = packed.flatMap((tier) => tier.reaches)
  const known = reaches.map((reach, tier) => bound[tier] ?? reach)
  component.bound = compareTiers(known, unlimited) < 0 ? known : unlimited
  const values = sumsOf(objective, component.chosen)
  if (compareTiers(component.bound, values) < 0) component.bound = values
}

/** The objective on a component's pairs, in tiers that its solver can tell apart. */
function packedIn({ candidates, objective }: Question, { pairs }: Component): PackedTier[] {
  const needs = new Map<number, number>()
  const needOf = Int32Array.from(pairs, (pair) => {
    const need = candidates.pairs[pair]?.need ?? -1
    const at = needs.get(need) ?? needs.size
    needs.set(need, at)
    return at
  })
  const tiers = objective.tiers.map(({ id, gains }) => ({
    id,
    gains: Float64Array.from(pairs, (pair) => gains[pair] ?? 0),
  }))
  return packTiers(tiers, needOf, needs.size, MOST)
}

/** Each need has one place at most, each place one need, and a home only when whoever lives there moves. */
function programOf({ pairs, residentOf }: Candidates, component: Component): Mip {
  const mip = emptyMip()
  for (const _ of component.pairs) addColumn(mip, 0, 0, 1, true)
  const at = (column: number) => pairs[component.pairs[column] ?? -1]
  const byNeed = Map.groupBy(component.pairs.keys(), (column) => at(column)?.need ?? -1)
  const byPlace = Map.groupBy(component.pairs.keys(), (column) => at(column)?.place ?? -1)
  for (const columns of byNeed.values()) {
    if (columns.length > 1) mip.rows.push({ columns, values: columns.map(() => 1), lower: 0, upper: 1 })
  }
  for (const [place, columns] of byPlace) {
    const resident = residentOf[place] ?? -1
    const leaves = resident === -1 ? [] : (byNeed.get(resident) ?? [])
    const values = [...columns.map(() => 1), ...leaves.map(() => -1)]
    mip.rows.push({
      columns: [...columns, ...leaves],
      values,
      lower: Number.NEGATIVE_INFINITY,
      upper: resident === -1 ? 1 : 0,
    })
  }
  return mip
}

/** The most that a tier adds up to; what was chosen before stands where nothing better is found in time. */
function bestOf(
  mip: Mip,
  component: Component,
  { gains }: PackedTier,
  solveMip: Means['solve'],
  left: () => number,
  cutsOf: (chosen: readonly number[]) => Cut[],
): { chosen: readonly number[]; value: number; bound: number } {
  const columnOf = new Map(component.pairs.map((pair, column) => [pair, column]))
  const sum = (chosen: readonly number[]) =>
    chosen.reduce((all, pair) => all + (gains[columnOf.get(pair) ?? -1] ?? 0), 0)
  const before = component.chosen
  const value = sum(before)
  const cost = [...gains].map((gain) => -gain)
  let bound = Number.POSITIVE_INFINITY
  // a limit that cannot be put as a sum takes more with it than it must: no bound any more
  let whole = true
  for (let round = 0; round < MOST_ROUNDS && left() > 0; round += 1) {
    while (mip.rows.length > 0 && component.rows.length > 0) {
      mip.rows.push(limitRow(component.rows.pop() as Row, columnOf))
    }
    const answer = solveMip({ ...mip, cost }, left())
    if (whole) bound = Math.min(bound, Math.floor(-answer.bound + 1e-3))
    if (bound <= value) return { chosen: before, value, bound: value }
    if (answer.values.length === 0) break
    if (!isFeasible(mip, answer.values)) throw new Error('refused a program’s answer that breaks its limits')
    const chosen = component.pairs.filter((_, column) => answer.values[column] === 1)
    const cuts = cutsOf(chosen)
    if (cuts.length === 0) {
      const found = sum(chosen)
      if (found < value) break
      return { chosen, value: found, bound: Math.max(found, bound) }
    }
    if (answer.status === 'time_limit') break
    for (const cut of cuts) {
      putDown(component, cut)
      if (rowOf(cut) !== undefined) continue
      whole = false
      component.rows.push(leavingOut(cut))
    }
  }
  return { chosen: before, value, bound: Number.isFinite(bound) ? Math.max(value, bound) : reachOfAll(gains) }
}

/** One of the pairs is left out, though that may not be needed. */
function leavingOut({ alternatives }: Cut): Row {
  const pairs = alternatives.map(([pair]) => pair as number)
  return { pairs, weights: pairs.map(() => 1), most: pairs.length - 1 }
}

function reachOfAll(gains: Float64Array): number {
  return gains.reduce((sum, gain) => sum + gain, 0)
}
