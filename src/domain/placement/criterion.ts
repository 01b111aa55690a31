import { ELIGIBILITY_RULES, type Outcome, type Pair, verdictOf } from '../eligibility.ts'

/** What the data say of a criterion that a no was given for. */
export interface Criterion {
  ruleId: string
  title: string
  outcome: Outcome
  sentence: string
  /** The data say that it is met: either they or the criterion is wrong, and both are told. */
  contradicted: boolean
}

/** What a house says of itself, whoever asks: no reason to turn down one person. */
const OF_THE_HOUSE: readonly string[] = ['place.admits', 'place.not_closed']

/** Whether a rule is one that a house may name as its reason: about the person, and asked of the house. */
export function isCriterion(ruleId: string): boolean {
  return ELIGIBILITY_RULES.some(
    ({ id, relaxable, level }) =>
      id === ruleId && (relaxable === 'facility' || level === 'facility') && !OF_THE_HOUSE.includes(id),
  )
}

/** Tries the criterion against the data; null for one that is not ours. */
export function criterionOf(pair: Pair, ruleId: string): Criterion | null {
  const rule = ELIGIBILITY_RULES.find(({ id }) => id === ruleId)
  if (rule === undefined) return null
  const { title, outcome, sentence } = verdictOf(rule, pair)
  return { ruleId, title, outcome, sentence, contradicted: outcome === 'passed' }
}
