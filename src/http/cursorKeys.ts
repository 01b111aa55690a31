import { z } from 'zod'
import { type Day, isDay } from '../domain/day.ts'
import { invalid } from '../domain/error.ts'
import { decodeCursor } from './cursor.ts'

/**
 * The parts of a cursor as the list that it is of makes them; undefined before the first page.
 * @throws {DomainError} `invalid_value` when it is not one of ours
 */
export function readCursor<P extends [z.ZodType, ...z.ZodType[]]>(cursor: string | undefined, ...parts: P) {
  const key = decodeCursor(cursor, parts.length)
  if (key === undefined) return undefined
  const read = z.tuple(parts).safeParse(key)
  if (!read.success)
    throw invalid('/querystring/cursor', 'invalid_cursor', 'Markøren er ikke gyldig. Begynn på første side.')
  return read.data
}

/** The id in a cursor of a list that is sorted by it. */
export function idCursor(cursor: string | undefined): string | undefined {
  return readCursor(cursor, z.uuid())?.[0]
}

/** The day and the id in a cursor of a list that begins with the earliest. */
export function dayCursor(cursor: string | undefined): [Day, string] | undefined {
  return readCursor(cursor, z.custom<Day>(isDay), z.uuid())
}

/** The class and the id in a cursor of a list that begins with the most urgent. */
export function classCursor(cursor: string | undefined): [string, string] | undefined {
  return readCursor(cursor, z.string().regex(/^[1-5]$/), z.uuid())
}

/** Which of two groups, and the id, in a cursor of a list that shows one group before the other. */
export function rankCursor(cursor: string | undefined): [string, string] | undefined {
  return readCursor(cursor, z.string().regex(/^[01]$/), z.uuid())
}

/** The number of the last one in a cursor of what is numbered from 0; before the first one, -1. */
export function numberCursor(cursor: string | undefined): number {
  const [last] = readCursor(cursor, z.string().regex(/^\d{1,6}$/)) ?? []
  return last === undefined ? -1 : Number(last)
}

/** The number of the last one in a cursor of a log, which begins with the newest; undefined before the first page. */
export function logCursor(cursor: string | undefined): number | undefined {
  const [last] = readCursor(cursor, z.string().regex(/^\d{1,15}$/)) ?? []
  return last === undefined ? undefined : Number(last)
}

/** In a cursor of what needs somebody: the day to act on, the kind, the deadline, and what it is about. */
export function workCursor(cursor: string | undefined): [string, string, string, string] | undefined {
  const date = z.custom<Day>(isDay)
  return readCursor(cursor, date, z.string().regex(/^\d{2}$/), date, z.string().max(60))
}

/** The deadline, the need and the track in a cursor of decisions that are late. */
export function alarmCursor(cursor: string | undefined): [Day, string, string] | undefined {
  return readCursor(cursor, z.custom<Day>(isDay), z.uuid(), z.string().max(60))
}
