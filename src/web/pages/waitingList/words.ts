import type { WaitingListEntry } from '../../api/waitingList.ts'
import { inText } from '../../ui/inText.ts'
import { counted } from '../../ui/numbers.ts'

const days = (count: number) => counted(count, 'dag', 'dager')

/** How long somebody's situation has lasted: what decides within a class. */
export function inSituation(count: number | null, cap: number): string {
  return count === null ? 'Vi vet ikke hvor lenge' : capped(count, cap)
}

/** A number of days that is counted no further than `cap`. */
const capped = (count: number, cap: number) => (count < cap ? days(count) : `${days(cap)} eller mer`)

/** How the queue is ordered, in the order in which it is asked. */
export const orderInWords =
  'Køen går etter hasteklasse, så etter hvor lenge situasjonen har vart, så etter hvor lenge man har ventet.'

/** How long somebody has waited, against the target: «102 dager. 12 dager over målet på 90 dager.» */
export function waitedInWords(
  {
    daysSinceRegistration,
    targetDays,
    daysOverTarget,
  }: Pick<WaitingListEntry, 'daysSinceRegistration' | 'targetDays' | 'daysOverTarget'>,
  cap: number,
): string {
  const waited = capped(daysSinceRegistration, cap)
  return daysOverTarget > 0
    ? `${waited}, ${days(daysOverTarget)} over målet på ${days(targetDays)}`
    : `${waited}, innenfor målet på ${days(targetDays)}`
}

/** Why somebody is in her class: «Har ikke noe sted å sove i natt; barn bor i midlertidig botilbud». */
export function groundsInWords(grounds: readonly string[]): string {
  // each is written to stand alone, so what follows the first begins with a capital that is not its own
  return grounds.map((ground, index) => (index === 0 ? ground : inText(ground))).join('; ')
}

/** Who stands ahead: «Foran står 3 i hasteklasse 1 og 2 i hasteklasse 2.» */
export function aheadInWords(ahead: WaitingListEntry['aheadByClass']): string {
  const parts = ahead.map(({ urgencyClass, people }) => `${people} i hasteklasse ${urgencyClass}`)
  const last = parts.at(-1)
  if (last === undefined) return 'Ingen står foran.'
  return `Foran står ${parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} og ${last}`}.`
}

/** What the newest run said of somebody. */
export function lastRunInWords({ outcome, sentence }: NonNullable<WaitingListEntry['lastRun']>): string {
  return outcome === 'proposed' ? 'Fikk et forslag til plass.' : (sentence ?? 'Fikk ikke noe forslag.')
}
