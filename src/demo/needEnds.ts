import type { Quantiles, Random } from './random.ts'

/** How a need ends when no home of ours was found, with weights for people who live somewhere of ours and for the others. */
const ENDS = [
  { reason: 'found_own', settled: 10, outside: 28 },
  { reason: 'no_capacity', settled: 44, outside: 38 },
  { reason: 'outprioritised', settled: 12, outside: 10 },
  { reason: 'no_capacity_lost_place', settled: 5, outside: 4 },
  { reason: 'moved_within', settled: 14, outside: 0 },
  { reason: 'deceased', settled: 7, outside: 9 },
  { reason: 'unknown_pending', settled: 8, outside: 11 },
] as const

/** How long somebody who found a home herself is followed up there, in days. */
export const FOLLOWED_UP: Quantiles = [20, 60, 130, 220, 340, 620]

/** The reason, one of the catalogue's. */
export function endWithoutHome(settled: boolean, random: Random): (typeof ENDS)[number]['reason'] {
  const index = random.weighted(ENDS.map((end) => (settled ? end.settled : end.outside)))
  return ENDS[index]?.reason ?? 'no_capacity'
}
