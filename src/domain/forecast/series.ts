import type { ForecastInput } from './input.ts'
import type { Redrawing } from './redrawn.ts'

/**
 * What one run tells: numbers of a month's first day, as one row of a table of all runs. A number is named by its measure,
 * whom it counts (a district, or the city) and its form (or all, or institutions together, or VEL's), in a fixed order, so that runs
 * are compared number by number.
 */
export const MEASURES = ['occupied', 'queue', 'waitedDays', 'residents', 'shortfall'] as const
export type Measure = (typeof MEASURES)[number]

/** A mean of nobody. */
export const NOBODY = -1

/** What stands after the forms: all of them, institutions (step 1), and of these VEL's own, which its plan is about. */
export const TOTALS = ['all', 'institutions', 'vel'] as const

export interface Layout {
  /** Districts by their index, then those that are new after a redrawing, and last the city. */
  rows: number
  districts: number
  /** Forms by their index, then `TOTALS`. */
  columns: number
  points: number
  size: number
  institution: readonly boolean[]
  vel: readonly boolean[]
  redrawn: Redrawing | undefined
}

export function layoutOf(input: ForecastInput, points: number, redrawn?: Redrawing): Layout {
  const districts = input.districts.length
  const rows = districts + (redrawn?.codes.length ?? 0) + 1
  const columns = input.forms.length + TOTALS.length
  const institution = input.forms.map(({ step }) => step === 1)
  const vel = input.forms.map(({ id }) => id.startsWith('vel_'))
  return {
    rows,
    districts,
    columns,
    points,
    size: MEASURES.length * rows * columns * points,
    institution,
    vel,
    redrawn,
  }
}

/** Whom each row counts: a district's code, or null for the city. */
export function codesOf(input: ForecastInput, { redrawn }: Layout): (string | null)[] {
  return [...input.districts, ...(redrawn?.codes ?? []), null]
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
  const { rows, districts, columns, points, institution, vel, redrawn } = layout
  const forms = columns - TOTALS.length
  const city = rows - 1
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
    if (vel[column] === true) out[measure + at(row, forms + 2)]! += value
  }
  const begun = redrawn !== undefined && redrawn.from <= day
  for (let form = 0; form < forms; form += 1) {
    let [waiting, free] = [0, 0]
    for (let district = 0; district < districts; district += 1) {
      const cell = district * forms + form
      for (const row of [district, city]) {
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
    put(shortfall, city, form, Math.max(0, waiting - free))
    if (begun) recordRedrawn(redrawn, form)
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const people = out[queue + at(row, column)]!
      const position = waited + at(row, column)
      out[position] = people === 0 ? NOBODY : out[position]! / people
    }
  }
  if (redrawn !== undefined && !begun)
    for (const measure of [occupied, queue, waited, residents, shortfall])
      for (let row = districts; row < city; row += 1)
        for (let column = 0; column < columns; column += 1) out[measure + at(row, column)] = NOBODY

  /** A new district's numbers of a form: the old ones' by their shares, as whole people and places. */
  function recordRedrawn({ codes, shares }: Redrawing, form: number): void {
    for (let part = 0; part < codes.length; part += 1) {
      let [living, waiting, days, people, vacant] = [0, 0, 0, 0, 0]
      for (let district = 0; district < districts; district += 1) {
        const share = shares[district]?.[part] ?? 0
        if (share === 0) continue
        const cell = district * forms + form
        living += share * counts.occupied[cell]!
        waiting += share * counts.queue[cell]!
        days += share * (day * counts.queue[cell]! - counts.registered[cell]!)
        people += share * counts.residents[cell]!
        vacant += share * (counts.places[cell]! - counts.occupied[cell]!)
      }
      const whole = Math.round(waiting)
      const row = districts + part
      put(occupied, row, form, Math.round(living))
      put(queue, row, form, whole)
      // of those who are counted: on average they have waited as long
      put(waited, row, form, waiting === 0 ? 0 : (days * whole) / waiting)
      put(residents, row, form, Math.round(people))
      put(shortfall, row, form, Math.max(0, whole - Math.round(vacant)))
    }
  }
}
