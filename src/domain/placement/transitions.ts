import { CHAIN_STEPS } from './chainSteps.ts'
import { DECISION_STEPS } from './decisionSteps.ts'
import { HOLD_STEPS } from './holdSteps.ts'
import { NEED_STEPS } from './needSteps.ts'
import { OFFER_STEPS } from './offerSteps.ts'
import { REFERRAL_STEPS } from './referralSteps.ts'
import { STAY_STEPS } from './staySteps.ts'
import type { Transition } from './transition.ts'

/**
 * Every step of placement: from where to where, who, what it needs and what follows. What a need must have was asked when its
 * offer was sent and is frozen on it; the vacancy is asked again every time.
 */
export const TRANSITIONS = [
  ...NEED_STEPS,
  ...HOLD_STEPS,
  ...OFFER_STEPS,
  ...REFERRAL_STEPS,
  ...DECISION_STEPS,
  ...STAY_STEPS,
  ...CHAIN_STEPS,
] as const satisfies readonly Transition[]

export type TransitionId = (typeof TRANSITIONS)[number]['id']

/** The row of the table with this id. Total. */
export function transitionById(id: TransitionId): Transition {
  const found: Transition | undefined = TRANSITIONS.find((transition) => transition.id === id)
  if (found === undefined) throw new RangeError(`no such transition: ${id}`)
  return found
}
