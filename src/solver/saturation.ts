/** Which columns each row may use, as an `Instance` holds them; gains play no part. */
export interface Adjacency {
  readonly rows: number
  readonly columns: number
  readonly rowStart: Int32Array
  readonly col: Int32Array
}

/** The adjacency seen from the columns: column `c` has `row[i]` over `edge[i]` for `i` in `[start[c], start[c + 1])`. */
export interface Turned {
  readonly start: Int32Array
  readonly row: Int32Array
  readonly edge: Int32Array
}

/** How much went over each edge, what each row could not get rid of, and what each column still has room for. */
export interface Saturation {
  readonly flow: Float64Array
  readonly supplyLeft: Float64Array
  readonly roomLeft: Float64Array
  readonly turned: Turned
}

/** The rows and columns reached from rows with supply left: the smallest set of greatest surplus. */
export interface Reached {
  readonly row: Uint8Array
  readonly column: Uint8Array
}

/** O(rows + columns + edges). Rows ascend within a column. */
export function turn(pattern: Adjacency): Turned {
  const { rows, columns, rowStart, col } = pattern
  const start = new Int32Array(columns + 1)
  for (const c of col) start[c + 1] = (start[c + 1] as number) + 1
  for (let c = 0; c < columns; c++) start[c + 1] = (start[c + 1] as number) + (start[c] as number)
  const next = start.slice(0, columns)
  const row = new Int32Array(col.length)
  const edge = new Int32Array(col.length)
  for (let r = 0; r < rows; r++) {
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) {
      const c = col[k] as number
      const at = next[c] as number
      next[c] = at + 1
      row[at] = r
      edge[at] = k
    }
  }
  return { start, row, edge }
}

/**
 * A greatest flow when each row sends up to `supply` and each column takes up to `room` (positive integers): with 1 and 1
 * a maximum matching. Rounds of shortest augmenting paths as Hopcroft and Karp (1973), with amounts as Dinic (1970).
 */
export function saturate(pattern: Adjacency, supply: number, room: number): Saturation {
  const { rows, columns, rowStart, col } = pattern
  const turned = turn(pattern)
  const flow = new Float64Array(col.length)
  const supplyLeft = new Float64Array(rows).fill(supply)
  const roomLeft = new Float64Array(columns).fill(room)
  // A first pass without looking further settles most of it.
  for (let r = 0; r < rows; r++) {
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end && (supplyLeft[r] as number) > 0; k++) {
      send(r, k, Math.min(supplyLeft[r] as number, roomLeft[col[k] as number] as number))
    }
  }
  function send(r: number, k: number, amount: number): void {
    const c = col[k] as number
    flow[k] = (flow[k] as number) + amount
    supplyLeft[r] = (supplyLeft[r] as number) - amount
    roomLeft[c] = (roomLeft[c] as number) - amount
  }

  const rowLevel = new Int32Array(rows)
  const columnLevel = new Int32Array(columns)
  const nextOfRow = new Int32Array(rows)
  const nextOfColumn = new Int32Array(columns)
  const queue = new Int32Array(rows)
  const pathRow = new Int32Array(rows)
  const pathEdge = new Int32Array(rows)
  const pathBack = new Int32Array(rows)

  /** Marks how far each row and column is from a row with supply left; false when no column with room is reached. */
  function level(): boolean {
    rowLevel.fill(-1)
    columnLevel.fill(-1)
    let tail = 0
    for (let r = 0; r < rows; r++) {
      if ((supplyLeft[r] as number) === 0) continue
      rowLevel[r] = 0
      queue[tail++] = r
    }
    let nearest = Infinity
    for (let head = 0; head < tail; head++) {
      const r = queue[head] as number
      const here = rowLevel[r] as number
      if (here >= nearest) break
      const end = rowStart[r + 1] as number
      for (let k = rowStart[r] as number; k < end; k++) {
        const c = col[k] as number
        if (columnLevel[c] !== -1) continue
        columnLevel[c] = here
        if ((roomLeft[c] as number) > 0) nearest = here + 1
        const last = turned.start[c + 1] as number
        for (let i = turned.start[c] as number; i < last; i++) {
          const back = turned.row[i] as number
          if (rowLevel[back] !== -1 || flow[turned.edge[i] as number] === 0) continue
          rowLevel[back] = here + 1
          queue[tail++] = back
        }
      }
    }
    return nearest < Infinity
  }

  /** Sends as much as fits from `root` along one path of rising levels; 0 when there is none left this round. */
  function push(root: number): number {
    let depth = 0
    pathRow[0] = root
    for (;;) {
      const r = pathRow[depth] as number
      const k = nextOfRow[r] as number
      if (k >= (rowStart[r + 1] as number)) {
        if (depth === 0) return 0
        // A dead end: the column before it tries its next row.
        depth--
        const c = col[pathEdge[depth] as number] as number
        nextOfColumn[c] = (nextOfColumn[c] as number) + 1
        continue
      }
      const c = col[k] as number
      if (columnLevel[c] !== rowLevel[r]) {
        nextOfRow[r] = k + 1
        continue
      }
      pathEdge[depth] = k
      if ((roomLeft[c] as number) > 0) return settle(root, depth, c)
      const last = turned.start[c + 1] as number
      let i = nextOfColumn[c] as number
      while (i < last) {
        const back = turned.row[i] as number
        if (rowLevel[back] === (rowLevel[r] as number) + 1 && (flow[turned.edge[i] as number] as number) > 0) break
        i++
      }
      nextOfColumn[c] = i
      if (i === last) {
        nextOfRow[r] = k + 1
        continue
      }
      pathBack[depth] = turned.edge[i] as number
      depth++
      pathRow[depth] = turned.row[i] as number
    }
  }

  function settle(root: number, depth: number, last: number): number {
    let amount = Math.min(supplyLeft[root] as number, roomLeft[last] as number)
    for (let d = 0; d < depth; d++) amount = Math.min(amount, flow[pathBack[d] as number] as number)
    for (let d = 0; d <= depth; d++) {
      const k = pathEdge[d] as number
      flow[k] = (flow[k] as number) + amount
      if (d === depth) break
      const back = pathBack[d] as number
      flow[back] = (flow[back] as number) - amount
    }
    supplyLeft[root] = (supplyLeft[root] as number) - amount
    roomLeft[last] = (roomLeft[last] as number) - amount
    return amount
  }

  while (level()) {
    nextOfRow.set(rowStart.subarray(0, rows))
    nextOfColumn.set(turned.start.subarray(0, columns))
    for (let r = 0; r < rows; r++) {
      while ((supplyLeft[r] as number) > 0 && push(r) > 0);
    }
  }
  return { flow, supplyLeft, roomLeft, turned }
}

