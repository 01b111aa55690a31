import type { Day } from '../day.ts'

/** What a referral is on a day: the first that holds. One that intake lets wait is no longer overdue: it has been seen. */
export const REFERRAL_STATES = ['withdrawn', 'declined', 'place_given', 'waiting', 'overdue', 'sent'] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/** Each state as a user reads it. */
export const REFERRAL_STATE_NAMES: Record<ReferralState, string> = {
  withdrawn: 'Trukket',
  declined: 'Fikk nei',
  place_given: 'Fikk plass',
  waiting: 'Står på venteliste',
  overdue: 'Svaret er forsinket',
  sent: 'Venter på svar',
}

export interface ReferralFacts {
  answerDueOn: Day
  answer: 'place_given' | 'waiting' | 'declined' | null
  withdrawnAt: string | null
}

/** The state of a referral on `today`. The day the answer is due is still in time. */
export function referralState({ withdrawnAt, answer, answerDueOn }: ReferralFacts, today: Day): ReferralState {
  if (withdrawnAt !== null) return 'withdrawn'
  if (answer !== null) return answer
  return answerDueOn < today ? 'overdue' : 'sent'
}
