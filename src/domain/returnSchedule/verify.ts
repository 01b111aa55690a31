import { addDays, type Day } from '../day.ts'
import { monthOf, type ScheduleInput } from './input.ts'
import { supportAgreed } from './options.ts'

/** A move as it is told: who, where and when. */
export interface ToldMove {
  pseudonym: string
  homeId: string
  on: Day
}

/**
 * Looks at a schedule as somebody who knows nothing of how it was made, from the input alone: nobody moves twice or without a
 * whole plan, no home is given twice, before it is there or to somebody whom it is not for, every move is on a day that the
 * plan allows, and no team gets more than it can take.
 * @throws {Error} naming what is wrong; the schedule must not be shown
 */
export function verifySchedule(input: ScheduleInput, moves: readonly ToldMove[]): void {
  const { asOf, until, movers, homes, teams, followUpMonths } = input
  const given = new Set<string>()
  const moved = new Set<string>()
  const begun = new Map<string, { month: number; people: number }[]>()
  for (const { pseudonym, homeId, on } of moves) {
    const mover = movers.find((one) => one.pseudonym === pseudonym)
    const home = homes.find(({ id }) => id === homeId)
    if (mover === undefined || home === undefined) throw wrong('somebody or some home is not of the input', homeId)
    if (moved.has(pseudonym)) throw wrong('somebody moves twice', pseudonym)
    if (given.has(homeId)) throw wrong('a home is given twice', homeId)
    moved.add(pseudonym)
    given.add(homeId)
    if (mover.missing.length > 0 || !supportAgreed(mover)) throw wrong('somebody moves without a whole plan', pseudonym)
    if (on < asOf || on >= until) throw wrong('a move is outside the schedule', pseudonym)
    if (on < home.from || on >= home.to) throw wrong('a home is given while it is not there', homeId)
    if (mover.earliestOn !== null && on < mover.earliestOn) throw wrong('somebody moves too early', pseudonym)
    if (mover.targetOn !== null && on > mover.targetOn) throw wrong('somebody moves too late', pseudonym)
    if (mover.supportFrom !== null && on < addDays(mover.supportFrom, 1))
      throw wrong('somebody moves before support begins', pseudonym)
    const reserved = home.reservedFor !== null
    if (reserved ? home.reservedFor !== pseudonym : mover.committedTo !== null)
      throw wrong('a home is given to another than it is set aside for', homeId)
    if (!reserved && (home.form !== mover.form || home.district !== mover.homeDistrict))
      throw wrong('a home is of another form or in another bydel', homeId)
    const team = mover.teamId ?? ''
    begun.set(team, [...(begun.get(team) ?? []), { month: monthOf(asOf, on), people: mover.people }])
    const exists = teams.find(({ id }) => id === team)
    if (exists !== undefined && (on < exists.from || (exists.to !== null && on >= exists.to)))
      throw wrong('a team follows up while it is not there', team)
  }
  for (const { id, capacity, newPerMonth, load } of teams) {
    const news = begun.get(id) ?? []
    const all = [...news, ...load.map(({ movedOn, people }) => ({ month: monthOf(asOf, movedOn), people }))]
    for (const { month } of news) {
      const sum = (some: readonly { people: number }[]) => some.reduce((total, { people }) => total + people, 0)
      if (newPerMonth !== null && sum(news.filter((one) => one.month === month)) > newPerMonth)
        throw wrong('a team begins with more than it can in a month', id)
      const together = all.filter((one) => one.month <= month && one.month > month - followUpMonths)
      if (capacity !== null && sum(together) > capacity) throw wrong('a team follows up more than it can', id)
    }
  }
}

function wrong(what: string, where: string): Error {
  return new Error(`refused a wrong schedule: ${what} (${where})`)
}
