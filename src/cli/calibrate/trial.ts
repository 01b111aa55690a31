import { addMonths, type Day, dayNumber } from '../../domain/day.ts'
import { forecast } from '../../domain/forecast/compare.ts'
import { prepare } from '../../domain/forecast/forecast.ts'
import { MEASURES, type Measure } from '../../domain/forecast/series.ts'
import { AS_OF, trueCity } from './city.ts'
import { lastValue, linearTrend } from './rivals.ts'
import { type Foretold, intervalScore, isInside } from './scores.ts'

export const WAYS = ['forecast', 'last value', 'linear trend'] as const
export type Way = (typeof WAYS)[number]

/** What is foretold, for whom, and how many months ahead. */
export interface Cell {
  measure: Measure
  whose: 'district' | 'city'
  months: number
}

/** How one city's truths came out, each way. */
export interface Trial extends Cell {
  truths: number
  inside: Record<Way, number>
  error: Record<Way, number>
  score: Record<Way, number>
}

const MONTHS_AHEAD = [12, 36] as const
/** Months of the past that the rivals are shown. */
const SHOWN = 72
/** With fewer months than this the rivals could say nothing: days waited are known only of months in which somebody waited. */
const LEAST_SHOWN = 36

/** Forecasts one city that is not as the model thinks, three ways, and compares with what came. */
export function trial(seed: number, runs: number): Trial[] {
  const until = addMonths(AS_OF, Math.max(...MONTHS_AHEAD))
  const city = trueCity(seed, dayNumber(until) - dayNumber(AS_OF) + 1)
  const { districts, forms } = city.input
  const told = forecast(prepare(city.input, { today: AS_OF, until }), seed, runs)
  const named = new Map(told.map((series) => [`${series.measure}/${series.district}/${series.form}`, series]))
  const past = Array.from({ length: SHOWN + 1 }, (_, i) => dayNumber(addMonths(AS_OF, i - SHOWN) as Day))
  const nothing = () => ({ forecast: 0, 'last value': 0, 'linear trend': 0 })
  const trials: Trial[] = []
  for (const measure of MEASURES) {
    for (const whose of ['district', 'city'] as const) {
      // over the city whoever lives in a form fills one of its places: it would be the same evidence twice
      if (measure === 'residents' && whose === 'city') continue
      for (const months of MONTHS_AHEAD) {
        const found: Trial = {
          measure,
          whose,
          months,
          truths: 0,
          inside: nothing(),
          error: nothing(),
          score: nothing(),
        }
        trials.push(found)
        const everyone = [...districts.keys()]
        for (const some of whose === 'city' ? [everyone] : everyone.map((district) => [district])) {
          for (const [form, { id }] of forms.entries()) {
            const truth = city.truth(measure, dayNumber(addMonths(AS_OF, months)), some, form)
            const history = past.map((day) => city.truth(measure, day, some, form)).filter((value) => value !== null)
            // where nobody waits no days are waited, and where there is nothing and never was, there is nothing to foretell
            if (truth === null || history.length < LEAST_SHOWN) continue
            if (truth === 0 && history.every((value) => value === 0)) continue
            const district = whose === 'city' ? null : (districts[some[0] ?? 0] ?? '')
            const series = named.get(`${measure}/${district}/${id}`)
            // it foretells that nobody waits: what that says of the days of somebody who did is not a number
            if (measure === 'waitedDays' && typeof series?.p50[months] !== 'number') continue
            const ways: Record<Way, Foretold> = {
              forecast: {
                low: series?.p10[months] ?? 0,
                middle: series?.p50[months] ?? 0,
                high: series?.p90[months] ?? 0,
              },
              'last value': lastValue(history, months),
              'linear trend': linearTrend(history, months),
            }
            found.truths += 1
            for (const way of WAYS) {
              found.inside[way] += isInside(ways[way], truth) ? 1 : 0
              found.error[way] += Math.abs(ways[way].middle - truth)
              found.score[way] += intervalScore(ways[way], truth)
            }
          }
        }
      }
    }
  }
  return trials
}
