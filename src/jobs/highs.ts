import loadHighs from 'highs'
import type { Mip, MipAnswer } from '../solver/mip.ts'

type Loaded = Awaited<ReturnType<typeof load>>
// the package describes its CommonJS half; what an ES module imports is the loader itself
const load = loadHighs as unknown as typeof loadHighs.default

let loaded: Promise<Loaded> | undefined

/** Solves a program to proven optimality or until so many seconds are over. @throws {Error} where it gives up for another reason */
export type SolveMip = (mip: Mip, seconds: number) => MipAnswer

/**
 * HiGHS, a general solver for integer programs, as WebAssembly, once it is loaded. It blocks the thread while it solves: call it
 * where nobody waits for an answer.
 * Optimal means within a millionth of the least cost: what weighs less than that is preferred, not proven.
 */
export async function mipSolver(): Promise<SolveMip> {
  loaded ??= load()
  const highs = await loaded
  return (mip, seconds) => solved(highs, mip, seconds)
}

/** The same for one program. @param seconds of solving */
export async function solveMip(mip: Mip, seconds: number): Promise<MipAnswer> {
  return (await mipSolver())(mip, seconds)
}

function solved(highs: Loaded, mip: Mip, seconds: number): MipAnswer {
  const { modelStatus } = highs.constants
  const starts = [0]
  const indices: number[] = []
  const values: number[] = []
  for (const row of mip.rows) {
    indices.push(...row.columns)
    values.push(...row.values)
    starts.push(indices.length)
  }
  const model = {
    numCols: mip.cost.length,
    numRows: mip.rows.length,
    colCost: mip.cost,
    colLower: mip.lower,
    colUpper: mip.upper,
    rowLower: mip.rows.map(({ lower }) => lower),
    rowUpper: mip.rows.map(({ upper }) => upper),
    integrality: Int32Array.from(mip.whole, (whole) => (whole ? 1 : 0)),
    matrix: { format: 'csr' as const, numRows: mip.rows.length, numCols: mip.cost.length, starts, indices, values },
  }
  return highs.withModel(model, (solving): MipAnswer => {
    solving.options.set({ time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 1e-6 })
    const { modelStatus: status } = solving.run()
    const optimal = status === modelStatus.optimal
    if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
      return { status: 'infeasible', values: [], objective: Number.POSITIVE_INFINITY, bound: Number.POSITIVE_INFINITY }
    if (!optimal && status !== modelStatus.timeLimit) throw new Error(`HiGHS ended without an answer: status ${status}`)
    const bound = Number(solving.info.get('mip_dual_bound'))
    const found = solving.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
    if (!found) return { status: 'time_limit', values: [], objective: Number.POSITIVE_INFINITY, bound }
    const solution = [...solving.getSolution().colValue].map((value, i) => (mip.whole[i] ? Math.round(value) : value))
    return {
      status: optimal ? 'optimal' : 'time_limit',
      values: solution,
      objective: solving.getObjectiveValue(),
      bound,
    }
  })
}
