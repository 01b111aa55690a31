import { tz } from '@date-fns/tz'
import { addMonths as addCalendarMonths } from 'date-fns/addMonths'
import { format } from 'date-fns/format'

declare const dayBrand: unique symbol

/** A calendar day `YYYY-MM-DD`, without a clock and without a time zone. Only `parseDay` and the functions here make one. */
export type Day = string & { readonly [dayBrand]: true }

/** Half-open `[from, to)`: `from` is in the range, `to` is not. `to: null` means open-ended. */
export type DayRange = { readonly from: Day; readonly to: Day | null }

const MS_PER_DAY = 86_400_000
const SHAPE = /^\d{4}-\d{2}-\d{2}$/
const inUtc = tz('UTC')
const inOslo = tz('Europe/Oslo')

// Nobody alive was born before 1900 and no plan here reaches 2200; a year outside is a slip such as 0202 for 2020.
const FIRST_YEAR = 1900
const LAST_YEAR = 2199

/** True for a day that exists in the calendar, written exactly `YYYY-MM-DD`, in the years 1900–2199. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false
  const year = Number(value.slice(0, 4))
  if (year < FIRST_YEAR || year > LAST_YEAR) return false
  const instant = Date.parse(`${value}T00:00:00Z`)
  // Date.parse rolls 30 February over into March; writing it out again shows that.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value)
}

/** The day in `text`, or undefined when it is not a real day written `YYYY-MM-DD`. Never trims or guesses. */
export function parseDay(text: string): Day | undefined {
  return isDay(text) ? text : undefined
}

function midnightUtc(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function dayAt(instant: number): Day {
  const date = new Date(instant)
  const text = Number.isNaN(date.getTime()) ? String(instant) : date.toISOString().slice(0, 10)
  if (!isDay(text)) throw new RangeError(`Day outside ${FIRST_YEAR}–${LAST_YEAR}: ${text}`)
  return text
}

/**
 * The day `count` days later (earlier when negative).
 * Counts in UTC, where every day has 24 hours: this runs once per pair in matching, and summer time cannot reach it.
 * Throws RangeError when the result leaves 1900–2199 or `count` is not a whole number.
 */
export function addDays(day: Day, count: number): Day {
  if (!Number.isInteger(count)) throw new RangeError(`Not a whole number of days: ${count}`)
  return dayAt(midnightUtc(day) + count * MS_PER_DAY)
}

/**
 * The same date `count` calendar months later; a date that the target month lacks becomes its last day
 * (31 January plus one month is 28 or 29 February). Throws RangeError as `addDays` does.
 */
export function addMonths(day: Day, count: number): Day {
  if (!Number.isInteger(count)) throw new RangeError(`Not a whole number of months: ${count}`)
  return dayAt(addCalendarMonths(midnightUtc(day), count, { in: inUtc }).getTime())
}

/** The first day of the month that a day is in. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01` as Day
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b
}

/** The earlier of two days. */
export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b
}

/** Whole days from `from` to `to`; negative when `to` is earlier. The length of `[from, to)`. */
export function daysBetween(from: Day, to: Day): number {
  return (midnightUtc(to) - midnightUtc(from)) / MS_PER_DAY
}

/** The number of a day, where days are counted and not written: 0 is 1970-01-01, the next day one more. */
export function dayNumber(day: Day): number {
  return midnightUtc(day) / MS_PER_DAY
}

/** The day of a number. Throws RangeError as `addDays` does. */
export function dayOfNumber(number: number): Day {
  return dayAt(number * MS_PER_DAY)
}

/** Sort order of days: negative, 0 or positive. ISO days of four-digit years sort as text. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** True when no day lies in the range (`to` on or before `from`): out and in on one day leaves nothing. */
export function rangeIsEmpty(range: DayRange): boolean {
  return range.to !== null && range.to <= range.from
}

/** True when some day lies in both ranges. An empty range overlaps nothing, as in PostgreSQL. */
export function overlaps(a: DayRange, b: DayRange): boolean {
  if (rangeIsEmpty(a) || rangeIsEmpty(b)) return false
  return (a.to === null || b.from < a.to) && (b.to === null || a.from < b.to)
}

/** True when `day` lies in the range: on or after `from`, and before `to`. */
export function contains(range: DayRange, day: Day): boolean {
  return range.from <= day && (range.to === null || day < range.to)
}

/** The last day that is wholly or partly before an instant: what runs out at midnight may still be answered the day before. */
export function lastDayBefore(instant: string): Day {
  return dayInOslo(new Date(Date.parse(instant) - 1))
}

/** What the calendar in Oslo says at an instant: 23:30 UTC in July is already tomorrow there. */
export function dayInOslo(instant: Date): Day {
  const text = format(instant, 'yyyy-MM-dd', { in: inOslo })
  if (!isDay(text)) throw new RangeError(`Day outside ${FIRST_YEAR}–${LAST_YEAR}: ${text}`)
  return text
}
