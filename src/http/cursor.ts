import { z } from 'zod'
import { DomainError } from '../domain/error.ts'

const LIMIT = 100

/** The query of every list: a page of at most 100, sorted stably, from a cursor. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMIT).default(50).describe('How many, at most 100.'),
  cursor: z.string().max(2000).optional().describe('Where the previous page ended.'),
})

/** A page of `item`: `nextCursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** The sort key of the last row, opaque to the client. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/**
 * The sort key behind a cursor.
 * @throws {DomainError} `invalid_value` when it is not one of ours.
 */
export function decodeCursor(cursor: string | undefined, length: number): string[] | undefined {
  if (cursor === undefined) return undefined
  const wrong = new DomainError('invalid_value', 'Noe av det som er sendt, er ikke riktig.', [
    {
      pointer: '/querystring/cursor',
      code: 'invalid_cursor',
      detail: 'Markøren er ikke gyldig. Begynn på første side.',
    },
  ])
  let key: unknown
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw wrong
  }
  if (
    !Array.isArray(key) ||
    key.length !== length ||
    !key.every((part) => typeof part === 'string' && !part.includes('\0'))
  ) {
    throw wrong
  }
  return key
}

/** Cuts one row too many into a page and the cursor to the next. */
export function cutPage<T>(
  rows: T[],
  limit: number,
  keyOf: (row: T) => string[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null }
}
