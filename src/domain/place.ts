import { type Day, type DayRange, daysBetween } from './day.ts'
import type { HousingForm } from './ladder.ts'

/** A dated closure of a place; one that `admits` does not stop a move-in. */
export interface Closure {
  during: DayRange
  reason: string
  admits: boolean
}

/** Days a place is kept for somebody: nobody knows here for whom. */
export interface Held {
  during: DayRange
  /** The last day to answer an offer that still runs; null once somebody has said yes. */
  answerBy: Day | null
}

/** A place with everything that eligibility asks of it, and no person. */
export interface Place {
  id: string
  facilityId: string
  label: string
  form: HousingForm
  open: DayRange
  maxHousehold: number
  features: readonly string[]
  /** In order of their start; closures of one place never overlap. */
  closures: readonly Closure[]
  /** Days taken, until an actual departure: an overdue resident never disappears. */
  occupied: readonly DayRange[]
  /** Kept by offers that run or were accepted; holds of one place never overlap. */
  held: readonly Held[]
}

/** Who runs the houses whose homes a bydel gives, which quotas are about; as `quota_houses` of the database has it. */
export const QUOTA_OPERATORS: readonly string[] = ['district', 'boligbygg']

/** A facility with its admission criteria; never a diagnosis, never a care track (004 4.3). */
export interface Facility {
  id: string
  name: string
  operator: string
  district: string
  serves: 'own_district' | 'listed_districts' | 'city'
  /** Districts on its list, each dated; read only when it serves listed districts. */
  listed: readonly { district: string; during: DayRange }[]
  minAge: number | null
  maxAge: number | null
  /** Empty: everybody. */
  genders: readonly string[]
  substanceStance: 'substance_free' | 'tolerant'
  /** 0–3, the most extensive behaviour needs that the house can take. */
  maxBehaviour: number
  /** 0–2, the highest security profile that the house can take. */
  maxSecurity: number
  childrenAllowed: boolean
  petsAllowed: boolean
  /** Null: no limit on how many with extensive behaviour needs live there together. */
  maxExtensiveBehaviour: number | null
  extensiveBehaviourNow: number
  admitting: boolean
  notAdmittingReason: string | null
  vacancyConfirmedAt: string | null
}

/** Every place of the city on one day, as eligibility runs on it. */
export interface City {
  version: number
  today: Day
  facilities: ReadonlyMap<string, Facility>
  places: readonly Place[]
}

/**
 * Why a place cannot be moved into within a window, in the order in which it is asked: each says that without it, what
 * was asked before would have left a day.
 */
export type Availability =
  | { kind: 'available'; from: Day }
  | { kind: 'not_open'; open: DayRange }
  | { kind: 'closed'; closure: Closure }
  | { kind: 'taken' }
  | { kind: 'held'; hold: Held }

function endsAfter(range: DayRange, day: Day): boolean {
  return range.to === null || range.to > day
}

/** The latest end of those ranges that reach beyond `day`: `day` itself when none does, null when one never ends. */
function freeAfter(ranges: readonly DayRange[], day: Day): Day | null {
  let free = day
  for (const range of ranges) {
    if (range.to === null) return null
    if (range.to > free) free = range.to
  }
  return free
}

/**
 * The first day within `window` on which somebody can move into `place` and stay, not before `today`.
 * Taken and held days count to their end, whatever lies between: a gap before another's stay is not a home.
 * A closure that does not admit moves the first day behind it. What moves the day out of the window, or too close to the
 * place's own end, is the answer.
 * @param minimumDays how long the place must still be open after that day
 */
export function availability(
  { open, occupied, held, closures }: Pick<Place, 'open' | 'occupied' | 'held' | 'closures'>,
  window: DayRange,
  today: Day,
  minimumDays: number,
): Availability {
  // asked millions of times in a run: nothing is allocated but the answer
  const earliest = window.from > today ? window.from : today
  const wanted = earliest > open.from ? earliest : open.from
  if (!usable(open, window, wanted, minimumDays)) return { kind: 'not_open', open }
  const free = freeAfter(occupied, wanted)
  if (free === null || !usable(open, window, free, minimumDays)) return { kind: 'taken' }
  let from = free
  for (const hold of held) {
    const { to } = hold.during
    if (to !== null && to <= from) continue
    if (to === null || !usable(open, window, to, minimumDays)) return { kind: 'held', hold }
    from = to
  }
  for (const closure of closures) {
    const covers = closure.during.from <= from && endsAfter(closure.during, from)
    if (closure.admits || !covers) continue
    const { to } = closure.during
    if (to === null || !usable(open, window, to, minimumDays)) return { kind: 'closed', closure }
    from = to
  }
  return { kind: 'available', from }
}

/** Whether somebody may move in on `day`: inside both ranges, and long enough before the place's own end. */
function usable(open: DayRange, window: DayRange, day: Day, minimumDays: number): boolean {
  return (
    endsAfter(window, day) && endsAfter(open, day) && (open.to === null || daysBetween(day, open.to) >= minimumDays)
  )
}

/** True when `facility` takes people of `district` on `day`. */
export function serves(facility: Facility, district: string, day: Day): boolean {
  if (facility.serves === 'city') return true
  if (facility.serves === 'own_district') return facility.district === district
  return facility.listed.some(
    (entry) => entry.district === district && entry.during.from <= day && endsAfter(entry.during, day),
  )
}
