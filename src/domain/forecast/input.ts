import type { MatchingPolicy } from '../matching/policy.ts'

/**
 * What a forecast is made from: the history as columns of whole numbers, without persons. Days are numbers as `dayNumber`
 * counts them, `NEVER` is «not yet»; districts, forms, areas and places are named by their index.
 */

/** Later than every day. */
export const NEVER = 1_000_000_000

/** None, where an index could be. */
export const NONE = -1

/** Places that are given to the same districts and lie in the same one. */
export interface Area {
  /** Where the places lie, an index of `districts`. */
  district: number
  /** Whose people they are given to, indexes of `districts`. */
  serves: readonly number[]
}

export interface FormFacts {
  id: string
  /** 0 outside to 4 private: forms of one step lend each other what they have seen too little of. */
  step: number
}

/** Places, each open on the days `[opens, closes)`. */
export interface PlaceColumns {
  area: readonly number[]
  form: readonly number[]
  opens: readonly number[]
  closes: readonly number[]
  /** What is only said to be possible: `UNSURE.opening`, `UNSURE.closing` or both. Absent: nothing is, or it was not kept then. */
  unsure?: readonly number[]
}

export const UNSURE = { opening: 1, closing: 2 } as const

/** Stays in places, each on the days `[from, to)`. */
export interface StayColumns {
  place: readonly number[]
  /** The responsible district of the household. */
  home: readonly number[]
  from: readonly number[]
  to: readonly number[]
  /** Since when she waits for another home, or NEVER. */
  readySince: readonly number[]
  /** 1 when she moved straight on to another place, else 0. */
  movedOn: readonly number[]
  /** 1 when a home (a form for living in) was lost: she left it for no other and is back in the queue within three months. */
  lost: readonly number[]
}

/** Registered needs, each waiting on the days `[from, to)`. */
export interface NeedColumns {
  home: readonly number[]
  /** What is asked for first, and next (NONE: nothing else). */
  first: readonly number[]
  second: readonly number[]
  /** The form of the place of ours that she lives in while she waits; NONE: lives in none. */
  livesIn: readonly number[]
  from: readonly number[]
  to: readonly number[]
  /** The form she was given; NONE: waits, or ended otherwise. */
  given: readonly number[]
  /** 1–5 by the policy in force, of those who wait today. */
  urgency: readonly number[]
  /** 1 when it follows the loss of a home that `StayColumns.lost` tells of. */
  afterLoss: readonly number[]
}

export interface ForecastInput {
  /** Today: everything before it has been seen, nothing from it on. */
  asOf: number
  /** The first day that needs were registered on: before it, none is not nobody. */
  since: number
  districts: readonly string[]
  forms: readonly FormFacts[]
  areas: readonly Area[]
  /** The matching policy in force today, which places are given away by. Absent: it was not kept then, and was the first. */
  policy?: { version: number; choices: MatchingPolicy }
  places: PlaceColumns
  stays: StayColumns
  needs: NeedColumns
}
