import type { PlaceFeatureId } from '../reference/features.ts'
import type { RatesKey } from './formRates.ts'

export type HouseForm = Exclude<RatesKey, 'self_referral'>

/** A kind of house of one form: whom it is for and what its homes have. Features in thousandths of its places. */
export interface HouseKind {
  /** How many houses in a row are of this kind, before the next kind of the form. */
  readonly share: number
  readonly homes: readonly [fewest: number, most: number]
  /** How many may live in a home; the homes of a house take turns. */
  readonly household: readonly number[]
  readonly criteria: Partial<Criteria>
  readonly features: Partial<Record<PlaceFeatureId, number>>
}

/** What a house asks; as in the database. */
export interface Criteria {
  readonly minAge: number | null
  readonly maxAge: number | null
  readonly genders: readonly ('woman' | 'man' | 'other')[]
  readonly substanceStance: 'substance_free' | 'tolerant'
  readonly maxBehaviour: number
  readonly maxSecurity: number
  readonly childrenAllowed: boolean
  readonly petsAllowed: boolean
  readonly maxExtensiveBehaviour: number | null
}

export const OPEN_TO_ALL: Criteria = {
  minAge: 18,
  maxAge: null,
  genders: [],
  substanceStance: 'tolerant',
  maxBehaviour: 2,
  maxSecurity: 1,
  childrenAllowed: false,
  petsAllowed: false,
  maxExtensiveBehaviour: null,
}

const room = { own_bathroom: 600, furnished: 1000, near_transit: 600 } as const
const flat = {
  own_bathroom: 1000,
  own_kitchen: 1000,
  near_transit: 650,
  ground_floor: 220,
  lift: 350,
  step_free: 300,
} as const
const baseFlat = { ...flat, robust_standard: 500, near_activity: 400, sound_insulated: 250 } as const
const alone = [1] as const

const ward = (homes: readonly [number, number], criteria: Partial<Criteria>, features = {}): HouseKind => ({
  share: 1,
  homes,
  household: alone,
  criteria,
  features: { ...room, ...features },
})
const flats = (
  share: number,
  homes: readonly [number, number],
  criteria: Partial<Criteria>,
  features = {},
  household: readonly number[] = alone,
): HouseKind => ({ share, homes, household, criteria, features: { ...flat, ...features } })
const base = (
  share: number,
  homes: readonly [number, number],
  criteria: Partial<Criteria>,
  features = {},
): HouseKind => ({
  share,
  homes,
  household: alone,
  criteria,
  features: { ...baseFlat, ...features },
})

const family = { childrenAllowed: true, petsAllowed: true, minAge: null, maxBehaviour: 1 } as const
const familyHome = { two_bedrooms: 1000, child_friendly: 900, quiet_surroundings: 450 } as const

