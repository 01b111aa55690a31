import { PLACE_STATES, type PlaceState } from '../reference/capacityMeasures.ts'

/**
 * What a place is on a day, and what many places are over a period: the one definition of capacity, whose words are
 * src/reference/capacityMeasures.ts and whose worked examples are docs/capacity.md. Days are whole numbers here (`dayNumber`):
 * a series of five years asks 16,000 places about 1,800 days.
 */

/** Half-open days `[from, to)`; `to` is `NEVER` when there is no end. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Later than every day. */
export const NEVER = 1_000_000

/** Everything about a place that its state on one day depends on. */
export interface PlaceFacts {
  open: boolean
  /** Until an actual departure: an overdue resident counts. */
  occupied: boolean
  /** By a closure that stops move-ins. */
  closed: boolean
  /** The house does not admit. */
  notAdmitting: boolean
  /** Firmly: an accepted offer waits for its move-in. */
  held: boolean
  /** A hold runs with an offer. */
  offered: boolean
}

/** What a place is on a day that it is not open on. */
export type OutsideState = 'occupiedOutside' | 'notOpen'

/** The state of a place: the first that holds, so that every place that is open has exactly one. */
export function stateOf(place: PlaceFacts): PlaceState | OutsideState {
  if (!place.open) return place.occupied ? 'occupiedOutside' : 'notOpen'
  if (place.occupied) return place.closed ? 'occupiedClosed' : 'occupied'
  if (place.closed) return 'closed'
  if (place.notAdmitting) return 'notAdmitting'
  if (place.held) return 'held'
  if (place.offered) return 'offered'
  return 'free'
}

/** Whether a place counts as staffed and admitting, lived in or not. */
function admits({ open, closed, notAdmitting }: PlaceFacts): boolean {
  return open && !closed && !notAdmitting
}

/** How many places are in each state; those that are open share out `places` without rest. */
export type Tally = Record<PlaceState, number> & {
  occupiedOutside: number
  /** Of the open ones, those of houses that admit and not closed, whoever lives there. */
  admitting: number
}

export function emptyTally(): Tally {
  return {
    occupied: 0,
    occupiedClosed: 0,
    closed: 0,
    notAdmitting: 0,
    held: 0,
    offered: 0,
    free: 0,
    occupiedOutside: 0,
    admitting: 0,
  }
}

/** Counts `amount` places (or place-days) with these facts. */
export function count(tally: Tally, facts: PlaceFacts, amount = 1): void {
  const state = stateOf(facts)
  if (state === 'notOpen') return
  tally[state] += amount
  if (admits(facts)) tally.admitting += amount
}

/** Adds what another tally counted. */
export function addTally(into: Tally, other: Tally): void {
  for (const state of Object.keys(into) as (keyof Tally)[]) into[state] += other[state]
}

/** All open places. */
export function placesIn(tally: Tally): number {
  return PLACE_STATES.reduce((sum, state) => sum + tally[state], 0)
}

/** Tilgjengelig kapasitet: in use or ready for use (004 5.6), counted up and never as a difference. */
export function capacityIn(tally: Tally): number {
  return tally.occupied + tally.occupiedClosed + tally.held + tally.offered + tally.free
}

/** A place over time: each list is what makes one of its facts true. */
export interface PlaceHistory {
  open: Span
  occupied: readonly Span[]
  closed: readonly Span[]
  notAdmitting: readonly Span[]
  held: readonly Span[]
  offered: readonly Span[]
}

const LISTS = ['occupied', 'closed', 'notAdmitting', 'held', 'offered'] as const

const covers = (spans: readonly Span[], day: number) => spans.some(({ from, to }) => from <= day && day < to)

/** The facts of one day. */
export function factsOn(place: PlaceHistory, day: number): PlaceFacts {
  return {
    open: place.open.from <= day && day < place.open.to,
    occupied: covers(place.occupied, day),
    closed: covers(place.closed, day),
    notAdmitting: covers(place.notAdmitting, day),
    held: covers(place.held, day),
    offered: covers(place.offered, day),
  }
}

/** The days within `window` on which some fact of the place may change, with the window's own ends; in order. */
function turningDays(place: PlaceHistory, window: Span): number[] {
  const days = [window.from]
  const note = (day: number) => {
    if (day > window.from && day < window.to) days.push(day)
  }
  note(place.open.from)
  note(place.open.to)
  for (const list of LISTS) {
    for (const { from, to } of place[list]) {
      note(from)
      note(to)
    }
  }
  days.sort((a, b) => a - b)
  days.push(window.to)
  return days
}

/** Calls `visit` with stretches of days that together are `window`, each with the facts that hold on all its days. */
export function walk(
  place: PlaceHistory,
  window: Span,
  visit: (facts: PlaceFacts, from: number, to: number) => void,
): void {
  const days = turningDays(place, window)
  for (let at = 1; at < days.length; at += 1) {
    const [from = 0, to = 0] = [days[at - 1], days[at]]
    if (from < to) visit(factsOn(place, from), from, to)
  }
}

/** What is counted of a group of places in a period. */
export interface PeriodCount {
  /** On the period's first day. */
  first: Tally
  /** Place-days in each state. */
  placeDays: Tally
  movedIn: number
  departed: number
}

export function emptyPeriodCount(): PeriodCount {
  return { first: emptyTally(), placeDays: emptyTally(), movedIn: 0, departed: 0 }
}

/**
 * Counts one place into its group's periods, which follow on each other without a gap. `periodAt` gives the number of the
 * period that a day lies in. Moves are counted on the day they happen, and only of places that are open then.
 */
export function countPlace(
  place: PlaceHistory,
  periods: readonly Span[],
  periodAt: (day: number) => number,
  counts: readonly PeriodCount[],
): void {
  const window = { from: periods[0]?.from ?? 0, to: periods.at(-1)?.to ?? 0 }
  walk(place, window, (facts, from, to) => {
    if (stateOf(facts) === 'notOpen') return
    for (let at = periodAt(from), day = from; day < to; at += 1) {
      const [period, into] = [periods[at], counts[at]]
      if (period === undefined || into === undefined) return
      if (day === period.from) count(into.first, facts)
      const until = Math.min(to, period.to)
      count(into.placeDays, facts, until - day)
      day = until
    }
  })
  const within = (day: number) => day >= window.from && day < window.to
  const { open } = place
  for (const { from, to } of place.occupied) {
    const [begins, ends] = [counts[periodAt(from)], counts[periodAt(to)]]
    if (within(from) && begins !== undefined && open.from <= from && from < open.to) begins.movedIn += 1
    // the last resident may leave on the day that the place closes down
    if (within(to) && ends !== undefined && open.from < to && to <= open.to) ends.departed += 1
  }
}

/** Departures for each place that was open on average; null when none was open. */
export function turnover({ departed, placeDays }: PeriodCount, { from, to }: Span): number | null {
  const days = placesIn(placeDays)
  return days === 0 ? null : departed / (days / (to - from))
}
