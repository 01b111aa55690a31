import { addColumn, emptyMip, type Mip, type MipRow } from '../../solver/mip.ts'
import { type Counts, countAt, type ExpansionAsk, type Limit, type Space } from './ask.ts'
import { ninetieth, runsAbove } from './sample.ts'

/**
 * What is to be decided of one district: the shortfalls of its runs if nothing were built, what a place of each form and year
 * takes from them, and what it must not exceed.
 */
export interface DistrictProblem {
  district: number
  /** `run * forms + form`, 0 or more. */
  shortfalls: ArrayLike<number>
  /** What one place takes from each run's shortfall of its form, `form * years + year`. */
  effects: ArrayLike<number>
  level: number
  /** It has been tried with fewer places than this, and was not enough. */
  least: number
  /** What is built at the least, `form * years + year`; null: nothing. */
  keep: ArrayLike<number> | null
  /** What is built at the most, beside the limits; null: what they allow. */
  cap: ArrayLike<number> | null
}

/** Which bounds hold; a bound that is left out is one that is relaxed to see whether it is the one that binds. */
export interface Bounds {
  perDistrictYear: number
  limits: readonly Limit[]
  budget: number | null
}

export const boundsOf = ({ perDistrictYear, limits, budget }: ExpansionAsk): Bounds => ({
  perDistrictYear,
  limits,
  budget,
})

/** A program with where its columns belong. */
interface ExpansionProgram {
  mip: Mip
  /** Of each column, the place in `Counts`; those after them are auxiliary. */
  places: { column: number; at: number }[]
  /** How many households above its level a district is left with, if it cannot be brought under it. */
  excess: { column: number; district: number }[]
}

/** A household above the level weighs as much as so many places: nothing is left undone to save places. */
const EXCESS_WEIGHT = 1_000
/** An earlier year is preferred by so little that only equal plans are told apart by it. */
const LATER = 0.001

/**
 * The smallest expansion of some districts, as a mixed-integer program: in all but `runsAbove` of the runs a district's
 * shortfall, each form's brought down by what is built of it and never below 0, is at most its level (a chance constraint
 * over the runs, exact for them). Fewest places and then lowest cost, or the other way round; equal plans earlier rather
 * than later. What comes second and third weighs little: where the solver's tolerance hides it, it is preferred and not proven.
 *
 * Runs decide which of them may lie above. Most need no variable for it: one that more than the allowed number of others
 * exceed in every form cannot be among those left above, and one that another such run exceeds needs no constraint.
 */
export function programOf(
  space: Space,
  problems: readonly DistrictProblem[],
  bounds: Bounds,
  goal: ExpansionAsk['goal'],
): ExpansionProgram {
  const mip = emptyMip()
  const program: ExpansionProgram = { mip, places: [], excess: [] }
  const budget: MipRow = { columns: [], values: [], lower: Number.NEGATIVE_INFINITY, upper: 0 }
  const most = bounds.perDistrictYear * space.years.length * problems.length
  const dearest = Math.max(1, ...space.forms.map(({ cost }) => cost))
  // the second aim of all places together weighs less than one unit of the first
  const second = 1 / (most + 1)
  const limitRows = bounds.limits.map(({ most: upper }) => ({ columns: [], values: [], lower: 0, upper }) as MipRow)

  for (const problem of problems) {
    const { district, effects } = problem
    const columns: number[] = []
    for (const [f, { id, cost }] of space.forms.entries())
      for (const [y, { year }] of space.years.entries()) {
        const share = cost / dearest
        const weight = goal === 'fewest_places' ? 1 + second * share : share + second * 0.01
        const at = f * space.years.length + y
        const upper = Math.min(bounds.perDistrictYear, problem.cap?.[at] ?? bounds.perDistrictYear)
        const column = addColumn(mip, weight + second * LATER * y, problem.keep?.[at] ?? 0, upper, true)
        columns.push(column)
        program.places.push({ column, at: countAt(space, district, f, y) })
        budget.columns.push(column)
        budget.values.push(cost / dearest)
        for (const [i, limit] of bounds.limits.entries())
          if (
            (limit.district ?? space.districts[district]) === space.districts[district] &&
            (limit.form ?? id) === id &&
            (limit.year ?? year) === year
          ) {
            limitRows[i]!.columns.push(column)
            limitRows[i]!.values.push(1)
          }
      }
    const years = space.years.length
    for (let y = 0; y < years; y += 1)
      mip.rows.push({
        ...ones(columns.filter((_, i) => i % years === y)),
        lower: 0,
        upper: bounds.perDistrictYear,
      })
    const excess = addColumn(mip, EXCESS_WEIGHT, 0, Number.POSITIVE_INFINITY, false)
    program.excess.push({ column: excess, district })
    if (problem.least > 0)
      // what cannot be built may be left undone, at the price of households above
      mip.rows.push({
        ...withLast(ones(columns), excess, problem.least),
        lower: problem.least,
        upper: Number.POSITIVE_INFINITY,
      })
    constrain(mip, problem, columns, effects, excess, space)
  }
  for (const row of limitRows) if (row.columns.length > 0) mip.rows.push(row)
  if (bounds.budget !== null) mip.rows.push({ ...budget, upper: bounds.budget / dearest })
  return program
}

