import type { RunLimitId } from '../../reference/runLimits.ts'
import { boundsWithin, type Limited } from '../../solver/limited.ts'
import { addColumn, emptyMip, isFeasible, type Mip, type MipAnswer } from '../../solver/mip.ts'
import type { Candidates } from './candidates.ts'
import { type Cut, limitRow, type Row, rowOf } from './cut.ts'
import { pairsOf } from './network.ts'
import { reachOf, sumsOf } from './objective.ts'
import type { Improved, Means, Question } from './program.ts'
import { compareTiers, type Forbidden } from './search.ts'

/** Seconds for a program of a few prices when time is up: it takes a thousandth. */
const SHORTEST = 0.1

/** The answer of a program without columns, which a solver need not take. */
const NOTHING: MipAnswer = { status: 'optimal', values: [], objective: 0, bound: 0 }

/** A sum that every solution within the limits keeps to, and the limit that it is of. */
type Limit = Row & { why: RunLimitId }

/** A bound with limits priced in. */
export interface Priced {
  /** No solution that breaks nothing is better, tier by tier. */
  bound: number[]
  /** One that breaks nothing and reaches the bound in every tier: nothing is better. */
  best?: Improved
}

/**
 * Bounds the best solution that breaks nothing with a price on each limit (`boundsWithin`), then looks for one that reaches the
 * bound among the pairs that such a solution can have, as an integer program that asks for nothing else. A limit that what is
 * found breaks is put into both. What is found in the end is the best, whatever the program's solver says of itself: the bound
 * is checked with potentials, and the solution by `look`. Where no solution reaches the bound, it is only a bound.
 *
 * Tried: the best without limits and its potentials, with pairs left out by what they must cost. Under tight limits on teams it
 * is better in the first class already, and of 31,746 pairs of the demo's city 12 can be left out. Looking first among eight
 * pairs of each need, of those that reach the bound: there was no solution among them.
 */
export function reachBound(question: Question, means: Means, end: number): Priced {
  const { network, candidates, objective, look, counted } = question
  const left = () => (end - means.clock()) / 1000
  const root = pairsOf(candidates, network.best.columnOf)
  const limits: Limit[] = [...counted]
  const add = (cuts: readonly Cut[]): boolean => {
    const more = cuts.flatMap((cut) => {
      const row = rowOf(cut)
      return row === undefined ? [] : [{ ...row, why: cut.why }]
    })
    limits.push(...more)
    return more.length === cuts.length
  }
  add(look(root).cuts.filter(({ row }) => row === undefined || !counted.some(({ pairs }) => pairs === row.pairs)))
  const reaches = reachesOf(question)
  let prices: number[][] = []
  for (;;) {
    const limited = boundFor(question, limits, means, left, prices)
    prices = limited.prices
    const bound = reaches.map((reach, tier) => limited.bound[tier] ?? reach)
    if (limited.bound.length < objective.tiers.length) return { bound }
    const known = limits.length
    const found = reached(question, limited, limits, means, left, add)
    if (typeof found !== 'string')
      return { bound, best: { ...found, forbidden: leftOut(candidates, limits, root, found.pairOf), bound } }
    if (found === 'over' || limits.length === known) return { bound }
  }
}

/** The most that each tier can add up to. */
function reachesOf({ candidates: { pairs, homeOf }, objective }: Question): number[] {
  const needOf = Int32Array.from(pairs, ({ need }) => need)
  return objective.tiers.map(({ gains }) => reachOf(gains, needOf, homeOf.length))
}

/** Pairs of the best solution without limits that are too much of a limit beside a solution within them. */
function leftOut(
  { pairs: all }: Candidates,
  limits: readonly Limit[],
  root: Int32Array,
  pairOf: Int32Array,
): Forbidden[] {
  const lost = new Set(root.filter((pair, need) => pair !== -1 && pairOf[need] !== pair))
  const whyOf = new Map<number, RunLimitId>()
  for (const { pairs, weights, most, why } of limits) {
    const used = pairs.reduce(
      (sum, pair, i) => (pairOf[all[pair]?.need ?? -1] === pair ? sum + (weights[i] ?? 0) : sum),
      0,
    )
    for (const [i, pair] of pairs.entries()) if (lost.has(pair) && used + (weights[i] ?? 0) > most) whyOf.set(pair, why)
  }
  return [...whyOf].map(([pair, why]) => ({ pair, why }))
}

