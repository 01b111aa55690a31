import { addDays, type Day } from '../day.ts'
import { monthOf, type ScheduleInput, type Team } from './input.ts'
import type { Lift } from './options.ts'

/** What a team can take: over each stretch of months so many people more begin with it. */
export interface TeamLimit {
  team: number
  /** Both included. */
  first: number
  last: number
  /** How many people may move in these months; never negative. */
  most: number
}

/**
 * What teams can take, month by month: so many new ones in each month, and so many at once, which counts everybody who has
 * moved within the time of follow-up, those who moved before today among them.
 */
export function teamLimits({ asOf, until, teams, followUpMonths }: ScheduleInput): TeamLimit[] {
  const months = monthOf(asOf, addDays(until, -1)) + 1
  return teams.flatMap(({ capacity, newPerMonth, load }: Team, team) =>
    Array.from({ length: months }, (_, month): TeamLimit[] => {
      const first = month - followUpMonths + 1
      const already = load
        .filter(({ movedOn }) => monthOf(asOf, movedOn) >= first && monthOf(asOf, movedOn) <= month)
        .reduce((sum, { people }) => sum + people, 0)
      return [
        ...(newPerMonth === null ? [] : [{ team, first: month, last: month, most: newPerMonth }]),
        ...(capacity === null
          ? []
          : [{ team, first: Math.max(0, first), last: month, most: Math.max(0, capacity - already) }]),
      ]
    }).flat(),
  )
}

/** The position of a mover's team, or -1 where nothing of it counts for her. */
export function teamsOf({ movers, teams }: ScheduleInput, lift: Lift | undefined): number[] {
  const at = new Map(teams.map(({ id }, index) => [id, index]))
  return movers.map(({ teamId }, mover) => {
    const free = lift?.mover === mover && lift.limits.has('team_full')
    return free ? -1 : (at.get(teamId ?? '') ?? -1)
  })
}

/** The first limit that these moves break, or undefined when they keep them all. */
export function brokenLimit(
  limits: readonly TeamLimit[],
  moves: readonly { team: number; people: number; on: Day }[],
  asOf: Day,
): TeamLimit | undefined {
  const byTeam = Map.groupBy(moves, ({ team }) => team)
  return limits.find(({ team, first, last, most }) => {
    const there = (byTeam.get(team) ?? []).filter(({ on }) => monthOf(asOf, on) >= first && monthOf(asOf, on) <= last)
    return there.reduce((sum, { people }) => sum + people, 0) > most
  })
}
