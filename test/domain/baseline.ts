import { type Day, parseDay } from '../../src/domain/day.ts'
import { type Pair, pairOf } from '../../src/domain/eligibility.ts'
import type { Requirements } from '../../src/domain/need.ts'
import type { Facility, Place } from '../../src/domain/place.ts'

/** The day in `text`; a slip in a test is an error, not a wrong test. */
export function day(text: string): Day {
  const parsed = parseDay(text)
  if (parsed === undefined) throw new RangeError(`not a day: ${text}`)
  return parsed
}

export const TODAY = day('2026-09-01')
export const ALNA = '030112'
export const GRUNERLOKKA = '030102'
export const FROGNER = '030105'

export const HOUSE: Facility = {
  id: 'house-1',
  name: 'Furuset botilbud',
  operator: 'Bydel Alna',
  district: ALNA,
  serves: 'own_district',
  listed: [],
  minAge: null,
  maxAge: null,
  genders: [],
  substanceStance: 'tolerant',
  maxBehaviour: 3,
  maxSecurity: 2,
  childrenAllowed: true,
  petsAllowed: true,
  maxExtensiveBehaviour: null,
  extensiveBehaviourNow: 0,
  admitting: true,
  notAdmittingReason: null,
  vacancyConfirmedAt: null,
}

export const PLACE: Place = {
  id: 'place-1',
  facilityId: HOUSE.id,
  label: 'H0101',
  form: 'municipal',
  open: { from: day('2020-01-01'), to: null },
  maxHousehold: 2,
  features: ['ground_floor', 'own_bathroom'],
  closures: [],
  occupied: [],
  held: [],
}

/** One adult of Alna about whom everything is known, who fits `PLACE` in `HOUSE`. */
export const REQUIREMENTS: Requirements = {
  forms: ['municipal', 'municipal_support'],
  requiredFeatures: ['ground_floor'],
  wantedFeatures: [],
  district: ALNA,
  excludedDistricts: [],
  wantedDistricts: [],
  excludedFacilities: [],
  facilitiesToAvoid: [],
  ownPlaces: [],
  ownHolds: [],
  adults: 1,
  childrenLiving: 0,
  childrenVisiting: 0,
  age: 40,
  gender: 'woman',
  pets: false,
  substanceStance: 'accepts_substance_free',
  behaviour: 1,
  security: 0,
  window: { from: TODAY, to: null },
}

/** What differs from the baseline pair. */
export interface Change {
  need?: Partial<Requirements>
  place?: Partial<Place>
  house?: Partial<Facility>
}

/** The baseline pair on `TODAY` with `change`. */
export function pairWith({ need, place, house }: Change): Pair {
  return pairOf({ ...REQUIREMENTS, ...need }, { ...PLACE, ...place }, { ...HOUSE, ...house }, TODAY)
}

/** One case of a rule: its name, what differs from the baseline, the outcome, and the two values in words. */
export type Row = readonly [name: string, change: Change, outcome: string, needed: string, offered: string]
