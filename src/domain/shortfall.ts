import { addDays, type Day } from './day.ts'

/**
 * How many lack a home on a day, said in two ways that are never shown one without the other: the plain difference of queue and
 * free places, and what matching is certain of. Their worked example is in docs/capacity.md.
 */

/** Of one district and form: how many wait for it first, and how many places of it are free. */
export interface PlainCount {
  district: string
  form: string
  waiting: number
  free: number
}

/** Counts of several districts and forms, added up. */
export interface PlainSum {
  waiting: number
  free: number
  /** Who wait beyond the free places, form by form: a free place of one form is none of another. */
  plain: number
}

/**
 * The plain difference. Of the city a form is counted over all its districts, of one district over its own: so the districts'
 * differences add up to as much as the city's or more.
 */
export function plainSum(counts: readonly PlainCount[]): PlainSum {
  const sum: PlainSum = { waiting: 0, free: 0, plain: 0 }
  for (const ofForm of Map.groupBy(counts, ({ form }) => form).values()) {
    const waiting = ofForm.reduce((total, count) => total + count.waiting, 0)
    const free = ofForm.reduce((total, count) => total + count.free, 0)
    sum.waiting += waiting
    sum.free += free
    sum.plain += Math.max(0, waiting - free)
  }
  return sum
}

/** How far the first snapshot looks back, so that there is something to compare the first certain number with. */
const FIRST_DAYS_BACK = 30

/**
 * The days that want a snapshot, oldest first: every one since the newest, today included, however long nothing ran.
 * None where the newest is today or later (a clock that was put back).
 * @param newest the last day that has one, or undefined before the first
 */
export function daysToTake(newest: Day | undefined, today: Day): Day[] {
  const days: Day[] = []
  for (let day = newest === undefined ? addDays(today, -FIRST_DAYS_BACK) : addDays(newest, 1); day <= today; ) {
    days.push(day)
    day = addDays(day, 1)
  }
  return days
}

/** Why nobody can say what was certain on a day, as a user reads it. */
export const CERTIFIED_MISSING = {
  before_first: 'Den sikre mangelen ble ikke regnet ut før denne dagen. Den kan ikke regnes ut i ettertid.',
  missed: 'Den sikre mangelen ble ikke regnet ut den dagen, for tjenesten var nede. Den kan ikke regnes ut i ettertid.',
} as const
export type CertifiedMissing = keyof typeof CERTIFIED_MISSING

/** What is certain on one day: how many go without whoever moves, in the city and in each district by itself. */
export interface Certified {
  city: number
  byDistrict: ReadonlyMap<string, number>
}
