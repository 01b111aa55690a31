import type { ForecastInput } from './input.ts'

/**
 * What one run tells: numbers of a month's first day, as one row of a table of all runs. A number is named by its measure,
 * whom it counts (a district, or the city) and its form (or all, or institutions together), in a fixed order, so that runs
 * are compared number by number.
 */
export const MEASURES = ['occupied', 'queue', 'waitedDays', 'residents', 'shortfall'] as const
export type Measure = (typeof MEASURES)[number]

/** A mean of nobody. */
export const NOBODY = -1

export interface Layout {
  /** Districts by their index, and last the city. */
  rows: number
  /** Forms by their index, then all forms, then institutions (step 1). */
  columns: number
  points: number
  size: number
  institution: readonly boolean[]
}

export function layoutOf(input: ForecastInput, points: number): Layout {
  const rows = input.districts.length + 1
  const columns = input.forms.length + 2
  const institution = input.forms.map(({ step }) => step === 1)
  return { rows, columns, points, size: MEASURES.length * rows * columns * points, institution }
}

/** The position of a number. */
export function positionOf(
  { rows, columns, points }: Layout,
  measure: Measure,
  row: number,
  column: number,
  point: number,
) {
  return ((MEASURES.indexOf(measure) * rows + row) * columns + column) * points + point
}

/** Counts of one day, each `district * forms + form`. */
export interface DayCounts {
  /** By where the place lies: lived in, and open. */
  occupied: Int32Array
  places: Int32Array
  /** By the responsible district and what is asked for first, and the sum of the days they registered. */
  queue: Int32Array
  registered: Float64Array
  /** By the responsible district and the form they live in. */
  residents: Int32Array
}

/** Writes a day's numbers, with the sums over forms and districts, into one run's row. */
export function record(layout: Layout, counts: DayCounts, day: number, point: number, out: Float32Array): void {
  const { rows, columns, points, institution } = layout
  const [districts, forms] = [rows - 1, columns - 2]
  const block = rows * columns * points
  const [occupied, queue, waited, residents, shortfall] = [0, 1, 2, 3, 4].map((m) => m * block + point) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const at = (row: number, column: number) => (row * columns + column) * points
  for (const measure of [occupied, queue, waited, residents, shortfall])
    for (let cell = 0; cell < rows * columns; cell += 1) out[measure + cell * points] = 0
  const put = (measure: number, row: number, column: number, value: number) => {
    out[measure + at(row, column)]! += value
    out[measure + at(row, forms)]! += value
    if (institution[column] === true) out[measure + at(row, forms + 1)]! += value
  }
  for (let form = 0; form < forms; form += 1) {
    let [waiting, free] = [0, 0]
    for (let district = 0; district < districts; district += 1) {
      const cell = district * forms + form
      for (const row of [district, districts]) {
        put(occupied, row, form, counts.occupied[cell]!)
        put(queue, row, form, counts.queue[cell]!)
        put(waited, row, form, day * counts.queue[cell]! - counts.registered[cell]!)
        put(residents, row, form, counts.residents[cell]!)
      }
      const vacant = counts.places[cell]! - counts.occupied[cell]!
      put(shortfall, district, form, Math.max(0, counts.queue[cell]! - vacant))
      waiting += counts.queue[cell]!
      free += vacant
    }
    // a free place in one district is none of another's shortfall, and the city's is counted over them all
    put(shortfall, districts, form, Math.max(0, waiting - free))
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const people = out[queue + at(row, column)]!
      const position = waited + at(row, column)
      out[position] = people === 0 ? NOBODY : out[position]! / people
    }
  }
}
