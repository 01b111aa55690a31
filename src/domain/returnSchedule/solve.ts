import { buildInstance } from '../../solver/instance.ts'
import { solveTiers } from '../../solver/lexicographic.ts'
import type { Day } from '../day.ts'
import { packTiers } from '../matching/objective.ts'
import type { ScheduleInput } from './input.ts'
import { dayIn, homesWith, type Lift, monthsOf, type Option, optionsOf } from './options.ts'
import { programAnswer } from './program.ts'
import type { Gap, Means, Move, Question } from './question.ts'
import { brokenLimit, teamLimits, teamsOf } from './teams.ts'
import { type ScheduleTierId, scheduleObjective } from './tiers.ts'

/** The best schedule for the movers of an input. */
export interface Schedule extends Question {
  /** For each mover. */
  moves: (Move | null)[]
  values: { id: ScheduleTierId; value: number }[]
  gaps: Gap[]
  groups: number
  groupsBound: number
}

/**
 * Who moves to which home in which month, the best by the lexicographic objective. Without what teams can take, which bears on
 * months, each takes a home in the first month that suits both: an assignment problem, solved exactly and checked by the
 * solver's own checker. Where that keeps to what teams can take, nothing better exists with it. Only the groups in which it
 * does not (people who share homes or teams, directly or through others) are solved again over (home, month), as an integer
 * program tier by tier.
 * @param lift limits that are looked away from for one of them
 */
export function solveSchedule(input: ScheduleInput, means: Means, lift?: Lift): Schedule {
  const homes = homesWith(input, lift)
  const options = optionsOf(input, homes, lift)
  const objective = scheduleObjective(input, homes, options)
  const question: Question = {
    input,
    homes,
    options,
    objective,
    limits: teamLimits(input),
    teamOf: teamsOf(input, lift),
  }
  const moves = relaxed(question)
  const groups = groupsOf(question)
  const gaps: Gap[] = []
  let groupsBound = 0
  for (const group of groups) {
    if (keepsTeams(question, moves, group)) continue
    groupsBound += 1
    const answer = programAnswer(question, group, means)
    for (const mover of group) moves[mover] = null
    for (const move of answer.moves) moves[options[move.option]?.mover ?? -1] = move
    gaps.push(...answer.gaps)
  }
  return { ...question, moves, values: valuesOf(question, moves), gaps, groups: groups.length, groupsBound }
}

/** The best without what teams can take. */
function relaxed({ input, homes, options, objective }: Question): (Move | null)[] {
  const row = Int32Array.from(options, ({ mover }) => mover)
  const instance = buildInstance({
    rows: input.movers.length,
    columns: homes.length,
    row,
    col: Int32Array.from(options, ({ home }) => home),
    gain: new Float64Array(options.length),
  })
  const packed = packTiers(objective.tiers, row, input.movers.length).map(({ gains }) => gains)
  const { columnOf } = solveTiers(instance, packed)
  const at = new Map(options.map(({ mover, home }, option) => [`${mover}/${home}`, option]))
  return Array.from(columnOf, (home, mover) => {
    const option = home === -1 ? undefined : at.get(`${mover}/${home}`)
    return option === undefined ? null : { option, month: monthsOf(options[option] as Option, input.asOf).first }
  })
}

/** Movers who have something to choose, put together with everybody they share a home or a limited team with. */
function groupsOf({ input, options, limits, teamOf }: Question): number[][] {
  const limited = new Set(limits.map(({ team }) => team))
  const parent = new Map<string, string>()
  const rootOf = (node: string): string => {
    let root = node
    for (let next = parent.get(root); next !== undefined; next = parent.get(root)) root = next
    return root
  }
  const join = (a: string, b: string) => {
    const [one, other] = [rootOf(a), rootOf(b)]
    if (one !== other) parent.set(one, other)
  }
  const movers = new Set(options.map(({ mover }) => mover))
  for (const { mover, home } of options) join(`mover ${mover}`, `home ${home}`)
  for (const mover of movers) {
    const team = teamOf[mover] ?? -1
    if (limited.has(team)) join(`mover ${mover}`, `team ${team}`)
  }
  const byRoot = Map.groupBy(
    input.movers.keys().filter((mover) => movers.has(mover)),
    (mover) => rootOf(`mover ${mover}`),
  )
  return [...byRoot.values()]
}

function keepsTeams(question: Question, moves: readonly (Move | null)[], group: readonly number[]): boolean {
  const { input, limits, teamOf } = question
  const made = group.flatMap((mover) => {
    const on = dayOf(question, moves[mover] ?? null)
    return on === null ? [] : [{ team: teamOf[mover] ?? -1, people: input.movers[mover]?.people ?? 0, on }]
  })
  return brokenLimit(limits, made, input.asOf) === undefined
}

/** The day of a move. */
export function dayOf({ options, input }: Pick<Question, 'options' | 'input'>, move: Move | null): Day | null {
  const option = move === null ? undefined : options[move.option]
  return option === undefined || move === null ? null : dayIn(option, input.asOf, move.month)
}

/** What the moves add up to, tier by tier. */
function valuesOf({ objective }: Pick<Question, 'objective'>, moves: readonly (Move | null)[]): Schedule['values'] {
  return objective.tiers.map((tier) => ({
    id: tier.id,
    value: moves.reduce(
      (sum, move) => (move === null ? sum : sum + objective.gainIn(tier, move.option, move.month)),
      0,
    ),
  }))
}
