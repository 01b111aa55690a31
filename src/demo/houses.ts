import type { HousingForm } from '../domain/ladder.ts'
import { DISTRICTS } from '../reference/districts.ts'
import type { PlaceFeatureId } from '../reference/features.ts'
import { type DayNumber, type Line, startOf, valueAt } from './calendar.ts'
import { HOUSE_KINDS, type HouseForm, type HouseKind, OPEN_TO_ALL } from './houseKinds.ts'
import { houseName, operatorOf } from './names.ts'
import type { CityPlan, Stock } from './plan.ts'
import type { Random } from './random.ts'
import type { House, SimPlace } from './simulated.ts'

/** A stock with its houses, and the days on which one of its places closes. */
export interface BuiltStock {
  readonly stock: Stock
  readonly houses: House[]
  readonly closings: DayNumber[]
}

export interface BuiltCity {
  readonly houses: House[]
  readonly places: SimPlace[]
  readonly stocks: BuiltStock[]
}

export interface Change {
  readonly day: DayNumber
  readonly by: 1 | -1
  /** Which of the line's straight parts it belongs to. */
  readonly part: number
}

/** On which days a rounded line rises or falls by one, after `from` and before `until`. */
export function changesOf(line: Line, from: DayNumber, until: DayNumber): Change[] {
  const changes: Change[] = []
  for (let i = 0; i + 1 < line.length; i += 1) {
    const [fromYear, low] = line[i] ?? [0, 0]
    const [toYear, high] = line[i + 1] ?? [0, 0]
    const start = startOf(fromYear)
    const length = startOf(toYear) - start
    const by = high >= low ? 1 : -1
    const steps = Math.abs(Math.round(high) - Math.round(low))
    for (let step = 0; step < steps; step += 1) {
      const half = Math.round(low) + by * (step + 0.5)
      const after = ((half - low) / (high - low)) * length
      // a half is rounded up: a rising line is there on that day, a falling one leaves it the day after
      const day = start + (by > 0 ? Math.ceil(after) : Math.floor(after) + 1)
      if (day > from && day < until) changes.push({ day, by, part: i })
    }
  }
  return changes.sort((a, b) => a.day - b.day)
}

/** Builds every house and place from `begin` to `until`; what closes is chosen when its day comes. */
export function buildHouses(plan: CityPlan, begin: DayNumber, until: DayNumber, random: Random): BuiltCity {
  const city: BuiltCity = { houses: [], places: [], stocks: [] }
  const taken = new Set<string>()
  const kindsUsed = new Map<string, number>()

  function newHouse(stock: Stock, homes: number, openedOn: DayNumber): House {
    // each district begins with another kind, and goes on from there
    const key = `${stock.form}/${stock.district}`
    const used = kindsUsed.get(key) ?? Math.max(0, plan.districts.indexOf(stock.district ?? ''))
    kindsUsed.set(key, used + 1)
    const kind = kindAt(stock.form, used)
    const district = stock.district ?? random.pick(plan.districts)
    const wanted = Math.min(random.between(...kind.homes), largestOf(stock, openedOn))
    const serves =
      stock.district === null
        ? 'city'
        : used % 2 === 0 && SHARED.includes(stock.form)
          ? 'listed_districts'
          : 'own_district'
    const house: House = {
      ...OPEN_TO_ALL,
      ...kind.criteria,
      index: city.houses.length,
      name: houseName(stock.form, taken, random),
      ...operatorOf(stock, district, random),
      form: stock.form,
      district,
      serves,
      listed: serves === 'listed_districts' ? [district, neighbour(plan, district)] : [],
      openedOn,
      kind,
      room: homes - wanted < 3 ? homes : wanted,
      places: [],
    }
    city.houses.push(house)
    return house
  }

  for (const stock of plan.stocks) {
    const built: BuiltStock = { stock, houses: [], closings: [] }
    city.stocks.push(built)
    let left = Math.round(valueAt(stock.line, begin))
    while (left > 0) {
      const house = newHouse(stock, left, random.between(startOf(1978), startOf(2012)))
      built.houses.push(house)
      for (let i = 0; i < Math.min(house.room, left); i += 1) addPlace(city, built, house, house.openedOn, random)
      left -= house.places.length
    }
    let waiting = 0
    const changes = changesOf(stock.line, begin, until)
    for (const [at, { day, by, part }] of changes.entries()) {
      if (by < 0) built.closings.push(day)
      else waiting += 1
      // together, but never later than the line says: where it bends, what is left opens too
      if (waiting < stock.batch && changes[at + 1]?.part === part) continue
      for (; waiting > 0; waiting -= 1) {
        let house = built.houses.at(-1)
        if (house === undefined || house.openedOn < begin || house.places.length >= house.room) {
          house = newHouse(stock, Number.POSITIVE_INFINITY, day)
          built.houses.push(house)
        }
        addPlace(city, built, house, day, random)
      }
    }
  }
  return city
}

