import { solve } from './assignment.ts'
import { checkAssignment } from './check.ts'
import type { Problem } from './instance.ts'
import { optimalFace } from './lexicographic.ts'
import { addColumn, emptyMip, type Mip, type MipAnswer } from './mip.ts'

/** So much at most of some arcs together; each counts a whole number. */
export interface SideLimit {
  most: number
  arcs: readonly number[]
  weights: readonly number[]
}

/** What is known of the solutions within side limits; of a tier that is not in `bound` nothing. */
export interface Limited {
  /** No solution is better, tier by tier. */
  bound: number[]
  /** What every solution that reaches the bound is made of. */
  face: Face
  /** Tier by tier what was asked for each limit: where to begin with when only a few limits more are there. */
  prices: number[][]
}

/** Some arcs of a problem, and what of it must be used. */
interface Face {
  problem: Problem
  /** The arc of the whole problem that each is. */
  arcs: Int32Array
  /** For each limit whether all of it must be used. */
  isFull: boolean[]
}

/** Prices are multiples of one in so many: those of a few limits with small counts have small denominators. */
const SCALE = 12
/** The dearest that a unit of a limit may be, in the greatest gains of a tier: all that follows from giving it up in a chain. */
const DEAREST = 8
/** Prices that are tried in a tier: on the demo's city one to a dozen are enough. */
const MOST_PRICES = 40

/** Prices, and the best solution when what a limit counts costs so much. */
interface Priced {
  prices: readonly number[]
  gain: Float64Array
  u: Float64Array
  v: Float64Array
  /** In parts of `SCALE`. */
  bound: number
  /** For each limit what the solution leaves of it: how the bound changes with its price. */
  left: number[]
}

/**
 * A certified bound, tier by tier, on what a problem's solutions can reach when they keep to side limits too, and what those
 * that reach it must be made of. Each limit is given a price (Lagrange); then the best assignment at these prices and what is
 * left of the limits bound all, whatever the prices. Those that bound best are looked for by cutting planes (Kelley). What a
 * solution that reaches the bound of a tier must be made of (arcs at no cost, rows, columns and limits at a price) is all that
 * the next tier looks at; a bound that is no whole number is rounded down, and reaching it put down as a limit of its own.
 *
 * Tried: the linear program with all pairs as columns instead. HiGHS took 2 to 4 s for one tier of the demo's city, this takes
 * some tens of milliseconds.
 *
 * @param lp solves small linear programs; its answers are prices only, no proof hangs on them
 * @param isOver asked before each tier: later ones are then not looked at
 * @param known prices to begin with, tier by tier, of the first limits
 */
export function boundsWithin(
  problem: Problem,
  tiers: readonly Float64Array[],
  limits: readonly SideLimit[],
  lp: (program: Mip) => MipAnswer,
  isOver: () => boolean,
  known: readonly (readonly number[])[] = [],
): Limited {
  const bound: number[] = []
  const prices: number[][] = []
  const sides = [...limits]
  let face: Face = {
    problem,
    arcs: Int32Array.from(problem.col, (_, arc) => arc),
    isFull: sides.map(() => false),
  }
  for (const [tier, gains] of tiers.entries()) {
    if (isOver()) break
    const best = cheapest(face, gains, sides, lp, known[tier] ?? [])
    if (best === undefined) break
    const reached = Math.floor(best.bound / SCALE)
    const spare = best.bound - reached * SCALE
    bound.push(reached)
    prices.push(best.prices.slice(0, limits.length))
    const next = optimalFace({ problem: { ...face.problem, gain: best.gain }, origin: face.arcs }, best, spare)
    const isFull = face.isFull.map((full, limit) => full || (best.prices[limit] as number) > spare)
    if (spare > 0) {
      const some = [...next.origin].filter((arc) => gains[arc] !== 0)
      sides.push({ most: reached, arcs: some, weights: some.map((arc) => gains[arc] as number) })
      isFull.push(true)
    }
    face = { problem: next.problem, arcs: next.origin, isFull }
  }
  return { bound, prices, face: { ...face, isFull: face.isFull.slice(0, limits.length) } }
}

