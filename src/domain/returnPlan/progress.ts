import { RETURN_POLICY, RETURN_STANDINGS, type ReturnStanding } from '../../reference/returnPlans.ts'
import { addMonths, type Day, daysBetween, firstOfMonth } from '../day.ts'
import { isOpen } from './plan.ts'
import { type LivesNow, type StandingPlan, standingOf } from './standing.ts'

const SETTLED_BY = RETURN_POLICY.parameters.settledBy as Day

/** One household of a bydel: with a plan, or in an institution without one. No person is in it. */
export interface StandingRow extends LivesNow {
  district: string
  /** How many moved in together, adults. */
  people: number
  /** The day somebody with a plan left the institution for good; null while she lives there. */
  leftVelOn: Day | null
  plan: (StandingPlan & { begunOn: Day }) | null
}

export type StandingCounts = Record<ReturnStanding, number> & {
  /** For whom returning is right and who live in VEL's institutions still: on track and late. */
  left: number
  /** Who live in VEL's institutions. */
  livingInVel: number
  /** The same two in households, which forecasts count. */
  householdsLeft: number
  householdsInVel: number
}

/** How many people of `rows` stand where. Somebody who moved back is counted there, and anew by what she has now. */
export function countStandings(rows: readonly StandingRow[], today: Day): StandingCounts {
  const counts = Object.fromEntries(RETURN_STANDINGS.map(({ id }) => [id, 0])) as Record<ReturnStanding, number>
  let [livingInVel, householdsInVel, householdsLeft] = [0, 0, 0]
  for (const { plan, people, ...lives } of rows) {
    const standing = standingOf(plan, lives, today)
    if (standing !== null) counts[standing] += people
    if (standing === 'on_track' || standing === 'late') householdsLeft += 1
    // who has closed plans only, has a row of her own for where she lives
    const counted = plan === null || (plan.withdrawnOn === null && plan.movedBackOn === null)
    if (counted && lives.livesInVel) {
      livingInVel += people
      householdsInVel += 1
    }
  }
  return { ...counts, left: counts.on_track + counts.late, livingInVel, householdsLeft, householdsInVel }
}

/** One month of the burn-down, on its first day. */
export interface BurnDownMonth {
  day: Day
  /** People in VEL's institutions; null after today: nobody knows. */
  livingInVel: number | null
  /** The same in households. */
  householdsInVel: number | null
  /** For whom a plan says that returning is right, who had not moved; null after today. */
  left: number | null
  /** As the plans have it: who will not have moved. Null before today. */
  planned: number | null
  /** Of these, late by their own day or without one: they stay until somebody says when. */
  plannedWithoutDay: number | null
  /** As many as may be left at an even pace from today to nobody on the day; null before today. */
  evenPace: number | null
  /** The same in households. */
  householdsEvenPace: number | null
}

/** Who lived in VEL's institutions on a day. */
export interface LivedThere {
  people: number
  households: number
}

/**
 * The burn-down to the day, month by month: what was, from when plans were begun; and what the plans say, from today on. Before
 * today it rests on what the plans say today of whether returning is right, which may have been decided later than they began.
 * @param lived who lived in VEL's institutions on a past month's first day
 */
export function burnDown(
  rows: readonly StandingRow[],
  lived: ReadonlyMap<Day, LivedThere>,
  months: readonly Day[],
  today: Day,
): BurnDownMonth[] {
  const right = rows.flatMap(({ plan, ...row }) => (plan?.verdict === 'right' ? [{ ...plan, ...row }] : []))
  const sum = (counted: readonly { people: number }[]) => counted.reduce((total, { people }) => total + people, 0)
  const open = right.filter((plan) => isOpen(plan) && plan.livesInVel)
  const now = sum(open)
  const daysLeft = daysBetween(today, SETTLED_BY)
  const lateNow = open.filter(({ targetOn }) => targetOn === null || targetOn <= today)
  return months.map((day) => {
    if (day <= today) {
      const left = right.filter(
        (plan) =>
          plan.begunOn <= day &&
          (plan.movedOn === null || plan.movedOn > day) &&
          (plan.withdrawnOn === null || plan.withdrawnOn > day) &&
          // of an open plan of somebody who has left, the stays say when
          (!isOpen(plan) || plan.leftVelOn === null || plan.leftVelOn > day),
      )
      const isNow = day === today
      return {
        day,
        livingInVel: lived.get(day)?.people ?? 0,
        householdsInVel: lived.get(day)?.households ?? 0,
        left: isNow ? now : sum(left),
        planned: isNow ? now : null,
        plannedWithoutDay: isNow ? sum(lateNow) : null,
        evenPace: isNow ? now : null,
        householdsEvenPace: isNow ? open.length : null,
      }
    }
    // the target is to have moved before the day itself
    const notMovedOn = (targetOn: Day) => (day === SETTLED_BY ? targetOn >= day : targetOn > day)
    const later = open.filter(({ targetOn }) => targetOn !== null && targetOn > today && notMovedOn(targetOn))
    const share = daysLeft <= 0 ? 0 : Math.max(0, daysBetween(day, SETTLED_BY) / daysLeft)
    return {
      day,
      livingInVel: null,
      householdsInVel: null,
      left: null,
      planned: sum(later) + sum(lateNow),
      plannedWithoutDay: sum(lateNow),
      evenPace: Math.round(now * share),
      householdsEvenPace: Math.round(open.length * share),
    }
  })
}

/** The first days of months from `from` to the day, with today and the day itself among them. */
export function burnDownDays(from: Day, today: Day): Day[] {
  const until = SETTLED_BY > today ? SETTLED_BY : today
  const days = new Set<Day>([today, until])
  const first = firstOfMonth(from)
  for (let count = 0; addMonths(first, count) <= until; count += 1) days.add(addMonths(first, count))
  return [...days].sort()
}
