import type { Quota } from '../../api/quotas.ts'
import type { SignedInPerson } from '../../api/session.ts'
import { dayAfter, dayInWords } from '../../ui/days.ts'
import { inARow } from '../../ui/listing.ts'
import { inNumbers } from '../../ui/numbers.ts'
import { maintainsIn } from '../facilities/keeps.ts'

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/

/** The first day that a quota is over, from its last; what is no day is left for the service to say. */
export function endFrom(last: string | null): string | null {
  return last !== null && ISO_DAY.test(last) ? dayAfter(last, 1) : last
}

/** The last day of a quota, from the first that it is over. */
export function lastFrom(end: string | null): string | null {
  return end === null ? null : dayAfter(end, -1)
}

/** Its days: «1. januar 2026 til og med 31. desember 2026». */
export function duringInWords({ from, to }: Quota['during']): string {
  const last = lastFrom(to)
  return last === null ? `Fra ${dayInWords(from)}` : `${dayInWords(from)} til og med ${dayInWords(last)}`
}

/** How it stands on a day. */
export function standingOf({ from, to }: Quota['during'], today: string): 'now' | 'later' | 'over' {
  if (from > today) return 'later'
  return to !== null && to <= today ? 'over' : 'now'
}

export const STANDING_WORDS = { now: 'Gjelder nå', later: 'Begynner senere', over: 'Er over' } as const

/** What is left out of one, in sentences; none: everything counts. */
export function exemptInWords({
  exemptDistrictNames,
  exemptFacilityNames,
}: Pick<Quota, 'exemptDistrictNames' | 'exemptFacilityNames'>): string[] {
  return [
    ...(exemptDistrictNames.length === 0 ? [] : [`Husstander fra ${inARow(exemptDistrictNames)}`]),
    ...(exemptFacilityNames.length === 0 ? [] : [`Innflytting i ${inARow(exemptFacilityNames)}`]),
  ]
}

/** What the quotas in force today leave room for together, of those that are shown. */
export function quotasInWords(quotas: readonly Quota[], today: string): string {
  const now = quotas.filter(({ during }) => standingOf(during, today) === 'now')
  if (now.length === 0) return 'Ingen kvoter gjelder i dag.'
  const left = now.reduce((sum, quota) => sum + quota.left, 0)
  return `${now.length === 1 ? '1 kvote' : `${inNumbers(now.length)} kvoter`} gjelder i dag. ${left === 0 ? 'De er brukt opp.' : `Det er plass til ${inNumbers(left)} ${left === 1 ? 'husstand' : 'husstander'} til.`}`
}

/** The bydeler whose quotas somebody sets, in the order of `districts`. */
export function setsFor(
  person: SignedInPerson | undefined,
  districts: readonly { code: string; name: string }[],
): { code: string; name: string }[] {
  return districts.filter(({ code }) => maintainsIn(person, code))
}
