import type { Foretold } from './scores.ts'

const NINETIETH = 1.2815515655
/** A trend is that of the last three years. */
const TREND_MONTHS = 36

/** Nothing changes: the last value, as sure as changes over so many months have been. @param history monthly, at least 2 */
export function lastValue(history: readonly number[], ahead: number): Foretold {
  const last = history.at(-1) ?? 0
  const span = Math.min(ahead, Math.floor(history.length / 2))
  const changes = history.slice(span).map((value, i) => value - (history[i] ?? 0))
  // a shorter span than is foretold changes less: as the root of time, for want of better
  const longer = Math.sqrt(ahead / Math.max(1, span))
  const sorted = changes.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.round(share * (sorted.length - 1))] ?? 0) * longer
  return { low: Math.max(0, last + Math.min(0, at(0.1))), middle: last, high: Math.max(0, last + Math.max(0, at(0.9))) }
}

/** A straight line through the last three years, with the usual interval of a prediction. */
export function linearTrend(history: readonly number[], ahead: number): Foretold {
  const values = history.slice(-TREND_MONTHS)
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const middleMonth = (n - 1) / 2
  let [xy, xx] = [0, 0]
  for (const [month, value] of values.entries()) {
    xy += (month - middleMonth) * (value - mean)
    xx += (month - middleMonth) ** 2
  }
  const slope = xx === 0 ? 0 : xy / xx
  const residual = values.reduce((sum, value, month) => sum + (value - mean - slope * (month - middleMonth)) ** 2, 0)
  const away = n - 1 + ahead - middleMonth
  const spread = Math.sqrt((residual / Math.max(1, n - 2)) * (1 + 1 / n + (xx === 0 ? 0 : away ** 2 / xx)))
  const foretold = mean + slope * away
  const [low, middle, high] = [-NINETIETH, 0, NINETIETH].map((z) => Math.max(0, foretold + z * spread))
  return { low: low ?? 0, middle: middle ?? 0, high: high ?? 0 }
}
