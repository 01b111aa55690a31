import type { ReturnPlan } from '../../api/returns.ts'
import { readDistrict } from '../../ui/searchValues.ts'
import { STANDING_NAMES } from './returnWords.ts'

type Standing = NonNullable<ReturnPlan['standing']>

/** Which plans are shown; nothing of anybody stands in the address. */
export type ReturnSearch = { vis?: Standing }

/** The search as the address has it; what is not known is left out. */
export function readReturnSearch({ vis }: Record<string, unknown>): ReturnSearch {
  const known = (Object.keys(STANDING_NAMES) as Standing[]).find((standing) => standing === vis)
  return known === undefined ? {} : { vis: known }
}

const CLOSING_VIEWS = ['kommer', 'rodt', 'apner', 'lagt-ned', 'apnet'] as const
export type ClosingSearch = { vis?: (typeof CLOSING_VIEWS)[number] }

/** Which places are shown; what is not known is left out. */
export function readClosingSearch({ vis }: Record<string, unknown>): ClosingSearch {
  const known = CLOSING_VIEWS.find((view) => view === vis)
  return known === undefined ? {} : { vis: known }
}

/** Whose teams are shown; absent: everybody's. */
export type TeamSearch = { bydel?: string }

/** Which bydel's teams are shown; what is not known is left out. */
export function readTeamSearch({ bydel }: Record<string, unknown>): TeamSearch {
  return readDistrict(bydel)
}
