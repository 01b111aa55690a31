import { SCHEDULE_LIMITS, type ScheduleLimit } from '../../reference/returnSchedulePolicy.ts'
import type { Day } from '../day.ts'
import type { ScheduleInput } from './input.ts'
import { limitsOf } from './options.ts'
import type { Means } from './question.ts'
import { dayOf, type Schedule, solveSchedule } from './solve.ts'

/** What keeps somebody from moving: the first limit that is named, what has to give way beside it, and when she moves then. */
export interface Binding {
  limitedBy: ScheduleLimit
  alsoLimitedBy: ScheduleLimit[]
  /** Null: the time to search was over first. */
  couldMoveOn: Day | null
}

const ORDER: readonly ScheduleLimit[] = SCHEDULE_LIMITS.map(({ id }) => id)

/**
 * Which limit binds for a mover whom the best schedule leaves out. One limit at a time, in the order of the table, is looked
 * away from for her alone and everything is solved again: the first without which the objective gets better, which it only
 * can by her moving, is the one. Where no single one does, they are looked away from together, in the same order, until she
 * moves, and those that it also works with are put back: what is left has to give way together. A home of her own at any
 * time, with a whole plan and nobody to wait for, always does: so there is an answer for everybody.
 * @param whole the best schedule of `input`, without a lift
 */
export function bindingOf(input: ScheduleInput, whole: Schedule, mover: number, means: Means): Binding {
  const someone = input.movers[mover]
  if (someone === undefined) throw new RangeError(`no mover ${mover}`)
  const there = limitsOf(input, someone)
  const candidates = ORDER.filter((limit) => there.includes(limit))
  const without = (limits: readonly ScheduleLimit[]): Day | null => {
    const lifted = solveSchedule(input, means, { mover, limits: new Set(limits) })
    return isBetter(lifted, whole) ? dayOf(lifted, lifted.moves[mover] ?? null) : null
  }
  for (const limit of candidates) {
    const on = without([limit])
    if (on !== null) return { limitedBy: limit, alsoLimitedBy: [], couldMoveOn: on }
  }
  let needed: ScheduleLimit[] = []
  let on: Day | null = null
  for (const limit of candidates) {
    needed = [...needed, limit]
    on = without(needed)
    if (on !== null) break
  }
  for (const limit of needed.toReversed()) {
    const fewer = needed.filter((other) => other !== limit)
    const then = without(fewer)
    if (then === null) continue
    needed = fewer
    on = then
  }
  const [limitedBy, ...alsoLimitedBy] = needed
  if (limitedBy === undefined) throw new Error(`nothing keeps mover ${mover} who does not move`)
  return { limitedBy, alsoLimitedBy, couldMoveOn: on }
}

/** The tiers that do not depend on how many forms somebody could have: people placed, days waited, months. */
const COMPARED = /^(class|days|months)_/

/** Whether the first schedule is better than the second, tier by tier. */
function isBetter(one: Schedule, other: Schedule): boolean {
  for (const [tier, { id, value }] of one.values.entries()) {
    if (!COMPARED.test(id)) continue
    const before = other.values[tier]?.value ?? 0
    if (value !== before) return value > before
  }
  return false
}
