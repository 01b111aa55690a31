import { checkTiers } from '../../solver/check.ts'
import { arcGains, buildInstance, type Problem, problemOf } from '../../solver/instance.ts'
import { type LexicographicAssignment, solveTiers } from '../../solver/lexicographic.ts'
import { type TieredProblem, tieredProblem, withoutArc } from '../../solver/repair.ts'
import type { Candidate, Candidates } from './candidates.ts'
import { type Objective, packTiers } from './objective.ts'

/** The run as numbers: needs are rows, places columns, pairs arcs. */
export interface Network extends TieredProblem {
  tierGains: Float64Array[]
  /** The arc of each pair, or -1 for a pair that is not in it. */
  arcOf: Int32Array
  /** The best of all solutions, checked by the solver. */
  best: LexicographicAssignment
}

/**
 * Solves the run without regard to what only a whole solution can break.
 * @param chaining false leaves every home to its resident: pairs with homes are not in it, and nobody needs to stay
 * @param packed the tiers of all pairs in fewer numbers, where they are packed together with others; only with `chaining`
 */
export function networkOf(
  candidates: Candidates,
  objective: Objective,
  chaining: boolean,
  packed?: readonly Float64Array[],
): Network {
  const { pairs, residentOf } = candidates
  const used = new Int32Array(pairs.length)
  let count = 0
  for (const [index, { place }] of pairs.entries()) if (chaining || residentOf[place] === -1) used[count++] = index
  return networkOn(candidates, objective, used.subarray(0, count), chaining, packed)
}

function networkOn(
  { pairs, homeOf, offers }: Candidates,
  objective: Objective,
  used: Int32Array,
  chaining: boolean,
  given: readonly Float64Array[] | undefined,
): Network {
  const row = new Int32Array(used.length)
  const col = new Int32Array(used.length)
  for (const [k, index] of used.entries()) {
    const { need, place } = pairs[index] as Candidate
    row[k] = need
    col[k] = place
  }
  const stayRow = chaining ? [...homeOf.keys()].filter((need) => homeOf[need] !== -1) : []
  const instance = buildInstance({
    rows: homeOf.length,
    columns: offers.length,
    row,
    col,
    gain: new Float64Array(used.length),
    stayRow,
    stayColumn: stayRow.map((need) => homeOf[need] ?? -1),
  })
  const tiers = chaining ? objective.tiers : objective.tiers.map(({ id, gains }) => ({ id, gains: some(gains, used) }))
  const packed = given ?? packTiers(tiers, row, homeOf.length).map(({ gains }) => gains)
  const arcOf = new Int32Array(pairs.length).fill(-1)
  // pairs come in order of need and place, as arcs do, and each row's arcs begin with the one of staying
  let stays = 0
  let next = 0
  for (const [k, index] of used.entries()) {
    for (; next < stayRow.length && (stayRow[next] as number) <= (row[k] as number); next += 1) stays += 1
    arcOf[index] = k + stays
  }
  const tierGains = packed.map((gains) => arcGains(instance, gains))
  return {
    ...tieredProblem(problemOf(instance), tierGains),
    tierGains,
    arcOf,
    best: solveTiers(instance, packed),
  }
}

function some(gains: Float64Array, used: Int32Array): Float64Array {
  const found = new Float64Array(used.length)
  for (let k = 0; k < used.length; k += 1) found[k] = gains[used[k] as number] as number
  return found
}

/** Marks the arcs of some pairs as closed, or open again. A pair that is not in the network is not in any solution. */
export function close({ arcOf }: Network, closed: Uint8Array, pairs: Iterable<number>, value: 0 | 1): void {
  for (const pair of pairs) {
    const arc = arcOf[pair] as number
    if (arc !== -1) closed[arc] = value
  }
}

/**
 * The best solution without some pairs, from the best with them; undefined when it is no better than `atLeast`.
 * @param closed 1 for each arc that must not be used, theirs included; `answer` uses no other of them
 */
export function withoutPairs(
  network: Network,
  closed: Uint8Array,
  answer: LexicographicAssignment,
  pairs: readonly number[],
  atLeast?: readonly number[],
): LexicographicAssignment | undefined {
  let best = answer
  for (const pair of pairs) {
    const arc = network.arcOf[pair] as number
    if (arc === -1) continue
    const { values } = best
    const limit = atLeast?.map((least, tier) => (values[tier] ?? 0) - least)
    const next = withoutArc(network, closed, best, arc, limit)
    if (next === undefined) return undefined
    best = next
  }
  return best
}

/** For each need the pair that a solution gives it, or -1. */
export function pairsOf({ pairs, startOf }: Pick<Candidates, 'pairs' | 'startOf'>, columnOf: Int32Array): Int32Array {
  const pairOf = new Int32Array(columnOf.length).fill(-1)
  for (const [need, place] of columnOf.entries()) {
    if (place === -1) continue
    const last = startOf[need + 1] ?? 0
    for (let index = startOf[need] ?? 0; index < last; index += 1)
      if (pairs[index]?.place === place) pairOf[need] = index
  }
  return pairOf
}

/**
 * Has a solution without some pairs checked, by the checker that knows nothing of how it came about.
 * @throws {Error} when it is not the best one
 */
export function requireBest(
  { problem, tierGains, arcOf }: Network,
  without: readonly number[],
  answer: LexicographicAssignment,
): void {
  const { rows, rowStart, col } = problem
  const closed = new Uint8Array(col.length)
  for (const pair of without) if (arcOf[pair] !== -1) closed[arcOf[pair] as number] = 1
  const kept = new Int32Array(col.length)
  const keptStart = new Int32Array(rows + 1)
  let count = 0
  for (let r = 0; r < rows; r += 1) {
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k += 1) if (closed[k] === 0) kept[count++] = k
    keptStart[r + 1] = count
  }
  const of = <T extends Float64Array | Int32Array>(all: T, some: T): T => {
    for (let i = 0; i < count; i += 1) some[i] = all[kept[i] as number] as number
    return some
  }
  const rest: Problem = {
    ...problem,
    rowStart: keptStart,
    col: of(col, new Int32Array(count)),
    gain: new Float64Array(count),
  }
  const verdict = checkTiers(
    rest,
    tierGains.map((gains) => of(gains, new Float64Array(count))),
    answer,
  )
  if (verdict.kind === 'wrong')
    throw new Error(`refused a wrong optimum: ${verdict.what} in tier ${verdict.where.tier}`)
}
