import { buildInstance, type Instance } from '../../solver/instance.ts'

export interface Shape {
  readonly rows: number
  readonly columns: number
  readonly degree: number
  readonly residents: number
  readonly seed: number
}

/** A small seeded generator (mulberry32): the same seed gives the same numbers everywhere. */
export function prng(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = state
    x = Math.imul(x ^ (x >>> 15), x | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296
  }
}

/** Every row has `degree` edges to columns drawn evenly, with gains 1 to 1,000. */
export function uniformInstance(shape: Shape): Instance {
  const random = prng(shape.seed)
  return draw(
    shape,
    random,
    () => Math.floor(random() * shape.columns),
    () => 1 + Math.floor(random() * 1000),
  )
}

/**
 * Fifteen districts, four in five edges inside the row's own one, and coarse gains: one of five urgencies for the row
 * plus one of four degrees of fit for the pair. Most optima are ties.
 */
export function cityInstance(shape: Shape): Instance {
  const random = prng(shape.seed)
  const districts = 15
  const size = shape.columns / districts
  let district = 0
  let urgency = 0
  return draw(
    shape,
    random,
    () => {
      const from = random() < 0.8 ? district : Math.floor(random() * districts)
      return Math.min(shape.columns - 1, Math.floor((from + random()) * size))
    },
    () => urgency + 10 * Math.floor(random() * 4),
    () => {
      district = Math.floor(random() * districts)
      urgency = 100 * (1 + Math.floor(random() ** 2 * 5))
    },
  )
}

function draw(
  shape: Shape,
  random: () => number,
  column: () => number,
  worth: () => number,
  nextRow: () => void = () => {},
): Instance {
  const { rows, columns, degree, residents } = shape
  const ownColumn = new Int32Array(rows).fill(-1)
  const movers = shuffled(rows, random).subarray(0, residents)
  const homes = shuffled(columns, random)
  const stayRow: number[] = []
  const stayColumn: number[] = []
  for (let i = 0; i < movers.length; i++) {
    ownColumn[movers[i] as number] = homes[i] as number
    stayRow.push(movers[i] as number)
    stayColumn.push(homes[i] as number)
  }
  const row: number[] = []
  const col: number[] = []
  const gain: number[] = []
  const seen = new Int32Array(columns).fill(-1)
  for (let r = 0; r < rows; r++) {
    nextRow()
    for (let found = 0, tries = 0; found < degree && tries < 20 * degree; tries++) {
      const c = column()
      if (seen[c] === r || c === ownColumn[r]) continue
      seen[c] = r
      found++
      row.push(r)
      col.push(c)
      gain.push(worth())
    }
  }
  return buildInstance({ rows, columns, row, col, gain, stayRow, stayColumn })
}

function shuffled(size: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i)
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const swap = order[i] as number
    order[i] = order[j] as number
    order[j] = swap
  }
  return order
}
