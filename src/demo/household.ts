import { type DayNumber, dayOf } from './calendar.ts'
import { FORM_RATES, type RatesKey } from './formRates.ts'
import { quantile, type Random } from './random.ts'
import type { House, SimHousehold, SimPlace } from './simulated.ts'

/** Which rates a place follows. */
export function ratesOf(place: SimPlace): RatesKey {
  return place.selfReferral ? 'self_referral' : place.house.form
}

/** What a household must be like to be drawn: the house and the home it moves into, or nothing in particular. */
export interface Setting {
  readonly rates: RatesKey
  readonly place: SimPlace | null
}

const DAYS_PER_YEAR = 365.25

/** Draws a household that a place would take, or one that could apply anywhere. */
export function drawHousehold(
  index: number,
  district: string,
  day: DayNumber,
  setting: Setting,
  random: Random,
): SimHousehold {
  const { place } = setting
  const house = place?.house
  const rates = FORM_RATES[setting.rates]
  const lowest = Math.max(18, house?.minAge ?? 18)
  const highest = Math.max(lowest, house?.maxAge ?? 95)
  const drawn = quantile(rates.ages, random.below(1_000_000))
  const age = drawn < lowest || drawn > highest ? random.between(lowest, Math.min(highest, lowest + 25)) : drawn
  const gender = genderFor(house, rates.men, random)
  const members = membersFor(setting, day, random)
  const behaviour = Math.min(random.weighted(rates.behaviour), house?.maxBehaviour ?? 3)
  return {
    index,
    district,
    since: day,
    ...members,
    // with a little room at both ends of the year, so that nobody is a day too young for the house
    born: Math.round(day - (age + 0.05 + random.below(900) / 1000) * DAYS_PER_YEAR),
    pets: (house === undefined || house.petsAllowed) && random.chance(110),
    gender,
    behaviour: members.children.length > 0 ? Math.min(behaviour, 1) : behaviour,
    security: Math.min(random.weighted(rates.security), house?.maxSecurity ?? 2),
    substanceStance: stanceFor(house, members.children.length > 0, random),
    stay: null,
    need: null,
    gone: false,
  }
}

function genderFor(house: House | undefined, men: number, random: Random): SimHousehold['gender'] {
  if (house !== undefined && house.genders.length > 0) return random.pick(house.genders)
  return random.chance(5) ? 'other' : random.chance(men) ? 'man' : 'woman'
}

function stanceFor(house: House | undefined, parent: boolean, random: Random): SimHousehold['substanceStance'] {
  if (house?.substanceStance === 'substance_free')
    return random.chance(600) ? 'wants_substance_free' : 'accepts_substance_free'
  if (house !== undefined || parent)
    return random.chance(parent ? 850 : 450) ? 'accepts_substance_free' : 'cannot_live_substance_free'
  return (
    (['wants_substance_free', 'accepts_substance_free', 'cannot_live_substance_free'] as const)[
      random.weighted([16, 50, 34])
    ] ?? 'accepts_substance_free'
  )
}

/** Families where children may live, couples where two fit, and otherwise one person, some with children who visit. */
function membersFor(
  { place, rates }: Setting,
  day: DayNumber,
  random: Random,
): Pick<SimHousehold, 'adults' | 'children'> {
  const room =
    place?.maxHousehold ?? (rates === 'municipal' || rates === 'private_support' || rates === 'private' ? 5 : 1)
  const mayHaveChildren = place?.house.childrenAllowed ?? rates !== 'vel_emergency'
  const year = Number(dayOf(day).slice(0, 4))
  const child = (arrangement: 'living' | 'visiting') => ({
    birthYear: Math.max(1990, year - random.between(0, 16)),
    arrangement,
  })
  const family = mayHaveChildren && room >= 3 && random.chance(place === null ? 170 : 880)
  if (family) {
    const adults = random.chance(430) ? 2 : 1
    const living = random.between(1, Math.min(3, room - adults))
    return { adults, children: Array.from({ length: living }, () => child('living')) }
  }
  const visiting = mayHaveChildren && random.chance(60)
  return {
    adults: room >= 2 && random.chance(place === null ? 90 : 260) ? 2 : 1,
    children: visiting ? Array.from({ length: random.between(1, 2) }, () => child('visiting')) : [],
  }
}

/** True when the house and the home would take the household, with the features it cannot do without. */
export function wouldTake(
  place: SimPlace,
  household: SimHousehold,
  required: readonly string[],
  day: DayNumber,
): boolean {
  const { house } = place
  const living = household.children.filter(({ arrangement }) => arrangement === 'living').length
  const size = household.adults + living
  // a home for a family is not given to one person
  if (size > place.maxHousehold || (place.maxHousehold >= 4 && household.children.length === 0)) return false
  if (household.children.length > 0 && !house.childrenAllowed) return false
  const age = Math.floor((day - household.born) / DAYS_PER_YEAR)
  if ((house.minAge !== null && age < house.minAge) || (house.maxAge !== null && age > house.maxAge)) return false
  if (house.genders.length > 0 && !house.genders.includes(household.gender)) return false
  if (house.substanceStance === 'substance_free' && household.substanceStance === 'cannot_live_substance_free')
    return false
  if (house.substanceStance === 'tolerant' && household.substanceStance === 'wants_substance_free') return false
  if (household.behaviour > house.maxBehaviour || household.security > house.maxSecurity) return false
  if (household.pets && !house.petsAllowed) return false
  if (
    household.behaviour === 3 &&
    house.maxExtensiveBehaviour !== null &&
    extensiveIn(house) >= house.maxExtensiveBehaviour
  )
    return false
  return required.every((feature) => (place.features as readonly string[]).includes(feature))
}

function extensiveIn(house: House): number {
  return house.places.filter(({ stay }) => stay?.household.behaviour === 3).length
}
