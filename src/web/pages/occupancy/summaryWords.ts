import type { OccupancySummary } from '../../api/types.ts'
import { dayAfter, dayInWords } from '../../ui/days.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { placesInWords } from '../matches/counts.ts'
import { dayCount } from './segmentWords.ts'

/** What the timeline shows, in words: how much of the time places stand empty, and what keeps the others. */
export function summaryInWords(summary: OccupancySummary): string {
  const { from, to, places, placesWithGaps, openDays, occupiedDays, heldDays, closedDays, vacantDays } = summary
  const span = `Fra ${dayInWords(from)} til og med ${dayInWords(dayAfter(to, -1))}`
  if (places === 0) return `${span}: ingen plasser.`
  const share = (days: number) => `${inNumbers(Math.round((1000 * days) / openDays) / 10)} prosent`
  const gaps =
    placesWithGaps === 0
      ? 'Ingen av dem står ledige noen av dagene.'
      : `${inNumbers(placesWithGaps)} av dem har ledige dager, til sammen ${dayCount(vacantDays)} (${share(vacantDays)} av dagene).`
  return `${span}: ${placesInWords(places)}. ${gaps} Opptatt ${share(occupiedDays)}, holdt av ${share(heldDays)}, sperret ${share(closedDays)}.`
}
