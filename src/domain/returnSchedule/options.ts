import type { ScheduleLimit } from '../../reference/returnSchedulePolicy.ts'
import { addDays, type Day, earlierDay, laterDay } from '../day.ts'
import { HOME_FORMS } from '../returnPlan/plan.ts'
import { type Home, type Mover, monthOf, type ScheduleInput, startOfMonth, type Team } from './input.ts'

/** Limits that are looked away from for one of the movers, to see which of them binds. */
export interface Lift {
  mover: number
  limits: ReadonlySet<ScheduleLimit>
}

/** A mover and a home that fit, by their positions, and the days `[from, to]` on which she can move to it. */
export interface Option {
  mover: number
  home: number
  from: Day
  to: Day
}

/** Whether the plan has a team that begins before the target day. */
export function supportAgreed({ teamId, supportFrom, targetOn }: Mover): boolean {
  return teamId !== null && supportFrom !== null && (targetOn === null || supportFrom < targetOn)
}

/** What of the limits stands in the way of this mover by itself, or could: what there is to lift. */
export function limitsOf({ asOf, until, teams }: ScheduleInput, mover: Mover): ScheduleLimit[] {
  const team = teams.find(({ id }) => id === mover.teamId)
  const limited =
    team !== undefined && (team.capacity !== null || team.newPerMonth !== null || team.to !== null || team.from > asOf)
  const { earliestOn, targetOn, supportFrom } = mover
  const bounded =
    (earliestOn ?? asOf) > asOf || (supportFrom ?? asOf) >= asOf || (targetOn ?? until) < addDays(until, -1)
  return [
    ...(mover.missing.length > 0 ? (['plan_incomplete'] as const) : []),
    ...(supportAgreed(mover) ? [] : (['support_not_agreed'] as const)),
    ...(bounded ? (['window'] as const) : []),
    ...(limited ? (['team_full'] as const) : []),
    'no_home',
  ]
}

/** The days on which a mover can move as her plan has it, last day included; undefined: on none. */
function windowOf(
  { asOf, until }: ScheduleInput,
  mover: Mover,
  team: Team | undefined,
  lifted: Lift['limits'] | undefined,
): { from: Day; to: Day } | undefined {
  const without = (limit: ScheduleLimit) => lifted?.has(limit) === true
  if (mover.missing.length > 0 && !without('plan_incomplete')) return undefined
  if (!supportAgreed(mover) && !without('support_not_agreed')) return undefined
  let from = asOf
  let to = addDays(until, -1)
  if (!without('window')) {
    if (mover.earliestOn !== null) from = laterDay(from, mover.earliestOn)
    // support begins before the move, by a day at the least
    if (mover.supportFrom !== null && !without('support_not_agreed'))
      from = laterDay(from, addDays(mover.supportFrom, 1))
    if (mover.targetOn !== null) to = earlierDay(to, mover.targetOn)
  }
  if (team !== undefined && !without('team_full')) {
    from = laterDay(from, team.from)
    if (team.to !== null) to = earlierDay(to, addDays(team.to, -1))
  }
  return from <= to ? { from, to } : undefined
}

/**
 * Every mover and home that fit: of her form, in her bydel, not set aside for somebody else, and on some day of both windows.
 * In order of mover and home. With a lift that looks away from homes, she has one of her own at the end of `homes`.
 */
export function optionsOf(input: ScheduleInput, homes: readonly Home[], lift: Lift | undefined): Option[] {
  const teams = new Map(input.teams.map((team) => [team.id, team]))
  const byDistrict = Map.groupBy(homes.keys(), (home) => homes[home]?.district ?? '')
  return input.movers.flatMap((mover, index): Option[] => {
    const lifted = lift?.mover === index ? lift.limits : undefined
    const window = windowOf(input, mover, teams.get(mover.teamId ?? ''), lifted)
    if (window === undefined) return []
    const forms: readonly string[] = mover.form === null ? HOME_FORMS : [mover.form]
    return [...(byDistrict.get(mover.homeDistrict) ?? [])].flatMap((at): Option[] => {
      const home = homes[at] as Home
      const hers = home.reservedFor === mover.pseudonym
      if (!hers && (home.reservedFor !== null || mover.committedTo !== null || !forms.includes(home.form))) return []
      const from = laterDay(window.from, home.from)
      const to = earlierDay(window.to, addDays(home.to, -1))
      return from <= to ? [{ mover: index, home: at, from, to }] : []
    })
  })
}

/** The homes of the input, and with a lift that looks away from them one more that only this mover may have. */
export function homesWith(input: ScheduleInput, lift: Lift | undefined): readonly Home[] {
  const mover = lift?.limits.has('no_home') === true ? input.movers[lift.mover] : undefined
  if (mover === undefined) return input.homes
  const extra: Home = {
    id: 'one more',
    source: 'expected',
    placeId: null,
    district: mover.homeDistrict,
    form: mover.form ?? (HOME_FORMS[0] as Home['form']),
    from: input.asOf,
    to: input.until,
    reservedFor: mover.pseudonym,
  }
  return [...input.homes, extra]
}

/** The first day of an option in a month; the month must be one of its own. */
export function dayIn({ from }: Option, asOf: Day, month: number): Day {
  return laterDay(from, startOfMonth(asOf, month))
}

/** The months, counted from that of `asOf`, in which an option can be taken; both included. */
export function monthsOf({ from, to }: Option, asOf: Day): { first: number; last: number } {
  return { first: monthOf(asOf, from), last: monthOf(asOf, to) }
}
