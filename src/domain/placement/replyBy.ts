import { PLACEMENT_POLICY } from '../../reference/policies.ts'
import { addDays, type Day } from '../day.ts'
import { invalid } from '../error.ts'

const { replyDays, replyDaysMax } = PLACEMENT_POLICY.parameters

/** The last day to answer an offer when nobody says otherwise: a week, or the move-in when that is sooner. */
export function defaultAnswerBy(today: Day, moveInOn: Day): Day {
  const week = addDays(today, replyDays)
  return moveInOn < week ? moveInOn : week
}

/** The last day for an offer that cannot be answered yet: as long as a place may be held, or the move-in when that is sooner. */
export function longestAnswerBy(today: Day, moveInOn: Day): Day {
  const longest = addDays(today, replyDaysMax)
  return moveInOn < longest ? moveInOn : longest
}

/** @throws {DomainError} `invalid_value` at `/answerBy`: past, after the move-in, or further away than the policy lets a place be held */
export function checkAnswerBy(answerBy: Day, moveInOn: Day, today: Day): void {
  if (answerBy < today) throw invalid('/answerBy', 'in_the_past', 'Svarfristen kan ikke være før i dag.')
  if (answerBy > moveInOn)
    throw invalid('/answerBy', 'after_move_in', 'Svarfristen kan ikke være etter at personen skal flytte inn.')
  if (answerBy > addDays(today, replyDaysMax))
    throw invalid('/answerBy', 'too_far_away', `Svarfristen kan være høyst ${replyDaysMax} dager fram.`)
}
