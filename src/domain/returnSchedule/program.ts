import type { Limit } from '../../solver/program.ts'
import { monthsOf, type Option } from './options.ts'
import type { Gap, Means, Move, Question } from './solve.ts'

/**
 * The best moves of one group whose teams bind, as an integer program over (option, month): each moves once at most, each home
 * goes to one, and teams take no more than they can. Tier by tier: what an earlier one has reached is kept. A tier whose time
 * is over ends the search with its bound; nothing behind it is promised.
 */
export function programAnswer(
  { input, options, objective, limits: ofTeams, teamOf }: Question,
  group: readonly number[],
  { maximize, seconds }: Means,
): { moves: Move[]; gaps: Gap[] } {
  const inGroup = new Set(group)
  const columns = [...options.keys()].flatMap((option): Move[] => {
    const choice = options[option] as Option
    if (!inGroup.has(choice.mover)) return []
    const { first, last } = monthsOf(choice, input.asOf)
    return Array.from({ length: last - first + 1 }, (_, later) => ({ option, month: first + later }))
  })
  const choiceOf = ({ option }: Move) => options[option] as Option
  const once = (keyOf: (move: Move) => number): Limit[] =>
    [...Map.groupBy(columns.keys(), (column) => keyOf(columns[column] as Move)).values()].map((indices) => ({
      indices,
      values: indices.map(() => 1),
      most: 1,
    }))
  const byTeam = Map.groupBy(columns.keys(), (column) => teamOf[choiceOf(columns[column] as Move).mover] ?? -1)
  const teams = ofTeams.flatMap(({ team, first, last, most }): Limit[] => {
    const indices = (byTeam.get(team) ?? []).filter((column) => {
      const { month } = columns[column] as Move
      return month >= first && month <= last
    })
    const values = indices.map((column) => input.movers[choiceOf(columns[column] as Move).mover]?.people ?? 0)
    // what cannot be too much is no limit
    return values.reduce((sum, people) => sum + people, 0) > most ? [{ indices, values, most }] : []
  })
  const limits = [...once((move) => choiceOf(move).mover), ...once((move) => choiceOf(move).home), ...teams]
  let chosen: readonly number[] = []
  for (const tier of objective.tiers) {
    const gains = columns.map(({ option, month }) => objective.gainIn(tier, option, month))
    if (gains.every((gain) => gain === 0)) continue
    const had = chosen.reduce((sum, column) => sum + (gains[column] ?? 0), 0)
    const answer = maximize({ columns: columns.length, gains, limits }, seconds)
    const found = answer.kind === 'found' && answer.value >= had
    if (answer.kind === 'found' && found) chosen = answer.chosen
    const value = answer.kind === 'found' && found ? answer.value : had
    if (answer.bound > value) {
      return {
        moves: chosen.map((column) => columns[column] as Move),
        gaps: [{ tier: tier.id, value, bound: answer.bound }],
      }
    }
    const indices = gains.flatMap((gain, column) => (gain === 0 ? [] : [column]))
    limits.push({ indices, values: indices.map((column) => gains[column] ?? 0), least: value })
  }
  return { moves: chosen.map((column) => columns[column] as Move), gaps: [] }
}
