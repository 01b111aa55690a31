import { type ForecastInput, NEVER, NONE } from './input.ts'
import type { Chance } from './random.ts'

/**
 * Whom a place fits in the simulation. A place that can be given away goes through those who wait for its form, in the order
 * that `givingOrder.ts` makes of the policy. Each fits with one probability: it stands for requirements, criteria, readiness
 * and no to an offer, and is learnt, form by form, from how many move-ins were of somebody registered and how long the queues
 * were then. Of those who name a form next, only the share takes it that the history shows. If nobody fits, somebody moves in
 * without a registered need, as the history shows that they do.
 */

/** So many probabilities are tried, evenly on the logarithmic scale. */
const TRIED = 60
const LEAST = 1e-5

export interface Matching {
  /** Beta of the share of move-ins that were of somebody registered, by form. */
  registered: readonly (readonly [number, number])[]
  /** What share each probability of a fit gives, `form * TRIED + n`, growing with n. */
  shares: Float64Array
  /** The share of those who name a form next that take it as readily as those who ask for it first. */
  takesNext: Float64Array
}

/** So many housed speak for taking what is named next as readily as what is asked for. */
const READY_BEFORE = 2

const tried = (n: number) => LEAST ** (1 - n / (TRIED - 1))

/** Learns from the last `window` days. */
export function learnMatching(input: ForecastInput, window: number): Matching {
  const { asOf, areas, places, stays, needs } = input
  const forms = input.forms.length
  const begins = asOf - window
  const moves = new Map<number, number>()
  const movesOf = new Float64Array(forms)
  for (const [i, from] of stays.from.entries()) {
    if (from < begins || from >= asOf) continue
    const place = stays.place[i]!
    const cell = places.area[place]! * forms + places.form[place]!
    moves.set(cell, (moves.get(cell) ?? 0) + 1)
    movesOf[places.form[place]!]! += 1
  }
  const housed = new Float64Array(forms)
  const housedFirst = new Float64Array(forms)
  const housedNext = new Float64Array(forms)
  // days waited by home district and form in the window: over its length, how many waited on average
  const waitedFirst = new Float64Array(input.districts.length * forms)
  const waitedNext = new Float64Array(input.districts.length * forms)
  for (const [i, from] of needs.from.entries()) {
    const to = Math.min(needs.to[i]!, asOf)
    const [first, second, given] = [needs.first[i]!, needs.second[i]!, needs.given[i]!]
    if (needs.to[i] !== NEVER && given !== NONE && to >= begins) {
      housed[given]! += 1
      if (given === first) housedFirst[given]! += 1
      else if (given === second) housedNext[given]! += 1
    }
    const days = Math.max(0, to - Math.max(from, begins))
    waitedFirst[needs.home[i]! * forms + first]! += days
    if (second !== NONE) waitedNext[needs.home[i]! * forms + second]! += days
  }
  const takesNext = new Float64Array(forms)
  const sumOf = (days: Float64Array, form: number) =>
    input.districts.reduce((sum, _, home) => sum + days[home * forms + form]!, 0)
  for (let form = 0; form < forms; form += 1) {
    const rate = housedFirst[form]! / Math.max(1, sumOf(waitedFirst, form))
    const expected = rate * sumOf(waitedNext, form)
    takesNext[form] = Math.min(1, (housedNext[form]! + READY_BEFORE) / (expected + READY_BEFORE))
  }
  const shares = new Float64Array(forms * TRIED)
  for (const [cell, count] of moves) {
    const [area, form] = [Math.floor(cell / forms), cell % forms]
    const waiting =
      areas[area]!.serves.reduce(
        (sum, home) => sum + waitedFirst[home * forms + form]! + takesNext[form]! * waitedNext[home * forms + form]!,
        0,
      ) / window
    for (let n = 0; n < TRIED; n += 1) {
      const at = form * TRIED + n
      shares[at]! += (count / movesOf[form]!) * (1 - (1 - tried(n)) ** waiting)
    }
  }
  return {
    registered: input.forms.map((_, form) => {
      const some = Math.min(housed[form]!, movesOf[form]!)
      return [some + 1, movesOf[form]! - some + 1] as const
    }),
    shares,
    takesNext,
  }
}

/** One run's probabilities that somebody fits, by form. */
export function drawFits({ registered, shares }: Matching, chance: Chance, stream: number, fits: Float64Array): void {
  for (const [form, [a, b]] of registered.entries()) {
    const x = chance.gamma(stream, a)
    const share = x / (x + chance.gamma(stream, b))
    let n = 0
    while (n < TRIED - 1 && shares[form * TRIED + n]! < share) n += 1
    fits[form] = tried(n)
  }
}
