import { addDays, type Day, daysBetween, parseDay } from '../domain/day.ts'

/** Days since 1970-01-01: the simulation counts, and only the rows it ends in are written as days. */
export type DayNumber = number

function known(text: string): Day {
  const day = parseDay(text)
  if (day === undefined) throw new RangeError(`No such day: ${text}`)
  return day
}

const EPOCH = known('1970-01-01')
const written = new Map<DayNumber, Day>()

/** The number of a day. */
export function numberOf(day: Day): DayNumber {
  return daysBetween(EPOCH, day)
}

/** The day of a number. */
export function dayOf(number: DayNumber): Day {
  const found = written.get(number)
  if (found !== undefined) return found
  const day = addDays(EPOCH, number)
  written.set(number, day)
  return day
}

/** The first day of a year, or of a part of it: 2024.5 is the middle of 2024. */
export function startOf(year: number): DayNumber {
  const whole = Math.floor(year)
  const first = numberOf(known(`${whole}-01-01`))
  return whole === year ? first : Math.round(first + (startOf(whole + 1) - first) * (year - whole))
}

/** The year with its part already gone: 2024.5 in the middle of 2024. */
export function yearOf(number: DayNumber): number {
  const whole = Number(dayOf(number).slice(0, 4))
  return whole + (number - startOf(whole)) / (startOf(whole + 1) - startOf(whole))
}

/** How many there are on the first day of some years; straight lines between, and level before the first and after the last. */
export type Line = readonly (readonly [year: number, count: number])[]

const linesInDays = new WeakMap<Line, readonly (readonly [DayNumber, number])[]>()

function inDays(line: Line): readonly (readonly [DayNumber, number])[] {
  const found = linesInDays.get(line) ?? line.map(([year, count]) => [startOf(year), count] as const)
  linesInDays.set(line, found)
  return found
}

/** The line's value on a day, not rounded. */
export function valueAt(line: Line, day: DayNumber): number {
  const points = inDays(line)
  const next = points.findIndex(([start]) => start > day)
  if (next === 0) return points[0]?.[1] ?? 0
  if (next < 0) return points.at(-1)?.[1] ?? 0
  const [start, from] = points[next - 1] ?? [0, 0]
  const [end, to] = points[next] ?? [0, 0]
  return from + ((to - from) * (day - start)) / (end - start)
}

/** An instant on a day in the office, RFC 3339 in UTC; `minute` counts from 06:00 UTC. */
export function instantOn(number: DayNumber, minute: number): string {
  const hours = String(6 + Math.floor(minute / 60)).padStart(2, '0')
  return `${dayOf(number)}T${hours}:${String(minute % 60).padStart(2, '0')}:00.000Z`
}
