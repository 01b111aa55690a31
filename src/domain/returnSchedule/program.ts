import { addColumn, emptyMip, isFeasible, type Mip, type MipRow } from '../../solver/mip.ts'
import { monthsOf, type Option } from './options.ts'
import type { Gap, Means, Move, Question } from './question.ts'

/** What a tier has come to: what is chosen, what it is worth, and what nothing exceeds. */
interface Best {
  chosen: readonly number[]
  value: number
  bound: number
}

/**
 * The best moves of one group whose teams bind, as an integer program over (option, month): each moves once at most, each home
 * goes to one, and teams take no more than they can. Tier by tier: what an earlier one has reached is kept. A tier whose time
 * is over ends the search with its bound; nothing behind it is promised.
 */
export function programAnswer(
  question: Question,
  group: readonly number[],
  { solve, seconds }: Means,
): { moves: Move[]; gaps: Gap[] } {
  const { objective } = question
  const columns = columnsOf(question, group)
  const mip = emptyMip()
  for (const _ of columns) addColumn(mip, 0, 0, 1, true)
  mip.rows.push(...rowsOf(question, columns))
  const movesOf = (chosen: readonly number[]) => chosen.map((column) => columns[column] as Move)
  let chosen: readonly number[] = []
  for (const tier of objective.tiers) {
    const gains = columns.map(({ option, month }) => objective.gainIn(tier, option, month))
    if (gains.every((gain) => gain === 0)) continue
    const best = bestOf(mip, gains, chosen, (program) => solve(program, seconds))
    chosen = best.chosen
    const { value, bound } = best
    if (bound > value) return { moves: movesOf(chosen), gaps: [{ tier: tier.id, value, bound }] }
    const some = gains.flatMap((gain, column) => (gain === 0 ? [] : [column]))
    const values = some.map((column) => gains[column] ?? 0)
    mip.rows.push({ columns: some, values, lower: value, upper: Number.POSITIVE_INFINITY })
  }
  return { moves: movesOf(chosen), gaps: [] }
}

/** Every option of the group in each of its months. */
function columnsOf({ input, options }: Question, group: readonly number[]): Move[] {
  const inGroup = new Set(group)
  return [...options.keys()].flatMap((option): Move[] => {
    const choice = options[option] as Option
    if (!inGroup.has(choice.mover)) return []
    const { first, last } = monthsOf(choice, input.asOf)
    return Array.from({ length: last - first + 1 }, (_, later) => ({ option, month: first + later }))
  })
}

function rowsOf({ input, options, limits, teamOf }: Question, columns: readonly Move[]): MipRow[] {
  const choiceAt = (column: number) => options[columns[column]?.option ?? -1] as Option
  const once = (keyOf: (choice: Option) => number): MipRow[] =>
    [...Map.groupBy(columns.keys(), (column) => keyOf(choiceAt(column))).values()].map((some) => ({
      columns: some,
      values: some.map(() => 1),
      lower: 0,
      upper: 1,
    }))
  const byTeam = Map.groupBy(columns.keys(), (column) => teamOf[choiceAt(column).mover] ?? -1)
  const teams = limits.flatMap(({ team, first, last, most }): MipRow[] => {
    const some = (byTeam.get(team) ?? []).filter((column) => {
      const month = columns[column]?.month ?? -1
      return month >= first && month <= last
    })
    const values = some.map((column) => input.movers[choiceAt(column).mover]?.people ?? 0)
    // what cannot be too much is no limit
    return values.reduce((sum, people) => sum + people, 0) > most
      ? [{ columns: some, values, lower: 0, upper: most }]
      : []
  })
  return [...once(({ mover }) => mover), ...once(({ home }) => home), ...teams]
}

/** The greatest sum of gains; what was chosen before stands where nothing better is found in time. */
function bestOf(
  mip: Mip,
  gains: readonly number[],
  before: readonly number[],
  solve: (mip: Mip) => { values: number[]; bound: number },
): Best {
  const sum = (chosen: readonly number[]) => chosen.reduce((total, column) => total + (gains[column] ?? 0), 0)
  const { values, bound: least } = solve({ ...mip, cost: gains.map((gain) => -gain) })
  if (values.length > 0 && !isFeasible(mip, values)) throw new Error('refused a schedule that breaks its limits')
  const found = values.flatMap((value, column) => (value === 1 ? [column] : []))
  const chosen = values.length > 0 && sum(found) >= sum(before) ? found : before
  const value = sum(chosen)
  // whole gains: what is less than one away is the best
  return { chosen, value, bound: Math.max(value, Math.floor(-least + 1e-3)) }
}
