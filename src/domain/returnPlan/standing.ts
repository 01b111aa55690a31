import { type LateReason, RETURN_POLICY, type ReturnStanding } from '../../reference/returnPlans.ts'
import { addDays, type Day } from '../day.ts'
import { isOpen, type PlanDays, type PlanFields, phaseOf } from './plan.ts'

const { settledBy, agreedDaysBefore } = RETURN_POLICY.parameters
const SETTLED_BY = settledBy as Day

/** What tells how somebody stands; of one without a plan only where she lives. */
export type StandingPlan = PlanDays & Pick<PlanFields, 'verdict' | 'targetOn' | 'supportFrom'>

/**
 * Why an open plan of somebody for whom returning is right does not hold the day.
 * @param closesOn the day her place in the institution closes, null while it does not
 */
export function lateReasons(plan: StandingPlan, closesOn: Day | null, today: Day): LateReason[] {
  const { targetOn, supportFrom, agreedOn } = plan
  if (targetOn === null) return ['no_target']
  return [
    ...(targetOn <= today ? (['target_passed'] as const) : []),
    ...(targetOn >= SETTLED_BY ? (['after_the_day'] as const) : []),
    ...(agreedOn === null && targetOn > today && targetOn < addDays(today, agreedDaysBefore)
      ? (['not_agreed'] as const)
      : []),
    ...(supportFrom !== null && supportFrom >= targetOn ? (['support_not_planned'] as const) : []),
    ...(closesOn !== null && closesOn < targetOn ? (['closes_first'] as const) : []),
  ]
}

/** Where somebody lives today: in one of VEL's institutions or not, and the day her place there closes, null while it does not. */
export interface LivesNow {
  livesInVel: boolean
  closesOn: Day | null
}

/**
 * Where somebody stands on the way to the day; null: a plan that was taken back counts for nobody. Of an open plan of somebody who
 * has left the institution nobody has written what came of it.
 */
export function standingOf(
  plan: StandingPlan | null,
  { livesInVel, closesOn }: LivesNow,
  today: Day,
): ReturnStanding | null {
  if (plan === null) return 'without_plan'
  if (isOpen(plan) && !livesInVel) return 'moved_unwritten'
  switch (phaseOf(plan, today)) {
    case 'withdrawn':
      return null
    case 'moved_back':
      return 'moved_back'
    case 'moved_elsewhere':
      return 'moved_elsewhere'
    case 'finished':
    case 'follow_up':
      return 'moved_home'
    case 'rightly_stays':
      return 'rightly_stays'
    default:
      if (plan.verdict === 'undecided') return 'undecided'
      return lateReasons(plan, closesOn, today).length > 0 ? 'late' : 'on_track'
  }
}
