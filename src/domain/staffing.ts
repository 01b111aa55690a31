export type Staffing =
  | 'none'
  | 'ambulant'
  | 'varies'
  | 'day'
  | 'day_or_24h'
  | 'around_the_clock'
  | 'around_the_clock_high'

/** Bokmål names of the kinds of staffing. */
export const STAFFING_NAMES = {
  none: 'ingen bemanning',
  ambulant: 'ambulant oppfølging',
  varies: 'bemanning varierer',
  day: 'bemannet på dagtid',
  day_or_24h: 'bemannet på dagtid eller hele døgnet',
  around_the_clock: 'bemannet hele døgnet',
  around_the_clock_high: 'bemannet hele døgnet, høy bemanning',
} as const satisfies Record<Staffing, string>

// An order, not a measure of hours: it only says which of two kinds has more people present.
const STAFFING_LEVELS = {
  none: 0,
  ambulant: 1,
  day: 2,
  day_or_24h: 3,
  around_the_clock: 4,
  around_the_clock_high: 5,
  varies: null,
} as const satisfies Record<Staffing, number | null>

/** How much staffing a kind means, 0 (none) to 5; null where the form does not say («varierer»). */
export function staffingLevel(staffing: Staffing): number | null {
  return STAFFING_LEVELS[staffing]
}

/**
 * Excess (positive) or lack (negative) of staffing in levels when `given` answers `needed`. Null when either is unknown:
 * missing data lowers nobody, it is said.
 */
export function staffingDifference(needed: Staffing, given: Staffing): number | null {
  const want = staffingLevel(needed)
  const got = staffingLevel(given)
  return want === null || got === null ? null : got - want
}
