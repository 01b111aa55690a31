import { fork } from 'node:child_process'
import { once } from 'node:events'
import { arcGains, type Instance, problemOf } from '../../solver/instance.ts'
import { solveTiers } from '../../solver/lexicographic.ts'
import { type LivingAssignment, livingAssignment, type Option } from '../../solver/living.ts'
import { columnPricer } from '../../solver/prices.ts'
import { tieredProblem } from '../../solver/repair.ts'
import { type Line, median } from './measure.ts'
import { cityInstance, prng } from './solverInstances.ts'
import type { Asked, Told } from './solverProcess.ts'

/** Aims: the best of the C++ and SciPy methods on a machine with two cores; see docs/adr/0003. */
const SIZES = [
  { rows: 2_000, columns: 1_400, degree: 40, residents: 800, aim: 71, runs: 15, plain: 3 },
  { rows: 5_000, columns: 4_000, degree: 40, residents: 2_500, aim: 374, runs: 9, plain: 3 },
  { rows: 30_000, columns: 10_000, degree: 50, residents: 5_000, aim: 1_600, runs: 5, plain: 1 },
]
const GROWTH = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]
const KINDS = ['uniform', 'city-like'] as const

/** Solving, repairing and pricing on instances made here; every answer is checked, within the time shown. */
export async function solver(): Promise<Line[]> {
  return [...(await sizes()), ...(await growth()), ...tiersAndRepairs(), prices()]
}

async function sizes(): Promise<Line[]> {
  const lines: Line[] = []
  for (const { aim, runs, plain, ...shape } of SIZES) {
    for (const kind of KINDS) {
      const told = await inProcess({ kind, shape: { ...shape, seed: 3 }, runs, plain })
      const what = `${kind}, ${shape.rows} x ${shape.columns} x ${shape.degree}, ${shape.residents} residents`
      lines.push(
        { what, value: told.median, aim },
        { what: '  the first time in a new process', value: told.first },
        { what: '  beside the plain method', value: told.median, baseline: told.plain, aim: 1 },
        { what: '  memory of the process', value: told.megabytes, unit: 'MB', aim: 400 },
      )
    }
  }
  return lines
}

/** Half as many places as needs, a fifth of these residents, 40 edges a need: how time grows with all of them. */
async function growth(): Promise<Line[]> {
  const lines: Line[] = []
  for (const kind of KINDS) {
    const points: [number, number][] = []
    for (const rows of GROWTH) {
      const shape = { rows, columns: rows / 2, degree: 40, residents: rows / 5, seed: 5 }
      const told = await inProcess({ kind, shape, runs: rows > 10_000 ? 5 : 15, plain: 0 })
      points.push([Math.log(rows), Math.log(told.median)])
      lines.push({ what: `  ${kind}, ${rows} x ${shape.columns} x 40`, value: told.median })
    }
    lines.push({ what: `${kind}: time grows as needs to the power of`, value: slope(points), unit: 'exponent' })
  }
  return lines
}

/** Of the straight line with the least squares. */
function slope(points: readonly [number, number][]): number {
  const mean = (of: (point: [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)]
  return mean(([at, value]) => (at - x) * (value - y)) / mean(([at]) => (at - x) ** 2)
}

async function inProcess(asked: Asked): Promise<Told> {
  const child = fork(new URL('./solverProcess.ts', import.meta.url))
  child.send(asked)
  const [told] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`a measurement ended with ${code}`)
    }),
  ])
  return told as Told
}

type Draw = (below: number) => number

/** Urgency and fit, days in the situation, days since registration: packed and plain tiers as a run has. */
function threeTiers({ gain, col }: Instance, draw: Draw): ArrayLike<number>[] {
  return [gain, col.map(() => draw(730)), col.map(() => draw(365))]
}

function tiersAndRepairs(): Line[] {
  const random = prng(11)
  const draw: Draw = (below) => Math.floor(random() * below)
  const instance = cityInstance({ rows: 2_000, columns: 1_400, degree: 40, residents: 800, seed: 3 })
  const lines: Line[] = []
  for (const tiers of [[instance.gain], threeTiers(instance, draw)]) {
    const solving = often(9, () => solveTiers(instance, tiers))
    const of = tiers.length === 1 ? 'one tier' : `${tiers.length} tiers`
    lines.push({ what: `city-like, 2000 x 1400 x 40, ${of}: solved afresh`, value: solving })
    const living = livingAssignment(instance, tiers)
    for (const [what, edit] of Object.entries(edits(living, instance, tiers.length, draw))) {
      // the first few are not counted
      const times = Array.from({ length: 400 }, () => time(edit)).slice(50)
      lines.push({ what: `  ${what}, repaired and checked`, value: median(times), baseline: solving })
      lines.push({ what: '    the same, against the aim', value: median(times), aim: 5 })
    }
    if (living.verify().kind === 'wrong') throw new Error('a repair went wrong')
    lines.push({ what: '  a copy for a preview', value: often(15, () => living.copy()) })
  }
  return lines
}

function edits(living: LivingAssignment, instance: Instance, tiers: number, draw: Draw) {
  const gains = () =>
    Array.from({ length: tiers }, (_, tier) => (tier === 0 ? 100 * (1 + draw(5)) + 10 * draw(4) : draw(730)))
  const options = (count: number, below: number): Option[] =>
    [...new Set(Array.from({ length: count }, () => draw(below)))].map((node) => ({ node, gains: gains() }))
  const movable = [...instance.ownColumn.keys()].filter((row) => instance.ownColumn[row] === -1)
  const lived = new Set(instance.ownColumn)
  const vacant = Array.from({ length: instance.columns }, (_, column) => column).filter((column) => !lived.has(column))
  const newRows: number[] = []
  const newColumns: number[] = []
  return {
    'a need added': () => newRows.push(living.addRow(options(40, instance.columns)).row),
    'a need removed': () => living.removeRow(newRows.pop() ?? -1),
    'a need changed': () => living.changeRow(movable[draw(movable.length)] ?? -1, options(40, instance.columns)),
    'a place added': () => newColumns.push(living.addColumn(options(57, instance.rows)).column),
    'a place removed': () => living.removeColumn(newColumns.pop() ?? -1),
    'a place changed': () => living.changeColumn(vacant[draw(vacant.length)] ?? -1, options(57, instance.rows)),
  }
}

/** 22 forms in each of 15 districts on 2,000 needs and 3,000 places: a third of all needs is eligible for each. */
function prices(): Line {
  const random = prng(12)
  const draw: Draw = (below) => Math.floor(random() * below)
  const instance = cityInstance({ rows: 2_000, columns: 3_000, degree: 40, residents: 1_500, seed: 3 })
  const tiers = threeTiers(instance, draw)
  const candidates = Array.from({ length: 22 * 15 }, () =>
    Array.from({ length: instance.rows }, (_, node) => ({
      node,
      gains: [100 * (1 + draw(5)), draw(730), draw(365)],
    })).filter(() => draw(3) === 0),
  )
  const answer = solveTiers(instance, tiers)
  const tiered = tieredProblem(
    problemOf(instance),
    tiers.map((tier) => arcGains(instance, tier)),
  )
  const living = livingAssignment(instance, tiers, answer)
  const value = often(7, () => candidates.map(columnPricer(tiered, answer)))
  const baseline = often(1, () => candidates.map((options) => living.copy().addColumn(options)))
  return { what: 'prices of 330 candidates: one search ÷ one repair each', value, baseline }
}

function often(times: number, work: () => unknown): number {
  return median(Array.from({ length: times }, () => time(work)))
}

function time(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
