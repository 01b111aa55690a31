import type { NeedOrigin } from '../reference/profiles.ts'
import type { DayNumber } from './calendar.ts'
import { FORM_RATES, type RatesKey } from './formRates.ts'
import {
  drawHousehold,
  ratesOf,
  type SimHousehold,
  type SimNeed,
  type SimPlace,
  type SimStay,
  wouldTake,
} from './household.ts'
import type { HouseForm } from './houseKinds.ts'
import { type BuiltCity, type BuiltStock, buildHouses } from './houses.ts'
import { needArrivals } from './needArrivals.ts'
import type { CityPlan } from './plan.ts'
import { evenly, quantile, type Random } from './random.ts'
import { type Turns, takeTurns } from './turns.ts'

/** The whole history, in the order in which it happened. */
export interface History {
  readonly city: BuiltCity
  readonly households: SimHousehold[]
  readonly stays: SimStay[]
  readonly needs: SimNeed[]
}

type Happening = () => void

/** What happens on one day, in this order: a place may be left and taken on the same day. */
interface Agenda {
  closings: Happening[]
  ends: Happening[]
  needs: Happening[]
  starts: Happening[]
}

/** How long a need that is due is still looked for a home for, before it ends without one. */
const STILL_LOOKED_FOR = 60
/** How many who are due are looked at for one home. */
const LOOKED_AT = 40
const REMEMBERED = 240

/**
 * Moves people through the city's places from `begin` to the day before `today`: whoever is due moves into what is free, people
 * leave when their time is over, needs arise at the plan's rates. Nobody lives in two homes, no place is taken twice. About
 * O(days + stays + needs); the draws all come from `random`.
 */
