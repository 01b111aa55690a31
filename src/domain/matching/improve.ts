import { pairsOf } from './network.ts'
import { sumsOf } from './objective.ts'
import { reachBound } from './priced.ts'
import { type Improved, type Means, type Question, solveParts } from './program.ts'
import { compareTiers, searchFrom } from './search.ts'

/** Seconds that are too few to begin anything with. */
const TOO_SHORT = 0.05

/**
 * The best solution that breaks nothing, from `first` that a search found and did not prove: first by a bound with the limits
 * priced in, and what reaches it (`reachBound`). Where nothing does, by programs on parts: what an unfinished one has found is
 * completed, all that the limits do not bear on solved as without them, and begun with again: the nearer it is to the best
 * without limits, the fewer pairs are left to choose from, and the smaller the parts.
 *
 * Tried: what an unfinished program has found as it stands. The classes that were solved had more, and everybody behind them
 * nothing: 346 placed instead of 635 in the demo's city with three people a team.
 */
export function improve(question: Question, first: Omit<Improved, 'bound'>, means: Means): Improved {
  const { objective, network } = question
  const end = means.clock() + means.seconds * 1000
  const ways = means.ways ?? ['prices', 'parts']
  const priced = ways.includes('prices') ? reachBound(question, means, end) : undefined
  if (priced?.best !== undefined) return priced.best
  const unlimited = sumsOf(objective, pairsOf(question.candidates, network.best.columnOf))
  let best: Improved = { ...first, bound: theLesser(unlimited, priced?.bound ?? unlimited) }
  for (;;) {
    const left = end - means.clock()
    if (left < TOO_SHORT * 1000 || !ways.includes('parts')) return best
    const next = solveParts(question, best.pairOf, means, end - left / 2)
    if (next === undefined) return best
    const isProven = compareTiers(next.bound, sumsOf(objective, next.pairOf)) <= 0
    const whole = isProven ? next : completed(question, next)
    const values = sumsOf(objective, whole.pairOf)
    const order = compareTiers(values, sumsOf(objective, best.pairOf))
    const bound = theLesser(best.bound, next.bound)
    best = order > 0 || (isProven && order === 0) ? { ...whole, bound } : { ...best, bound }
    if (order <= 0 || compareTiers(bound, values) <= 0) return best
  }
}

/** The closer of two bounds. */
function theLesser(a: number[], b: number[]): number[] {
  return compareTiers(b, a) < 0 ? b : a
}

function completed(
  { network, candidates, look }: Question,
  { closed, bound }: NonNullable<ReturnType<typeof solveParts>>,
): Improved {
  const used = new Set(pairsOf(candidates, network.best.columnOf))
  const found = searchFrom(network, candidates, look, closed)
  return { ...found, forbidden: found.forbidden.filter(({ pair }) => used.has(pair)), bound }
}
