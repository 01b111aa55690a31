import type { Day, DayRange } from '../day.ts'
import { formById, type HousingForm } from '../ladder.ts'

/** What is taken of a month already, by its first day. */
export interface Taken {
  month: Day
  count: number
}

/** Limits that the city and its bydeler have set on many moves together, as numbers; what nobody has set limits nothing. */
export interface RunLimits {
  /** Houses that take so many new households in a month. */
  moveIns: readonly { facilityId: string; mostPerMonth: number; taken: readonly Taken[] }[]
  /**
   * What a bydel's teams that follow people up at home can take together, in people: so many more at once, so many new ones
   * in a month; null where one of the teams has no number.
   */
  teams: readonly { district: string; left: number | null; newPerMonth: number | null; taken: readonly Taken[] }[]
  /** Households of other bydeler, `exempt` apart, that may still move into these houses of a bydel in a time. */
  quotas: readonly {
    id: string
    district: string
    facilityIds: readonly string[]
    during: DayRange
    left: number
    exempt: readonly string[]
  }[]
}

export const NO_LIMITS: RunLimits = { moveIns: [], teams: [], quotas: [] }

/** Whether a home of this form is given with a team that comes to it. */
export function hasTeam(form: HousingForm): boolean {
  return formById(form).staffing === 'ambulant'
}
