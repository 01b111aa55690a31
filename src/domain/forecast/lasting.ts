import type { Chance } from './random.ts'

/**
 * How long stays, vacancies and waits last: a constant hazard within each band of ages, learnt from what was seen in it, also
 * of what has not ended yet (right-censored) or had begun before (delayed entry). Events and days at risk are sufficient, so
 * the posterior of each band's hazard is a gamma distribution; a form that has seen little leans on the forms of its step.
 * Source: piecewise-exponential survival, Friedman 1982; gamma–Poisson shrinkage, e.g. Clayton & Kaldor 1987.
 */

/** First day of each band of ages; the last is open. */
export const BANDS = [0, 4, 8, 15, 31, 61, 122, 244, 488, 976, 1952, 3904] as const
const COUNT = BANDS.length

/** How many events a parent counts as: two months of a form are not drowned by what other forms do. */
const PARENT_EVENTS = 2
/** How much districts may differ, as a gamma's shape: within these. */
const SHAPE_RANGE = [2, 400] as const

export interface Seen {
  /** Events and days at risk, `group * BANDS.length + band`. */
  events: Float64Array
  days: Float64Array
  groups: number
}

export function nothingSeen(groups: number): Seen {
  return { events: new Float64Array(groups * COUNT), days: new Float64Array(groups * COUNT), groups }
}

/** Adds one that was watched from age `enters` to age `leaves`, and ended there or not. */
export function see(seen: Seen, group: number, enters: number, leaves: number, over: boolean): void {
  const at = group * COUNT
  for (let band = 0; band < COUNT; band += 1) {
    const from = Math.max(enters, BANDS[band]!)
    const end = band + 1 < COUNT ? BANDS[band + 1]! : Number.POSITIVE_INFINITY
    // an age of n days is n days at risk; what ends on the day that it began was at risk for half of it
    const to = Math.min(Math.max(leaves, 0.5), end)
    if (to > from) seen.days[at + band] = seen.days[at + band]! + (to - from)
    if (over && leaves >= BANDS[band]! && leaves < end) seen.events[at + band] = seen.events[at + band]! + 1
  }
}

/** The posterior of hazards by form and of how districts differ from their form. */
export interface Lasting {
  forms: number
  districts: number
  /** Gamma shape and rate of each hazard a day, `form * BANDS.length + band`. */
  shape: Float64Array
  rate: Float64Array
  /** Gamma shape and rate of a district's factor, `form * districts + district`. */
  factorShape: Float64Array
  factorRate: Float64Array
}

/**
 * The posterior from what was seen of `form * districts + district`.
 * @param parents the group of forms that each form leans on
 */
export function learnLasting(seen: Seen, forms: number, districts: number, parents: readonly number[]): Lasting {
  const size = forms * COUNT
  const events = new Float64Array(size)
  const days = new Float64Array(size)
  for (let group = 0; group < forms * districts; group += 1) {
    const form = Math.floor(group / districts)
    for (let band = 0; band < COUNT; band += 1) {
      events[form * COUNT + band] = events[form * COUNT + band]! + seen.events[group * COUNT + band]!
      days[form * COUNT + band] = days[form * COUNT + band]! + seen.days[group * COUNT + band]!
    }
  }
  const shape = new Float64Array(size)
  const rate = new Float64Array(size)
  for (let form = 0; form < forms; form += 1) {
    for (let band = 0; band < COUNT; band += 1) {
      const hazard = parentHazard(events, days, parents, form, band)
      const at = form * COUNT + band
      shape[at] = events[at]! + PARENT_EVENTS
      rate[at] = days[at]! + PARENT_EVENTS / hazard
    }
  }
  const factorShape = new Float64Array(forms * districts)
  const factorRate = new Float64Array(forms * districts)
  for (let form = 0; form < forms; form += 1) {
    const had: number[] = []
    const expected: number[] = []
    for (let district = 0; district < districts; district += 1) {
      let [e, x] = [0, 0]
      for (let band = 0; band < COUNT; band += 1) {
        const at = form * COUNT + band
        const own = (form * districts + district) * COUNT + band
        e += seen.events[own]!
        x += (seen.days[own]! * shape[at]!) / rate[at]!
      }
      had.push(e)
      expected.push(x)
    }
    const k = shrinkage(had, expected)
    for (let district = 0; district < districts; district += 1) {
      factorShape[form * districts + district] = k + had[district]!
      factorRate[form * districts + district] = k + expected[district]!
    }
  }
  return { forms, districts, shape, rate, factorShape, factorRate }
}

