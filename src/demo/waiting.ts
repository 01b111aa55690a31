import type { HousingForm } from '../domain/ladder.ts'
import type { DayNumber } from './calendar.ts'
import { wouldTake } from './household.ts'
import type { SimNeed, SimPlace } from './simulated.ts'

/** How many who are due are looked at for one home. */
const LOOKED_AT = 40

/** Needs that have waited as long as such needs do, by district and form, the longest due first. */
export interface Waiting {
  add(need: SimNeed): void
  /** Whoever has been due longest and could move in; null when nobody could. */
  longestFor(place: SimPlace, form: HousingForm, district: string, day: DayNumber): SimNeed | null
}

/** Nobody waits yet. */
export function nobodyWaiting(): Waiting {
  const lists = new Map<string, SimNeed[]>()

  function couldMove(need: SimNeed, place: SimPlace, day: DayNumber): boolean {
    const { stay } = need.household
    if (stay !== null && (stay.place === place || stay.from >= day)) return false
    return wouldTake(place, need.household, need.required, day)
  }

  return {
    add(need) {
      for (const form of need.forms) {
        const key = `${need.household.district}/${form}`
        const list = lists.get(key) ?? []
        lists.set(key, list)
        list.push(need)
      }
    },
    longestFor(place, form, district, day) {
      const key = `${district}/${form}`
      const list = lists.get(key)?.filter(({ status }) => status === 'open')
      if (list === undefined) return null
      lists.set(key, list)
      return list.slice(0, LOOKED_AT).find((need) => couldMove(need, place, day)) ?? null
    },
  }
}
