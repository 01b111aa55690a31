import { ruleById } from '../reference/rules.ts'
import { addDays, type Day } from './day.ts'

/** After how many calendar days in Oslo a confirmation of what is free is old (rule 12): one of a day before then is. */
export const STALE_AFTER_DAYS: number = ruleById('flags').parameters.staleDataDays

/** A confirmation of an earlier day than this is old on `today`; one of this day is not. */
export function staleBefore(today: Day): Day {
  return addDays(today, -STALE_AFTER_DAYS)
}