/** The hazard of the forms that a form leans on, in a band; where they saw nothing either, that of all ages of them. */
function parentHazard(
  events: Float64Array,
  days: Float64Array,
  parents: readonly number[],
  form: number,
  band: number,
): number {
  let [e, t, allE, allT] = [0, 0, 0, 0]
  for (let other = 0; other < parents.length; other += 1) {
    if (parents[other] !== parents[form]) continue
    e += events[other * COUNT + band]!
    t += days[other * COUNT + band]!
    for (let b = 0; b < COUNT; b += 1) {
      allE += events[other * COUNT + b]!
      allT += days[other * COUNT + b]!
    }
  }
  const overall = (allE + 1) / (allT + 365)
  return (e + 1) / (t + 1 / overall)
}

/**
 * How much groups lean on their common rate: the shape of a gamma with mean 1 from which their factors come, by moments.
 * Many alike: large, so that a thin one is pulled all the way.
 */
export function shrinkage(had: readonly number[], expected: readonly number[]): number {
  let [over, square] = [0, 0]
  for (const [i, e] of expected.entries()) {
    const y = had[i]!
    over += (y - e) ** 2 - y
    square += e * e
  }
  const [least, most] = SHAPE_RANGE
  return over <= 0 ? most : Math.min(most, Math.max(least, square / over))
}

/** One run's lengths: cumulative hazard at the beginning of each band, the hazard in it, and districts' factors. */
export interface Lengths {
  hazard: Float64Array
  cumulative: Float64Array
  factor: Float64Array
  districts: number
}

export function noLengths({ forms, districts }: Lasting): Lengths {
  return {
    hazard: new Float64Array(forms * COUNT),
    cumulative: new Float64Array(forms * COUNT),
    factor: new Float64Array(forms * districts),
    districts,
  }
}

/** Draws one run's hazards and factors from the posterior into `lengths`. */
export function drawLengths(lasting: Lasting, chance: Chance, stream: number, lengths: Lengths): void {
  for (let form = 0; form < lasting.forms; form += 1) {
    let sum = 0
    for (let band = 0; band < COUNT; band += 1) {
      const at = form * COUNT + band
      const hazard = Math.max(1e-7, chance.gamma(stream, lasting.shape[at]!) / lasting.rate[at]!)
      lengths.hazard[at] = hazard
      lengths.cumulative[at] = sum
      if (band + 1 < COUNT) sum += hazard * (BANDS[band + 1]! - BANDS[band]!)
    }
  }
  for (let i = 0; i < lengths.factor.length; i += 1) {
    lengths.factor[i] = Math.max(0.02, chance.gamma(stream, lasting.factorShape[i]!) / lasting.factorRate[i]!)
  }
}

/** The age in whole days at which something ends that has reached `age`, not before `least`; `u` between 0 and 1. */
export function endsAt(
  { hazard, cumulative, factor, districts }: Lengths,
  form: number,
  district: number,
  age: number,
  least: number,
  u: number,
): number {
  const at = form * COUNT
  let band = 0
  while (band + 1 < COUNT && BANDS[band + 1]! <= age) band += 1
  const reached = cumulative[at + band]! + hazard[at + band]! * (age - BANDS[band]!)
  const goal = reached - Math.log(u) / factor[form * districts + district]!
  while (band + 1 < COUNT && cumulative[at + band + 1]! <= goal) band += 1
  const end = BANDS[band]! + (goal - cumulative[at + band]!) / hazard[at + band]!
  return Math.max(least, Math.min(Math.round(end), 200_000))
}

/** After how many days half have ended, at the hazards that are likeliest. */
export function medianDays(lasting: Lasting, form: number): number {
  let sum = 0
  for (const [band, hazard] of meanHazards(lasting, form).entries()) {
    const length = band + 1 < COUNT ? BANDS[band + 1]! - BANDS[band]! : Number.POSITIVE_INFINITY
    if (sum + hazard * length >= Math.LN2) return Math.round(BANDS[band]! + (Math.LN2 - sum) / hazard)
    sum += hazard * length
  }
  return Number.POSITIVE_INFINITY
}

/** The mean hazard curve of a form, for showing: hazards a day by band, without district. */
export function meanHazards({ shape, rate }: Lasting, form: number): number[] {
  return BANDS.map((_, band) => shape[form * COUNT + band]! / rate[form * COUNT + band]!)
}
