import type { BreakGlass } from '../../api/types.ts'

/** What stands after whose she is. */
export function protectionInWords(protection: BreakGlass['protection']): string {
  return protection === 'confidential' ? ' og har fortrolig adresse' : ''
}

/** What somebody found afterwards. */
export function verdictInWords(verdict: NonNullable<BreakGlass['review']>['verdict']): string {
  return verdict === 'justified' ? 'Det var riktig.' : 'Det skulle ikke vært gjort.'
}
