import type { Day } from '../day.ts'
import { refusedChanges, type ScenarioChange } from './changes.ts'
import { type ForecastSeries, type Prepared, prepare, type Runs, tableOf } from './forecast.ts'
import type { ForecastInput } from './input.ts'
import { learnRates } from './rates.ts'
import { type Redrawing, redrawingOf } from './redrawn.ts'
import { changeSentence } from './scenarioWords.ts'
import { NOBODY } from './series.ts'
import { simulator } from './simulate.ts'
import { addRun, emptySketch, merge, PILOTS, type Ranges, rangesOf, type Sketch } from './sketch.ts'

/**
 * Scenarios beside a base, run by run on the same chance: what a scenario has more than the base is told by the quantiles of
 * its difference in each run, which are far nearer to each other than those of the two. The base is the first member, and
 * memory does not grow with the runs. A forecast is a comparison of one.
 */

/** Something of each member, and of all but the first something of its difference from it. */
export interface Paired<T> {
  levels: T[]
  differences: T[]
}

/** A difference of means where one of them is of nobody: no difference of people comes near it. */
const NO_DIFFERENCE = -(2 ** 24)

/** Prepares all members with the same rates, and lets all of them tell of the new districts that one of them draws. */
export function prepareAll(
  input: ForecastInput,
  span: { today: Day; until: Day },
  members: readonly (readonly ScenarioChange[])[],
): Prepared[] {
  const rates = learnRates(input)
  const told = redrawnIn(members, input.districts)
  return members.map((changes) => prepare(input, span, changes, rates, told))
}

/**
 * Why members cannot be as they are written, in a sentence for whoever asked; undefined when all of them can. Asked when they
 * are simulated: since they were written places may have closed, and days passed.
 */
export function refusedAsOf(
  prepared: readonly Prepared[],
  members: readonly (readonly ScenarioChange[])[],
  { today, until }: { today: Day; until: Day },
): string | undefined {
  for (const [member, { input, refused }] of prepared.entries()) {
    const changes = members[member]!
    const known = { today, until, districts: input.districts, forms: input.forms.map(({ id }) => id) }
    const [first] = [...refusedChanges(changes, known), ...refused]
    if (first === undefined) continue
    return `Dette kan ikke regnes ut slik byen er nå. «${changeSentence(changes[first.index]!)}» ${first.detail} Rett endringen, og prøv igjen.`
  }
  return undefined
}

function redrawnIn(
  members: readonly (readonly ScenarioChange[])[],
  districts: readonly string[],
): Redrawing | undefined {
  for (const change of members.flat()) if (change.kind === 'redrawn_districts') return redrawingOf(change, districts)
  return undefined
}

/** What a run of a member has more than the base's, in whole people, places and days. */
function subtract(row: Float32Array, base: Float32Array, into: Float32Array): void {
  for (let i = 0; i < row.length; i += 1) {
    const [value, other] = [row[i]!, base[i]!]
    into[i] = value === NOBODY || other === NOBODY ? NO_DIFFERENCE : Math.round(value - other)
  }
}

/** The ranges that the first runs show; the same for whoever computes them. */
export function pairedRanges(members: readonly Prepared[], seed: number): Paired<Ranges> {
  const levels: Ranges[] = []
  const differences: Ranges[] = []
  let base: Float32Array[] = []
  for (const [member, { input, rates, plan, layout }] of members.entries()) {
    const simulate = simulator(input, rates, plan, layout)
    const rows = Array.from({ length: PILOTS }, (_, run) => {
      const row = new Float32Array(layout.size)
      simulate(seed, run, row)
      return row
    })
    levels.push(rangesOf(rows))
    if (member === 0) {
      base = rows
      continue
    }
    for (const [run, row] of rows.entries()) subtract(row, base[run]!, row)
    differences.push(rangesOf(rows, { nobody: NO_DIFFERENCE, signed: true }))
  }
  return { levels, differences }
}

/** Simulates runs of all members into sketches. @param after is told after each run of all, and answers whether to go on */
export function sketchPaired(
  members: readonly Prepared[],
  { seed, from, to }: Runs,
  ranges: Paired<Ranges>,
  after: (run: number) => boolean = () => true,
): Paired<Sketch> {
  const simulators = members.map(({ input, rates, plan, layout }) => simulator(input, rates, plan, layout))
  const levels = ranges.levels.map(emptySketch)
  const differences = ranges.differences.map(emptySketch)
  const size = members[0]?.layout.size ?? 0
  const [base, row] = [new Float32Array(size), new Float32Array(size)]
  for (let run = from; run < to; run += 1) {
    for (const [member, simulate] of simulators.entries()) {
      const into = member === 0 ? base : row
      simulate(seed, run, into)
      addRun(levels[member]!, into)
      if (member === 0) continue
      subtract(row, base, row)
      addRun(differences[member - 1]!, row)
    }
    if (!after(run)) break
  }
  return { levels, differences }
}

/** Adds another part, of the same members and other runs. */
export function mergePaired(into: Paired<Sketch>, part: Paired<Sketch>): void {
  for (const [at, sketch] of into.levels.entries()) merge(sketch, part.levels[at]!)
  for (const [at, sketch] of into.differences.entries()) merge(sketch, part.differences[at]!)
}

/** P10, P50 and P90 of each member, and of each one's difference from the base. */
export function pairedTables(members: readonly Prepared[], sketches: Paired<Sketch>): Paired<ForecastSeries[]> {
  return {
    levels: sketches.levels.map((sketch, member) => tableOf(members[member]!, sketch)),
    differences: sketches.differences.map((sketch, at) => tableOf(members[at + 1]!, sketch)),
  }
}

/** The whole comparison on this thread. */
export function compare(members: readonly Prepared[], seed: number, runs: number): Paired<ForecastSeries[]> {
  const ranges = pairedRanges(members, seed)
  return pairedTables(members, sketchPaired(members, { seed, from: 0, to: runs }, ranges))
}

/** The whole forecast of one member on this thread. */
export function forecast(prepared: Prepared, seed: number, runs: number): ForecastSeries[] {
  return compare([prepared], seed, runs).levels[0]!
}
