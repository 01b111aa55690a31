import type { UrgencyClassNumber } from '../../reference/policies.ts'

/** Why a need is given nothing, as counts and classes; never who. */
export type Cause =
  | {
      kind: 'no_eligible_place'
      considered: number
      excludedBy: { ruleId: string; title: string; places: number; alone: number }[]
      relaxations: { ruleIds: string[]; titles: string[]; opens: number }[]
    }
  | {
      kind: 'outcompeted'
      eligible: number
      /** Of the eligible places, how many went to each class, and how many are homes whose residents stay. */
      givenToClass: { urgencyClass: UrgencyClassNumber; places: number }[]
      homes: number
      /** The last in line of those ahead of her who were given one: how close it was. */
      last: { urgencyClass: UrgencyClassNumber; daysInSituation: number | null; daysSinceRegistration: number } | null
      /** Those behind her in line who were given one because their moving frees a home, and the class it is freed for. */
      freesFor: { urgencyClass: UrgencyClassNumber; forClass: UrgencyClassNumber; places: number }[]
      /** Homes that went to those behind her because they are left only in exchange for theirs, straight or by others. */
      exchanged: number
    }
  | { kind: 'homes_not_freed'; eligible: number }
  /** Placed if chains could be longer or later. */
  | { kind: 'chain_bound'; eligible: number }
  /** Placed if it did not matter who lives together. */
  | { kind: 'kept_apart'; eligible: number }
  /** Placed if a house, a team or a quota took more: see `RUN_LIMITS`. */
  | { kind: 'house_pace' | 'team_full' | 'quota_used'; eligible: number }

export type Outcompeted = Extract<Cause, { kind: 'outcompeted' }>
