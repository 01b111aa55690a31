import type { Day } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import type { ReadinessFacts } from '../need.ts'
import type { DecisionFacts } from '../papers/decision.ts'
import type { OfferState } from '../placement/offer.ts'
import type { NamedPlace } from '../placement/tasks.ts'
import type { SituationFacts } from '../urgency.ts'
import type { WorkKind } from './kinds.ts'

/** What it is about: what it is told apart by, with that one’s id; decisions that are missing have the need’s. */
export type WorkSubject = 'need' | 'decision' | 'offer' | 'stay' | 'task'

/** One thing that needs somebody, and why it does now. No sentence of it names anybody. */
export interface Work {
  subject: WorkSubject
  id: string
  /** At least one; the first decides where it stands among equals. */
  kinds: readonly WorkKind[]
  /** Somebody is without a safe place tonight: before everything else that is due. */
  tonight: boolean
  title: string
  /** By when; null: no day is set. */
  dueOn: Day | null
  /** Why now: at least one bokmål sentence. */
  reasons: readonly string[]
  householdId: string | null
  needId: string | null
  offerId: string | null
  stayId: string | null
  /** The house of the stay. */
  facilityId: string | null
  /** The chain in life that it is a part of. */
  chainId: string | null
  /** The open task that says the same, which can be ended from here. */
  taskId: string | null
}

export interface NeedAtWork {
  id: string
  householdId: string
  status: 'draft' | 'registered'
  startedOn: Day
  situation: SituationFacts
  readiness: ReadinessFacts
  /** Oldest first, drafts last. */
  decisions: readonly DecisionFacts[]
  /** It rests until this day, because nobody got in touch. */
  parkedUntil: Day | null
  /** An offer to it can still become a home. */
  offered: boolean
  /** The newest run proposed a place. */
  proposed: boolean
}

export interface OfferAtWork {
  id: string
  needId: string
  householdId: string | null
  state: OfferState
  /** The last day to answer. */
  answerBy: Day
  chainId: string | null
  place: NamedPlace
}

export interface StayAtWork {
  id: string
  householdId: string
  /** The household’s open need. */
  needId: string | null
  form: HousingForm
  from: Day
  expectedUntil: Day | null
  /** As sentences name the home. */
  place: NamedPlace
  /** Null for a home outside our places. */
  facilityId: string | null
}

export interface TaskAtWork {
  id: string
  kind: string
  dueOn: Day
  reason: string
  householdId: string | null
  needId: string | null
  offerId: string | null
  stayId: string | null
  facilityId: string | null
  chainId: string | null
}

/** Everything of a bydel that may need somebody; what does not, is sorted out here. */
export interface WorkFacts {
  needs: readonly NeedAtWork[]
  offers: readonly OfferAtWork[]
  stays: readonly StayAtWork[]
  tasks: readonly TaskAtWork[]
}
