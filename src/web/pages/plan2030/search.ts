/** Whose people the page is about, and by which forecast; nothing of anybody stands in the address. */
export type Plan2030Search = {
  /** A district's code, or the whole city; absent: the reader's own, and for a planner the city. */
  bydel?: string
  /** The forecast that is shown; absent: the newest one of the city as it is. */
  framskriving?: string
}

export const WHOLE_CITY = 'alle'

/** The search as the address has it; what is not known is left out. */
export function readPlan2030Search({ bydel: code, framskriving }: Record<string, unknown>): Plan2030Search {
  // `bydel=030112` loses its quotes on the way and comes as a number
  const bydel = typeof code === 'number' ? String(code).padStart(6, '0') : code
  return {
    ...(typeof bydel === 'string' && (bydel === WHOLE_CITY || /^0301\d{2}$/.test(bydel)) ? { bydel } : {}),
    ...(typeof framskriving === 'string' && /^[0-9a-f-]{36}$/.test(framskriving) ? { framskriving } : {}),
  }
}
