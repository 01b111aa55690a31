import { PLACEMENT_POLICY } from '../../reference/policies.ts'
import { addDays, type Day } from '../day.ts'
import { invalid } from '../error.ts'

const { holdDaysMax } = PLACEMENT_POLICY.parameters

/**
 * What a place that is reserved for a need is at a moment: the first that holds.
 * - `released`: given back, or over with the need it was for
 * - `offered`: an offer has taken it over, and what becomes of that is the offer's
 */
export const HOLD_STATES = ['offered', 'released', 'expired', 'running'] as const
export type HoldState = (typeof HOLD_STATES)[number]

/** Each state as a user reads it. */
export const HOLD_STATE_NAMES: Record<HoldState, string> = {
  offered: 'Tilbudt',
  released: 'Frigitt',
  expired: 'Løpt ut',
  running: 'Reservert',
}

/** Instants, RFC 3339 in UTC. */
export interface HoldFacts {
  offered: boolean
  endedReason: string | null
  /** Null: firm, an accepted offer waits for its move-in. */
  expiresAt: string | null
}

/** The state at `now`, an instant in RFC 3339 and UTC. It runs out by itself, whether or not anybody has seen to it. */
export function holdState({ offered, endedReason, expiresAt }: HoldFacts, now: string): HoldState {
  if (offered) return 'offered'
  if (endedReason !== null) return endedReason === 'expired' ? 'expired' : 'released'
  return expiresAt !== null && Date.parse(expiresAt) <= Date.parse(now) ? 'expired' : 'running'
}

/** The last day that a place is kept when nobody says otherwise. */
export function defaultKeepUntil(today: Day): Day {
  return addDays(today, holdDaysMax)
}

/** @throws {DomainError} `invalid_value` at `/keepUntil`: past, or further away than the policy lets a place be kept */
export function checkKeepUntil(keepUntil: Day, today: Day): void {
  if (keepUntil < today)
    throw invalid('/keepUntil', 'in_the_past', 'Plassen kan ikke holdes av til en dag som er over.')
  if (keepUntil > addDays(today, holdDaysMax))
    throw invalid('/keepUntil', 'too_far_away', `En plass kan holdes av i høyst ${holdDaysMax} dager uten et tilbud.`)
}
