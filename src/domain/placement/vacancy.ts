import { addDays, type Day } from '../day.ts'
import {
  ELIGIBILITY_RULES,
  heldInWords,
  isWish,
  minimumOpenDays,
  type Pair,
  pairOf,
  verdictOf,
} from '../eligibility.ts'
import type { FieldError, PlaceStanding } from '../error.ts'
import type { Requirements } from '../need.ts'
import { availability as availabilityOf, type Facility, type Held, type Place } from '../place.ts'
import { formatDay } from '../words.ts'
import type { PreconditionId } from './preconditions.ts'

/** A place as it is once whoever lives there without an end has moved. */
export function afterMove(place: Place): Place {
  return { ...place, occupied: place.occupied.filter(({ to }) => to !== null) }
}

/** The pair of a need and a place on the one day of the move-in. */
export function pairOnDay(
  requirements: Requirements,
  place: Place,
  facility: Facility,
  moveInOn: Day,
  today: Day,
): Pair {
  return pairOf({ ...requirements, window: { from: moveInOn, to: addDays(moveInOn, 1) } }, place, facility, today)
}

/**
 * What keeps somebody from moving into the place on `on`, or undefined when nothing does.
 * @param ownHold the place is held for the one who asks
 */
export function standingOn(
  place: Place,
  facility: Facility,
  { on, today, ownHold }: { on: Day; today: Day; ownHold: boolean },
): PlaceStanding | undefined {
  const availability = availabilityOf(
    ownHold ? { ...place, held: [] } : place,
    { from: on, to: addDays(on, 1) },
    today,
    minimumOpenDays(place),
  )
  if (availability.kind === 'taken') {
    const ends = place.occupied.map(({ to }) => to)
    return takenUntil(ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null))
  }
  if (availability.kind === 'held') {
    return heldBy(availability.hold)
  }
  if (availability.kind === 'closed') {
    const { to } = availability.closure.during
    return {
      kind: 'closed',
      until: to,
      sentence: to === null ? 'Plassen er sperret.' : `Plassen er sperret til ${formatDay(to)}.`,
    }
  }
  if (availability.kind === 'not_open') {
    return { kind: 'not_open', until: null, sentence: 'Plassen er ikke åpen da, eller stenger for tidlig etterpå.' }
  }
  if (facility.admitting) return undefined
  return {
    kind: 'not_admitting',
    until: null,
    sentence: `Botilbudet tar ikke imot nå: ${facility.notAdmittingReason ?? 'grunn ikke oppgitt'}.`,
  }
}

/**
 * What somebody else has been given of a place from the day on which its resident was said to leave: lived in on any of the days,
 * or, where she never left, kept for somebody who is to move in. Undefined: nothing.
 * @param days from the day she was said to leave to the day she did; no end: she still lives there
 */
export function givenSince(
  { occupied, held }: Pick<Place, 'occupied' | 'held'>,
  days: { from: Day; to: Day | null },
  today: Day,
): PlaceStanding | undefined {
  const lived = occupied.find(({ from, to }) => (days.to === null || from < days.to) && (to === null || to > days.from))
  if (lived !== undefined) return takenUntil(lived.to)
  const kept = days.to === null ? held.find(({ during }) => during.to === null || during.to > today) : undefined
  return kept === undefined ? undefined : heldBy(kept)
}

const takenUntil = (until: Day | null): PlaceStanding => ({
  kind: 'taken',
  until,
  sentence: until === null ? 'Noen bor på plassen.' : `Noen bor på plassen til ${formatDay(until)}.`,
})

const heldBy = (hold: Held): PlaceStanding => ({
  kind: 'held',
  until: hold.answerBy,
  sentence: `Plassen er ${heldInWords(hold)}.`,
})

const VACANCY_OF: Record<PlaceStanding['kind'], PreconditionId> = {
  taken: 'place_not_taken',
  held: 'place_not_held',
  closed: 'place_not_closed',
  not_open: 'place_not_closed',
  not_admitting: 'place_not_closed',
}

/** The precondition of a vacancy that does not hold, if any. */
export function vacancyFailing(standing: PlaceStanding | undefined): PreconditionId[] {
  return standing === undefined ? [] : [VACANCY_OF[standing.kind]]
}

/** Asked on their own: the vacancy by its standing, the form as a skip that must be explained. */
const ASKED_APART: readonly string[] = ['place.open', 'place.free', 'place.not_closed', 'place.admits', 'form.accepted']

/**
 * The rules that a pair fails, besides the vacancy and the form, less those that the person may say yes to herself and
 * somebody has set aside with a reason.
 */
export function unfitBy(pair: Pair, overridden: readonly string[]): FieldError[] {
  return ELIGIBILITY_RULES.filter(({ id }) => !ASKED_APART.includes(id)).flatMap((rule): FieldError[] => {
    const verdict = verdictOf(rule, pair)
    if (verdict.outcome !== 'failed' || isWish(pair, rule)) return []
    if (rule.relaxable === 'person' && overridden.includes(rule.id)) return []
    return [{ pointer: '', code: rule.id, detail: `${rule.title}. ${verdict.sentence}` }]
  })
}

/** In the house she lives in already, a person is asked only what differs between its places. */
const OF_THE_PLACE: readonly string[] = ['features.required', 'household.size']

/**
 * The rules that keep a household from another place of the form it lives in. Which bydel it wants and which bydeler a house is
 * for, were settled when it moved in; within one house only what differs between its places is asked. Those that can be set aside
 * point to where that is said.
 */
export function transferUnfitBy(pair: Pair, sameHouse: boolean, overridden: readonly string[]): FieldError[] {
  return unfitBy(pair, overridden)
    .filter(({ code }) => !sameHouse || OF_THE_PLACE.includes(code))
    .map((error) => (mayBeOverridden(error.code) ? { ...error, pointer: '/overrides' } : error))
}

/** What may be set aside with a reason: readiness that a rule lets be overridden, and what the person herself can say yes to. */
export function mayBeOverridden(id: string): boolean {
  return (
    id === 'private_rental_considered' ||
    ELIGIBILITY_RULES.some((rule) => rule.id === id && rule.relaxable === 'person' && rule.id !== 'form.accepted')
  )
}
