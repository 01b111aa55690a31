import { type Day, daysBetween } from '../day.ts'
import type { Urgency } from '../urgency.ts'
import { formatDay } from '../words.ts'
import { type NamedPlace, named } from './tasks.ts'

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

/** Why a referral that got a place is not taken back itself. */
export function placeGivenSentence(place: NamedPlace): string {
  return `Felles inntak har gitt plass: ${named(place)}. Trekk tilbudet om den plassen i stedet.`
}

/** What makes a referral press: its own days, and the need as it is now. */
export interface PressingFacts {
  state: ReferralState
  sentOn: Day
  answerDueOn: Day
  /** Of the answer so far, where it waits. */
  answeredOn: Day | null
  plannedOn: Day | null
  urgency: Urgency
  mustLeaveBy: Day | null
}

/** Classes in which nobody can wait: no place tonight, or must leave within two weeks. */
const CANNOT_WAIT = 2

/** Why a referral needs an answer now, what presses most first, in bokmål; empty where it has its final answer. */
export function whyNow(facts: PressingFacts, today: Day): string[] {
  const { state, sentOn, answerDueOn, answeredOn, plannedOn, urgency, mustLeaveBy } = facts
  if (state !== 'sent' && state !== 'overdue' && state !== 'waiting') return []
  const { urgencyClass, className } = urgency
  return [
    ...(urgencyClass <= CANNOT_WAIT ? [`Hasteklasse ${urgencyClass}: ${lower(className)}.`] : []),
    ...(mustLeaveBy === null ? [] : [mustLeaveInWords(mustLeaveBy, today)]),
    ...(state === 'overdue' ? [`Svaret er ${days(daysBetween(answerDueOn, today))} forsinket.`] : []),
    ...(state === 'sent' ? [dueInWords(answerDueOn, today)] : []),
    ...(state === 'waiting'
      ? [`På venteliste i ${days(daysBetween(answeredOn ?? sentOn, today))}, henvist ${formatDay(sentOn)}.`]
      : []),
    ...(plannedOn === null ? [] : [`Flyttingen er planlagt ${formatDay(plannedOn)} i en boligkjede.`]),
  ]
}

function mustLeaveInWords(by: Day, today: Day): string {
  const left = daysBetween(today, by)
  if (left < 0) return `Skulle ha flyttet innen ${formatDay(by)}.`
  return `Må flytte innen ${formatDay(by)}, ${left === 0 ? 'som er i dag' : `om ${days(left)}`}.`
}

function dueInWords(due: Day, today: Day): string {
  const left = daysBetween(today, due)
  return left === 0 ? 'Svaret skal gis i dag.' : `Svaret skal gis om ${days(left)}.`
}

const days = (count: number) => (count === 1 ? '1 dag' : `${count} dager`)
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
