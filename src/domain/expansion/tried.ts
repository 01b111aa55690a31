import { type Counts, countAt, type ExpansionAsk, type Space, totalOf } from './ask.ts'
import type { Bounds } from './program.ts'
import { ninetieths, type Sample } from './sample.ts'

/** A plan that has been simulated. */
export interface Tried {
  counts: Counts
  sample: Sample
  p90: number[]
  places: number
  cost: number
  /** Districts above the level, and households above it over all of them. */
  above: number
  excess: number
}

export function triedOf(space: Space, { level }: ExpansionAsk, counts: Counts, sample: Sample): Tried {
  const p90 = ninetieths(sample)
  const over = p90.map((value) => Math.max(0, value - level))
  return {
    counts,
    sample,
    p90,
    ...totalOf(space, counts),
    above: over.filter((value) => value > 0).length,
    excess: over.reduce((sum, value) => sum + value, 0),
  }
}

/** Fewest districts above the level, fewest households above it, then what the question asks to be smallest. */
export function isBetter({ goal }: ExpansionAsk, one: Tried, other: Tried): boolean {
  const size = ({ places, cost }: Tried) => (goal === 'fewest_places' ? [places, cost] : [cost, places])
  const order = (tried: Tried) => [tried.above, tried.excess, ...size(tried)]
  const [mine, theirs] = [order(one), order(other)]
  const at = mine.findIndex((value, i) => value !== theirs[i])
  return at >= 0 && mine[at]! < theirs[at]!
}

/** Whether a plan keeps to every limit. */
export function within(space: Space, counts: Counts, { perDistrictYear, limits, budget }: Bounds): boolean {
  for (let d = 0; d < space.districts.length; d += 1)
    for (let y = 0; y < space.years.length; y += 1) {
      let sum = 0
      for (let f = 0; f < space.forms.length; f += 1) sum += counts[countAt(space, d, f, y)]!
      if (sum > perDistrictYear) return false
    }
  for (const limit of limits) {
    let sum = 0
    for (const [d, district] of space.districts.entries())
      for (const [f, { id }] of space.forms.entries())
        for (const [y, { year }] of space.years.entries())
          if ((limit.district ?? district) === district && (limit.form ?? id) === id && (limit.year ?? year) === year)
            sum += counts[countAt(space, d, f, y)]!
    if (sum > limit.most) return false
  }
  return budget === null || totalOf(space, counts).cost <= budget
}
