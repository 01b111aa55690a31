import { DECISION_POLICY } from '../../reference/decisionPolicy.ts'
import type { LegalTrackId } from '../../reference/legalTracks.ts'
import { addDays, type Day } from '../day.ts'
import { DomainError, type FieldError } from '../error.ts'
import { lackMayRefuse, tracksCalledFor } from './legalTrack.ts'

export interface AppealFacts {
  receivedOn: Day
  forwardedOn: Day | null
  decidedOn: Day | null
}

/** In this order of precedence: what has come of the last appeal, else whether one can still come, else a draft. */
export type DecisionState = 'draft' | 'issued' | 'final' | 'appealed' | 'appeal_forwarded' | 'appeal_decided'

/**
 * The last day on which an appeal is in time. A week is seven calendar days, counted from the day of the letter: issued on a
 * Tuesday with three weeks, it is the Tuesday three weeks later. The law counts from when the letter arrives, which is later and
 * nobody here knows; the letter says so, and a late appeal is marked, never turned away.
 */
export function lastDayToAppeal(issuedOn: Day, deadlineWeeks: number): Day {
  return addDays(issuedOn, deadlineWeeks * 7)
}

/** @param appeals oldest first; @param appealDeadline the last day in time, null for a draft */
export function decisionState(appealDeadline: Day | null, appeals: readonly AppealFacts[], today: Day): DecisionState {
  if (appealDeadline === null) return 'draft'
  const last = appeals.at(-1)
  if (last !== undefined) {
    if (last.decidedOn !== null) return 'appeal_decided'
    return last.forwardedOn === null ? 'appealed' : 'appeal_forwarded'
  }
  return today > appealDeadline ? 'final' : 'issued'
}

/** When what is next to be done with an appeal is overdue: forwarding it, then the answer; null when it is decided. */
export function appealDueOn({ receivedOn, forwardedOn, decidedOn }: AppealFacts): Day | null {
  const { forwardAppealWithinDays, appealAnswerWithinDays } = DECISION_POLICY.parameters
  if (decidedOn !== null) return null
  return forwardedOn === null
    ? addDays(receivedOn, forwardAppealWithinDays)
    : addDays(forwardedOn, appealAnswerWithinDays)
}

interface Wording {
  track: LegalTrackId
  outcome: 'granted' | 'refused'
  lackOfSuitableHome: boolean
  reasons: string | null
}

/**
 * What a decision must never say: that lack of homes is why somebody is given one, or a reason on a track where lack is none.
 * @throws {DomainError} `invalid_value`
 */
export function checkOutcome({ track, outcome, lackOfSuitableHome }: Omit<Wording, 'reasons'>): void {
  if (!lackOfSuitableHome) return
  const wrong = (detail: string): FieldError => ({ pointer: '/lackOfSuitableHome', code: 'not_a_reason', detail })
  const errors =
    outcome === 'granted'
      ? [wrong('Mangel på egnet bolig kan bare være grunn til et nei.')]
      : lackMayRefuse(track)
        ? []
        : [
            wrong(
              'Mangel på plass er ikke lovlig grunn til et nei her. Bare kommunal bolig kan avslås på den grunnen alene.',
            ),
          ]
  if (errors.length > 0) throw new DomainError('invalid_value', 'Rett det som er markert, og prøv igjen.', errors)
}

/**
 * Whether a draft can be issued: a no says why.
 * @throws {DomainError} `invalid_value`
 */
export function checkIssuable(wording: Wording): void {
  checkOutcome(wording)
  if (wording.outcome === 'refused' && (wording.reasons ?? '').trim() === '') {
    throw new DomainError('invalid_value', 'Et avslag må begrunnes før det sendes.', [
      { pointer: '/reasons', code: 'missing', detail: 'Skriv hvorfor svaret er nei.' },
    ])
  }
}

export interface NeedForDecisions {
  forms: readonly string[]
  /** Null while it is a draft: nothing is due before somebody has asked. */
  registeredOn: Day | null
  open: boolean
  /** The day of a decision on services that the registration tells of; null when it tells of none. */
  serviceDecisionOn: Day | null
}

export interface DecisionFacts {
  track: LegalTrackId
  outcome: 'granted' | 'refused'
  issuedOn: Day | null
}

/** One track of a need: whether it calls for a decision, what there is, and what is wrong when nothing is. */
export interface TrackStanding {
  track: LegalTrackId
  standing: 'missing' | 'drafted' | 'granted' | 'refused'
  /** The last day for deciding within the policy; null when it is decided or nobody waits. */
  dueOn: Day | null
  /** `beside_refusal`: the municipal home was refused, and no decision on help to find and keep one stands beside it. */
  alarm: 'overdue' | 'beside_refusal' | null
  /** The day of a decision that was made elsewhere and is registered on the need; null for one that is written here. */
  recordedOn: Day | null
}

/**
 * How each track of a need stands on `today`, in the order of the table. The tracks are apart: a decision on one never answers
 * for another (Sivilombudet on boligsosialloven, law.md). A track that the forms do not call for is there when it was decided on.
 * A decision on services that is registered already is not asked for again: it answers for its own track, and no other.
 * @param decisions oldest first
 */
export function trackStandings(
  need: NeedForDecisions,
  decisions: readonly DecisionFacts[],
  today: Day,
): TrackStanding[] {
  const called = tracksCalledFor(need.forms)
  const { decideWithinDays } = DECISION_POLICY.parameters
  const newestIssued = (track: LegalTrackId) =>
    decisions.filter((decision) => decision.track === track && decision.issuedOn !== null).at(-1)
  const municipal = newestIssued('municipal_home')
  const refusedOn = municipal?.outcome === 'refused' ? municipal.issuedOn : null
  const tracks = (Object.keys(decideWithinDays) as LegalTrackId[]).filter(
    (track) =>
      called.includes(track) ||
      decisions.some((decision) => decision.track === track) ||
      (track === 'help_with_home' && refusedOn !== null),
  )
  return tracks.map((track): TrackStanding => {
    const issued = newestIssued(track)
    const decided = { track, dueOn: null, alarm: null, recordedOn: null }
    if (issued !== undefined) return { ...decided, standing: issued.outcome }
    const standing = decisions.some((decision) => decision.track === track) ? 'drafted' : 'missing'
    if (servicesDecided(track, need.serviceDecisionOn, today))
      return standing === 'drafted'
        ? { ...decided, standing }
        : { ...decided, standing: 'granted', recordedOn: need.serviceDecisionOn }
    if (!need.open || need.registeredOn === null) return { ...decided, standing }
    const besideRefusal = track === 'help_with_home' && refusedOn !== null
    const byPolicy = addDays(need.registeredOn, decideWithinDays[track])
    const dueOn = besideRefusal && refusedOn < byPolicy ? refusedOn : byPolicy
    const alarm = besideRefusal ? 'beside_refusal' : today > dueOn ? 'overdue' : null
    return { track, standing, dueOn, alarm, recordedOn: null }
  })
}

/** Whether what the registration says of a decision on services answers for `track`. */
export function servicesDecided(track: LegalTrackId, serviceDecisionOn: Day | null, today: Day): boolean {
  return track === 'health_and_care' && serviceDecisionOn !== null && serviceDecisionOn <= today
}
