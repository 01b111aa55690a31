import type { PlanItemId } from '../../reference/returnPlans.ts'
import type { HomeSource } from '../../reference/returnSchedulePolicy.ts'
import { addMonths, type Day, firstOfMonth } from '../day.ts'
import type { HousingForm } from '../ladder.ts'
import type { MatchingPolicy } from '../matching/policy.ts'
import type { SituationFacts } from '../urgency.ts'

/** Somebody with an open plan that says that returning is right; a household that moves together, under a pseudonym. */
export interface Mover {
  pseudonym: string
  holdingDistrict: string
  homeDistrict: string
  form: HousingForm | null
  earliestOn: Day | null
  targetOn: Day | null
  teamId: string | null
  supportFrom: Day | null
  /** What rule 11 asks of the plan that is not there yet. */
  missing: readonly PlanItemId[]
  people: number
  /** RFC 3339 in UTC: ties are broken by it, then by the pseudonym. */
  registeredAt: string
  situation: SituationFacts
  /** The home, an id of `homes`, that the bydel has set aside for her; she moves to no other. */
  committedTo: string | null
}

/** A home that somebody can move to: one household, on a day of `[from, to)`. */
export interface Home {
  id: string
  source: HomeSource
  /** Null: not known yet which. */
  placeId: string | null
  district: string
  form: HousingForm
  from: Day
  to: Day
  /** The pseudonym of the only one who may have it; null: anybody may. */
  reservedFor: string | null
}

export interface Team {
  id: string
  /** How many people it follows up at once and begins with in a month; null: nobody has said, so nothing limits it. */
  capacity: number | null
  newPerMonth: number | null
  from: Day
  to: Day | null
  /** Who have moved already, until follow-up of them is over: they count against the capacity. */
  load: readonly { movedOn: Day; people: number }[]
}

/** Everything that a schedule is computed from; kept with it, so that it can be computed again. */
export interface ScheduleInput {
  asOf: Day
  /** Moves before this day. */
  until: Day
  followUpMonths: number
  /** Versions of the matching policy and of the urgency classes, and what the first says; absent: it was the first version. */
  policy: { objective: number; urgency: number; choices?: MatchingPolicy }
  /** In order of registration, then of pseudonym. */
  movers: readonly Mover[]
  homes: readonly Home[]
  teams: readonly Team[]
}

const monthNumber = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** How many calendar months `day` is after the month of `asOf`: 0 in the same one. */
export function monthOf(asOf: Day, day: Day): number {
  return monthNumber(day) - monthNumber(asOf)
}

/** The first day of a calendar month, counted from that of `asOf`. */
export function startOfMonth(asOf: Day, month: number): Day {
  return addMonths(firstOfMonth(asOf), month)
}
