import type { BreakGlass } from '../../api/types.ts'

const inOslo = new Intl.DateTimeFormat('nb-NO', {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Oslo',
})

/** An instant as people say it: «30. november kl. 14:05». */
export function momentInWords(instant: string): string {
  return inOslo.format(new Date(instant))
}

/** What stands after whose she is. */
export function protectionInWords(protection: BreakGlass['protection']): string {
  return protection === 'confidential' ? ' og har fortrolig adresse' : ''
}

/** What somebody found afterwards. */
export function verdictInWords(verdict: NonNullable<BreakGlass['review']>['verdict']): string {
  return verdict === 'justified' ? 'Det var riktig.' : 'Det skulle ikke vært gjort.'
}
