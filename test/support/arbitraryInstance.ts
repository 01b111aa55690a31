import fc from 'fast-check'
import { buildInstance, type Instance, type InstanceInput, type Problem, problemOf } from '../../src/solver/instance.ts'

/** Where gains are drawn from: mostly ties, some spread, some as large as sums allow at this size. */
const gains = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 1000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 ** 45, max: 2 ** 46 }) },
)

/** Tiny instances: up to six rows and columns, empty rows, residents, ties, cycles of movers, gains near the bound. */
export function arbitraryInput(maxSide = 6): fc.Arbitrary<InstanceInput> {
  return fc
    .record({ rows: fc.integer({ min: 0, max: maxSide }), columns: fc.integer({ min: 0, max: maxSide }) })
    .chain(({ rows, columns }) => {
      const indexes = (size: number) => Array.from({ length: size }, (_, i) => i)
      return fc
        .record({
          homes: fc.shuffledSubarray(indexes(columns), { maxLength: Math.min(rows, columns) }),
          movers: fc.shuffledSubarray(indexes(rows)),
          pairs: fc.shuffledSubarray(indexes(rows * columns)),
          gain: fc.array(gains, { minLength: rows * columns, maxLength: rows * columns }),
        })
        .map(({ homes, movers, pairs, gain }) => {
          const stays = Math.min(homes.length, movers.length)
          const [stayRow, stayColumn] = [movers.slice(0, stays), homes.slice(0, stays)]
          const kept = pairs.filter((pair) => {
            const at = stayRow.indexOf(Math.floor(pair / columns))
            return at < 0 || stayColumn[at] !== pair % columns
          })
          return {
            rows,
            columns,
            row: kept.map((pair) => Math.floor(pair / columns)),
            col: kept.map((pair) => pair % columns),
            gain: kept.map((pair) => gain[pair]!),
            stayRow,
            stayColumn,
          }
        })
    })
}

export const arbitraryInstance: fc.Arbitrary<Instance> = arbitraryInput().map(buildInstance)

/** Any problem, with rows and columns forced at random and gains of either sign: often no matching is allowed. */
export const arbitraryProblem: fc.Arbitrary<Problem> = fc
  .record({
    instance: arbitraryInstance,
    forcedRow: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    forcedColumn: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    below: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ instance, forcedRow, forcedColumn, below }) => {
    const problem = problemOf(instance)
    return {
      ...problem,
      gain: problem.gain.map((gain) => gain - below),
      forcedRow: problem.forcedRow.map((forced, r) => (forced === 1 || forcedRow[r] === true ? 1 : 0)),
      forcedColumn: problem.forcedColumn.map((_, c) => (forcedColumn[c] === true ? 1 : 0)),
    }
  })
