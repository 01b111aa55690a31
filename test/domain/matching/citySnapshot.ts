import { prng } from '../../../src/cli/bench/solverInstances.ts'
import { addDays } from '../../../src/domain/day.ts'
import type { HousingForm } from '../../../src/domain/ladder.ts'
import { NO_LIMITS } from '../../../src/domain/matching/runLimits.ts'
import type { RunNeed, Snapshot } from '../../../src/domain/matching/snapshot.ts'
import type { Facility, Place } from '../../../src/domain/place.ts'
import { HOUSE, PLACE, REQUIREMENTS, TODAY } from '../baseline.ts'

export interface CityShape {
  needs: number
  /** Of the needs, how many have a home that frees another. */
  movers: number
  vacant: number
  seed: number
}

/** Oslo's size: what a run over the whole city is measured on. */
export const WHOLE_CITY: CityShape = { needs: 2000, movers: 600, vacant: 1000, seed: 1 }

const DISTRICTS = Array.from({ length: 15 }, (_, i) => `0301${String(i + 1).padStart(2, '0')}`)
const FEATURES = ['ground_floor', 'lift', 'step_free', 'own_bathroom', 'own_kitchen', 'two_bedrooms']
const INSTITUTIONS: readonly HousingForm[] = ['vel_care', 'vel_coping', 'vel_resource', 'vel_reinforced']
const HOMES: readonly HousingForm[] = ['municipal', 'municipal_support', 'colocated_24h', 'colocated_day', 'assisted']
const STANCES = ['accepts_substance_free', 'cannot_live_substance_free', 'wants_substance_free', 'unknown'] as const

type Pick = <T>(values: readonly T[]) => T

/**
 * A city with its houses, vacant places and households that live in institutions and seek a home: so scarce that chains
 * form and people wait. The same seed gives the same city.
 */
export function citySnapshot({ needs, movers, vacant, seed }: CityShape): Snapshot {
  const random = prng(seed)
  const pick: Pick = (values) => values[Math.floor(random() * values.length)]!
  const some = (values: readonly string[], share: number) => values.filter(() => random() < share)
  const facilities = houses(random, pick, Math.max(12, Math.round((vacant + movers) / 6)))
  const institutions = facilities.filter((_, i) => i % INSTITUTION_EVERY === 0)
  const places: Place[] = []
  const put = (facility: Facility, form: HousingForm, when: Partial<Place>): Place => {
    const place: Place = {
      ...PLACE,
      id: `00000000-0000-4000-9000-${String(places.length).padStart(12, '0')}`,
      facilityId: facility.id,
      label: `H${places.length}`,
      form,
      maxHousehold: random() < 0.2 ? 4 : 2,
      features: some(FEATURES, 0.45),
      ...when,
    }
    places.push(place)
    return place
  }
  for (let i = 0; i < vacant; i += 1) {
    const institution = random() < 0.15
    put(pick(institution ? institutions : facilities), pick(institution ? INSTITUTIONS : HOMES), whenVacant(random()))
  }
  const step = Math.max(1, Math.floor(needs / Math.max(1, movers)))
  return {
    asOf: TODAY,
    cityVersion: 1,
    policy: { objective: 1, urgency: 1, chainMovesMax: 4 },
    limits: NO_LIMITS,
    facilities,
    places,
    needs: Array.from({ length: needs }, (_, i): RunNeed => {
      const mover = i % step === 0 && i / step < movers
      const taken = { occupied: [{ from: PLACE.open.from, to: null }] }
      const home = mover ? put(pick(institutions), pick(INSTITUTIONS), taken) : undefined
      const district = pick(DISTRICTS)
      const registered = addDays(TODAY, -Math.floor(random() * 900))
      const wanted = random() < (mover ? 0.25 : 0.3) ? INSTITUTIONS : HOMES
      return {
        pseudonym: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
        apartFrom: [],
        shielded: false,
        holdingDistrict: district,
        registeredAt: `${registered}T08:00:00.000Z`,
        situation: {
          grounds: random() < 0.1 ? ['no_place_tonight'] : random() < 0.2 ? ['eviction'] : [],
          origin: mover ? 'vel' : random() < 0.3 ? 'temporary' : null,
          situationSince: addDays(TODAY, -Math.floor(random() * 800)),
          mustLeaveBy: null,
          readyToMoveOnSince: mover ? addDays(TODAY, -100) : null,
          childrenLiving: 0,
          registeredOn: registered,
        },
        requirements: {
          ...REQUIREMENTS,
          forms: [...new Set([pick(wanted), pick(wanted)])],
          requiredFeatures: some(FEATURES, 0.12),
          wantedFeatures: some(FEATURES, 0.3),
          district,
          wantedDistricts: random() < 0.3 ? [pick(DISTRICTS)] : [],
          ownPlaces: home === undefined ? [] : [home.id],
          adults: random() < 0.1 ? 2 : 1,
          age: 18 + Math.floor(random() * 60),
          gender: pick(['woman', 'man'] as const),
          behaviour: pick([0, 0, 1, 1, 2, 3, null]),
          security: pick([0, 0, 1, 2, null]),
          pets: pick([true, false, false, null]),
          substanceStance: pick(STANCES),
          window: { from: TODAY, to: addDays(TODAY, random() < 0.2 ? 45 : 183) },
        },
      }
    }).sort((a, b) => (a.registeredAt < b.registeredAt ? -1 : a.registeredAt > b.registeredAt ? 1 : 0)),
  }
}

/** Most places are vacant today; some after a recorded departure, an opening, or a repair. */
function whenVacant(chance: number): Partial<Place> {
  if (chance < 0.1) return { occupied: [{ from: PLACE.open.from, to: addDays(TODAY, 30) }] }
  if (chance < 0.15) return { open: { from: addDays(TODAY, 60), to: null } }
  if (chance < 0.2)
    return { closures: [{ during: { from: TODAY, to: addDays(TODAY, 14) }, reason: 'repair', admits: false }] }
  return {}
}

const INSTITUTION_EVERY = 6

function houses(random: () => number, pick: Pick, count: number): Facility[] {
  return Array.from({ length: count }, (_, i): Facility => {
    const institution = i % INSTITUTION_EVERY === 0
    return {
      ...HOUSE,
      id: `house-${String(i).padStart(4, '0')}`,
      district: DISTRICTS[i % DISTRICTS.length]!,
      serves: institution ? 'city' : random() < 0.2 ? 'listed_districts' : 'own_district',
      listed: [pick(DISTRICTS), pick(DISTRICTS)].map((district) => ({ district, during: PLACE.open })),
      minAge: random() < 0.1 ? 25 : null,
      genders: random() < 0.08 ? ['woman'] : [],
      substanceStance: random() < 0.2 ? 'substance_free' : 'tolerant',
      maxBehaviour: pick([1, 2, 3, 3]),
      maxSecurity: pick([1, 2, 2]),
      petsAllowed: random() < 0.6,
      maxExtensiveBehaviour: institution ? 8 : random() < 0.1 ? 2 : null,
      extensiveBehaviourNow: institution ? 3 : 0,
    }
  })
}
