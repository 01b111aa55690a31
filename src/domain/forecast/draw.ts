import { drawArrivals } from './arrivals.ts'
import { drawLengths, type Lengths, noLengths } from './lasting.ts'
import { drawFits } from './matching.ts'
import type { Chance } from './random.ts'
import type { Rates } from './rates.ts'

/** The rates of one run: one of the cities that the history leaves possible. */
export interface RunRates {
  stays: Lengths
  vacancies: Lengths
  patience: Lengths
  /** Needs a day, `(form * districts + district) * months + month`, and what the trend has added, `form * months + month`. */
  daily: Float64Array
  trended: Float64Array
  /** By form: that somebody fits; that a departure loses the home; that a resident leaves when her need ends. */
  fits: Float64Array
  losses: Float64Array
  givesUp: Float64Array
  /** Weights of home districts, `form * districts + district`. */
  homes: Float64Array
}

export function noRates({ forms, districts, stays, vacancies, patience }: Rates, months: number): RunRates {
  return {
    stays: noLengths(stays),
    vacancies: noLengths(vacancies),
    patience: noLengths(patience),
    daily: new Float64Array(forms * districts * months),
    trended: new Float64Array(forms * months),
    fits: new Float64Array(forms),
    losses: new Float64Array(forms),
    givesUp: new Float64Array(forms),
    homes: new Float64Array(forms * districts),
  }
}

/** Draws all rates from what was learnt; `stream` for all but arrivals, which have one a form from `trends` on. */
export function drawRates(
  rates: Rates,
  run: RunRates,
  months: number,
  chance: Chance,
  stream: number,
  trends: number,
): void {
  const share = ([some, others]: readonly [number, number]) => {
    const x = chance.gamma(stream, some)
    return x / (x + chance.gamma(stream, others))
  }
  drawLengths(rates.stays, chance, stream, run.stays)
  drawLengths(rates.vacancies, chance, stream, run.vacancies)
  drawLengths(rates.patience, chance, stream, run.patience)
  drawFits(rates.matching, chance, stream, run.fits)
  for (let form = 0; form < rates.forms; form += 1) {
    run.losses[form] = share(rates.losses[form]!)
    run.givesUp[form] = share(rates.givesUp[form]!)
  }
  for (const [i, shape] of rates.homes.entries()) run.homes[i] = chance.gamma(stream, shape)
  drawArrivals(rates.arrivals, months, chance, (form) => trends + form, run.daily, run.trended)
}

/** An index, as often as its weight among `size` of them from `at` on says; `u` between 0 and 1. */
export function picked(weights: Float64Array, at: number, size: number, u: number): number {
  let sum = 0
  for (let i = 0; i < size; i += 1) sum += weights[at + i]!
  let left = u * sum
  for (let i = 0; i < size; i += 1) {
    left -= weights[at + i]!
    if (left < 0) return i
  }
  return size - 1
}
