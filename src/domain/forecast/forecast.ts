import { addMonths, type Day, dayNumber, firstOfMonth } from '../day.ts'
import type { RefusedChange, ScenarioChange } from './changes.ts'
import type { ForecastInput } from './input.ts'
import { type Plan, planOf } from './plan.ts'
import { learnRates, type Rates } from './rates.ts'
import type { Redrawing } from './redrawn.ts'
import { codesOf, type Layout, layoutOf, MEASURES, type Measure, positionOf, TOTALS } from './series.ts'
import { quantileAt, type Sketch } from './sketch.ts'

/**
 * The forecast of the city: who will live where, wait and go without, month by month to any day.
 *
 * `prepare` takes the history (`ForecastInput`: columns of numbers, no person) and a list of dated changes
 * (`ScenarioChange[]`: places opened or closed, growth, arrivals, a team's capacity, losses) and learns the rates with their
 * uncertainty. `prepared.simulate(seed, run, row)` writes one run; a run depends on nothing but seed, run and what was
 * prepared. Two scenarios with the same seed share their chance, so `row` minus `row` is their difference in that run.
 * `sketchPaired` (`compare.ts`) keeps quantiles of any number of runs in the same memory, parts of which are merged in any order;
 * `tableOf` says P10, P50 and P90 of them. `forecast` there is all of it at once, on one thread.
 *
 * What the simulation assumes, beside what `arrivals`, `lasting` and `matching` say of rates:
 * - a place is given away when its gap is over, to the first whom it fits (`matching.ts`) in the order of the policy in force
 *   today (`givingOrder.ts`), else to somebody without a registered need, as the history shows;
 * - whoever waits for another home stays in hers until she has it, or the need ends;
 * - whoever leaves a place for no other may lose her home by it, and is then back in the queue;
 * - what is to close is run down for two months; whoever still lives there on the day must leave and waits, in class 2 unless
 *   her own comes before it;
 * - urgency is as when she registered, and is drawn as it is among those who wait today; children, features and never-together are in the probability of a fit;
 * - a team's capacity bears only on how long a supported home stands empty.
 */

export interface Prepared {
  input: ForecastInput
  rates: Rates
  plan: Plan
  layout: Layout
  /** Changes that cannot be, such as closing more places than exist: nothing is simulated then. */
  refused: readonly RefusedChange[]
}

/** Today, the first day of each month after it, and the last day, as numbers. */
export function pointsOf(today: Day, until: Day): number[] {
  const points = [dayNumber(today)]
  for (let month = addMonths(firstOfMonth(today), 1); month < until; month = addMonths(month, 1))
    points.push(dayNumber(month))
  points.push(dayNumber(until))
  return points
}

/**
 * Learns the rates, unless they are given, and plans what is fixed.
 * @param span `today` is the day of `input.asOf`
 * @param told new districts that are told of although these changes do not redraw any: for comparing with some that do
 */
export function prepare(
  input: ForecastInput,
  span: { today: Day; until: Day },
  changes: readonly ScenarioChange[] = [],
  rates: Rates = learnRates(input),
  told?: Redrawing,
): Prepared {
  const points = pointsOf(span.today, span.until)
  const { plan, refused } = planOf(input, points, changes)
  return { input, rates, plan, layout: layoutOf(input, points.length, plan.redrawn ?? told), refused }
}

/** Runs of a seed: from the first to, not including, the last. */
export interface Runs {
  seed: number
  from: number
  to: number
}

/** The runs of a seed in parts as even as they come, none of them empty. @param among how many may share them */
export function shareRuns({ seed, runs }: { seed: number; runs: number }, among: number): Runs[] {
  const share = Math.ceil(runs / among)
  return Array.from({ length: among }, (_, part) => ({
    seed,
    from: part * share,
    to: Math.min(runs, (part + 1) * share),
  })).filter(({ from, to }) => from < to)
}

/** One number of the forecast over the months: null where nobody waits in most runs. */
export interface ForecastSeries {
  measure: Measure
  /** A district's code; null: the city. */
  district: string | null
  /** A form's id, or one of `TOTALS`. */
  form: string
  p10: (number | null)[]
  p50: (number | null)[]
  p90: (number | null)[]
}

const SHARES = [0.1, 0.5, 0.9] as const

/** All series that are not zero throughout, in the order of measure, district and form. */
export function tableOf({ input, layout }: Prepared, sketch: Sketch): ForecastSeries[] {
  const forms = [...input.forms.map(({ id }) => id), ...TOTALS]
  return MEASURES.flatMap((measure) =>
    codesOf(input, layout).flatMap((district, row) =>
      forms.flatMap((form, column): ForecastSeries[] => {
        const at = positionOf(layout, measure, row, column, 0)
        const [p10, p50, p90] = SHARES.map((share) =>
          Array.from({ length: layout.points }, (_, point) => quantileAt(sketch, at + point, share)),
        ) as [(number | null)[], (number | null)[], (number | null)[]]
        const nothing = [p10, p90].every((values) => values.every((value) => value === null || value === 0))
        return nothing ? [] : [{ measure, district, form, p10, p50, p90 }]
      }),
    ),
  )
}
