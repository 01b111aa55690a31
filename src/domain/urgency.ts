import { URGENCY_POLICY, type UrgencyClassNumber } from '../reference/policies.ts'
import { addDays, type Day, daysBetween } from './day.ts'

/** What the order between situations is decided by; days and grounds, never a diagnosis. */
export interface SituationFacts {
  /** Grounds an officer has stated, ids of the policy. */
  grounds: readonly string[]
  origin: string | null
  situationSince: Day | null
  mustLeaveBy: Day | null
  readyToMoveOnSince: Day | null
  childrenLiving: number
  registeredOn: Day | null
}

export interface UrgencyGround {
  id: string
  name: string
  urgencyClass: UrgencyClassNumber
  /** True when it follows from dates and from where the person is, false when an officer stated it. */
  derived: boolean
}

export interface Urgency {
  urgencyClass: UrgencyClassNumber
  className: string
  grounds: UrgencyGround[]
  /** Capped by the policy; null when nobody has recorded since when. */
  daysInSituation: number | null
  daysSinceRegistration: number
  policyVersion: number
}

const { classes, parameters, version } = URGENCY_POLICY
const INSTITUTIONS = new Set(['vel', 'private_institution', 'long_term_home'])

interface PolicyGround {
  id: string
  name: string
  number: UrgencyClassNumber
}
const GROUNDS: readonly PolicyGround[] = classes.flatMap(({ number, grounds }) =>
  grounds.map((ground: { id: string; name: string }) => ({ id: ground.id, name: ground.name, number })),
)

/** What dates and the present place say by themselves, so that no case grows more urgent without being seen. */
function derivedGrounds(facts: SituationFacts, today: Day): string[] {
  const found: string[] = []
  const days = facts.situationSince === null ? 0 : daysBetween(facts.situationSince, today)
  if (facts.origin === 'temporary' && facts.childrenLiving > 0) found.push('children_in_temporary')
  if (facts.mustLeaveBy !== null && facts.mustLeaveBy <= addDays(today, parameters.mustLeaveWithinDays)) {
    found.push(
      facts.origin === 'prison' ? 'release' : facts.origin === 'specialist_care' ? 'discharge_ready' : 'eviction',
    )
  }
  if (facts.origin === 'temporary' && days > parameters.temporaryNormDays) found.push('temporary_beyond_norm')
  if (
    facts.origin !== null &&
    INSTITUTIONS.has(facts.origin) &&
    facts.readyToMoveOnSince !== null &&
    facts.readyToMoveOnSince <= today
  ) {
    found.push('ready_to_move_on')
  }
  return found
}

const capped = (from: Day | null, today: Day, cap: number) =>
  from === null ? null : Math.min(cap, Math.max(0, daysBetween(from, today)))

/**
 * The urgency class with its grounds, on `today`, by the policy in force. The most urgent ground decides; without any it is
 * the last class. The order is a choice of the city's, and the screen says so.
 */
export function urgencyOf(facts: SituationFacts, today: Day): Urgency {
  const derived = new Set(derivedGrounds(facts, today))
  const grounds = GROUNDS.filter(({ id }) => derived.has(id) || facts.grounds.includes(id)).map(
    ({ id, name, number }) => ({
      id,
      name,
      urgencyClass: number,
      derived: !facts.grounds.includes(id),
    }),
  )
  const urgencyClass = grounds.reduce<UrgencyClassNumber>(
    (best, ground) => (ground.urgencyClass < best ? ground.urgencyClass : best),
    5,
  )
  return {
    urgencyClass,
    className: classes.find(({ number }) => number === urgencyClass)?.name ?? '',
    grounds,
    daysInSituation: capped(facts.situationSince, today, parameters.daysInSituationCap),
    daysSinceRegistration: capped(facts.registeredOn, today, parameters.daysSinceRegistrationCap) ?? 0,
    policyVersion: version,
  }
}
