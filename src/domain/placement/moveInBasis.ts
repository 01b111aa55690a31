import { READINESS_ITEMS } from '../../reference/readiness.ts'
import { contains, type Day, type DayRange } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import type { PreconditionId } from './preconditions.ts'
import { hasLease, isAcute } from './tasks.ts'

/** A decision that has been issued on what is moved into. */
export interface IssuedDecision {
  issuedOn: Day
  granted: boolean
  /** The day on which an appeal changed it or set it aside; null: none has. It is then decided again. */
  overturnedOn: Day | null
}

/** What has been decided on what is moved into. */
export interface Decided {
  /** Every decision that was issued, the earliest first. */
  decisions: readonly IssuedDecision[]
  /** The day of a decision on services that was made outside the program and registered on the need. */
  serviceDecisionOn: Day | null
}

/**
 * Whether what is moved into was decided on `on`: the last decision issued by then granted it, and no appeal had changed it or
 * set it aside. A later no takes the place of an earlier yes. A registered day of a decision that is one of these says no more
 * than they do; any other day is a decision of its own.
 */
export function decidedOn({ decisions, serviceDecisionOn }: Decided, on: Day): boolean {
  const own = decisions.some(({ issuedOn }) => issuedOn === serviceDecisionOn)
  const registered: IssuedDecision[] =
    serviceDecisionOn === null || own ? [] : [{ issuedOn: serviceDecisionOn, granted: true, overturnedOn: null }]
  const last = [...decisions, ...registered]
    .filter(({ issuedOn }) => issuedOn <= on)
    .reduce<IssuedDecision | undefined>(
      (latest, next) => (latest === undefined || next.issuedOn >= latest.issuedOn ? next : latest),
      undefined,
    )
  return last?.granted === true && (last.overturnedOn === null || last.overturnedOn > on)
}

export interface SignedLease {
  signedOn: Day
  during: DayRange
}

/** What is wrong with a lease for a move-in on `on`: it must be signed by then, and last that day. */
export function leaseFailing(lease: SignedLease | null, on: Day): PreconditionId[] {
  if (lease === null) return ['lease_signed']
  return [
    ...(lease.signedOn <= on ? [] : (['lease_signed_in_time'] as const)),
    ...(contains(lease.during, on) ? [] : (['lease_covers_move_in'] as const)),
  ]
}

const BESIDE_LEASE: readonly string[] = READINESS_ITEMS.find(({ id }) => id === 'service_decision')?.onlyForForms ?? []

/** Whether a decision must be made before anybody moves in: where the form is given by one, and where one goes beside the lease. */
export function asksDecision(form: HousingForm): boolean {
  return !isAcute(form) && (!hasLease(form) || BESIDE_LEASE.includes(form))
}

/**
 * What a move into `form` on `on` lacks: the lease where there is one, and the decision where there is to be one, both where the
 * form has both (002 3.2: the lease gives the home, the decision the help).
 */
export function basisFailing(
  form: HousingForm,
  lease: SignedLease | null,
  decided: Decided,
  on: Day,
): PreconditionId[] {
  return [
    ...(hasLease(form) ? leaseFailing(lease, on) : []),
    ...(asksDecision(form) && !decidedOn(decided, on) ? (['decision_granted'] as const) : []),
  ]
}
