import { contains, type Day, type DayRange, daysBetween } from './day.ts'

/**
 * What a place is on a day, in order of precedence: what comes first hides what comes after. Outside its own life a place is
 * nothing else; a taken place is taken whatever else is planned for it, since only an actual departure frees it.
 */
export const PLACE_STATES = ['not_open', 'occupied', 'held', 'closed', 'vacant'] as const
export type PlaceState = (typeof PLACE_STATES)[number]

export interface TimelineHold {
  during: DayRange
  /** Null: firm, an accepted offer waits for its move-in. */
  expiresAt: string | null
  /** For a need to which nothing is offered yet. */
  reserved: boolean
}

export interface TimelineClosure {
  id: string
  during: DayRange
  reason: string
  admits: boolean
}

/** A place with what is registered over its days, and no person. Ranges of one kind never overlap each other. */
export interface TimelineFacts {
  open: DayRange
  occupied: readonly DayRange[]
  holds: readonly TimelineHold[]
  closures: readonly TimelineClosure[]
}

/** Days in a row that are the same. Everything that is so is named, also what the state hides. */
export interface Segment {
  from: Day
  to: Day
  state: PlaceState
  occupied: DayRange | null
  hold: TimelineHold | null
  closure: TimelineClosure | null
}

/**
 * A place's days cut into segments: in order, without gaps, from the first day of the window to its last.
 * @param window half-open, with an end
 */
export function timelineOf(facts: TimelineFacts, window: DayRange & { readonly to: Day }): Segment[] {
  const ranges = [
    facts.open,
    ...facts.occupied,
    ...facts.holds.map(({ during }) => during),
    ...facts.closures.map(({ during }) => during),
  ]
  const inside = (day: Day | null) => day !== null && day > window.from && day < window.to
  const cuts = ranges.flatMap(({ from, to }) => [from, to]).filter((day): day is Day => inside(day))
  const days = [...new Set([window.from, ...cuts])].sort()
  return days.map((from, i) => segmentAt(facts, from, days[i + 1] ?? window.to))
}

function segmentAt({ open, occupied, holds, closures }: TimelineFacts, from: Day, to: Day): Segment {
  const on = ({ during }: { during: DayRange }) => contains(during, from)
  const taken = occupied.find((during) => contains(during, from)) ?? null
  const hold = holds.find(on) ?? null
  const closure = closures.find(on) ?? null
  const state = (): PlaceState => {
    if (!contains(open, from)) return 'not_open'
    if (taken !== null) return 'occupied'
    if (hold !== null) return 'held'
    return closure === null || closure.admits ? 'vacant' : 'closed'
  }
  return { from, to, state: state(), occupied: taken, hold, closure }
}

/** How many days of `segments` nobody has the place and somebody could. */
export function vacantDays(segments: readonly Segment[]): number {
  return segments.reduce((sum, { state, from, to }) => sum + (state === 'vacant' ? daysBetween(from, to) : 0), 0)
}
