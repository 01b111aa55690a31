import type { HousingForm } from '../ladder.ts'

export type Skip = 'none' | 'chosen' | 'forced'

/** Which form was needed and which is given, and why they differ. */
export interface SkipFacts {
  /** The need's forms, the one most wanted first. */
  forms: readonly HousingForm[]
  given: HousingForm
  skip: Skip
  reason: string | null
  /** She comes back to where she may come back to: a right, and no skip. */
  returns: boolean
}

/**
 * Whether the difference between the form needed and the form given is accounted for. A form that the need does not name is
 * always a skip, by choice or forced by lack of capacity, and says why, unless she comes back to an institution by right; one that it names further down may be (004 4.3
 * «hopper over trinn»); the one most wanted never is.
 */
export function skipExplained({ forms, given, skip, reason, returns }: SkipFacts): boolean {
  if (forms[0] === given) return skip === 'none'
  if (skip === 'none') return forms.includes(given) || returns
  return reason !== null && reason.trim() !== ''
}
