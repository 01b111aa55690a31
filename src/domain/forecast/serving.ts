import { longer } from './columns.ts'
import type { RunRates } from './draw.ts'
import { type GivingOrder, type Turn, turnsOf } from './givingOrder.ts'
import { type Area, NONE } from './input.ts'
import type { Plan } from './plan.ts'
import type { Chance } from './random.ts'
import type { Streams } from './streams.ts'

/** Whom a place is for when it is given away: districts of today, and of those one new district only, or NONE: all of them. */
export interface Served {
  districts: readonly number[]
  part: number
  /** Whose turn it is among those who wait, and the districts of all of them. */
  turns: readonly Turn[]
  waiting: readonly number[]
}

/** Whom the places of one plan are for, day by day; after a redrawing by what each need and each place belongs to. */
export interface Serving {
  /** Notes which new district a need belongs to, for as long as it waits. */
  joins(need: number, home: number, group: number): void
  /** Whom a place of the cell is for that is given away on the day. */
  on(cell: number, day: number): Served
  /** Whether a need of the districts is of those that are served; undefined: all are. */
  isServed(served: Served): ((need: number) => boolean) | undefined
  /** The home district of somebody who moves in without a registered need; `u` between 0 and 1. */
  homeOf(served: Served, form: number, u: number): number
}

export function servingOf(
  { cells, redrawn }: Plan,
  { homes }: RunRates,
  districts: number,
  chance: Chance,
  streams: Streams,
  order: GivingOrder,
): Serving {
  // the same in every run, so that nothing is made anew for each place
  const servedBy = (by: GivingOrder, area: Area, part: number): Served => {
    const turns = turnsOf(by, area, districts)
    return { districts: area.serves, part, turns, waiting: [...new Set(turns.flatMap((turn) => turn.districts))] }
  }
  const whole = cells.map(({ area }) => servedBy(order, area, NONE))
  // a new district's places are for its own people only, wherever they lived before: districts part nobody
  const within = { ...order, partedBy: order.partedBy.filter((by) => by === 'preferred_form'), ownDistrictOnly: false }
  const parts = (redrawn?.codes ?? []).map((_, part) => {
    const serves = [...Array(districts).keys()].filter((district) => (redrawn?.shares[district]?.[part] ?? 0) > 0)
    return servedBy(within, { district: NONE, serves }, part)
  })
  let belongs = new Int32Array(0)

  /** The new district of somebody, or of a place, of an old one; NONE where it is not redrawn. */
  function partOf(district: number, stream: number): number {
    const shares = redrawn?.shares[district]
    if (shares === undefined) return NONE
    let left = chance.uniform(stream)
    for (const [part, share] of shares.entries()) {
      left -= share
      if (left < 0) return part
    }
    return shares.findLastIndex((share) => share > 0)
  }

  return {
    joins(need, home, group) {
      if (redrawn === undefined) return
      belongs = longer(belongs, need + 1)
      belongs[need] = partOf(home, streams.belongs + group)
    },
    on(cell, day) {
      const served = whole[cell]!
      const own = served.districts.length === 1 && !order.servesAll
      if (redrawn === undefined || day < redrawn.from || !own) return served
      const part = partOf(served.districts[0]!, streams.parts + cell)
      return part === NONE ? served : parts[part]!
    },
    isServed: ({ part }) => (part === NONE ? undefined : (need) => belongs[need] === part),
    homeOf({ districts: served, part }, form, u) {
      const weight = (district: number) =>
        homes[form * districts + district]! * (part === NONE ? 1 : (redrawn?.shares[district]?.[part] ?? 0))
      let sum = 0
      for (const district of served) sum += weight(district)
      let left = u * sum
      for (const district of served) {
        left -= weight(district)
        if (left < 0) return district
      }
      return served.at(-1)!
    },
  }
}
