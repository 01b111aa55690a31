import type { CaseStep } from '../../reference/readiness.ts'
import type { DecisionState } from '../papers/decision.ts'
import type { ChainState } from './chain.ts'
import type { HoldState } from './hold.ts'
import type { OfferState } from './offer.ts'
import type { PreconditionId } from './preconditions.ts'
import type { ReferralState } from './referral.ts'
import type { StayState } from './stay.ts'

type NeedState = 'draft' | 'registered' | 'withdrawn' | 'closed'
type AppealState = 'received' | 'forwarded' | 'decided'

/** `none`: it does not exist yet. */
export type PlacementState =
  | 'none'
  | OfferState
  | ReferralState
  | StayState
  | NeedState
  | HoldState
  | ChainState
  | DecisionState
  | AppealState

export type Transition = {
  readonly id: string
  readonly subject: 'need' | 'hold' | 'referral' | 'offer' | 'decision' | 'appeal' | 'stay' | 'chain'
  readonly action: string
  /** The operation of the API that asks for it; null: nobody does. */
  readonly operation: string | null
  readonly from: readonly PlacementState[]
  /** What it can be afterwards; `same`: what it was. */
  readonly to: readonly (PlacementState | 'same')[]
  /** A row of the capability table (src/access/capabilities.ts); `system`: time alone does it; `consequence`: it follows from another. */
  readonly capability: string
  /** A missing readiness item that stops one of these steps stops this transition, and no other. */
  readonly steps: readonly CaseStep[]
  readonly preconditions: readonly PreconditionId[]
  /** What a user reads when its state is not one to go from; absent: that state's name. */
  readonly refusal?: string
  readonly consequence: string
  readonly sentence: string
  readonly source: string
}

/** What giving a place away asks of it. */
export const VACANCY = ['place_not_closed', 'place_not_taken', 'place_not_held'] as const
