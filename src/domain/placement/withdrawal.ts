import type { ReasonCode } from '../../reference/reasonCodes.ts'
import { statusAfter } from './consequences.ts'
import { type PreconditionId, preconditionById } from './preconditions.ts'

/** Reasons after which the home that was kept is nobody's next one. */
const NO_HOME_NEEDED: readonly string[] = ['deceased', 'found_own', 'left_city', 'housed']

/** Whether somebody whose need ends for this reason has, or needs, no home of ours: one that is promised her is given up. */
export function needsNoHome(reason: string): boolean {
  return NO_HOME_NEEDED.includes(reason)
}

/** What hangs on an open need and may keep it from ending: ids of offers. */
export interface Hanging {
  /** Whose lease is signed. */
  signed: readonly string[]
  /** That the household left its home for, having no other. */
  left: readonly string[]
  /** Whether the need says which form of home it asks for. */
  formsStated: boolean
}

/** A reason that can be recorded of an open need, with what it does to it and what has to end first. */
export interface WithdrawalChoice {
  reason: ReasonCode
  /** What the need is afterwards; null: it stands where it stood. */
  status: 'closed' | 'withdrawn' | null
  /** Empty: it can be recorded now. Each with the offer that it is about, or the need itself. */
  blockers: { offerId: string | null; sentence: string }[]
}

const SAY_WHAT = 'Si først hvilken boligform som trengs, så mangelen kan telles.'

/** Every one of `reasons` beside what it does to a need that is open, the ones that end it first. */
export function withdrawalChoices(
  reasons: readonly ReasonCode[],
  { signed, left, formsStated }: Hanging,
): WithdrawalChoice[] {
  const because = (id: PreconditionId) => (offerId: string) => ({ offerId, sentence: preconditionById(id).sentence })
  const choices = reasons.map((reason): WithdrawalChoice => {
    const status = statusAfter(reason)
    const unsaid = reason.countsAsShortfall && !formsStated ? [{ offerId: null, sentence: SAY_WHAT }] : []
    const ending = [
      ...signed.map(because('nothing_signed')),
      ...(needsNoHome(reason.id) ? [] : left.map(because('nobody_left_for_offer'))),
    ]
    return { reason, status, blockers: status === null ? unsaid : ending }
  })
  return [...choices.filter(({ status }) => status !== null), ...choices.filter(({ status }) => status === null)]
}
