import type { Problem } from './instance.ts'

/** The plain method's answer, without proof. */
export interface PlainAnswer {
  readonly columnOf: Int32Array
  readonly gain: number
}

/**
 * The textbook method, which `solve` is measured against: rows one after the other by number, each by a shortest augmenting
 * path (Dijkstra with potentials and a binary heap, Edmonds and Karp 1972), being left out as a column of the row's own.
 * Nothing is settled without a search, no order chosen, and columns cannot be forced.
 *
 * @returns undefined when not all forced rows can be matched
 */
export function solvePlainly({ rows, columns, rowStart, col, gain, forcedRow }: Problem): PlainAnswer | undefined {
  const width = columns + rows
  const rowOf = new Int32Array(width).fill(-1)
  const columnOf = new Int32Array(rows).fill(-1)
  const gainOf = new Float64Array(rows)
  const price = new Float64Array(width)
  const distance = new Float64Array(width)
  const cameFrom = new Int32Array(width)
  const gainFrom = new Float64Array(width)
  const done = new Uint8Array(width)
  for (let root = 0; root < rows; root++) {
    distance.fill(Number.POSITIVE_INFINITY)
    done.fill(0)
    const heap: { key: number; column: number }[] = []
    const reach = (row: number, column: number, worth: number, base: number) => {
      const far = base - worth + (price[column] as number)
      if (done[column] === 1 || far >= (distance[column] as number)) return
      distance[column] = far
      cameFrom[column] = row
      gainFrom[column] = worth
      push(heap, { key: far, column })
    }
    const scan = (row: number, base: number) => {
      for (let k = rowStart[row] as number; k < (rowStart[row + 1] as number); k++) {
        reach(row, col[k] as number, gain[k] as number, base)
      }
      if (forcedRow[row] === 0) reach(row, columns + row, 0, base)
    }
    scan(root, 0)
    let end = -1
    for (let top = pop(heap); top !== undefined; top = pop(heap)) {
      const { column } = top
      if (done[column] === 1) continue
      done[column] = 1
      const holder = rowOf[column] as number
      if (holder === -1) {
        end = column
        break
      }
      // What the holder is worth here is given up: its matched arc is tight.
      scan(holder, (distance[column] as number) + (gainOf[holder] as number) - (price[column] as number))
    }
    if (end === -1) return undefined
    for (let c = 0; c < width; c++) {
      if (done[c] === 1) price[c] = (price[c] as number) + (distance[end] as number) - (distance[c] as number)
    }
    for (let c = end; ; ) {
      const row = cameFrom[c] as number
      const next = columnOf[row] as number
      rowOf[c] = row
      columnOf[row] = c
      gainOf[row] = gainFrom[c] as number
      if (row === root) break
      c = next
    }
  }
  return {
    columnOf: columnOf.map((c) => (c < columns ? c : -1)),
    gain: gainOf.reduce((sum, worth) => sum + worth, 0),
  }
}

interface Entry {
  readonly key: number
  readonly column: number
}

function push(heap: Entry[], entry: Entry): void {
  let i = heap.length
  heap.push(entry)
  while (i > 0) {
    const up = (i - 1) >> 1
    const other = heap[up] as Entry
    if (other.key <= entry.key) break
    heap[i] = other
    i = up
  }
  heap[i] = entry
}

function pop(heap: Entry[]): Entry | undefined {
  const top = heap[0]
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return top
  let i = 0
  for (let down = 1; down < heap.length; down = 2 * i + 1) {
    if (down + 1 < heap.length && (heap[down + 1] as Entry).key < (heap[down] as Entry).key) down++
    const child = heap[down] as Entry
    if (child.key >= last.key) break
    heap[i] = child
    i = down
  }
  heap[i] = last
  return top
}
