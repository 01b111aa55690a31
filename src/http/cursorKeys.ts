import { z } from 'zod'
import { type DomainError, invalid } from '../domain/error.ts'
import { decodeCursor } from './cursor.ts'

function wrongCursor(): DomainError {
  return invalid('/querystring/cursor', 'invalid_cursor', 'Markøren er ikke gyldig. Begynn på første side.')
}

/** The ids in a cursor of that many. */
export function idCursor(cursor: string | undefined, length: number): string[] {
  const key = decodeCursor(cursor, length) ?? []
  if (!key.every((part) => z.uuid().safeParse(part).success)) throw wrongCursor()
  return key
}

/** The class and the id in a cursor of a list that begins with the most urgent. */
export function classCursor(cursor: string | undefined): string[] | undefined {
  const key = decodeCursor(cursor, 2)
  if (key === undefined) return undefined
  if (!/^[1-5]$/.test(key[0] ?? '') || !z.uuid().safeParse(key[1]).success) throw wrongCursor()
  return key
}

/** The number of the last one in a cursor of what is numbered from 0; before the first one, -1. */
export function numberCursor(cursor: string | undefined): number {
  const [last] = decodeCursor(cursor, 1) ?? []
  if (last === undefined) return -1
  if (!/^\d{1,6}$/.test(last)) throw wrongCursor()
  return Number(last)
}
