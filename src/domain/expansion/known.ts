import { type Counts, countAt, type ExpansionAsk, type Space, sizeOf } from './ask.ts'
import { corrected } from './effects.ts'
import type { DistrictProblem } from './program.ts'
import { meanOf, type Sample, shortfallsOf } from './sample.ts'
import type { Tried } from './tried.ts'

/** How far each place is foretold to bring a shortfall down, `form * years + year`, before it is corrected. */
export type Effects = Float64Array

/** Corrects what is foretold of the places of a district by what the simulation of the last plan showed. */
export function learn(
  space: Space,
  effects: Effects,
  multipliers: Float64Array,
  without: Sample,
  { counts, sample }: Tried,
  district: number,
): void {
  const years = space.years.length
  for (let form = 0; form < space.forms.length; form += 1) {
    const at = district * space.forms.length + form
    let foretold = 0
    for (let year = 0; year < years; year += 1)
      foretold += counts[countAt(space, district, form, year)]! * effects[form * years + year]! * multipliers[at]!
    const before = meanOf(without, district, form)
    // more than all of it cannot be taken
    if (foretold <= before)
      multipliers[at] = corrected(before, meanOf(sample, district, form), foretold, multipliers[at]!)
  }
}

/** What is known after a round: what places are foretold to do, and what the last plan and none at all did. */
export interface Known {
  effects: Effects
  multipliers: Float64Array
  tried: Pick<Tried, 'counts' | 'sample'>
  without: Sample | undefined
}

/**
 * What is known of a district, as if nothing were built: each run's shortfall with the plan that was tried last, and what the
 * plan is taken to have brought it down by, though not more than it was with nothing built.
 */
export function problemOf(
  space: Space,
  { level }: ExpansionAsk,
  { effects, multipliers, tried: { counts, sample }, without }: Known,
  district: number,
): DistrictProblem {
  const forms = space.forms.length
  const years = space.years.length
  const own = new Float64Array(forms * years)
  const shortfalls = Float64Array.from(shortfallsOf(sample, district))
  const most = without === undefined ? undefined : shortfallsOf(without, district)
  for (let form = 0; form < forms; form += 1) {
    let taken = 0
    for (let year = 0; year < years; year += 1) {
      const effect = effects[form * years + year]! * multipliers[district * forms + form]!
      own[form * years + year] = effect
      taken += effect * counts[countAt(space, district, form, year)]!
    }
    for (let at = form; at < shortfalls.length; at += forms) {
      const now = shortfalls[at]!
      shortfalls[at] = most === undefined ? now + taken : Math.max(now, Math.min(now + taken, most[at]!))
    }
  }
  return { district, shortfalls, effects: own, level, least: 0, keep: null, cap: null }
}

/** What a district has been through. */
export interface Past {
  /** The most places that were not enough, and how often some were not. */
  failed: number
  fails: number
  /** The smallest plan that was enough. */
  passed: Counts | null
}

/**
 * What is asked of a district next. Where the last plan was not enough, more is built of it: nothing is taken away, since two
 * mixes that are foretold alike would else take turns. Each time the aim is further below the level, since more places do less
 * than the first, and since chance moves a P90 by a household or two when neighbours build. Where a plan was enough, places
 * are taken from it, half way to what was not.
 */
export function aimed(
  space: Space,
  problem: DistrictProblem,
  { counts, p90 }: Tried,
  level: number,
  past: Past,
): DistrictProblem {
  const { district } = problem
  const [first, end] = [countAt(space, district, 0, 0), countAt(space, district + 1, 0, 0)]
  const { failed, fails, passed } = past
  if (passed !== null) {
    const size = sizeOf(space, passed, district, () => 1)
    return { ...problem, least: failed + Math.ceil((size - failed) / 2), cap: passed.subarray(first, end) }
  }
  const over = p90[district]! - level
  const aim = fails === 0 ? level : level - fails * (over + 1)
  return { ...problem, level: Math.max(0, aim), least: failed + 1, keep: counts.subarray(first, end) }
}
