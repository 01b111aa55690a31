import fc from 'fast-check'
import { addDays, type DayRange } from '../../src/domain/day.ts'
import type { HousingForm } from '../../src/domain/ladder.ts'
import type { Requirements } from '../../src/domain/need.ts'
import type { City, Closure, Facility, Held, Place } from '../../src/domain/place.ts'
import { ALNA, FROGNER, GRUNERLOKKA, HOUSE, PLACE, REQUIREMENTS, TODAY } from './baseline.ts'

const FORMS: readonly HousingForm[] = ['municipal', 'vel_emergency', 'colocated_24h', 'assisted']
const FEATURES = ['ground_floor', 'lift', 'own_bathroom']
const DISTRICTS = [ALNA, GRUNERLOKKA, FROGNER]
const HOUSES = ['house-1', 'house-2', 'house-3']
const PLACES = ['place-01', 'place-02', 'place-03', 'place-04']

/** A day around `TODAY`, so that boundaries meet often. */
export const days = fc.integer({ min: -12, max: 30 }).map((count) => addDays(TODAY, count))

/** Not empty; open-ended about one time in five. */
export const ranges: fc.Arbitrary<DayRange> = fc
  .tuple(days, fc.option(fc.integer({ min: 1, max: 20 }), { freq: 5 }))
  .map(([from, length]) => ({ from, to: length === null ? null : addDays(from, length) }))

/** In order of their start and never overlapping, as the database keeps them; the last may have no end. */
function successive(maxLength: number): fc.Arbitrary<DayRange[]> {
  return fc
    .tuple(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 12 })), { maxLength }),
      fc.boolean(),
    )
    .map(([steps, endless]) => {
      let at = addDays(TODAY, -12)
      return steps.map(([gap, length], i): DayRange => {
        const from = addDays(at, gap)
        at = addDays(from, length)
        return { from, to: endless && i === steps.length - 1 ? null : at }
      })
    })
}

export const occupancies = successive(3)
export const closures: fc.Arbitrary<Closure[]> = fc
  .tuple(successive(3), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
  .map(([spans, admits]) => spans.map((during, i) => ({ during, reason: 'repair', admits: admits[i] ?? false })))

export const holds: fc.Arbitrary<Held[]> = fc
  .tuple(successive(2), fc.option(days))
  .map(([spans, answerBy]) => spans.map((during) => ({ during, answerBy })))

const openRanges: fc.Arbitrary<DayRange> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(PLACE.open) },
  { weight: 1, arbitrary: ranges },
  { weight: 1, arbitrary: fc.integer({ min: 360, max: 400 }).map((n) => ({ ...PLACE.open, to: addDays(TODAY, n) })) },
)

/** Mostly `usual`, sometimes one of `others`: pairs where most rules pass are those that tell rules apart. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) })
}

/** `base` with up to a third of its values, picked at random, from `any`: near enough that many pairs fit. */
function near<T extends object>(base: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> {
  const keys = Object.keys(base) as (keyof T)[]
  const picked = fc.subarray(keys, { maxLength: Math.ceil(keys.length / 3) })
  return fc.tuple(any, picked).map(([other, some]) => {
    const mixed = { ...base }
    for (const key of some) mixed[key] = other[key]
    return mixed
  })
}

const anyRequirements: fc.Arbitrary<Requirements> = fc.record({
  forms: fc.shuffledSubarray([...FORMS]),
  requiredFeatures: fc.oneof(fc.constant([]), fc.subarray(FEATURES)),
  wantedFeatures: fc.subarray(FEATURES),
  district: fc.constantFrom(...DISTRICTS),
  excludedDistricts: mostly<string[]>([], [FROGNER]),
  wantedDistricts: mostly<string[]>([], [GRUNERLOKKA]),
  excludedFacilities: mostly<string[]>([], ['house-2'], ['house-1', 'house-3']),
  facilitiesToAvoid: mostly<string[]>([], ['house-1'], ['house-3']),
  ownPlaces: mostly<string[]>([], ['place-01'], ['place-02', 'place-04']),
  ownHolds: mostly<string[]>([], ['place-01'], ['place-03']),
  adults: mostly(1, 2),
  childrenLiving: mostly(0, 1, 2),
  childrenVisiting: mostly(0, 1),
  age: mostly<number | null>(40, 17, 18, 25, 26, null),
  gender: fc.constantFrom('woman', 'man', 'other', 'unknown'),
  pets: fc.constantFrom(true, false, null),
  substanceStance: fc.constantFrom(
    'wants_substance_free',
    'accepts_substance_free',
    'cannot_live_substance_free',
    'unknown',
  ),
  behaviour: fc.constantFrom(0, 1, 2, 3, null),
  security: fc.constantFrom(0, 1, 2, null),
  window: fc.oneof(fc.constant(REQUIREMENTS.window), ranges),
})

const anyFacility: fc.Arbitrary<Facility> = fc.record({
  id: fc.constantFrom(...HOUSES),
  name: fc.constant(HOUSE.name),
  operator: fc.constant(HOUSE.operator),
  district: fc.constantFrom(...DISTRICTS),
  serves: fc.constantFrom('city', 'city', 'own_district', 'listed_districts'),
  listed: fc.array(fc.record({ district: fc.constantFrom(...DISTRICTS), during: ranges }), { maxLength: 2 }),
  minAge: mostly<number | null>(null, 18),
  maxAge: mostly<number | null>(null, 25),
  genders: mostly<string[]>([], ['woman'], ['man', 'other']),
  substanceStance: fc.constantFrom('substance_free', 'tolerant'),
  maxBehaviour: mostly(3, 0, 1, 2),
  maxSecurity: mostly(2, 0, 1),
  childrenAllowed: fc.boolean(),
  petsAllowed: fc.boolean(),
  maxExtensiveBehaviour: mostly<number | null>(null, 0, 1, 2),
  extensiveBehaviourNow: fc.integer({ min: 0, max: 3 }),
  admitting: mostly(true, false),
  notAdmittingReason: fc.constant(null),
  vacancyConfirmedAt: fc.constant(null),
})

const anyPlace: fc.Arbitrary<Place> = fc.record({
  id: fc.constantFrom(...PLACES),
  facilityId: fc.constantFrom(...HOUSES),
  label: fc.constant(PLACE.label),
  form: fc.constantFrom(...FORMS),
  open: openRanges,
  maxHousehold: mostly(3, 1, 2),
  features: fc.subarray(FEATURES),
  closures: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: closures }),
  occupied: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: occupancies }),
  held: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: holds }),
})

export const requirements = fc.oneof(anyRequirements, near(REQUIREMENTS, anyRequirements))
export const facilities = fc.oneof(anyFacility, near(HOUSE, anyFacility))
export const places = fc.oneof(anyPlace, near(PLACE, anyPlace))

/** A city of three houses and up to a dozen places with ids of their own. */
export const cities: fc.Arbitrary<City> = fc
  .tuple(
    fc.tuple(...HOUSES.map((id) => facilities.map((facility) => ({ ...facility, id })))),
    fc.array(places, { maxLength: 12 }),
  )
  .map(([houses, listed]) => ({
    version: 1,
    today: TODAY,
    facilities: new Map(houses.map((house) => [house.id, house])),
    places: listed.map((place, i) => ({ ...place, id: `place-${String(i + 1).padStart(2, '0')}` })),
  }))
