import { inNumbers } from './numbers.ts'

const inWords = new Intl.DateTimeFormat('nb-NO', { dateStyle: 'long', timeZone: 'UTC' })
const withWeekday = new Intl.DateTimeFormat('nb-NO', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
const inShort = new Intl.DateTimeFormat('nb-NO', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const inMonths = new Intl.DateTimeFormat('nb-NO', { month: 'short', year: 'numeric', timeZone: 'UTC' })
// The Swedish way of writing a day is the ISO one.
const inOslo = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Oslo' })
const clock = new Intl.DateTimeFormat('nb-NO', { timeStyle: 'short', timeZone: 'Europe/Oslo' })
const momentsInOslo = new Intl.DateTimeFormat('nb-NO', {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Oslo',
})

const DAY_MS = 86_400_000

/** A day has no time zone, so it is read and written in UTC. */
const midnight = (day: string) => new Date(`${day}T00:00:00Z`)

/** A day as people say it: `2026-11-22` → «22. november 2026». */
export function dayInWords(day: string): string {
  return inWords.format(midnight(day))
}

/** The same with its weekday: «søndag 22. november 2026». */
export function weekdayInWords(day: string): string {
  return withWeekday.format(midnight(day))
}

/** A day where there is little room, and the year is plain from what stands around it: «22. nov.». */
export function dayInShort(day: string): string {
  return inShort.format(midnight(day))
}

/** The month of a day where there is little room: «nov. 2026». */
export function monthInShort(day: string): string {
  return inMonths.format(midnight(day))
}

/** The day so many days later, earlier when negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(midnight(day).getTime() + days * DAY_MS).toISOString().slice(0, 10)
}

/** Where a range ends, from its last day; what is no day stays as it was typed, for the service to say. */
export function endFrom(last: string | null): string | null {
  // a field hands over an ISO day or what was typed, and only the first reads as itself
  return last !== null && readDay(last, 0) === last ? dayAfter(last, 1) : last
}

/** The last day of a range, from where it ends. */
export function lastFrom(end: string | null): string | null {
  return end === null ? null : dayAfter(end, -1)
}

/** Days from one day to another; negative when the other is earlier. */
export function daysFrom(from: string, to: string): number {
  return Math.round((midnight(to).getTime() - midnight(from).getTime()) / DAY_MS)
}

/** The day that it was in Oslo at an instant. */
export function dayOf(instant: string): string {
  return inOslo.format(new Date(instant))
}

/** An instant as people say it: «22. november 2026 kl. 14:05». */
export function momentInWords(instant: string): string {
  return `${dayInWords(dayOf(instant))} kl. ${clockOf(instant)}`
}

/** The same where the year is plain from what stands around it: «22. november kl. 14:05». */
export function momentInShort(instant: string): string {
  return momentsInOslo.format(new Date(instant))
}

/** The hour and minute that it was in Oslo at an instant: «14:05». */
export function clockOf(instant: string): string {
  return clock.format(new Date(instant))
}

/** How long ago a day was, counted in days: «i dag», «i går», «for 12 dager siden». A day to come is said as it is. */
export function ago(day: string, today: string): string {
  const days = daysFrom(day, today)
  if (days < 0) return dayInWords(day)
  if (days === 0) return 'i dag'
  return days === 1 ? 'i går' : `for ${days} dager siden`
}

/** The day so many days before another. */
export function daysBefore(day: string, count: number): string {
  return dayAfter(day, -count)
}

/** When somebody last said that a facility's vacancy is right: «bekreftet for 12 dager siden», «aldri bekreftet». */
export function confirmedInWords(instant: string | null, today: string): string {
  return instant === null ? 'aldri bekreftet' : `bekreftet ${ago(dayOf(instant), today)}`
}

/** «12 av 40 botilbud bekreftet ledigheten de siste 7 dagene. 20 har en eldre bekreftelse, 8 har aldri bekreftet.» */
export function freshnessInWords({ facilities, fresh, stale, never, oldestDays }: Freshness, limit: number): string {
  if (facilities === 0) return 'ingen botilbud åpne plasser.'
  const oldest = stale === 0 || oldestDays === null ? '' : ` Den eldste er ${inNumbers(oldestDays)} dager gammel.`
  return `${inNumbers(fresh)} av ${inNumbers(facilities)} botilbud bekreftet ledigheten de siste ${limit} dagene. ${inNumbers(stale)} har en eldre bekreftelse, ${inNumbers(never)} har aldri bekreftet.${oldest}`
}

/** The same in a cell: of one house «for 12 dager siden, må bekreftes», of several «12 av 40 siste 7 dager». */
export function freshnessInShort({ facilities, fresh, stale, oldestDays }: Freshness, limit: number): string {
  if (facilities === 0) return '–'
  if (facilities > 1) return `${inNumbers(fresh)} av ${inNumbers(facilities)} siste ${limit} dager`
  if (oldestDays === null) return 'aldri, må bekreftes'
  const age = oldestDays === 0 ? 'i dag' : oldestDays === 1 ? 'i går' : `for ${inNumbers(oldestDays)} dager siden`
  return stale > 0 ? `${age}, må bekreftes` : age
}

type Freshness = { facilities: number; fresh: number; stale: number; never: number; oldestDays: number | null }

/** Whether that was longer ago than so many calendar days, or never; of an unknown limit nothing is old. */
export function isStale(instant: string | null, today: string, limit: number | undefined): boolean {
  return limit !== undefined && (instant === null || dayOf(instant) < daysBefore(today, limit))
}

/** A day as it is typed: `2026-09-01` → «01.09.2026». What is no day stands as it is. */
export function dayTyped(day: string): string {
  return day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3.$2.$1')
}

/**
 * Reads what somebody typed as a day: `1.9.2026`, `01.09.26`, `010926`, `01092026` or `2026-09-01`.
 * @param latest the last year that a year of two digits may stand for, from then and a hundred years back
 * @returns the ISO day, or null when it is no day
 */
export function readDay(typed: string, latest: number): string | null {
  const text = typed.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const norwegian =
    /^(\d{1,2})[.\s/-]+(\d{1,2})[.\s/-]+(\d{4}|\d{2})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text)
  const parts =
    iso !== null ? [iso[1], iso[2], iso[3]] : norwegian !== null ? [norwegian[3], norwegian[2], norwegian[1]] : null
  if (parts === null) return null
  const [year = '', month = '', date = ''] = parts
  const day = `${fullYear(year, latest)}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const read = midnight(day)
  // The thirty-first of a short month would otherwise be read as the first of the next.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day) ? day : null
}

function fullYear(year: string, latest: number): string {
  if (year.length === 4) return year
  const century = latest - (latest % 100)
  const full = century + Number(year)
  return String(full > latest ? full - 100 : full)
}
