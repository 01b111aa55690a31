import { type Adjacency, reachedByShort, reachedBySpare, saturate, turn } from './saturation.ts'

/** Which part a row or column is in: its rows outnumber its columns, both match up exactly, or columns are to spare. */
export type Part = 'short' | 'even' | 'spare'

/**
 * Rows that together have too few columns. Certified: `columns` are exactly the neighbours of `rows`, so at least
 * `deficit = rows.length - columns.length > 0` of these rows go without, whoever gets what (Hall, 1935).
 *
 * Inclusion-minimal: with the crowding `p / q` that the group was cut at (`above`: [1, 1] at the top, else rows to columns
 * of the group it lies in), every proper subset of `rows` has a smaller surplus `q * |rows| - p * |neighbours|`; at the
 * top that is the deficit itself. A group is connected, and the groups do not depend on which maximum matching was found.
 *
 * `within` is the index of the group it is part of, or -1. Groups at the top are disjoint, and their deficits add up to
 * all the rows that must go without. A group that no other lies within has no subset more crowded than itself.
 */
export interface ShortGroup {
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly deficit: number
  readonly within: number
  readonly above: readonly [number, number]
}

export interface Decomposition {
  /** A maximum matching: the column of each row and the row of each column, or -1. */
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly rowPart: readonly Part[]
  readonly columnPart: readonly Part[]
  readonly groups: readonly ShortGroup[]
}

/**
 * The coarse Dulmage-Mendelsohn decomposition (1958) of a pattern, with its short part split into groups: first its
 * connected components, then inside each the smallest set whose surplus over the group's own crowding is greatest, again
 * by components, and so on until a group is crowded evenly. A row without columns is a group by itself.
 *
 * Maximum matching by Hopcroft and Karp, O(edges * sqrt(rows + columns)); each step inwards is one flow of the same kind
 * with weights, and each step finds groups strictly more crowded than before.
 */
export function decompose(pattern: Adjacency): Decomposition {
  const { rows, columns } = pattern
  const full = saturate(pattern, 1, 1)
  const columnOf = new Int32Array(rows).fill(-1)
  const rowOf = new Int32Array(columns).fill(-1)
  for (let r = 0; r < rows; r++) {
    for (let k = pattern.rowStart[r] as number; k < (pattern.rowStart[r + 1] as number); k++) {
      if (full.flow[k] === 0) continue
      columnOf[r] = pattern.col[k] as number
      rowOf[pattern.col[k] as number] = r
    }
  }
  const short = reachedByShort(pattern, full)
  const spare = reachedBySpare(pattern, full)
  const part = (isShort: number, isSpare: number): Part => (isShort === 1 ? 'short' : isSpare === 1 ? 'spare' : 'even')
  return {
    columnOf,
    rowOf,
    rowPart: Array.from({ length: rows }, (_, r) => part(short.row[r] as number, spare.row[r] as number)),
    columnPart: Array.from({ length: columns }, (_, c) => part(short.column[c] as number, spare.column[c] as number)),
    groups: shortGroups(pattern, short.row),
  }
}

function shortGroups(pattern: Adjacency, shortRow: Uint8Array): ShortGroup[] {
  const groups: ShortGroup[] = []
  const split = splitter(pattern)
  const add = (rows: Int32Array, within: number, above: readonly [number, number]) => {
    for (const part of split(rows)) {
      groups.push({ ...part, deficit: part.rows.length - part.columns.length, within, above })
    }
  }
  add(indexesOf(shortRow), -1, [1, 1])
  // The list grows while it is walked: what lies within a group is looked into in its turn.
  for (let i = 0; i < groups.length; i++) {
    const { rows, columns } = groups[i] as ShortGroup
    if (columns.length < 2) continue
    const shared = commonDivisor(rows.length, columns.length)
    const above = [rows.length / shared, columns.length / shared] as const
    const inner = subPattern(pattern, rows, columns)
    // Each row sends `q` and each column takes `p`, the average load: what cannot be sent is the surplus over it.
    const crowded = indexesOf(reachedByShort(inner, saturate(inner, above[1], above[0])).row)
    if (crowded.length > 0) {
      add(
        crowded.map((at) => rows[at] as number),
        i,
        above,
      )
    }
  }
  return groups
}

/** Returns the function that splits rows into connected components, each with its columns; all ascending. */
function splitter(pattern: Adjacency) {
  const { rowStart, col } = pattern
  const turned = turn(pattern)
  const pendingRow = new Uint8Array(pattern.rows)
  const seenColumn = new Uint8Array(pattern.columns)
  return (rows: Int32Array): { rows: Int32Array; columns: Int32Array }[] => {
    const parts: { rows: Int32Array; columns: Int32Array }[] = []
    for (const r of rows) pendingRow[r] = 1
    for (const first of rows) {
      if (pendingRow[first] === 0) continue
      pendingRow[first] = 0
      const inside = [first]
      const columns: number[] = []
      // The list grows while it is walked.
      for (const r of inside) {
        for (let k = rowStart[r] as number; k < (rowStart[r + 1] as number); k++) {
          const c = col[k] as number
          if (seenColumn[c] === 1) continue
          seenColumn[c] = 1
          columns.push(c)
          for (let i = turned.start[c] as number; i < (turned.start[c + 1] as number); i++) {
            const other = turned.row[i] as number
            if (pendingRow[other] === 0) continue
            pendingRow[other] = 0
            inside.push(other)
          }
        }
      }
      for (const c of columns) seenColumn[c] = 0
      parts.push({ rows: Int32Array.from(inside).sort(), columns: Int32Array.from(columns).sort() })
    }
    return parts
  }
}

/** The rows with all their edges, rows and columns renumbered by their place in the two lists. */
function subPattern(pattern: Adjacency, rows: Int32Array, columns: Int32Array): Adjacency {
  const place = new Map(Array.from(columns, (c, at) => [c, at]))
  const rowStart = new Int32Array(rows.length + 1)
  const col: number[] = []
  for (const [at, r] of rows.entries()) {
    for (let k = pattern.rowStart[r] as number; k < (pattern.rowStart[r + 1] as number); k++) {
      col.push(place.get(pattern.col[k] as number) as number)
    }
    rowStart[at + 1] = col.length
  }
  return { rows: rows.length, columns: columns.length, rowStart, col: Int32Array.from(col) }
}

function indexesOf(marks: Uint8Array): Int32Array {
  return Int32Array.from(marks.keys()).filter((i) => marks[i] === 1)
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
