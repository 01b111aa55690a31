import type { Day, DayRange } from '../day.ts'

/**
 * What a stay is on a day. Somebody who is still there after she was expected to leave is `overdue` and counts as living
 * there: only an actual departure ends a stay (lessons: occupancy looked free when she did not).
 */
export const STAY_STATES = ['departed', 'overdue', 'present'] as const
export type StayState = (typeof STAY_STATES)[number]

/** Each state as a user reads it. */
export const STAY_STATE_NAMES: Record<StayState, string> = {
  departed: 'Flyttet ut',
  overdue: 'Bor her ut over avtalt tid',
  present: 'Bor her',
}

export interface StayFacts {
  /** Actual days: no end until somebody has recorded that she left. */
  during: DayRange
  expectedUntil: Day | null
}

/** The state of a stay on `today`. */
export function stayState({ during, expectedUntil }: StayFacts, today: Day): StayState {
  if (during.to !== null) return 'departed'
  return expectedUntil !== null && expectedUntil < today ? 'overdue' : 'present'
}
