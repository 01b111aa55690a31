import type { Day } from './day.ts'

/** One wrong value: `pointer` is a JSON pointer into what was sent, `detail` a bokmål sentence. */
export interface FieldError {
  pointer: string
  code: string
  detail: string
}

/** What can stand in the way of something. */
export const BLOCKING_KINDS = [
  'resident',
  'need',
  'closure',
  'hold',
  'offer',
  'referral',
  'stay',
  'decision',
  'appeal',
  'return_plan',
] as const

/** The record that stands in the way; only named to somebody who may see it. */
export interface Blocking {
  kind: (typeof BLOCKING_KINDS)[number]
  id: string
}

/** The closed set of what a broken rule can be called. */
const DOMAIN_ERROR_CODES = [
  'not_found',
  'not_allowed',
  'invalid_value',
  'duplicate_resident',
  'open_need_exists',
  'need_not_open',
  'need_not_complete',
  'place_outside_facility',
  'facility_closes_before_places',
  'overlapping_closure',
  'place_taken',
  'place_held',
  'place_closed',
  'place_unfit',
  'skip_unexplained',
  'offer_exists',
  'hold_exists',
  'hold_not_open',
  'offer_not_open',
  'flag_not_open',
  'home_accepted',
  'step_stopped',
  'no_lease',
  'lease_signed',
  'lease_missing',
  'decision_missing',
  'not_given_by_intake',
  'needs_referral',
  'referral_exists',
  'referral_not_open',
  'stay_not_present',
  'stay_not_departed',
  'correction_blocked',
  'move_in_not_over',
  'next_home_missing',
  'transfer_needs_offer',
  'withdrawal_blocked',
  'chain_waits',
  'chain_step_closed',
  'chain_not_started',
  'task_not_open',
  'rule_confirmed',
  'rule_not_confirmed',
  'duplicate_label',
  'duplicate_supplier',
  'call_off_overlaps',
  'stale_version',
  'version_required',
  'key_reused',
  'request_in_flight',
  'draft_exists',
  'decision_issued',
  'decision_not_issued',
  'appeal_open',
  'appeal_closed',
  'no_letter',
  'too_many_unfinished',
  'too_many_scenarios',
  'scenario_archived',
  'import_unreadable',
  'import_too_large',
  'import_format_unknown',
  'not_acceptable',
  'import_in_progress',
  'return_plan_open',
  'return_plan_closed',
  'return_plan_incomplete',
  'not_moved',
  'commitment_exists',
  'commitment_closed',
  'home_promised',
  'record_locked',
  'record_in_use',
  'record_not_locked',
  'team_exists',
  'overlapping_quota',
  'circle_refused',
  'glass_not_open',
  'glass_not_needed',
  'trial_not_completed',
  'proposal_exists',
  'proposal_not_open',
  'policy_changed',
] as const
export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number]

/** The state of a place that somebody else was given: what it is and until when, and never who. */
export interface PlaceStanding {
  kind: 'taken' | 'held' | 'closed' | 'not_open' | 'not_admitting'
  /** The first day after, where it is known. */
  until: Day | null
  /** In bokmål. */
  sentence: string
}

/** What to look at next instead: one of the places that fit best. */
export interface NextBest {
  placeId: string
  label: string
  form: string
  facilityName: string
  districtCode: string
  availableFrom: Day
  /** When the facility last confirmed its vacancy; null: never. */
  vacancyConfirmedAt: string | null
  /** Wishes that it does not meet and rules that nobody can answer, in words. */
  lacks: string[]
}

/** A place that was not to be had, with what is wanted of the reader next. */
export interface Contest {
  placeId: string
  /** Whose need it was wanted for; null: a household that changes place has none. */
  needId: string | null
  standing: PlaceStanding
  nextBest?: NextBest[]
}

/** A broken rule. The code decides the HTTP status; `detail` is a bokmål sentence for the user. */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly errors: FieldError[]
  readonly blocking: Blocking | undefined
  /** Set where a place was lost to somebody else, or to time. */
  readonly contest: Contest | undefined

  constructor(
    code: DomainErrorCode,
    detail: string,
    errors: FieldError[] = [],
    blocking?: Blocking,
    contest?: Contest,
  ) {
    super(detail)
    this.name = 'DomainError'
    this.code = code
    this.errors = errors
    this.blocking = blocking
    this.contest = contest
  }
}

/** What is missing and what another bydel holds answer with this same sentence. */
export function notFound(): DomainError {
  return new DomainError(
    'not_found',
    'Vi finner ikke det du leter etter. Det kan være fjernet, eller du har ikke tilgang.',
  )
}

/** Somebody else changed the record since it was read. */
export function stale(): DomainError {
  return new DomainError(
    'stale_version',
    'Noen andre har endret dette siden du åpnet det. Hent på nytt og se hva som er endret.',
  )
}

/** One wrong value among what was sent. */
export function invalid(pointer: string, code: string, detail: string): DomainError {
  return new DomainError('invalid_value', 'Noe av det som er fylt ut, er ikke riktig.', [{ pointer, code, detail }])
}
