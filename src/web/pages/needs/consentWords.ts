import type { Consent } from '../../api/types.ts'
import { dayInWords } from '../../ui/days.ts'
import type { Names } from '../../ui/names.ts'

/** «Pårørende: gitt 1. mars 2026, trukket tilbake 2. april 2026». */
export function consentInWords(
  { scope, givenOn, revokedOn }: Pick<Consent, 'scope' | 'givenOn' | 'revokedOn'>,
  names: Pick<Names, 'consentScope'>,
): string {
  const revoked = revokedOn === null ? '' : `, trukket tilbake ${dayInWords(revokedOn)}`
  return `${names.consentScope(scope)}: gitt ${dayInWords(givenOn)}${revoked}`
}
