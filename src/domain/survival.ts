import type { Span } from './capacity.ts'

/**
 * How long something lasts, with what still lasts counted in: the estimate of Kaplan and Meier, of everything that lasted on
 * some day of a period (delayed entry), so that a long history makes it neither slower nor older.
 * Source: Kaplan & Meier 1958; for delayed entry Klein & Moeschberger, Survival Analysis, 4.6.
 */

/** How many have lasted `days` when they come under observation, when it ends for them, and when they go out of sight. */
export interface AgeCount {
  days: number
  entered: number
  /** Ended in the way that is asked about. */
  events: number
  /** Still lasts, or ended otherwise. */
  censored: number
}

/** At one length of time: who could still end then, how many did, and the share that lasts longer. */
export interface CurveStep {
  days: number
  atRisk: number
  events: number
  lasting: number
}

/** With fewer than this at risk, one more or less would move the curve by a fifth: it is not drawn further. */
export const FEWEST_AT_RISK = 5

/** What was seen in `window` of something that began and perhaps ended; both ages included. Undefined: nothing. */
export function observed(
  began: number,
  ended: number,
  window: Span,
): { enters: number; leaves: number; over: boolean } | undefined {
  if (began >= window.to || ended < window.from) return undefined
  const over = ended < window.to
  return { enters: Math.max(window.from - began, 0), leaves: (over ? ended : window.to - 1) - began, over }
}

/** The estimate, drawn as far as it says something. */
export interface Curve {
  steps: readonly CurveStep[]
  /** The last length of time that anybody was seen at, or at which too few were left; -1 when nobody was seen. */
  drawnTo: number
}

/** The curve as far as enough are at risk; counts of one age may come in parts and in any order. */
export function survivalCurve(counts: readonly AgeCount[]): Curve {
  const ages = new Map<number, AgeCount>()
  for (const { days, entered, events, censored } of counts) {
    const age = ages.get(days) ?? { days, entered: 0, events: 0, censored: 0 }
    age.entered += entered
    age.events += events
    age.censored += censored
    ages.set(days, age)
  }
  const steps: CurveStep[] = []
  let drawnTo = -1
  let atRisk = 0
  let lasting = 1
  for (const { days, entered, events, censored } of [...ages.values()].sort((a, b) => a.days - b.days)) {
    // who comes under observation on a day may end on that day, and who goes out of sight was seen on it
    atRisk += entered
    if (events > 0) {
      if (atRisk < FEWEST_AT_RISK) break
      lasting *= 1 - events / atRisk
      steps.push({ days, atRisk, events, lasting })
    }
    atRisk -= events + censored
    drawnTo = days
  }
  return { steps, drawnTo }
}

/** After how many days `share` of them have ended; null when the curve does not get there («nås ikke»). */
export function quantile({ steps }: Curve, share: number): number | null {
  // the shares are decimal fractions, and products of fractions may miss one by a hair
  return steps.find(({ lasting }) => lasting <= 1 - share + 1e-12)?.days ?? null
}

/** The share that lasts longer than `days`; null when the curve is not drawn so far. */
export function lastingLonger({ steps, drawnTo }: Curve, days: number): number | null {
  if (days > drawnTo) return null
  return steps.findLast((step) => step.days <= days)?.lasting ?? 1
}
