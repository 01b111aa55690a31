import { buildInstance, type Instance } from './instance.ts'

/** `line` counts from 1. */
export interface Malformed {
  readonly kind: 'malformed'
  readonly line: number
  readonly message: string
}

export type ParsedInstance = { readonly kind: 'instance'; readonly instance: Instance } | Malformed

/** More rows or columns than this is taken for a slip of the hand, before memory is set aside for them. */
const MAX_SIDE = 10_000_000

/**
 * Reads an instance file: a line `n m e`, then `e` lines `need place gain` (rows and columns from 0, an integer gain above
 * 0), then, if any row lives in a column, a line `stays k` and `k` lines `need place`. Fields are decimal digits between
 * spaces or tabs; lines end in LF or CRLF; blank lines are allowed at the very end only.
 *
 * The first fault in the order of lines is reported. Too few lines are reported at the first one missing; an edge to the
 * row's own column shows only when its stay is read, and is reported at the edge. Linear in the length of the text.
 */
export function parseInstance(text: string): ParsedInstance {
  const cursor: Cursor = { text, at: 0, line: 0, fields: new Float64Array(3) }
  const { fields } = cursor
  const here = (message: string): Malformed => ({ kind: 'malformed', line: cursor.line, message })

  const header = readNumbers(cursor, 3, 'n m e')
  if (header !== null) return here(header)
  const [rows, columns, edges] = [fields[0] as number, fields[1] as number, fields[2] as number]
  if (rows > MAX_SIDE || columns > MAX_SIDE) return here(`more than ${MAX_SIDE} needs or places`)

  // No edge takes less than "0 0 1" and a line's end, so a text of this length cannot hold more, whatever it promises.
  const room = Math.min(edges, Math.ceil(text.length / 6))
  const row = new Int32Array(room)
  const col = new Int32Array(room)
  const gain = new Float64Array(room)
  const pairs = pairIndex(row, col)
  for (let k = 0; k < edges; k++) {
    const fault = readNumbers(cursor, 3, 'need place gain') ?? outOfRange(fields, rows, columns)
    if (fault !== null) return here(fault)
    if (fields[2] === 0) return here('a gain must be above 0')
    row[k] = fields[0] as number
    col[k] = fields[1] as number
    gain[k] = fields[2] as number
    const earlier = pairs.add(k)
    if (earlier >= 0) return here(`need ${row[k]} and place ${col[k]} have an edge on line ${earlier + 2} already`)
  }

  const stayRow: number[] = []
  const stayColumn: number[] = []
  skipBlankLines(cursor)
  if (cursor.at < text.length) {
    const heading = readStaysHeading(cursor)
    if (typeof heading === 'string') return here(heading)
    const lineOfRow = new Map<number, number>()
    const lineOfColumn = new Map<number, number>()
    for (let i = 0; i < heading.stays; i++) {
      const fault = readNumbers(cursor, 2, 'need place') ?? outOfRange(fields, rows, columns)
      if (fault !== null) return here(fault)
      const [r, c] = [fields[0] as number, fields[1] as number]
      const rowTwice = lineOfRow.get(r)
      if (rowTwice !== undefined) return here(`need ${r} lives in a place on line ${rowTwice} already`)
      const columnTwice = lineOfColumn.get(c)
      if (columnTwice !== undefined) return here(`place ${c} is lived in on line ${columnTwice} already`)
      const edge = pairs.find(r, c)
      if (edge >= 0) {
        const message = `an edge from need ${r} to place ${c}, its own place (stay on line ${cursor.line})`
        return { kind: 'malformed', line: edge + 2, message }
      }
      lineOfRow.set(r, cursor.line)
      lineOfColumn.set(c, cursor.line)
      stayRow.push(r)
      stayColumn.push(c)
    }
    skipBlankLines(cursor)
    if (cursor.at < text.length) {
      cursor.line++
      return here('nothing may follow the last stay')
    }
  }
  return { kind: 'instance', instance: buildInstance({ rows, columns, row, col, gain, stayRow, stayColumn }) }
}

