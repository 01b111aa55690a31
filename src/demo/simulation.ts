import type { NeedOrigin } from '../reference/profiles.ts'
import { emptyAgenda } from './agenda.ts'
import type { DayNumber } from './calendar.ts'
import { FORM_RATES, type RatesKey } from './formRates.ts'
import { ratesOf, wouldTake } from './household.ts'
import type { HouseForm } from './houseKinds.ts'
import { type BuiltCity, type BuiltStock, buildHouses, closureReason } from './houses.ts'
import { needArrivals } from './needArrivals.ts'
import { endWithoutHome, FOLLOWED_UP } from './needEnds.ts'
import type { CityPlan } from './plan.ts'
import { type Circle, emptyPopulation } from './population.ts'
import { evenly, quantile, type Random } from './random.ts'
import type { SimHousehold, SimNeed, SimPlace, SimStay } from './simulated.ts'
import { type Turns, takeTurns } from './turns.ts'
import { nobodyWaiting } from './waiting.ts'

/** The whole history, each list in the order in which it happened. */
export interface History {
  readonly city: BuiltCity
  readonly households: SimHousehold[]
  readonly stays: SimStay[]
  readonly needs: SimNeed[]
}

export interface Span {
  /** The first day that is lived through. */
  readonly begin: DayNumber
  /** The demo's today; the day before is the last one lived through. */
  readonly today: DayNumber
  /** How far ahead openings and closings are planned. */
  readonly until: DayNumber
}

/** A closure of a place that stands empty this long is likely enough to be recorded. */
const CLOSED_FROM_DAYS = 21
/** How often, in thousandths: ordinary homes stand empty mostly because they are worked on. */
const CLOSED = 280
const CLOSED_ORDINARY = 560
/** How many of those who come from outside have been here before, in thousandths. */
const SOMEBODY_KNOWN = 450
const KNOWN_IN_VEL = 850

/**
 * Moves people through the city's places: whoever has been due longest moves into what becomes free, people leave when their
 * time is over, needs arise at the plan's rates, and who waits for another home stays where she is. Nobody lives in two homes,
 * no place is taken twice. Takes time in proportion to days, stays and needs; every draw comes from `random`.
 */
