import type { Day } from '../day.ts'
import type { ScenarioChange } from '../forecast/changes.ts'
import { prepare, type Runs } from '../forecast/forecast.ts'
import type { ForecastInput } from '../forecast/input.ts'
import type { Rates } from '../forecast/rates.ts'
import { positionOf } from '../forecast/series.ts'
import { simulator } from '../forecast/simulate.ts'

/**
 * The shortfall that a plan is to bring down, and the only place that says what it is: of a district and a form, on one day
 * of one run, **how many of the district's households wait for the form first, beyond the vacant places of the form that lie
 * in the district, and never below 0** (the forecast's measure `shortfall`). A district's is the sum over the forms that may
 * be built: a vacant place of one form is none for those who wait for another. Its P90 is the number that nine of ten runs do
 * not exceed, over whole runs of the district, not the sum of its forms' P90.
 */
export interface Sample {
  runs: number
  districts: number
  forms: number
  /** `(district * runs + run) * forms + form`. */
  values: Float32Array
}

/** The share of runs that a level is to hold in. */
const SHARE = 0.9

/** So many of the runs may lie above the level. */
export const runsAbove = (runs: number): number => runs - Math.ceil(SHARE * runs)

/** Shortfalls on the last day of the span, of some runs, `(run * districts + district) * forms + form`. */
export function sampleRuns(
  { input, rates }: { input: ForecastInput; rates: Rates },
  span: { today: Day; until: Day },
  changes: readonly ScenarioChange[],
  forms: readonly number[],
  { seed, from, to }: Runs,
): Float32Array {
  const { plan, layout } = prepare(input, span, changes, rates)
  const simulate = simulator(input, rates, plan, layout)
  const districts = input.districts.length
  const row = new Float32Array(layout.size)
  const out = new Float32Array((to - from) * districts * forms.length)
  let at = 0
  for (let run = from; run < to; run += 1) {
    simulate(seed, run, row)
    for (let district = 0; district < districts; district += 1)
      for (const form of forms) {
        out[at] = row[positionOf(layout, 'shortfall', district, form, layout.points - 1)]!
        at += 1
      }
  }
  return out
}

/** Parts of consecutive runs as one sample. */
export function sampleOf(parts: readonly Float32Array[], districts: number, forms: number): Sample {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const runs = size / (districts * forms)
  const values = new Float32Array(size)
  let run = 0
  for (const part of parts) {
    for (let at = 0; at < part.length; at += districts * forms, run += 1)
      for (let district = 0; district < districts; district += 1)
        for (let form = 0; form < forms; form += 1)
          values[(district * runs + run) * forms + form] = part[at + district * forms + form]!
  }
  return { runs, districts, forms, values }
}

/** A district's shortfalls, `run * forms + form`. */
export function shortfallsOf({ runs, forms, values }: Sample, district: number): Float32Array {
  return values.subarray(district * runs * forms, (district + 1) * runs * forms)
}

/** What all but `runsAbove` of the runs do not exceed, of sums over forms. */
export function ninetieth(shortfalls: ArrayLike<number>, forms: number): number {
  const runs = shortfalls.length / forms
  const sums = Float64Array.from({ length: runs }, (_, run) => {
    let sum = 0
    for (let form = 0; form < forms; form += 1) sum += shortfalls[run * forms + form]!
    return sum
  }).sort()
  return sums[runs - runsAbove(runs) - 1] ?? 0
}

/** The P90 of every district. */
export function ninetieths(sample: Sample): number[] {
  return Array.from({ length: sample.districts }, (_, district) =>
    ninetieth(shortfallsOf(sample, district), sample.forms),
  )
}

/** The mean over runs of a district's shortfall of one form. */
export function meanOf(sample: Sample, district: number, form: number): number {
  const values = shortfallsOf(sample, district)
  let sum = 0
  for (let at = form; at < values.length; at += sample.forms) sum += values[at]!
  return sum / sample.runs
}
