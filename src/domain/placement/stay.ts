import { ruleById } from '../../reference/rules.ts'
import { addDays, type Day, type DayRange } from '../day.ts'
import { formById, type HousingForm } from '../ladder.ts'
import { type Decided, decidedOn } from './moveInBasis.ts'
import { hasLease } from './tasks.ts'

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

const { handoverDaysMax, returnDays } = ruleById('no_gap_between_homes').parameters

/** A home besides the one that is left: one that is lived in, or an accepted offer that waits for its move-in. */
export interface NextHome {
  kind: 'stay' | 'offer'
  form: HousingForm
  /** The day it was moved into, or is planned to be. */
  beginsOn: Day
  leaseSignedOn: Day | null
  decided: Decided
}

/**
 * Whether somebody who left on `on` had her next home by then: she lived there, its lease was signed, or, where the form is given
 * by decision, that was issued and stood (002 3.1.1, 003 3.1.3).
 */
export function isReady(home: NextHome, on: Day): boolean {
  if (home.kind === 'stay') return home.beginsOn <= on
  if (hasLease(home.form)) return home.leaseSignedOn !== null && home.leaseSignedOn <= on
  return decidedOn(home.decided, on)
}

/** The first day on which somebody who moved on from `form` can no longer come back; null where there is nothing to come back to. */
export function rightOfReturnUntil(form: HousingForm, movedOn: boolean, on: Day): Day | null {
  return movedOn && formById(form).step === 1 ? addDays(on, returnDays) : null
}

/** The last day that two homes may overlap, counted from the move into the newest; null with one home. */
export function handoverUntil(homesSince: readonly Day[]): Day | null {
  const newest = homesSince.toSorted().at(-1)
  return homesSince.length < 2 || newest === undefined ? null : addDays(newest, handoverDaysMax)
}
