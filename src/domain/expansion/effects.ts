import { type Counts, countAt, noCounts, type Space } from './ask.ts'
import { meanOf, type Sample } from './sample.ts'

/** A place takes at least and at most so much from a shortfall: what chance alone shows beyond it is not believed. */
const EFFECT_RANGE = [0.02, 3] as const
/** Districts with less of a shortfall than this say nothing of what a place does to it. */
const ENOUGH = 1
const PROBE_MOST = 20

/** A plan that tries one form in one year, in every district that lacks it: about half of what it lacks. */
export function probeOf(space: Space, without: Sample, form: number, year: number): Counts {
  const counts = noCounts(space)
  for (let district = 0; district < space.districts.length; district += 1) {
    const lacks = meanOf(without, district, form)
    if (lacks >= ENOUGH)
      counts[countAt(space, district, form, year)] = Math.min(PROBE_MOST, Math.max(1, Math.round(lacks / 2)))
  }
  return counts
}

/** What a place took, on average over runs and the districts where it was tried; null where it was tried nowhere. */
export function effectOf(
  space: Space,
  without: Sample,
  probe: Counts,
  tried: Sample,
  form: number,
  year: number,
): number | null {
  let [places, taken] = [0, 0]
  for (let district = 0; district < space.districts.length; district += 1) {
    const count = probe[countAt(space, district, form, year)]!
    if (count === 0) continue
    places += count
    taken += meanOf(without, district, form) - meanOf(tried, district, form)
  }
  return places === 0 ? null : within(taken / places)
}

const within = (effect: number) => Math.min(EFFECT_RANGE[1], Math.max(EFFECT_RANGE[0], effect))

/** What a place of each form and year takes, `form * years + year`: the years between two that were tried lie between them. */
export function betweenYears(space: Space, first: readonly (number | null)[], last: readonly (number | null)[]) {
  const years = space.years.length
  const effects = new Float64Array(space.forms.length * years)
  for (let form = 0; form < space.forms.length; form += 1)
    for (let year = 0; year < years; year += 1) {
      // where nobody lacks the form, a place is one place
      const [from, to] = [first[form] ?? 1, last[form] ?? 1]
      effects[form * years + year] = years === 1 ? from : from + ((to - from) * year) / (years - 1)
    }
  return effects
}

/** So many places of what was foretold count beside what a simulation showed. */
const FORETOLD_PLACES = 2

/**
 * How what was foretold of a district's form is to be multiplied, after a plan has been simulated: the more is built the less a
 * place takes, since a vacant place finds nobody whom it fits. `before` is the multiplier that the plan was made with.
 */
export function corrected(without: number, withPlan: number, foretold: number, before: number): number {
  if (foretold <= 0) return before
  const share = (without - withPlan + FORETOLD_PLACES * before) / (foretold / before + FORETOLD_PLACES)
  return Math.min(2, Math.max(0.05, share))
}