/** Kinds take turns by their share, the same for every seed: a city has some of each. */
function kindAt(form: HouseForm, number: number): HouseKind {
  const order = HOUSE_KINDS[form]
    .flatMap((kind) => Array.from({ length: kind.share }, (_, nth) => ({ kind, at: (nth + 0.5) / kind.share })))
    .sort((a, b) => a.at - b.at)
  const { kind } = order[number % order.length] ?? {}
  if (kind === undefined) throw new RangeError(`no houses of ${form}`)
  return kind
}

/** A district's homes lie in several houses, however few they are; an institution of the city may be a single one. */
function largestOf({ district, line }: Stock, day: DayNumber): number {
  return district === null ? Number.POSITIVE_INFINITY : Math.max(4, Math.ceil(valueAt(line, day) / 4))
}

/** Every other house of these forms also takes people of the neighbouring district. */
const SHARED: readonly HousingForm[] = ['transitional', 'district_short_stay']

function neighbour(plan: CityPlan, district: string): string {
  const others = plan.districts.filter((code) => code !== district)
  const all = DISTRICTS.map(({ code }) => code as string)
  const distance = (code: string) => Math.abs(all.indexOf(code) - all.indexOf(district))
  return others.reduce((best, code) => (distance(code) < distance(best) ? code : best), others[0] ?? district)
}

function addPlace(city: BuiltCity, built: BuiltStock, house: House, from: DayNumber, random: Random): void {
  const number = house.places.length
  const household = house.kind.household
  const features = (Object.entries(house.kind.features) as [PlaceFeatureId, number][])
    .filter(([, thousandths]) => random.chance(thousandths))
    .map(([id]) => id)
  // a ground floor needs no lift, and a wheelchair needs a way in
  const wheelchair = features.includes('wheelchair') && !features.includes('step_free')
  const place: SimPlace = {
    index: city.places.length,
    house,
    stock: city.stocks.indexOf(built),
    label: labelOf(house, number),
    from,
    to: null,
    maxHousehold: household[number % household.length] ?? 1,
    features: wheelchair ? [...features, 'step_free'] : features,
    selfReferral: random.chance(built.stock.selfReferral),
    closures: [],
    stay: null,
  }
  city.places.push(place)
  house.places.push(place)
}

const ROOMS: readonly HousingForm[] = [
  'temporary',
  'vel_emergency',
  'vel_assessment',
  'vel_coping',
  'vel_resource',
  'vel_care',
  'vel_reinforced',
  'long_term_home',
  'private_institution',
  'district_short_stay',
]

/** Rooms are numbered; homes carry a number of the floor and the door, as leases do. */
function labelOf(house: House, number: number): string {
  if (ROOMS.includes(house.form)) return `Rom ${number + 1}`
  const doors = house.room > 16 ? 6 : 4
  return `H${String(Math.floor(number / doors) + 1).padStart(2, '0')}${String((number % doors) + 1).padStart(2, '0')}`
}

/** Why an empty place is closed: homes are repaired, and staffed places lack staff now and then (004 4.3). */
export function closureReason(place: SimPlace, random: Random): string {
  const reasons = ['repair', 'refurbishment', 'damage', 'adaptation', 'staffing_hse', 'competence']
  const unstaffed = ['municipal', 'municipal_support', 'private', 'private_support'].includes(place.house.form)
  return reasons[random.weighted(unstaffed ? [55, 30, 10, 5, 0, 0] : [40, 15, 6, 6, 26, 7])] ?? 'repair'
}
