import { CASE_STEPS } from '../../reference/readiness.ts'
import {
  type Blocking,
  type Contest,
  DomainError,
  type DomainErrorCode,
  type FieldError,
  type PlaceStanding,
} from '../error.ts'
import type { ReadinessAnswer } from '../readiness.ts'
import { CHAIN_STATE_NAMES } from './chain.ts'
import { HOLD_STATE_NAMES } from './hold.ts'
import { OFFER_STATE_NAMES } from './offer.ts'
import { type PreconditionId, preconditionById } from './preconditions.ts'
import { REFERRAL_STATE_NAMES } from './referral.ts'
import { STAY_STATE_NAMES } from './stay.ts'
import type { PlacementState, Transition } from './transition.ts'
import { type TransitionId, transitionById } from './transitions.ts'

/** What is the case when a transition is asked for. */
export interface Situation {
  state: PlacementState
  /** Readiness, as far as anything of it is asked. */
  readiness: readonly (Pick<ReadinessAnswer, 'title' | 'why' | 'stops' | 'present'> & { id: string })[]
  /** Preconditions that do not hold. */
  failing: readonly PreconditionId[]
  /** Readiness items that somebody has set aside with a reason. */
  overridden: readonly string[]
  /** The place somebody asks for, and what stands in the way of it. */
  place?: { id: string; needId: string | null; standing: PlaceStanding | undefined }
  /** Which rules `place_fits` fails by, each with its two values. */
  unfit?: readonly FieldError[]
  /** The record that stands in the way, where there is one and she may see it. */
  blocking?: Blocking | undefined
}

/** What stands in the way of a transition. */
export type Blocker =
  | { kind: 'state'; subject: Transition['subject']; state: PlacementState; refusal?: string | undefined }
  | { kind: 'readiness'; id: string; title: string; why: string }
  | { kind: 'precondition'; id: PreconditionId; sentence: string }

/**
 * Everything that keeps a transition from happening, its state first; empty: it may. A readiness item counts only when it
 * stops one of the transition's own steps, a precondition only when the transition asks for it.
 */
export function blockersOf(transition: Transition, situation: Situation): Blocker[] {
  if (!transition.from.includes(situation.state))
    return [{ kind: 'state', subject: transition.subject, state: situation.state, refusal: transition.refusal }]
  const missing = situation.readiness.filter(
    ({ id, present, stops }) =>
      !present &&
      CASE_STEPS.some((step) => step === stops && transition.steps.includes(step)) &&
      !situation.overridden.includes(id),
  )
  return [
    ...missing.map(({ id, title, why }): Blocker => ({ kind: 'readiness', id, title, why })),
    ...transition.preconditions
      .filter((id) => situation.failing.includes(id))
      .map((id): Blocker => ({ kind: 'precondition', id, sentence: preconditionById(id).sentence })),
  ]
}

const VACANCY: readonly PreconditionId[] = ['place_not_closed', 'place_not_taken', 'place_not_held']

/** What is asked of a stay that has ended is refused for another reason than what is asked of one that goes on. */
function notNow({ subject, from }: Transition): DomainErrorCode {
  return subject === 'stay' && !from.includes('present') ? 'stay_not_departed' : NOT_NOW[subject]
}

const NOT_NOW: Record<Transition['subject'], DomainErrorCode> = {
  offer: 'offer_not_open',
  referral: 'referral_not_open',
  stay: 'stay_not_present',
  need: 'need_not_open',
  hold: 'hold_not_open',
  chain: 'chain_step_closed',
  decision: 'decision_issued',
  appeal: 'appeal_closed',
}

/** By what it is a state of: an overdue referral is not an overdue resident. */
const NAMES: Record<Transition['subject'], Partial<Record<PlacementState, string>>> = {
  offer: OFFER_STATE_NAMES,
  referral: REFERRAL_STATE_NAMES,
  stay: STAY_STATE_NAMES,
  need: { draft: 'Kladd', registered: 'Registrert', closed: 'Dekket', withdrawn: 'Trukket' },
  hold: HOLD_STATE_NAMES,
  chain: CHAIN_STATE_NAMES,
  decision: {
    draft: 'Utkast',
    issued: 'Fattet',
    final: 'Fattet, og klagefristen er ute',
    appealed: 'Klaget på',
    appeal_forwarded: 'Klagen er sendt videre',
    appeal_decided: 'Klagen er avgjort',
  },
  appeal: { received: 'Mottatt', forwarded: 'Sendt videre', decided: 'Avgjort' },
}

/** A state as a user reads it. */
export function stateName(subject: Transition['subject'], state: PlacementState | 'same'): string {
  if (state === 'same') return 'Som før'
  return state === 'none' ? 'Finnes ikke ennå' : (NAMES[subject][state] ?? state)
}

/** What a blocker is to the user. */
export function blockerSentence(blocker: Blocker): string {
  if (blocker.kind === 'state')
    return blocker.refusal ?? `Det går ikke nå. Status: ${stateName(blocker.subject, blocker.state)}.`
  return blocker.kind === 'readiness' ? `${blocker.title}: ${blocker.why}` : blocker.sentence
}

/** What can be done now with what stands as it does, and for each what cannot be, why. */
export function actionsOf(transitions: readonly Transition[], situation: Situation) {
  return transitions.map((transition) => {
    const blockers = blockersOf(transition, situation)
    return { action: transition.action, allowed: blockers.length === 0, why: blockers.map(blockerSentence) }
  })
}

function contestOf({ place }: Situation): Contest | undefined {
  if (place?.standing === undefined) return undefined
  return { placeId: place.id, needId: place.needId, standing: place.standing }
}

/**
 * Refuses a transition that something stands in the way of; the first blocker names the refusal, all of them are said.
 * @throws {DomainError} `…_not_open` for its state, `step_stopped` for what a need lacks, else the precondition's own code
 */
export function permit(id: TransitionId, situation: Situation): void {
  const transition = transitionById(id)
  const blockers = blockersOf(transition, situation)
  const [first] = blockers
  if (first === undefined) return
  const code =
    first.kind === 'state'
      ? notNow(transition)
      : first.kind === 'readiness'
        ? 'step_stopped'
        : preconditionById(first.id).code
  const errors = blockers.flatMap((blocker): FieldError[] =>
    blocker.kind === 'state' ? [] : [{ pointer: '', code: blocker.id, detail: blockerSentence(blocker) }],
  )
  if (errors.some((error) => error.code === 'place_fits')) errors.push(...(situation.unfit ?? []))
  const contest = first.kind === 'precondition' && VACANCY.includes(first.id) ? contestOf(situation) : undefined
  throw new DomainError(code, contest?.standing.sentence ?? blockerSentence(first), errors, situation.blocking, contest)
}
