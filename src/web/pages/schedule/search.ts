import { isId } from '../../ui/searchValues.ts'

/** Which schedule is shown; without one the newest that is done. */
export type ScheduleSearch = { plan?: string }

/** The search as the address has it; what is no id is left out. */
export function readScheduleSearch({ plan }: Record<string, unknown>): ScheduleSearch {
  return isId(plan) ? { plan } : {}
}