const ones = (columns: number[]) => ({ columns, values: columns.map(() => 1) })
const withLast = ({ columns, values }: Pick<MipRow, 'columns' | 'values'>, column: number, value: number) => ({
  columns: [...columns, column],
  values: [...values, value],
})

/** The chance constraint of one district. */
function constrain(
  mip: Mip,
  { shortfalls, level }: DistrictProblem,
  columns: readonly number[],
  effects: ArrayLike<number>,
  excess: number,
  space: Space,
): void {
  const forms = space.forms.length
  const years = space.years.length
  const runs = shortfalls.length / forms
  const allowed = runsAbove(runs)
  const sumOf = (run: number) => {
    let sum = 0
    for (let form = 0; form < forms; form += 1) sum += shortfalls[run * forms + form]!
    return sum
  }
  const above = Array.from({ length: runs }, (_, run) => run).filter((run) => sumOf(run) > level)
  if (above.length <= allowed) return
  const exceeds = (one: number, other: number) => {
    for (let form = 0; form < forms; form += 1)
      if (shortfalls[one * forms + form]! < shortfalls[other * forms + form]!) return false
    return true
  }
  const exceeding = new Map(above.map((run) => [run, above.filter((other) => other !== run && exceeds(other, run))]))
  const must = new Set(above.filter((run) => exceeding.get(run)!.length >= allowed))
  const needed = (run: number) =>
    !must.has(run) || !exceeding.get(run)!.some((other) => must.has(other) && (!exceeds(run, other) || other < run))
  const choices: number[] = []
  for (const run of above) {
    if (!needed(run)) continue
    const left: number[] = []
    for (let form = 0; form < forms; form += 1) {
      const shortfall = shortfalls[run * forms + form]!
      if (shortfall === 0) continue
      const column = addColumn(mip, 0, 0, shortfall, false)
      left.push(column)
      const own = columns.slice(form * years, (form + 1) * years)
      const taken = own.map((_, y) => effects[form * years + y]!)
      mip.rows.push({
        columns: [...own, column],
        values: [...taken, 1],
        lower: shortfall,
        upper: Number.POSITIVE_INFINITY,
      })
    }
    const row: MipRow = {
      columns: [...left, excess],
      values: [...left.map(() => 1), -1],
      lower: Number.NEGATIVE_INFINITY,
      upper: level,
    }
    if (!must.has(run)) {
      const choice = addColumn(mip, 0, 0, 1, true)
      choices.push(choice)
      row.columns.push(choice)
      row.values.push(level - sumOf(run))
    }
    mip.rows.push(row)
  }
  if (choices.length > 0) mip.rows.push({ ...ones(choices), lower: 0, upper: allowed })
  // what is built takes at the most its effect, so that much is needed whichever runs lie above: the relaxation knows no better
  mip.rows.push({
    columns: [...columns, excess],
    values: [...columns.map((_, i) => effects[i]!), 1],
    lower: ninetieth(shortfalls, forms) - level,
    upper: Number.POSITIVE_INFINITY,
  })
}

/** What an answer builds, beside what stands in `counts` of other districts. @throws where there is no answer to read */
export function readCounts(program: ExpansionProgram, values: readonly number[], counts: Counts): Counts {
  if (values.length === 0) throw new Error('a program without an answer builds nothing that is known')
  const built = counts.slice()
  for (const { column, at } of program.places) built[at] = values[column]!
  return built
}