/** The kinds of houses of each form, in the order in which they are built. */
export const HOUSE_KINDS: Record<HouseForm, readonly HouseKind[]> = {
  temporary: [
    ward([10, 24], { maxBehaviour: 2 }),
    flats(
      1,
      [6, 14],
      { ...family, petsAllowed: false },
      { two_bedrooms: 800, child_friendly: 800, furnished: 1000 },
      [3, 4, 5],
    ),
    ward([8, 18], { genders: ['woman'], maxBehaviour: 2 }, { sheltered_entrance: 600 }),
  ],
  vel_emergency: [ward([8, 26], { maxBehaviour: 3, maxSecurity: 2 }, { step_free: 500 })],
  vel_assessment: [
    ward([12, 30], { maxBehaviour: 2 }, { step_free: 300 }),
    ward([10, 20], { genders: ['woman'] }, { sheltered_entrance: 800 }),
  ],
  vel_coping: [ward([14, 32], {}), ward([12, 24], { maxAge: 30 }, { near_activity: 800 })],
  vel_resource: [
    ward(
      [16, 34],
      { substanceStance: 'substance_free', maxBehaviour: 1 },
      { near_activity: 900, quiet_surroundings: 500 },
    ),
    ward(
      [12, 24],
      { substanceStance: 'substance_free', maxBehaviour: 2, genders: ['woman'] },
      { quiet_surroundings: 600 },
    ),
  ],
  vel_care: [
    ward([18, 40], { minAge: 40, maxBehaviour: 3, maxSecurity: 1 }, { step_free: 700, lift: 800, wheelchair: 250 }),
  ],
  vel_reinforced: [
    ward([8, 16], { maxBehaviour: 3, maxSecurity: 2, maxExtensiveBehaviour: 10 }, { robust_standard: 1000 }),
  ],
  long_term_home: [ward([10, 24], { minAge: 50 }, { step_free: 1000, lift: 900, wheelchair: 500, own_bathroom: 1000 })],
  private_institution: [
    ward([8, 24], { maxBehaviour: 3, maxSecurity: 2 }, { robust_standard: 600, quiet_surroundings: 500 }),
    ward([6, 14], { maxBehaviour: 3, maxSecurity: 1, maxExtensiveBehaviour: 6 }, { sound_insulated: 600 }),
    ward([6, 16], { substanceStance: 'substance_free', maxBehaviour: 3 }, { quiet_surroundings: 800 }),
  ],
  district_short_stay: [
    ward([4, 10], { substanceStance: 'substance_free' }, { step_free: 800 }),
    ward([4, 8], { minAge: 30 }),
  ],
  transitional: [
    base(1, [5, 10], { maxBehaviour: 2 }, { furnished: 900 }),
    base(1, [5, 9], { maxAge: 30, maxBehaviour: 2 }, { furnished: 900 }),
  ],
  citywide_specialised: [
    base(
      1,
      [6, 10],
      { maxBehaviour: 3, maxSecurity: 2, maxExtensiveBehaviour: 6 },
      { robust_standard: 1000, sound_insulated: 900 },
    ),
  ],
  colocated_24h: [
    base(2, [8, 14], { maxBehaviour: 3, maxSecurity: 1, petsAllowed: true, maxExtensiveBehaviour: 2 }),
    base(1, [6, 10], { genders: ['woman'], maxBehaviour: 2 }, { sheltered_entrance: 800 }),
    base(1, [6, 10], { substanceStance: 'substance_free', maxBehaviour: 2 }, { quiet_surroundings: 700 }),
    base(1, [6, 12], { maxAge: 35, maxBehaviour: 2 }),
    base(
      1,
      [8, 12],
      { maxBehaviour: 3, maxSecurity: 2, maxExtensiveBehaviour: 4 },
      { robust_standard: 1000, sound_insulated: 700 },
    ),
    base(
      1,
      [6, 12],
      { minAge: 50, maxBehaviour: 2, petsAllowed: true },
      { step_free: 800, lift: 700, wheelchair: 250 },
    ),
  ],
  colocated_day: [
    base(2, [6, 12], { maxBehaviour: 2, petsAllowed: true }),
    base(1, [6, 10], { substanceStance: 'substance_free', maxBehaviour: 1 }, { quiet_surroundings: 700 }),
    base(1, [6, 10], { maxAge: 35, maxBehaviour: 1 }),
  ],
  assisted: [
    flats(
      2,
      [8, 20],
      { maxBehaviour: 1, maxSecurity: 0 },
      { step_free: 800, lift: 800, wheelchair: 300, near_activity: 500 },
    ),
    flats(1, [8, 16], { maxBehaviour: 2, petsAllowed: true }, { step_free: 600, lift: 700 }),
  ],
  municipal_support: [
    flats(2, [6, 18], { maxBehaviour: 2, petsAllowed: true, minAge: null }, { robust_standard: 300 }),
    flats(1, [6, 14], { maxBehaviour: 1, petsAllowed: true, minAge: null }, { quiet_surroundings: 600 }, [1, 1, 2]),
  ],
  municipal: [
    flats(3, [14, 44], { maxBehaviour: 2, petsAllowed: true, minAge: null }, { near_transit: 700 }, [1, 1, 2]),
    flats(1, [10, 26], family, familyHome, [4, 5]),
    flats(1, [8, 24], { maxBehaviour: 1, petsAllowed: true, minAge: null }, { quiet_surroundings: 800 }, [2, 2, 3]),
    flats(1, [6, 12], { maxBehaviour: 3, petsAllowed: true }, { sound_insulated: 800, robust_standard: 900 }),
  ],
  private_support: [
    flats(2, [4, 12], { maxBehaviour: 1, maxSecurity: 0 }, { furnished: 300 }, [1, 2]),
    flats(1, [3, 8], { ...family, petsAllowed: false, maxSecurity: 0 }, familyHome, [4]),
  ],
  private: [
    flats(1, [3, 10], { maxBehaviour: 1, maxSecurity: 0 }, {}, [1, 2]),
    flats(1, [3, 8], { ...family, maxBehaviour: 0 }, familyHome, [4]),
  ],
}
