/** Which schedule is shown; without one the newest that is done. */
export type ScheduleSearch = { plan?: string }

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The search as the address has it; what is no id is left out. */
export function readScheduleSearch({ plan }: Record<string, unknown>): ScheduleSearch {
  return typeof plan === 'string' && ID.test(plan) ? { plan } : {}
}