/** Where reading is: the next character, the line read last, and the numbers found on it. */
interface Cursor {
  readonly text: string
  at: number
  line: number
  readonly fields: Float64Array
}

/** Reads one whole line of `count` numbers into `fields`; answers what is wrong with it, or null. */
function readNumbers(cursor: Cursor, count: number, shape: string): string | null {
  const { text, fields } = cursor
  cursor.line++
  if (cursor.at >= text.length) return `the file ends where a line "${shape}" was to come`
  for (let i = 0; i < count; i++) {
    skipSpace(cursor)
    let value = 0
    const from = cursor.at
    for (;;) {
      const digit = text.charCodeAt(cursor.at) - 48
      if (!(digit >= 0 && digit <= 9)) break
      value = value * 10 + digit
      cursor.at++
    }
    if (cursor.at === from) return `expected "${shape}" in whole numbers`
    if (!Number.isSafeInteger(value)) return 'a number is too large'
    fields[i] = value
    // Only a space, or the end of the line after the last field, ends a number: "1.5", "1e3" and "7x" are none.
    if (!isSpace(text.charCodeAt(cursor.at)) && !(i === count - 1 && isLineEnd(cursor))) {
      return `expected "${shape}" in whole numbers`
    }
  }
  return endLine(cursor) ? null : `expected "${shape}" and nothing more`
}

function readStaysHeading(cursor: Cursor): { readonly stays: number } | string {
  const expected = 'expected "stays k", or nothing, after the last edge'
  skipSpace(cursor)
  if (!cursor.text.startsWith('stays', cursor.at) || !isSpace(cursor.text.charCodeAt(cursor.at + 5))) {
    cursor.line++
    return expected
  }
  cursor.at += 5
  if (readNumbers(cursor, 1, 'stays k') !== null) return expected
  return { stays: cursor.fields[0] as number }
}

function outOfRange(fields: Float64Array, rows: number, columns: number): string | null {
  if ((fields[0] as number) >= rows) return `need ${fields[0]} is out of range, there are ${rows}`
  if ((fields[1] as number) >= columns) return `place ${fields[1]} is out of range, there are ${columns}`
  return null
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9
}

function skipSpace(cursor: Cursor): void {
  while (isSpace(cursor.text.charCodeAt(cursor.at))) cursor.at++
}

function isLineEnd({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at)
  return at >= text.length || code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10)
}

/** Steps over spaces and the line's end; false, and no further, when something else is in the way. */
function endLine(cursor: Cursor): boolean {
  skipSpace(cursor)
  if (!isLineEnd(cursor)) return false
  if (cursor.at < cursor.text.length) cursor.at += cursor.text.charCodeAt(cursor.at) === 13 ? 2 : 1
  return true
}

/** To the end of the text when only blank lines are left; otherwise not past the first of them. */
function skipBlankLines(cursor: Cursor): void {
  const { at } = cursor
  while (cursor.at < cursor.text.length) {
    if (!endLine(cursor)) {
      cursor.at = at
      return
    }
  }
}

/** A hash table over pairs that live in two arrays: it holds only their positions. */
function pairIndex(row: Int32Array, col: Int32Array) {
  let size = 16
  while (size < 2 * row.length) size *= 2
  const slots = new Int32Array(size).fill(-1)
  const slotOf = (r: number, c: number): number => {
    let slot = (Math.imul(r, 0x9e3779b1) ^ Math.imul(c + 0x7f4a7c15, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & (size - 1)
    for (;;) {
      const k = slots[slot] as number
      if (k < 0 || (row[k] === r && col[k] === c)) return slot
      slot = (slot + 1) & (size - 1)
    }
  }
  return {
    /** Takes position `k` in; answers the position that holds the same pair already, or -1. */
    add(k: number): number {
      const slot = slotOf(row[k] as number, col[k] as number)
      const earlier = slots[slot] as number
      if (earlier < 0) slots[slot] = k
      return earlier
    },
    find: (r: number, c: number): number => slots[slotOf(r, c)] as number,
  }
}
