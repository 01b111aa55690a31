import { addMonths, type Day, daysBetween } from '../day.ts'
import { poissonAt } from '../forecast/random.ts'
import type { Turnover } from '../forecast/turnover.ts'
import { type Home, startOfMonth } from './input.ts'

/**
 * Homes that can be expected to become vacant: on the first day of each month as many in all as it is so sure that there have
 * been by then. Whole homes, never a part of one.
 * @param share the part of what becomes vacant that goes to those who move home
 * @param certainty a probability; 0.5 is the median
 */
export function expectedHomes(
  turnover: readonly Turnover[],
  {
    asOf,
    until,
    share,
    certainty,
    keptMonths,
  }: { asOf: Day; until: Day; share: number; certainty: number; keptMonths: number },
): Home[] {
  return turnover.flatMap(({ district, form, perDay }) => {
    const homes: Home[] = []
    for (let month = 1; startOfMonth(asOf, month) < until; month += 1) {
      const from = startOfMonth(asOf, month)
      const sure = surelyAtLeast(perDay * share * daysBetween(asOf, from), certainty)
      while (homes.length < sure) {
        const id = `${district}/${form}/${homes.length + 1}`
        const to = addMonths(from, keptMonths)
        homes.push({ id, source: 'expected', placeId: null, district, form, from, to, reservedFor: null })
      }
    }
    return homes
  })
}

/** The greatest count that so many chance events with mean `mean` reach with a probability of at least `certainty` (Poisson). */
export function surelyAtLeast(mean: number, certainty: number): number {
  return poissonAt(mean, 1 - certainty)
}
