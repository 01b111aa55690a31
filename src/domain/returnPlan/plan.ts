import {
  type OwnPart,
  PLAN_ITEMS,
  type PlanItemId,
  RETURN_POLICY,
  type ReturnPhase,
  type Verdict,
} from '../../reference/returnPlans.ts'
import { addMonths, type Day } from '../day.ts'
import type { FieldError } from '../error.ts'
import { FORMS } from '../ladder.ts'

const { followUpMonths } = RETURN_POLICY.parameters

/** What somebody fills in. */
export interface PlanFields {
  homeDistrict: string
  verdict: Verdict
  verdictReason: string | null
  targetForm: string | null
  earliestOn: Day | null
  targetOn: Day | null
  ownPart: OwnPart | null
  ownPartOn: Day | null
  ownWords: string | null
  districtOwner: string | null
  velContact: string | null
  supportTeamId: string | null
  supportFrom: Day | null
}

/** What happened to it. */
export interface PlanDays {
  agreedOn: Day | null
  movedOn: Day | null
  movedTo: 'home' | 'elsewhere' | null
  movedBackOn: Day | null
  withdrawnOn: Day | null
}

/** Homes to move to: not an institution, and not a bed for the night. */
export const HOME_FORMS: readonly string[] = FORMS.filter(({ step, isPlace }) => isPlace && step >= 2).map(
  ({ id }) => id,
)

/** The phase of a plan on `today`, the first that holds in the order of the table. */
export function phaseOf(plan: PlanDays & Pick<PlanFields, 'verdict'>, today: Day): ReturnPhase {
  if (plan.withdrawnOn !== null) return 'withdrawn'
  if (plan.movedBackOn !== null) return 'moved_back'
  if (plan.movedOn !== null) {
    if (plan.movedTo === 'elsewhere') return 'moved_elsewhere'
    return addMonths(plan.movedOn, followUpMonths) <= today ? 'finished' : 'follow_up'
  }
  if (plan.verdict === 'rightly_stays') return 'rightly_stays'
  return plan.agreedOn === null ? 'planning' : 'establishing'
}

/** True while nothing has ended it: it can be changed, agreed on or carried out. */
export function isOpen(plan: PlanDays): boolean {
  return plan.withdrawnOn === null && plan.movedOn === null
}

const PRESENT: Record<PlanItemId, (plan: PlanFields) => boolean> = {
  verdict_given: ({ verdict }) => verdict === 'right',
  own_part: ({ ownPart }) => ownPart === 'answered' || ownPart === 'not_wanted',
  district_owner: ({ districtOwner }) => districtOwner !== null,
  vel_contact: ({ velContact }) => velContact !== null,
  target_form: ({ targetForm }) => targetForm !== null,
  target_on: ({ targetOn }) => targetOn !== null,
  support_before_move: ({ supportTeamId, supportFrom, targetOn }) =>
    supportTeamId !== null && supportFrom !== null && (targetOn === null || supportFrom < targetOn),
}

/** What rule 11 asks of a plan that is not there yet, in the table's order. */
export function missingIn(plan: PlanFields): (typeof PLAN_ITEMS)[number][] {
  return PLAN_ITEMS.filter(({ id }) => !PRESENT[id](plan))
}

/**
 * What is wrong with what was filled in. Days that stand as they were are not judged again: a plan that has become late can
 * still be changed.
 */
export function problemsIn(plan: PlanFields, before: PlanFields | null, today: Day): FieldError[] {
  const problems: FieldError[] = []
  const wrong = (pointer: string, code: string, detail: string) => problems.push({ pointer, code, detail })
  const { targetOn, earliestOn, supportFrom, ownPart, ownPartOn, ownWords, targetForm } = plan
  if (plan.verdict !== 'undecided' && plan.verdictReason === null)
    wrong('/verdictReason', 'missing', 'Skriv hvorfor det er riktig.')
  if (targetForm !== null && !HOME_FORMS.includes(targetForm))
    wrong('/targetForm', 'not_a_home', 'Velg en bolig utenfor institusjon.')
  if (targetOn !== null && targetOn <= today && targetOn !== before?.targetOn)
    wrong('/targetOn', 'in_the_past', 'Måldatoen må være etter i dag.')
  if (targetOn !== null && earliestOn !== null && targetOn < earliestOn)
    wrong('/targetOn', 'before_earliest', 'Måldatoen kan ikke være før personen tidligst kan flytte.')
  if (supportFrom !== null && targetOn !== null && supportFrom >= targetOn)
    wrong('/supportFrom', 'not_before_move', 'Oppfølgingen må begynne før personen flytter.')
  if ((ownPart === null) !== (ownPartOn === null))
    wrong('/ownPartOn', 'missing', 'Skriv både hva personen svarte, og hvilken dag.')
  if (ownPartOn !== null && ownPartOn > today) wrong('/ownPartOn', 'in_future', 'Dagen kan ikke være etter i dag.')
  if (ownPart === 'answered' && ownWords === null)
    wrong('/ownWords', 'missing', 'Skriv hva som er viktig for personen, med personens egne ord.')
  if (ownPart !== 'answered' && ownWords !== null)
    wrong('/ownWords', 'not_answered', 'Egne ord hører til når personen har svart.')
  return problems
}

/** What differs, as `{field: [before, after]}`; empty when nothing does. */
export function changesBetween<T extends object>(before: T, after: T): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    (Object.keys(after) as (keyof T & string)[])
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, [before[field], after[field]]]),
  )
}