export function simulate(plan: CityPlan, { begin, today, until }: Span, random: Random): History {
  const city = buildHouses(plan, begin, until, random.fork('houses'))
  const population = emptyPopulation(plan, random.fork('people'))
  const waiting = nobodyWaiting()
  const agenda = emptyAgenda()
  const chances = random.fork('chances')
  const stays: SimStay[] = []
  const needs: SimNeed[] = []
  const lengths = new Map<string, () => number>()
  const turns = new Map<string, Turns>()

  function drawn(key: RatesKey, what: 'stay' | 'vacancy'): number {
    const name = `${what}/${key}`
    const draw = lengths.get(name) ?? evenly(random.fork(name), FORM_RATES[key][what])
    lengths.set(name, draw)
    return draw()
  }

  function beginStay(
    household: SimHousehold,
    place: SimPlace | null,
    during: Pick<SimStay, 'form' | 'from' | 'plannedEnd'>,
  ): void {
    const stay: SimStay = { household, place, ...during, to: null, overdue: false, readySince: null }
    stays.push(stay)
    household.stay = stay
    if (place !== null) place.stay = stay
    population.movedIn(stay)
    agenda.put(stay.plannedEnd, 'departures', () => plannedLeave(stay, stay.plannedEnd))
  }

  function endStay(stay: SimStay, day: DayNumber): void {
    const { place, household } = stay
    stay.to = day
    household.stay = null
    population.movedOut(stay)
    if (place === null) return
    place.stay = null
    if (place.to === null)
      standEmpty(place, day, Math.round((drawn(ratesOf(place), 'vacancy') * plan.vacancyPercent) / 100))
  }

  function standEmpty(place: SimPlace, day: DayNumber, length: number): void {
    const again = day + length
    const closed = place.house.form === 'municipal' ? CLOSED_ORDINARY : CLOSED
    if (length >= CLOSED_FROM_DAYS && chances.chance(closed)) {
      const from = day + chances.below(Math.floor(length / 3))
      place.closures.push({ from, to: again, reason: closureReason(place, chances) })
    }
    agenda.put(again, 'arrivals', () => fill(place, again))
  }

  /** Nobody who waits for another home is put out: she stays, overdue, until one is found or she gives up. */
  function plannedLeave(stay: SimStay, day: DayNumber): void {
    if (stay.to !== null) return
    if (stay.household.need === null) leave(stay, day)
    else stay.overdue = true
  }

  function leave(stay: SimStay, day: DayNumber): void {
    endStay(stay, day)
    const circle = circleOf(stay.form, stay.place)
    if (circle !== 'others') population.remember(stay.household, circle)
    else if (FORM_RATES[stay.form as HouseForm].known > 0 || chances.chance(150))
      population.remember(stay.household, circle)
  }

  function districtFor(place: SimPlace): string {
    const { house } = place
    if (house.serves === 'own_district') return house.district
    if (house.serves === 'listed_districts') return chances.pick(house.listed)
    const found = turns.get(house.form) ?? takeTurns(plan.districts, plan.shares(house.form))
    turns.set(house.form, found)
    // VEL's places are divided by who is admitted, bought places and homes by who lives there
    if (house.form.startsWith('vel_')) return found.next()
    return found.furthestBehind((district) => population.living(house.form, district))
  }

  function fill(place: SimPlace, day: DayNumber): void {
    if (place.to !== null) return
    const { form } = place.house
    const district = districtFor(place)
    const need = waiting.longestFor(place, form, district, day)
    const household = need?.household ?? someoneNew(place, district, day)
    if (need !== null) {
      if (household.stay !== null) endStay(household.stay, day)
      endNeed(need, day, 'closed', null)
    }
    beginStay(household, place, { form, from: day, plannedEnd: day + Math.max(1, drawn(ratesOf(place), 'stay')) })
  }

  function someoneNew(place: SimPlace, district: string, day: DayNumber): SimHousehold {
    const rates = ratesOf(place)
    const before = chances.chance(FORM_RATES[rates].known)
      ? population.recall(district, circleOf(place.house.form, place), (household) =>
          wouldTake(place, household, [], day),
        )
      : null
    return before ?? population.newcomer(district, day, rates, place)
  }

  function someoneOutside(
    origin: NeedOrigin,
    forms: readonly string[],
    district: string,
    day: DayNumber,
    rates: RatesKey,
  ): SimHousehold {
    const toVel = forms[0]?.startsWith('vel_') === true
    const known = toVel
      ? KNOWN_IN_VEL
      : origin === 'home' || origin === 'with_others'
        ? SOMEBODY_KNOWN / 3
        : SOMEBODY_KNOWN
    const before = chances.chance(known) ? population.recall(district, toVel ? 'vel' : 'others', () => true) : null
    return before ?? population.newcomer(district, day, rates, null)
  }

  function register(need: SimNeed): void {
    needs.push(need)
    need.household.need = need
    if (need.livesIn !== null) need.livesIn.readySince = need.started
    agenda.put(need.due, 'needs', () => {
      if (need.status === 'open') waiting.add(need)
    })
    agenda.put(need.lookedForUntil, 'needs', () => {
      if (need.status === 'open') giveUp(need, need.lookedForUntil)
    })
  }

  function endNeed(need: SimNeed, day: DayNumber, status: 'closed' | 'withdrawn', reason: string | null): void {
    const { household } = need
    need.ended = day
    need.status = status
    need.reason = reason
    household.need = null
    const { stay } = household
    // who is looked for no longer stays where she is, and is not ready for anywhere else
    if (stay !== null) stay.readySince = null
    if (reason === 'deceased') {
      household.gone = true
      if (stay !== null) endStay(stay, day)
    } else if (stay?.overdue === true) {
      const later = day + chances.between(1, 60)
      agenda.put(later, 'departures', () => plannedLeave(stay, later))
    } else if (stay === null && status === 'withdrawn') population.remember(household, 'others')
  }

  function giveUp(need: SimNeed, day: DayNumber): void {
    const { household } = need
    const reason = endWithoutHome(household.stay !== null, chances)
    if (reason !== 'found_own') {
      endNeed(need, day, reason === 'moved_within' ? 'closed' : 'withdrawn', reason)
      return
    }
    if (household.stay !== null) endStay(household.stay, day)
    endNeed(need, day, 'closed', reason)
    const plannedEnd = day + quantile(FOLLOWED_UP, chances.below(1_000_000))
    beginStay(household, null, { form: 'private', from: day, plannedEnd })
  }

  /** Of the newest houses first: an empty place if there is one, else that of somebody who waits for nothing. */
  function closeOne({ houses }: BuiltStock, day: DayNumber): void {
    const open = openPlaces(houses, day)
    const place =
      open.find(({ stay }) => stay === null) ?? open.find(({ stay }) => stay?.household.need === null) ?? open[0]
    if (place === undefined) return
    place.to = day
    if (place.stay !== null) leave(place.stay, day)
    place.closures = place.closures
      .map((closure) => ({ ...closure, to: Math.min(closure.to, day) }))
      .filter(({ from, to }) => from < to)
  }

  /** Some have lived there for years already: a long stay is as much likelier to be met as it is longer. */
  function moveInAtTheBeginning(): void {
    const counts = new Map<RatesKey, number>()
    for (const place of city.places) {
      if (place.from >= begin) continue
      const key = ratesOf(place)
      const rates = FORM_RATES[key]
      const count = (counts.get(key) ?? 500) + rates.livedIn
      counts.set(key, count % 1000)
      if (count < 1000) {
        standEmpty(place, begin, quantile(rates.vacancy, chances.below(1_000_000)))
        continue
      }
      const longest = rates.stay.at(-1) ?? 1
      let length = quantile(rates.stay, chances.below(1_000_000))
      while (chances.below(longest) > length) length = quantile(rates.stay, chances.below(1_000_000))
      const from = Math.max(begin - chances.below(Math.max(1, length)), place.from)
      const household = population.newcomer(districtFor(place), from, key, place)
      beginStay(household, place, { form: place.house.form, from, plannedEnd: Math.max(begin + 1, from + length) })
    }
  }

  /** What closes after today is planned: house by house, with the people who live there. */
  function planClosings({ closings, houses }: BuiltStock): void {
    const open = openPlaces(houses, today)
    for (const [at, day] of closings.filter((closing) => closing >= today).entries()) {
      const place = open[at]
      if (place !== undefined) place.to = Math.max(day, today + 1)
    }
  }

  moveInAtTheBeginning()
  for (const built of city.stocks) {
    for (const day of built.closings) if (day < today) agenda.put(day, 'closings', () => closeOne(built, day))
  }
  for (const place of city.places) {
    if (place.from >= begin && place.from < today) agenda.put(place.from, 'arrivals', () => fill(place, place.from))
  }
  const arrivals = needArrivals(plan, today, random.fork('arrivals'))
  const lookup = { someoneIn: population.someoneIn, someoneOutside, register }
  for (let day = begin; day < today; day += 1) {
    agenda.live(day, () => {
      for (const arrive of arrivals(day)) arrive(lookup)
    })
  }
  for (const built of city.stocks) planClosings(built)
  return { city, households: population.households, stays, needs }
}

function circleOf(form: string, place: SimPlace | null): Circle {
  if (place?.selfReferral === true) return 'self_referral'
  return form.startsWith('vel_') ? 'vel' : 'others'
}

/** What could close, the newest houses first, and places under an agreement with the resident last. */
function openPlaces(houses: BuiltStock['houses'], day: DayNumber): SimPlace[] {
  const open = [...houses].reverse().flatMap(({ places }) => places.filter(({ from, to }) => to === null && from < day))
  return [...open.filter(({ selfReferral }) => !selfReferral), ...open.filter(({ selfReferral }) => selfReferral)]
}