function boundFor(
  { network, objective }: Question,
  rows: readonly Row[],
  means: Means,
  left: () => number,
  prices: readonly number[][],
): Limited {
  const { problem, arcOf } = network
  const tiers = objective.tiers.map(({ gains }) => {
    const found = new Float64Array(problem.col.length)
    for (const [pair, arc] of arcOf.entries()) if (arc !== -1) found[arc] = gains[pair] as number
    return found
  })
  const limits = rows.map(({ pairs, weights, most }) => {
    const inside = [...pairs.keys()].filter((i) => arcOf[pairs[i] as number] !== -1)
    return {
      most,
      arcs: inside.map((i) => arcOf[pairs[i] as number] as number),
      weights: inside.map((i) => weights[i] as number),
    }
  })
  const lp = (program: Mip) => means.solve(program, Math.max(left(), SHORTEST))
  return boundsWithin(problem, tiers, limits, lp, () => left() <= 0, prices)
}

/** A solution that breaks nothing and reaches the bound. */
function reached(
  { network: { arcOf, problem }, candidates, look, objective }: Question,
  limited: Limited,
  rows: readonly Row[],
  means: Means,
  left: () => number,
  add: (cuts: readonly Cut[]) => boolean,
): Pick<Improved, 'pairOf' | 'chains'> | 'none' | 'over' {
  const { face } = limited
  const pairOfArc = new Int32Array(problem.col.length).fill(-1)
  for (const [pair, arc] of arcOf.entries()) if (arc !== -1) pairOfArc[arc] = pair
  const program = programOn(limited)
  const columnOf = new Map([...face.arcs].map((arc, column) => [pairOfArc[arc] as number, column]))
  let put = 0
  while (left() > 0) {
    for (; put < rows.length; put += 1) {
      const row = rows[put] as Row
      program.rows.push(limitRow(row, columnOf, face.isFull[put] === true ? row.most : 0))
    }
    const answer = face.arcs.length === 0 ? NOTHING : means.solve(program, left())
    if (answer.status === 'infeasible') return 'none'
    if (answer.values.length < face.arcs.length) return 'over'
    if (!isFeasible(program, answer.values)) throw new Error('refused a program’s answer that breaks its limits')
    const pairOf = new Int32Array(candidates.homeOf.length).fill(-1)
    for (const [column, arc] of face.arcs.entries()) {
      const pair = pairOfArc[arc] as number
      if (pair !== -1 && answer.values[column] === 1) pairOf[candidates.pairs[pair]?.need ?? -1] = pair
    }
    const { chains, cuts } = look(pairOf)
    if (cuts.length === 0)
      return compareTiers(sumsOf(objective, pairOf), limited.bound) === 0 ? { pairOf, chains } : 'none'
    if (!add(cuts)) return 'over'
  }
  return 'over'
}

/** What must be used of a face is, and nothing is used twice. */
function programOn({ face: { problem } }: Limited): Mip {
  const program = emptyMip()
  const { rows, rowStart, col, forcedRow, forcedColumn } = problem
  const columns = Array.from(col, () => addColumn(program, 0, 0, 1, true))
  const once = (some: number[], isForced: boolean) => {
    if (some.length > 0)
      program.rows.push({ columns: some, values: some.map(() => 1), lower: isForced ? 1 : 0, upper: 1 })
  }
  for (let r = 0; r < rows; r += 1) once(columns.slice(rowStart[r], rowStart[r + 1]), forcedRow[r] === 1)
  for (const [column, some] of Map.groupBy(columns, (k) => col[k] as number)) once(some, forcedColumn[column] === 1)
  return program
}
