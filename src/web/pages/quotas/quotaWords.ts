import type { Quota } from '../../api/quotas.ts'
import type { SignedInPerson } from '../../api/session.ts'
import { dayInWords, lastFrom } from '../../ui/days.ts'
import { inARow } from '../../ui/listing.ts'
import { counted } from '../../ui/numbers.ts'
import { maintainsIn } from '../facilities/keeps.ts'

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
  const usedUp = now.length === 1 ? 'Den er brukt opp.' : 'De er brukt opp.'
  return `${counted(now.length, 'kvote', 'kvoter')} gjelder i dag. ${left === 0 ? usedUp : `Det er plass til ${counted(left, 'husstand', 'husstander')} til.`}`
}

/** The bydeler whose quotas somebody sets, in the order of `districts`. */
export function setsFor(
  person: SignedInPerson | undefined,
  districts: readonly { code: string; name: string }[],
): { code: string; name: string }[] {
  return districts.filter(({ code }) => maintainsIn(person, code))
}
