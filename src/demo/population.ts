import type { DayNumber } from './calendar.ts'
import type { RatesKey } from './formRates.ts'
import { drawHousehold } from './household.ts'
import type { CityPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { SimHousehold, SimPlace, SimStay } from './simulated.ts'

/** Where somebody was before, and may come back to. */
export type Circle = 'vel' | 'self_referral' | 'others'

/**
 * How many who are out are remembered in a district, the latest: so many for each of its people in VEL in a year. Those who
 * come back are few and come often (002 2.1: about three admissions a person and year).
 */
const REMEMBERED: Record<Circle, number> = { vel: 0.33, self_referral: 0.07, others: 2 }
const PROBES = 24

/** Everyone there is: who lives where, and who was here before. */
export interface Population {
  readonly households: SimHousehold[]
  newcomer(district: string, day: DayNumber, rates: RatesKey, place: SimPlace | null): SimHousehold
  /** Keeps somebody who is out in mind. */
  remember(household: SimHousehold, circle: Circle): void
  /** Somebody of the district who was here before and is out now; null when nobody of them fits. */
  recall(district: string, circle: Circle, fits: (household: SimHousehold) => boolean): SimHousehold | null
  movedIn(stay: SimStay): void
  movedOut(stay: SimStay): void
  /** How many of a district live in a form. */
  living(form: string, district: string): number
  /** Somebody who has lived in one of the forms for some days, with no need yet; the first form that has anybody. */
  someoneIn(forms: readonly string[], district: string, day: DayNumber, settledDays: number): SimStay | null
}

/** A city without people. */
export function emptyPopulation(plan: CityPlan, random: Random): Population {
  const households: SimHousehold[] = []
  const drawn = random.fork('drawn')
  const chances = random.fork('chances')
  const formers = new Map<string, SimHousehold[]>()
  const stays = new Map<string, SimStay[]>()
  const placed = new Map<SimStay, number>()
  const peopleIn = new Map(plan.districts.map((district, index) => [district, plan.comeBack[index] ?? 0]))

  function listOf(form: string, district: string): SimStay[] {
    const key = `${form}/${district}`
    const found = stays.get(key) ?? []
    stays.set(key, found)
    return found
  }

  /** Takes one out of a list whose order means nothing. */
  function takeOut<T>(list: T[], at: number): T | undefined {
    const last = list.pop()
    if (last !== undefined && at < list.length) list[at] = last
    return at < list.length ? last : undefined
  }

  return {
    households,
    newcomer(district, day, rates, place) {
      const household = drawHousehold(households.length, district, day, { rates, place }, drawn)
      households.push(household)
      return household
    },
    remember(household, circle) {
      const key = `${circle}/${household.district}`
      const list = formers.get(key) ?? []
      formers.set(key, list)
      list.push(household)
      const most = Math.max(3, Math.round((peopleIn.get(household.district) ?? 0) * REMEMBERED[circle]))
      if (list.length > most) list.splice(0, 1)
    },
    recall(district, circle, fits) {
      const list = formers.get(`${circle}/${district}`) ?? []
      for (let tried = 0; tried < PROBES && list.length > 0; tried += 1) {
        const at = chances.below(list.length)
        const household = list[at]
        if (household === undefined || household.gone || household.stay !== null || household.need !== null) {
          takeOut(list, at)
        } else if (fits(household)) {
          takeOut(list, at)
          return household
        }
      }
      return null
    },
    movedIn(stay) {
      const list = listOf(stay.form, stay.household.district)
      placed.set(stay, list.length)
      list.push(stay)
    },
    movedOut(stay) {
      const at = placed.get(stay)
      if (at === undefined) return
      placed.delete(stay)
      const moved = takeOut(listOf(stay.form, stay.household.district), at)
      if (moved !== undefined) placed.set(moved, at)
    },
    living: (form, district) => listOf(form, district).length,
    someoneIn(forms, district, day, settledDays) {
      const couldMoveOn = ({ place, household, from }: SimStay) =>
        place !== null &&
        place.to === null &&
        !place.selfReferral &&
        household.need === null &&
        day - from >= settledDays
      for (const form of forms) {
        const list = listOf(form, district)
        for (let tried = 0; tried < Math.min(PROBES, list.length); tried += 1) {
          const stay = chances.pick(list)
          if (couldMoveOn(stay)) return stay
        }
        const rare = list.filter(couldMoveOn)
        if (rare.length > 0) return chances.pick(rare)
      }
      return null
    },
  }
}
