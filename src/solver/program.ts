import highsModule, { type Highs } from 'highs'

/** One limit of a program: the sum of `values[k] * x[indices[k]]` is at most `most` and at least `least`, where they are given. */
export interface Limit {
  readonly indices: readonly number[]
  readonly values: readonly number[]
  readonly most?: number
  readonly least?: number
}

/** Yes-or-no questions `x[0]` to `x[columns - 1]` under limits, of which the sum of gains is to be greatest. */
export interface Program {
  readonly columns: number
  readonly gains: readonly number[]
  readonly limits: readonly Limit[]
}

/** What is known of a program: the best answer found, and what no answer exceeds. They are the same when it is proven. */
export type ProgramAnswer =
  | { readonly kind: 'found'; readonly chosen: readonly number[]; readonly value: number; readonly bound: number }
  /** No answer was found; with time over there may be one. */
  | { readonly kind: 'none'; readonly bound: number }

/** Solves a program of whole gains. @param seconds after which the best answer so far is given */
export type Maximize = (program: Program, seconds: number) => ProgramAnswer

// The package describes its CommonJS half; what an ES module imports is the loader itself.
const load = highsModule as unknown as typeof highsModule.default

/**
 * HiGHS, a general solver for integer programs, as WebAssembly. It blocks its thread while it solves: never the one that
 * answers requests. Gains and limits are whole numbers that a double holds exactly beside its tolerance, far below 2^40.
 */
export async function loadMaximize(): Promise<Maximize> {
  const highs = await load()
  return (program, seconds) => maximize(highs, program, seconds)
}

function maximize(highs: Highs, { columns, gains, limits }: Program, seconds: number): ProgramAnswer {
  if (columns === 0) return { kind: 'found', chosen: [], value: 0, bound: 0 }
  const starts = [0]
  for (const { indices } of limits) starts.push((starts.at(-1) ?? 0) + indices.length)
  return highs.withModel(
    {
      numCols: columns,
      numRows: limits.length,
      sense: highs.constants.objectiveSense.maximize,
      colCost: [...gains],
      colLower: new Array<number>(columns).fill(0),
      colUpper: new Array<number>(columns).fill(1),
      rowLower: limits.map(({ least }) => least ?? -highs.infinity),
      rowUpper: limits.map(({ most }) => most ?? highs.infinity),
      matrix: {
        format: 'csr',
        numRows: limits.length,
        numCols: columns,
        starts,
        indices: limits.flatMap(({ indices }) => indices),
        values: limits.flatMap(({ values }) => values),
      },
      integrality: new Array<1>(columns).fill(1),
    },
    (model): ProgramAnswer => {
      // whole gains: what is less than one away is the best
      model.options.set({ time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 0.5 })
      model.run()
      const { modelStatus, solutionStatus } = highs.constants
      const bound = Math.floor(Number(model.info.get('mip_dual_bound')) + 1e-6)
      if (model.info.get('primal_solution_status') !== solutionStatus.feasible) return { kind: 'none', bound }
      const solution = model.getSolution()
      const chosen = Array.from({ length: columns }, (_, k) => k).filter((k) => (solution.colValue[k] ?? 0) > 0.5)
      const value = chosen.reduce((sum, k) => sum + (gains[k] ?? 0), 0)
      const proven = model.getModelStatus() === modelStatus.optimal
      return { kind: 'found', chosen, value, bound: proven ? value : Math.max(value, bound) }
    },
  )
}