export function simulate(
  plan: CityPlan,
  begin: DayNumber,
  today: DayNumber,
  until: DayNumber,
  random: Random,
): History {
  const city = buildHouses(plan, begin, until, random.fork('houses'))
  const households: SimHousehold[] = []
  const stays: SimStay[] = []
  const needs: SimNeed[] = []
  const agenda = new Map<DayNumber, Agenda>()
  const people = random.fork('people')
  const chances = random.fork('chances')
  const stayLengths = new Map<RatesKey, () => number>()
  const vacancies = new Map<RatesKey, () => number>()
  const due = new Map<string, SimNeed[]>()
  const formers = new Map<string, SimHousehold[]>()
  const residents = new Map<string, Set<SimStay>>()
  const turns = new Map<string, Turns>()

  const listIn = <T>(lists: Map<string, T[]>, key: string): T[] => {
    const list = lists.get(key) ?? []
    if (list.length === 0) lists.set(key, list)
    return list
  }
  const on = (day: DayNumber): Agenda => {
    const found = agenda.get(day) ?? { closings: [], ends: [], needs: [], starts: [] }
    agenda.set(day, found)
    return found
  }
  const drawer = (drawers: Map<RatesKey, () => number>, key: RatesKey, what: 'stay' | 'vacancy'): (() => number) => {
    const found = drawers.get(key) ?? evenly(random.fork(`${what}/${key}`), FORM_RATES[key][what])
    drawers.set(key, found)
    return found
  }
  const newHousehold = (
    district: string,
    day: DayNumber,
    rates: RatesKey,
    place: SimPlace | null,
    protectedAddress = false,
  ) => {
    const household = drawHousehold(households.length, district, day, { rates, place, protectedAddress }, people)
    households.push(household)
    return household
  }
  const residentsOf = (form: string, district: string): Set<SimStay> => {
    const key = `${form}/${district}`
    const found = residents.get(key) ?? new Set<SimStay>()
    residents.set(key, found)
    return found
  }

  function beginStay(
    household: SimHousehold,
    place: SimPlace | null,
    form: SimStay['form'],
    from: DayNumber,
    plannedEnd: DayNumber,
  ): void {
    const stay: SimStay = { household, place, form, from, to: null, plannedEnd, overdue: false, readySince: null }
    stays.push(stay)
    household.stay = stay
    if (place !== null) place.stay = stay
    residentsOf(form, household.district).add(stay)
    on(plannedEnd).ends.push(() => plannedLeave(stay, plannedEnd))
  }

  function endStay(stay: SimStay, day: DayNumber): void {
    stay.to = day
    stay.household.stay = null
    residentsOf(stay.form, stay.household.district).delete(stay)
    const { place } = stay
    if (place === null) return
    place.stay = null
    if (place.to === null) scheduleVacancy(place, day, drawer(vacancies, ratesOf(place), 'vacancy')())
  }

  function scheduleVacancy(place: SimPlace, day: DayNumber, length: number): void {
    const start = day + length
    if (length >= 21 && chances.chance(280)) {
      const from = day + chances.below(Math.floor(length / 3))
      place.closures.push({ from, to: start, reason: closureReason(place, chances) })
    }
    on(start).starts.push(() => fill(place, start))
  }

  function plannedLeave(stay: SimStay, day: DayNumber): void {
    if (stay.to !== null) return
    if (stay.household.need !== null) {
      stay.overdue = true
      return
    }
    leave(stay, day)
  }

  function leave(stay: SimStay, day: DayNumber): void {
    endStay(stay, day)
    if (FORM_RATES[stay.form as HouseForm].known > 0 || chances.chance(150)) remember(stay.household)
    else stay.household.gone = true
  }

  function remember(household: SimHousehold): void {
    const list = listIn(formers, household.district)
    list.push(household)
    if (list.length > REMEMBERED) {
      const forgotten = list.shift()
      if (forgotten !== undefined && forgotten.stay === null && forgotten.need === null) forgotten.gone = true
    }
  }

  /** Somebody of the district who was here before and is out now; null when nobody of them fits. */
  function recall(district: string, fits: (household: SimHousehold) => boolean): SimHousehold | null {
    const list = formers.get(district) ?? []
    for (let tried = 0; tried < 12 && list.length > 0; tried += 1) {
      const at = chances.below(list.length)
      const household = list[at]
      if (household === undefined || household.gone || household.stay !== null || household.need !== null) {
        list[at] = list.at(-1) as SimHousehold
        list.pop()
      } else if (fits(household)) {
        list[at] = list.at(-1) as SimHousehold
        list.pop()
        return household
      }
    }
    return null
  }

  /** Whoever has been due longest and fits; those whose need has ended meanwhile are dropped from the list. */
  function longestDue(place: SimPlace, district: string, day: DayNumber): SimNeed | null {
    const key = `${district}/${place.house.form}`
    const list = due.get(key)
    if (list === undefined) return null
    let looked = 0
    for (let at = 0; at < list.length && looked < LOOKED_AT; at += 1) {
      const need = list[at]
      if (need === undefined) break
      if (need.status !== 'open' || need.household.need !== need) {
        list.splice(at, 1)
        at -= 1
        continue
      }
      looked += 1
      const lives = need.household.stay
      if (lives !== null && (lives.place === place || lives.from >= day)) continue
      if (need.livesIn !== null && lives !== null && lives !== need.livesIn) continue
      if (wouldTake(place, need.household, need.required, day)) return need
    }
    return null
  }

  function districtFor(place: SimPlace): string {
    const { house } = place
    if (house.serves === 'own_district') return house.district
    if (house.serves === 'listed_districts') return chances.pick(house.listed)
    const key = house.form
    const found = turns.get(key) ?? takeTurns(plan.districts, plan.shares(key))
    turns.set(key, found)
    // bought places and homes are divided by who lives there; short stays by who comes
    if (key.startsWith('vel_') || key === 'temporary') return found.next()
    return found.furthestBehind((district) => residentsOf(key, district).size)
  }

  function fill(place: SimPlace, day: DayNumber): void {
    if (place.to !== null || place.stay !== null) return
    const rates = ratesOf(place)
    const district = districtFor(place)
    const need = longestDue(place, district, day)
    const household = need?.household ?? someoneFor(place, district, rates, day)
    if (need !== null) {
      const left = household.stay
      if (left !== null) endStay(left, day)
      endNeed(need, day, 'closed', null)
    }
    beginStay(household, place, place.house.form, day, day + Math.max(1, drawer(stayLengths, rates, 'stay')()))
  }

  function someoneFor(place: SimPlace, district: string, rates: RatesKey, day: DayNumber): SimHousehold {
    const known = FORM_RATES[rates].known
    const old =
      known > 0 && chances.chance(known) ? recall(district, (household) => wouldTake(place, household, [], day)) : null
    return old ?? newHousehold(district, day, rates, place, false)
  }

  function endNeed(need: SimNeed, day: DayNumber, status: 'closed' | 'withdrawn', reason: string | null): void {
    need.ended = day
    need.status = status
    need.reason = reason
    const { household } = need
    household.need = null
    const { stay } = household
    if (reason === 'deceased') {
      household.gone = true
      if (stay !== null) endStay(stay, day)
    } else if (stay?.overdue === true && stay.to === null) {
      const later = day + chances.between(1, 60)
      on(later).ends.push(() => plannedLeave(stay, later))
    } else if (stay === null && status === 'withdrawn') remember(household)
  }

  /** A need that has been due for long ends without a home of ours. */
  function giveUp(need: SimNeed, day: DayNumber): void {
    if (need.status !== 'open') return
    const settled = need.household.stay !== null
    const reason = END_REASONS[chances.weighted(settled ? END_WEIGHTS_SETTLED : END_WEIGHTS_OUTSIDE)] ?? 'no_capacity'
    if (reason !== 'found_own') return endNeed(need, day, 'withdrawn', reason)
    const { household } = need
    if (household.stay !== null) endStay(household.stay, day)
    endNeed(need, day, 'closed', reason)
    beginStay(household, null, 'private', day, day + quantile(FORM_RATES.private.stay, chances.below(1_000_000)))
  }

  function register(need: SimNeed): void {
    needs.push(need)
    need.household.need = need
    if (need.livesIn !== null) need.livesIn.readySince = need.started
    on(need.due).needs.push(() => {
      if (need.status !== 'open') return
      for (const form of need.forms) listIn(due, `${need.household.district}/${form}`).push(need)
      const last = need.due + STILL_LOOKED_FOR
      on(last).needs.push(() => giveUp(need, last))
    })
  }

  /** Somebody who lives in one of these forms and could want to move on. */
  function someoneIn(forms: readonly string[], district: string, day: DayNumber, settledDays: number): SimStay | null {
    for (const form of forms) {
      const living = residentsOf(form, district)
      const candidates: SimStay[] = []
      for (const stay of living) {
        const { place, household } = stay
        if (place === null || place.to !== null || place.selfReferral || household.need !== null) continue
        if (day - stay.from >= settledDays) candidates.push(stay)
      }
      if (candidates.length > 0) return chances.pick(candidates)
    }
    return null
  }

  function someoneOutside(
    origin: NeedOrigin,
    district: string,
    day: DayNumber,
    rates: RatesKey,
    protectedAddress: boolean,
  ): SimHousehold {
    const known = origin === 'home' || origin === 'with_others' ? 150 : 450
    const old = !protectedAddress && chances.chance(known) ? recall(district, () => true) : null
    return old ?? newHousehold(district, day, rates, null, protectedAddress)
  }

  function closeOne(built: BuiltStock, day: DayNumber): void {
    const open = [...built.houses]
      .reverse()
      .flatMap(({ places }) => places.filter(({ from, to }) => to === null && from < day))
    const place =
      open.find(({ stay }) => stay === null) ?? open.find(({ stay }) => stay?.household.need === null) ?? open[0]
    if (place === undefined) return
    place.to = day
    // whoever still lives there moves to another house of the same kind, as soon as one has room
    if (place.stay !== null) leave(place.stay, day)
    for (const closure of place.closures) if (closure.to > day) closure.to = Math.max(day, closure.from)
    place.closures = place.closures.filter(({ from, to }) => from < to)
  }

  moveInAtTheBeginning()
  const arrivals = needArrivals(plan, begin, today, random.fork('arrivals'))
  const lookup = { someoneIn, someoneOutside, register }
  for (const { stock, closings, houses } of city.stocks) {
    for (const day of closings) if (day < today) on(day).closings.push(() => closeOne({ stock, closings, houses }, day))
  }
  for (const place of city.places) {
    if (place.from >= begin && place.from < today) on(place.from).starts.push(() => fill(place, place.from))
  }
  for (let day = begin; day < today; day += 1) {
    const happening = on(day)
    for (const close of happening.closings) close()
    for (let i = 0; i < happening.ends.length; i += 1) happening.ends[i]?.()
    for (const arrival of arrivals(day)) arrival(lookup)
    for (let i = 0; i < happening.needs.length; i += 1) happening.needs[i]?.()
    for (let i = 0; i < happening.starts.length; i += 1) happening.starts[i]?.()
    agenda.delete(day)
  }
  closeLater()
  return { city, households, stays, needs }

  /** Some have lived there for years already: a long stay is as much likelier to be met as it is longer. */
  function moveInAtTheBeginning(): void {
    const lived = new Map<RatesKey, number>()
    for (const place of city.places) {
      if (place.from >= begin) continue
      const key = ratesOf(place)
      const rates = FORM_RATES[key]
      const before = lived.get(key) ?? 500
      const after = before + rates.livedIn
      lived.set(key, after % 1000)
      if (after < 1000) {
        on(begin).starts.push(() => scheduleVacancy(place, begin, quantile(rates.vacancy, chances.below(1_000_000))))
        continue
      }
      const longest = rates.stay.at(-1) ?? 1
      let length = quantile(rates.stay, chances.below(1_000_000))
      while (chances.below(longest) > length) length = quantile(rates.stay, chances.below(1_000_000))
      const from = Math.max(begin - chances.below(Math.max(1, length)), place.from)
      const household = newHousehold(districtFor(place), from, key, place)
      beginStay(household, place, place.house.form, from, Math.max(begin + 1, from + length))
    }
  }

  /** What closes after today is planned: house by house, with the people who live there. */
  function closeLater(): void {
    for (const { closings, houses } of city.stocks) {
      const open = [...houses]
        .reverse()
        .flatMap(({ places }) => places.filter(({ from, to }) => to === null && from < today))
      for (const [at, day] of closings.filter((closing) => closing >= today).entries()) {
        const place = open[at]
        if (place !== undefined) place.to = Math.max(day, today + 1)
      }
    }
  }
}

const END_REASONS = [
  'found_own',
  'no_capacity',
  'outprioritised',
  'no_capacity_lost_place',
  'moved_within',
  'deceased',
  'unknown_pending',
]
const END_WEIGHTS_OUTSIDE = [38, 30, 8, 3, 0, 9, 12]
const END_WEIGHTS_SETTLED = [10, 44, 12, 5, 14, 7, 8]

function closureReason(place: SimPlace, random: Random): string {
  const staffed = !['municipal', 'municipal_support', 'private', 'private_support'].includes(place.house.form)
  const reasons = ['repair', 'refurbishment', 'damage', 'adaptation', 'staffing_hse', 'competence']
  return reasons[random.weighted(staffed ? [40, 15, 6, 6, 26, 7] : [55, 30, 10, 5, 0, 0])] ?? 'repair'
}
