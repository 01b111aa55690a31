import type { Consent } from '../../api/types.ts'
import { dayInWords } from '../../ui/days.ts'

/** With whom a consent lets us share. */
export const consentScopes = [
  { value: 'facility', label: 'Private leverandører og utleiere' },
  { value: 'vel_intake', label: 'Felles inntak i Velferdsetaten' },
  { value: 'specialist_care', label: 'Spesialisthelsetjenesten' },
  { value: 'relatives', label: 'Pårørende' },
  { value: 'other_district', label: 'En annen bydel' },
] as const satisfies { value: Consent['scope']; label: string }[]

/** «Pårørende: gitt 1. mars 2026, trukket tilbake 2. april 2026». */
export function consentInWords({
  scope,
  givenOn,
  revokedOn,
}: Pick<Consent, 'scope' | 'givenOn' | 'revokedOn'>): string {
  const name = consentScopes.find(({ value }) => value === scope)?.label ?? scope
  const revoked = revokedOn === null ? '' : `, trukket tilbake ${dayInWords(revokedOn)}`
  return `${name}: gitt ${dayInWords(givenOn)}${revoked}`
}
