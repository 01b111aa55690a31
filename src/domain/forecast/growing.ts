/** A growth of the needs of one form and district: from which month, how much a year, and how narrowly it is meant. */
export interface Growing {
  /** The first month that it holds for. */
  begins: number
  /** The day that it is written from: of two that begin in one month the later holds. */
  day: number
  perYear: number
  /** 3: for a district and form; 2: a district; 1: a form; 0: all. */
  narrowness: number
}

/**
 * How many times as many needs arise month by month. One growth holds at a time: of those that have begun the narrowest, and of
 * these the last to begin. It goes on from the level that the growth before it has reached, and does not come on top of it.
 */
export function grownBy(growths: readonly Growing[], months: number): Float64Array {
  const levels = new Float64Array(months).fill(1)
  let holds: Growing | undefined
  let since = 0
  let reached = 1
  for (let month = 0; month < months; month += 1) {
    const now = growths
      .filter(({ begins }) => begins <= month)
      .reduce<Growing | undefined>(
        (best, growth) => (best === undefined || !goesBefore(best, growth) ? growth : best),
        undefined,
      )
    if (now === undefined) continue
    if (now !== holds) {
      holds = now
      since = month
      reached = month === 0 ? 1 : levels[month - 1]!
    }
    levels[month] = reached * (1 + now.perYear) ** ((month - since + 1) / 12)
  }
  return levels
}

const goesBefore = (a: Growing, b: Growing) =>
  a.narrowness === b.narrowness ? a.day > b.day : a.narrowness > b.narrowness