/** The prices that bound a tier best, as far as they are found; undefined when nothing reaches the tiers before. */
function cheapest(
  face: Face,
  gains: Float64Array,
  sides: readonly SideLimit[],
  lp: (program: Mip) => MipAnswer,
  known: readonly number[],
): Priced | undefined {
  const at = pricing(face, gains, sides)
  const first = at(sides.map((_, limit) => (face.isFull[limit] ? (known[limit] ?? 0) : Math.max(0, known[limit] ?? 0))))
  if (first === undefined) return undefined
  let best: Priced = first
  const seen = [best]
  const dearest = DEAREST * face.arcs.reduce((most, arc) => Math.max(most, gains[arc] as number), 0)
  const tried = new Set([best.prices.join()])
  while (dearest > 0 && seen.length < MOST_PRICES) {
    // no price that changes does it any good
    const isFree = (limit: number) => best.prices[limit] === 0 && !face.isFull[limit]
    if (best.left.every((left, limit) => left === 0 || (left > 0 && isFree(limit)))) break
    const answer = lp(lowest(seen, face.isFull, dearest))
    if (answer.values.length === 0) break
    const prices = sides.map((_, limit) => {
      const price = Math.round((answer.values[limit] ?? 0) * SCALE)
      return face.isFull[limit] ? price : Math.max(0, price)
    })
    if (tried.has(prices.join())) break
    tried.add(prices.join())
    const next = at(prices)
    if (next === undefined) return undefined
    seen.push(next)
    if (next.bound < best.bound) best = next
    if (best.bound - (answer.values[sides.length] ?? 0) * SCALE < 1e-3) break
  }
  return best
}

/** Where the bounds at the prices that were tried allow the least: nothing but a guess which prices to try next. */
function lowest(seen: readonly Priced[], isFull: readonly boolean[], dearest: number): Mip {
  const program = emptyMip()
  for (const full of isFull) addColumn(program, 0, full ? -dearest : 0, dearest, false)
  const value = addColumn(program, 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false)
  for (const { left, bound, prices } of seen) {
    const columns = [...left.keys()].filter((limit) => left[limit] !== 0)
    const here = left.reduce((sum, some, limit) => sum + some * (prices[limit] as number), 0)
    program.rows.push({
      columns: [...columns, value],
      values: [...columns.map((limit) => -(left[limit] as number)), 1],
      lower: (bound - here) / SCALE,
      upper: Number.POSITIVE_INFINITY,
    })
  }
  return program
}

/** Bounds a face's tier at any prices. */
function pricing({ problem, arcs, isFull }: Face, gains: Float64Array, sides: readonly SideLimit[]) {
  const { rows, rowStart, col } = problem
  const at = new Map([...arcs].map((arc, k) => [arc, k]))
  const inside = sides.map(({ arcs: theirs, weights }) => {
    return theirs.flatMap((arc, i) => {
      const k = at.get(arc)
      return k === undefined ? [] : [{ k, weight: weights[i] as number }]
    })
  })
  const scaled = Float64Array.from(arcs, (arc) => SCALE * (gains[arc] as number))
  const isUsed = new Uint8Array(arcs.length)
  return (prices: readonly number[]): Priced | undefined => {
    const gain = scaled.slice()
    let bound = 0
    for (const [limit, price] of prices.entries()) {
      if (price === 0) continue
      if (price < 0 && !isFull[limit]) throw new Error('a limit that may be left has no price below nothing')
      bound += price * (sides[limit] as SideLimit).most
      for (const { k, weight } of inside[limit] ?? []) gain[k] = (gain[k] as number) - price * weight
    }
    const priced = { ...problem, gain }
    const solution = solve(priced)
    if (solution.kind === 'infeasible') return undefined
    const verdict = checkAssignment(priced, solution.assignment)
    if (verdict.kind === 'wrong') throw new Error(`refused a wrong bound: ${verdict.what}`)
    const { u, v, columnOf } = solution.assignment
    for (let r = 0; r < rows; r++) {
      const end = rowStart[r + 1] as number
      for (let k = rowStart[r] as number; k < end; k++) isUsed[k] = col[k] === columnOf[r] ? 1 : 0
    }
    bound += solution.assignment.gain
    const left = inside.map((theirs, limit) =>
      theirs.reduce((rest, { k, weight }) => rest - (isUsed[k] as number) * weight, (sides[limit] as SideLimit).most),
    )
    return { prices, gain, u, v, bound, left }
  }
}
