import type { Day } from '../day.ts'
import type { Work } from './facts.ts'
import { WORK_KINDS, type WorkKind } from './kinds.ts'

/** The last day of the calendar: where what has no deadline stands. */
const NO_DAY = '2199-12-31'

/** Where something stands: keys that compare as text, part by part. */
export type WorkKey = readonly [actOn: string, kind: string, dueOn: string, id: string]

/**
 * The nearest deadline first, what has none last. What is over its day is due now, as what is due today is: among them those
 * without a safe place tonight come first, then others who cannot wait, then the other kinds, and of one kind the oldest.
 */
function workKey({ dueOn, kinds, tonight, subject, id }: Work, today: Day): WorkKey {
  const rank = tonight
    ? 0
    : 1 + Math.min(...kinds.map((kind) => WORK_KINDS.findIndex(({ id: known }) => known === kind)))
  const due = dueOn ?? NO_DAY
  return [due < today ? today : due, String(rank).padStart(2, '0'), due, `${subject} ${id}`]
}

/** Negative when `a` stands before `b`; 0 only for the same thing. */
export function compareKeys(a: WorkKey, b: WorkKey): number {
  for (const [part, mine] of a.entries()) {
    const theirs = b[part] ?? ''
    if (mine !== theirs) return mine < theirs ? -1 : 1
  }
  return 0
}

/** How many things there are of one kind, and how many of them are due today or over their day. */
export interface WorkCount {
  kind: WorkKind
  name: string
  count: number
  due: number
}

export interface Workday {
  /** In order, each with the key that a page may go on after. */
  works: { work: Work; key: WorkKey }[]
  /** Each thing once, whatever it is of. */
  total: number
  /** Of them, due today or over their day. */
  due: number
  /** With a deadline after the horizon: left out, and said. */
  later: number
  /** Every kind, in the order of the kinds. Something of two kinds counts in both. */
  kinds: WorkCount[]
}

/** @param horizon the last day whose deadlines are shown; null: all of them. What has no deadline is always shown. */
export function workdayOf(works: readonly Work[], today: Day, horizon: Day | null): Workday {
  const shown = works.filter(({ dueOn }) => dueOn === null || horizon === null || dueOn <= horizon)
  const isDue = ({ dueOn }: Work) => dueOn !== null && dueOn <= today
  return {
    works: shown.map((work) => ({ work, key: workKey(work, today) })).sort((a, b) => compareKeys(a.key, b.key)),
    total: shown.length,
    due: shown.filter(isDue).length,
    later: works.length - shown.length,
    kinds: WORK_KINDS.map(({ id, name }) => {
      const ofKind = shown.filter(({ kinds }) => kinds.includes(id))
      return { kind: id, name, count: ofKind.length, due: ofKind.filter(isDue).length }
    }),
  }
}
