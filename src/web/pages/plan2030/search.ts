import { isId, readDistrict } from '../../ui/searchValues.ts'

/** Whose people the page is about, and by which forecast; nothing of anybody stands in the address. */
export type Plan2030Search = {
  /** A district's code, or the whole city; absent: the reader's own, and for a planner the city. */
  bydel?: string
  /** The forecast that is shown; absent: the newest one of the city as it is. */
  framskriving?: string
}

export const WHOLE_CITY = 'alle'

/** The search as the address has it; what is not known is left out. */
export function readPlan2030Search({ bydel, framskriving }: Record<string, unknown>): Plan2030Search {
  return {
    ...(bydel === WHOLE_CITY ? { bydel: WHOLE_CITY } : readDistrict(bydel)),
    ...(isId(framskriving) ? { framskriving } : {}),
  }
}
