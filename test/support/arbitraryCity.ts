import fc from 'fast-check'
import { addDays, type Day, type DayRange } from '../../src/domain/day.ts'
import type { HousingForm } from '../../src/domain/ladder.ts'
import { type RunNeed, type Snapshot, snapshotOf } from '../../src/domain/matching/snapshot.ts'
import type { City, Facility, Place } from '../../src/domain/place.ts'
import { ALNA, FROGNER, GRUNERLOKKA, HOUSE, PLACE, REQUIREMENTS, TODAY } from '../domain/baseline.ts'

/** What a run is computed from, before it is put in order. */
export interface Input {
  city: City
  needs: RunNeed[]
  policy: Snapshot['policy']
}

export interface CityLimits {
  needs: number
  /** Besides the homes of needs. */
  places: number
}

const FORMS: readonly HousingForm[] = ['municipal', 'municipal_support', 'colocated_24h']
const DISTRICTS = [ALNA, GRUNERLOKKA, FROGNER]
const FEATURES = ['ground_floor', 'lift']

/** Mostly `usual`: most pairs are eligible, so that people compete and chains form. */
function mostly<T>(weight: number, usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
}

const soon = (most: number) => fc.integer({ min: 0, max: most }).map((days) => addDays(TODAY, days))
const since = (day: Day): DayRange => ({ from: PLACE.open.from, to: day })

const houses = fc.record({
  district: fc.constantFrom(...DISTRICTS),
  serves: mostly<Facility['serves']>(4, 'city', 'own_district'),
  substanceStance: mostly<Facility['substanceStance']>(4, 'tolerant', 'substance_free'),
  maxBehaviour: mostly(4, 3, 1),
  petsAllowed: mostly(4, true, false),
  maxExtensiveBehaviour: mostly<number | null>(2, null, 1, 2),
  extensiveBehaviourNow: mostly(3, 0, 1),
})

/** Vacant now or later: after a recorded departure, an opening, or a closure; some close again too early. */
const vacant = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: soon(30).map((day) => ({ occupied: [since(day)] })) },
  { weight: 1, arbitrary: soon(30).map((from) => ({ open: { from, to: null } })) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 360, max: 400 }).map((n) => ({ open: { ...PLACE.open, to: addDays(TODAY, n) } })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(soon(20), fc.integer({ min: 1, max: 15 }), fc.boolean()).map(([from, length, admits]) => ({
      closures: [{ during: { from, to: addDays(from, length) }, reason: 'repair', admits }],
    })),
  },
)

const places = fc.record({
  house: fc.nat(2),
  form: fc.constantFrom(...FORMS),
  features: fc.subarray(FEATURES),
  vacant,
})

const needs = fc.record({
  registered: fc.integer({ min: 1, max: 3 }),
  holdingDistrict: fc.constantFrom(...DISTRICTS),
  grounds: fc.constantFrom<string[]>(
    [],
    [],
    ['no_place_tonight'],
    ['eviction'],
    ['temporary_beyond_norm'],
    ['ready_to_move_on'],
  ),
  situationSince: fc.option(fc.integer({ min: 1, max: 3 }).map((n) => addDays(TODAY, -100 * n))),
  forms: fc.shuffledSubarray([...FORMS], { minLength: 1 }),
  requiredFeatures: mostly<string[]>(5, [], ['lift']),
  wantedFeatures: fc.subarray(FEATURES),
  wantedDistricts: mostly<string[]>(3, [], [FROGNER]),
  behaviour: fc.constantFrom(0, 1, 3, 3, null),
  pets: mostly<boolean | null>(3, false, true, null),
  from: mostly(3, 0, 10, 25),
  length: fc.option(fc.integer({ min: 1, max: 40 })),
  /** Where it lives: a home of its own or two, one that another need calls home too, one that it leaves by a recorded departure. */
  home: fc.constantFrom('none', 'own', 'own', 'own', 'own', 'two', 'shared', 'leaving'),
  homePlace: places,
  apart: mostly(5, -1, 0, 1, 2),
})

