import type { Day } from '../day.ts'
import { formatDay } from '../words.ts'
import type { OfferState } from './offer.ts'

/** What made a step of a chain fall; `step_before`: the one who lives there stays. */
export const STEP_BREAKS = ['declined', 'expired', 'withdrawn', 'place_lost', 'step_before'] as const
export type StepBreak = (typeof STEP_BREAKS)[number]

/** One move of a chain as the next ones depend on it: no person. Steps are in the order in which they happen. */
export interface ChainStep {
  position: number
  /** As it is recorded. */
  brokenBy: StepBreak | null
  /** The state of its offer now; null while none is sent. */
  offer: OfferState | null
  /** The offer waits for the step before it. */
  waits: boolean
  /** The need of the one who moves is still open; false also where nobody is known to move any more. */
  stillWanted: boolean
  /** The planned day has passed. */
  late: boolean
}

/** What follows for a chain from what has happened to its offers. */
export interface ChainOutcome {
  /** Steps that fall, with what broke each. */
  broken: { position: number; by: StepBreak }[]
  /** Steps whose offer can be answered from now on. */
  firm: number[]
}

const ENDED: Partial<Record<OfferState, StepBreak>> = {
  declined: 'declined',
  expired: 'expired',
  withdrawn: 'withdrawn',
  superseded: 'place_lost',
}

/**
 * Draws the consequences, in order. A step falls with its own offer, or with the step before it: then the place it waits for is
 * still somebody's home. Steps before the one that fell stand: their places do not depend on it. A step becomes firm when the
 * one before has said yes, so that no answer is asked for a place that nobody may ever leave.
 */
export function settleChain(steps: readonly ChainStep[]): ChainOutcome {
  const outcome: ChainOutcome = { broken: [], firm: [] }
  let before: { fell: boolean; certain: boolean } = { fell: false, certain: true }
  for (const step of steps) {
    const { position, offer } = step
    let fell = step.brokenBy !== null
    if (!fell && offer !== 'moved_in') {
      const by = breakOf(step) ?? (before.fell ? 'step_before' : undefined)
      if (by !== undefined) {
        outcome.broken.push({ position, by })
        fell = true
      }
    }
    if (!fell && step.waits && offer === 'conditional' && before.certain) outcome.firm.push(position)
    before = { fell, certain: !fell && (offer === 'accepted' || offer === 'moved_in') }
  }
  return outcome
}

function breakOf({ offer, stillWanted, late }: ChainStep): StepBreak | undefined {
  if (offer !== null) return ENDED[offer]
  if (!stillWanted) return 'withdrawn'
  return late ? 'expired' : undefined
}

/** What a step is now: the first that holds. */
export const STEP_STATES = ['broken', 'moved_in', 'accepted', 'sent', 'conditional', 'to_offer'] as const
export type StepState = (typeof STEP_STATES)[number]

/** Each state as a user reads it. */
export const STEP_STATE_NAMES: Record<StepState, string> = {
  broken: 'Brutt',
  moved_in: 'Flyttet',
  accepted: 'Svart ja',
  sent: 'Fast tilbud',
  conditional: 'Betinget tilbud',
  to_offer: 'Tilbudet er ikke sendt',
}

/** The state of a step. */
export function stepState({ brokenBy, offer }: Pick<ChainStep, 'brokenBy' | 'offer'>): StepState {
  if (brokenBy !== null) return 'broken'
  if (offer === 'moved_in' || offer === 'accepted' || offer === 'conditional') return offer
  if (offer === null) return 'to_offer'
  return offer === 'sent' ? 'sent' : 'broken'
}

/**
 * What a chain is, from its steps.
 * - `complete`: everybody has moved; `partly`: it broke, and those who are not affected have moved or still will
 */
export const CHAIN_STATES = ['complete', 'broken', 'partly', 'running'] as const
export type ChainState = (typeof CHAIN_STATES)[number]

/** Each state as a user reads it. */
export const CHAIN_STATE_NAMES: Record<ChainState, string> = {
  complete: 'Alle har flyttet',
  broken: 'Brutt',
  partly: 'Delvis brutt',
  running: 'Pågår',
}

/** The state of a chain; of no steps it is complete. */
export function chainState(states: readonly StepState[]): ChainState {
  if (states.every((state) => state === 'moved_in')) return 'complete'
  if (states.every((state) => state === 'broken')) return 'broken'
  return states.includes('broken') ? 'partly' : 'running'
}

const WHY: Record<StepBreak, string> = {
  declined: 'Det ble sagt nei til plassen.',
  expired: 'Fristen gikk ut uten svar.',
  withdrawn: 'Personen ble tatt ut av kjeden, tilbudet ble trukket, eller behovet er avsluttet.',
  place_lost: 'Plassen gikk til en annen.',
  step_before: 'Den som bor på plassen, flytter ikke likevel.',
}

/** Why a step fell, without anybody's name. */
export function breakSentence(by: StepBreak): string {
  return WHY[by]
}

/** What whoever looks after somebody in a step that fell is told. */
export function brokenStepSentence(place: { label: string; facilityName: string }, by: StepBreak): string {
  return `Flyttingen til ${place.label}, ${place.facilityName}, i en boligkjede blir ikke noe av. ${WHY[by]} Personen har hjemmet sitt og plassen i køen. En ny fordeling er bestilt: se hva den foreslår.`
}

/** What whoever sent a conditional offer is told when it becomes firm. @param until the last day to answer */
export function firmStepSentence(place: { label: string; facilityName: string }, until: Day): string {
  return `Den som bor på ${place.label}, ${place.facilityName}, har takket ja til en ny bolig. Nå kan personen svare, innen ${formatDay(until)}.`
}

/** The first thing to do when a chain begins. */
export const OFFER_STEP_SENTENCE =
  'En boligkjede er satt i gang, og et av leddene er din. Send tilbudet fra kjeden. Det er betinget til den som flytter før, har takket ja.'