/**
 * The rows that a shortage reaches, with all their columns: over any edge from a row, back over edges in use. Among the
 * sets of greatest `supply * |rows| - room * |neighbours|` this is the smallest, the same for every greatest flow.
 */
export function reachedByShort(pattern: Adjacency, saturation: Saturation): Reached {
  const { rows, columns, rowStart, col } = pattern
  const { flow, supplyLeft, turned } = saturation
  const row = new Uint8Array(rows)
  const column = new Uint8Array(columns)
  const pending: number[] = []
  for (let r = 0; r < rows; r++) {
    if ((supplyLeft[r] as number) === 0) continue
    row[r] = 1
    pending.push(r)
  }
  for (let r = pending.pop(); r !== undefined; r = pending.pop()) {
    const end = rowStart[r + 1] as number
    for (let k = rowStart[r] as number; k < end; k++) {
      const c = col[k] as number
      if (column[c] === 1) continue
      column[c] = 1
      const last = turned.start[c + 1] as number
      for (let i = turned.start[c] as number; i < last; i++) {
        const back = turned.row[i] as number
        if (row[back] === 1 || flow[turned.edge[i] as number] === 0) continue
        row[back] = 1
        pending.push(back)
      }
    }
  }
  return { row, column }
}

/** The same from the other side: the columns that room left over reaches, with all their rows. */
export function reachedBySpare(pattern: Adjacency, saturation: Saturation): Reached {
  const { rows, columns, rowStart, col } = pattern
  const { flow, roomLeft, turned } = saturation
  const row = new Uint8Array(rows)
  const column = new Uint8Array(columns)
  const pending: number[] = []
  for (let c = 0; c < columns; c++) {
    if ((roomLeft[c] as number) === 0) continue
    column[c] = 1
    pending.push(c)
  }
  for (let c = pending.pop(); c !== undefined; c = pending.pop()) {
    const last = turned.start[c + 1] as number
    for (let i = turned.start[c] as number; i < last; i++) {
      const r = turned.row[i] as number
      if (row[r] === 1) continue
      row[r] = 1
      const end = rowStart[r + 1] as number
      for (let k = rowStart[r] as number; k < end; k++) {
        const next = col[k] as number
        if (column[next] === 1 || flow[k] === 0) continue
        column[next] = 1
        pending.push(next)
      }
    }
  }
  return { row, column }
}