/** Small cities with houses, criteria, movers with homes, windows that end, closures, openings to come, and ties. */
export function arbitraryInput(limits: CityLimits): fc.Arbitrary<Input> {
  return fc
    .record({
      houses: fc.tuple(houses, houses, houses),
      places: fc.array(places, { maxLength: limits.places }),
      needs: fc.array(needs, { maxLength: limits.needs }),
      chainMovesMax: mostly(1, 4, 1, 2, 3),
    })
    .map(({ houses: asked, places: listed, needs: seekers, chainMovesMax }) => {
      const all: Place[] = []
      const put = ({ house, vacant: when, ...rest }: (typeof listed)[number], occupied?: DayRange[]): string => {
        const id = `place-${String(all.length).padStart(2, '0')}`
        all.push({
          ...PLACE,
          ...when,
          ...rest,
          id,
          facilityId: `house-${house}`,
          ...(occupied === undefined ? {} : { occupied }),
        })
        return id
      }
      for (const place of listed) put(place)
      const taken = { from: PLACE.open.from, to: null }
      let last: string | undefined
      const made = seekers.map((need, i): RunNeed => {
        let ownPlaces: string[] = []
        if (need.home === 'shared' && last !== undefined) ownPlaces = [last]
        else if (need.home === 'leaving') ownPlaces = [put(need.homePlace, [since(addDays(TODAY, 7))])]
        else if (need.home !== 'none') {
          last = put(need.homePlace, [taken])
          // the later one first: which of them is given up must not follow from how they are listed
          ownPlaces = need.home === 'two' ? [put(need.homePlace, [taken]), last] : [last]
        }
        const registered = addDays(TODAY, -50 * need.registered)
        const from = addDays(TODAY, need.from)
        return {
          pseudonym: `need-${i}`,
          holdingDistrict: need.holdingDistrict,
          registeredAt: `${registered}T08:00:00.000Z`,
          shielded: false,
          apartFrom: need.apart === -1 ? [] : [`need-${need.apart}`],
          situation: {
            grounds: need.grounds,
            origin: null,
            situationSince: need.situationSince,
            mustLeaveBy: null,
            readyToMoveOnSince: null,
            childrenLiving: 0,
            registeredOn: registered,
          },
          requirements: {
            ...REQUIREMENTS,
            forms: need.forms,
            requiredFeatures: need.requiredFeatures,
            wantedFeatures: need.wantedFeatures,
            wantedDistricts: need.wantedDistricts,
            district: need.holdingDistrict,
            behaviour: need.behaviour,
            pets: need.pets,
            ownPlaces,
            window: { from, to: need.length === null ? null : addDays(from, need.length) },
          },
        }
      })
      const facilities = asked.map((house, i): Facility => ({ ...HOUSE, ...house, id: `house-${i}` }))
      return {
        city: {
          version: 1,
          today: TODAY,
          facilities: new Map(facilities.map((house) => [house.id, house])),
          places: all,
        },
        needs: made,
        policy: { objective: 1, urgency: 1, chainMovesMax },
      }
    })
}

export function snapshotFrom({ city, needs: seekers, policy }: Input): Snapshot {
  return snapshotOf(city, seekers, policy)
}

export function arbitrarySnapshot(limits: CityLimits): fc.Arbitrary<Snapshot> {
  return arbitraryInput(limits).map(snapshotFrom)
}

const taken = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constant([{ month: '2026-09-01' as Day, count: 1 }]) },
)

const limits = fc.record({
  moveIns: fc.array(fc.record({ house: fc.nat(2), mostPerMonth: fc.integer({ min: 0, max: 2 }), taken }), {
    maxLength: 2,
  }),
  teams: fc.array(
    fc.record({
      district: fc.constantFrom(...DISTRICTS),
      left: fc.constantFrom(null, 0, 1, 2, 3),
      newPerMonth: fc.constantFrom(null, 0, 1, 2),
      taken,
    }),
    { maxLength: 2 },
  ),
  quotas: fc.array(
    fc.record({
      house: fc.nat(2),
      others: fc.boolean(),
      from: fc.nat(20),
      length: fc.option(fc.integer({ min: 1, max: 30 })),
      left: fc.nat(2),
      exempt: fc.subarray(DISTRICTS, { maxLength: 1 }),
    }),
    { maxLength: 2 },
  ),
  adults: fc.infiniteStream(fc.integer({ min: 1, max: 2 })),
})

/** Which limits a city may have beside those of its houses and people. */
export type LimitKind = keyof Snapshot['limits']

/** The same cities with limits on many moves together, of some kinds or of all. */
export function withLimits(
  snapshots: fc.Arbitrary<Snapshot>,
  kinds: readonly LimitKind[] = ['moveIns', 'teams', 'quotas'],
): fc.Arbitrary<Snapshot> {
  return fc.tuple(snapshots, limits).map(([snapshot, { moveIns, teams, quotas, adults }]): Snapshot => {
    const once = <T>(rows: readonly T[], keyOf: (row: T) => unknown) =>
      rows.filter((row, i) => rows.findIndex((other) => keyOf(other) === keyOf(row)) === i)
    const all: Snapshot['limits'] = {
      moveIns: once(moveIns, ({ house }) => house).map(({ house, ...rest }) => ({
        facilityId: `house-${house}`,
        ...rest,
      })),
      teams: once(teams, ({ district }) => district),
      quotas: quotas.map(({ house, others, from, length, left, exempt }, i) => ({
        id: `quota-${i}`,
        district: snapshot.facilities.find(({ id }) => id === `house-${house}`)?.district ?? ALNA,
        facilityIds: others ? ['house-0', 'house-1', 'house-2'] : [`house-${house}`],
        during: { from: addDays(TODAY, from), to: length === null ? null : addDays(TODAY, from + length) },
        left,
        exempt,
      })),
    }
    return {
      ...snapshot,
      needs: snapshot.needs.map((need) => ({
        ...need,
        requirements: { ...need.requirements, adults: adults.next().value },
      })),
      limits: {
        moveIns: kinds.includes('moveIns') ? all.moveIns : [],
        teams: kinds.includes('teams') ? all.teams : [],
        quotas: kinds.includes('quotas') ? all.quotas : [],
      },
    }
  })
}
