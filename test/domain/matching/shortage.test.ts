import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { planOf } from '../../../src/domain/matching/plan.ts'
import { NO_LIMITS } from '../../../src/domain/matching/runLimits.ts'
import { commonOf, shortagesOf } from '../../../src/domain/matching/shortage.ts'
import type { RunNeed, Snapshot } from '../../../src/domain/matching/snapshot.ts'
import type { Requirements } from '../../../src/domain/need.ts'
import type { Place } from '../../../src/domain/place.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { ALNA, GRUNERLOKKA, HOUSE, PLACE, REQUIREMENTS, TODAY } from '../baseline.ts'

const CITYWIDE = { ...HOUSE, serves: 'city' as const }

/** Needs and places that differ from the baseline as said; every place is in a house for the whole city. */
function city(needs: readonly Partial<Requirements>[], places: readonly Partial<Place>[]): Snapshot {
  return {
    asOf: TODAY,
    cityVersion: 1,
    policy: { objective: 1, urgency: 1, chainMovesMax: 4 },
    limits: NO_LIMITS,
    facilities: [CITYWIDE],
    places: places.map((change, i) => ({ ...PLACE, id: `place-${i}`, ...change })),
    needs: needs.map(
      (change, i): RunNeed => ({
        pseudonym: `need-${i}`,
        apartFrom: [],
        shielded: false,
        holdingDistrict: change.district ?? ALNA,
        registeredAt: `2026-08-01T08:00:0${i % 10}.000Z`,
        situation: {
          grounds: [],
          origin: null,
          situationSince: null,
          mustLeaveBy: null,
          readyToMoveOnSince: null,
          childrenLiving: 0,
          registeredOn: TODAY,
        },
        requirements: { ...REQUIREMENTS, requiredFeatures: [], forms: ['municipal'], ...change },
      }),
    ),
  }
}

const found = (snapshot: Snapshot) => shortagesOf(snapshot, candidatesOf(snapshot))
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)

t.test('a city with one shortage: who, which places, how many too few, and in words', async (t) => {
  const ground = { forms: ['colocated_24h'], requiredFeatures: ['ground_floor'] } as const
  const snapshot = city(
    [
      ...times(4, { ...ground, district: ALNA }),
      ...times(3, { ...ground, district: GRUNERLOKKA, wantedFeatures: ['lift'] }),
      // ignored, because municipal homes are to spare
      ...times(2, { forms: ['municipal'] as const }),
      // ignored, because a co-located home without ground floor is free for it
      { forms: ['colocated_24h'] as const },
    ],
    [
      ...times(2, { form: 'colocated_24h', features: ['ground_floor'] } as const),
      { form: 'colocated_24h', features: [] },
      // ignored, because ground floor here is not a base around the clock: two free features are not a home with both
      ...times(5, { form: 'municipal', features: ['ground_floor'] } as const),
    ],
  )
  const shortages = found(snapshot)
  t.match(shortages, [{ needs: [0, 1, 2, 3, 4, 5, 6], places: [0, 1], deficit: 5, within: null }])
  t.same(shortages[0]?.common, {
    forms: ['colocated_24h'],
    otherForms: [],
    features: ['ground_floor'],
    districts: [
      { district: ALNA, needs: 4 },
      { district: GRUNERLOKKA, needs: 3 },
    ],
    traits: [],
  })
  t.equal(
    shortages[0]?.sentence,
    '7 behov gjelder samlokalisert bolig med døgnbemannet personalbase (krav: første etasje). Ansvarlig bydel: Alna og Grünerløkka. 2 plasser passer for noen av dem. Minst 5 blir uten, uansett hvem som flytter.',
  )
})

t.test('nothing is reported where everybody can be placed at once, however tight it is', async (t) => {
  t.same(found(city(times(3, {}), times(3, {}))), [])
  // each home that is left makes room for the other
  const swap = city(
    [{ ownPlaces: ['place-0'], requiredFeatures: ['lift'] }, { ownPlaces: ['place-1'] }],
    [
      { features: [], occupied: [{ from: PLACE.open.from, to: null }] },
      { features: ['lift'], occupied: [{ from: PLACE.open.from, to: null }] },
    ],
  )
  t.same(found(swap), [])
  t.same(found(city([], [])), [])
})

t.test('where staying is no place, a home counts only for others', async (t) => {
  const lived = city([{ ownPlaces: ['place-0'] }], [{ occupied: [{ from: PLACE.open.from, to: null }] }])
  t.match(found(lived), [{ needs: [0], places: [], deficit: 1 }])
})

t.test('the most crowded part of a shortage stands within it', async (t) => {
  const snapshot = city(
    [...times(8, { requiredFeatures: ['lift'] }), ...times(4, {})],
    [{ features: ['lift'] }, ...times(3, { features: [] })],
  )
  t.match(
    found(snapshot).map(({ needs, places, deficit, within }) => [needs.length, places.length, deficit, within]),
    [
      [12, 4, 8, null],
      [8, 1, 7, 0],
    ],
  )
})

t.test('needs without any place are told together by what they accept, and few of them by no more', async (t) => {
  const snapshot = city(
    [
      ...times(5, { forms: ['assisted'] as const, pets: true }),
      ...times(2, { forms: ['vel_care'] as const, pets: true, requiredFeatures: ['lift'] }),
    ],
    [],
  )
  const [many, few] = found(snapshot)
  t.match(many, { needs: [0, 1, 2, 3, 4], places: [], deficit: 5, common: { traits: ['pets'] } })
  t.match(many?.sentence, /for husstander som har dyr.*Ingen plass passer\. Minst 5 blir uten/)
  t.match(few, { deficit: 2, common: { forms: ['vel_care'], features: [], traits: [], districts: [] } })
  t.notMatch(few?.sentence, /dyr|heis|bydel/i)
})

t.test('what all have in common is in all of them', async (t) => {
  t.match(
    commonOf([
      { ...REQUIREMENTS, forms: ['municipal', 'assisted'], childrenLiving: 1 },
      { ...REQUIREMENTS, forms: ['assisted'], adults: 2 },
    ]),
    { forms: ['assisted'], otherForms: ['municipal'], traits: ['several'] },
  )
})

t.test('certified in any city: nobody in it has another place, deficits add up, and no plan places more', async (t) => {
  let short = 0
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 10, places: 6 }), (snapshot) => {
      const candidates = candidatesOf(snapshot)
      const shortages = shortagesOf(snapshot, candidates)
      const placesOf = (need: number) => candidates.pairs.filter((pair) => pair.need === need).map(({ place }) => place)
      for (const { needs, places, deficit, within } of shortages) {
        assert.deepEqual(
          [...new Set(needs.flatMap(placesOf))].sort((a, b) => a - b),
          places,
        )
        assert.equal(deficit, needs.length - places.length)
        assert.ok(deficit > 0)
        const outer = within === null ? undefined : shortages[within]
        if (outer !== undefined) {
          assert.ok(needs.every((need) => outer.needs.includes(need)))
          assert.ok(needs.length < outer.needs.length)
        }
      }
      const top = shortages.filter(({ within }) => within === null)
      const seen = top.flatMap(({ needs }) => needs)
      assert.equal(new Set(seen).size, seen.length, 'those at the top share no need')
      const without = top.reduce((sum, { deficit }) => sum + deficit, 0)
      assert.equal(without, snapshot.needs.length - mostPlaced(snapshot.needs.length, placesOf))
      const placed = planOf(snapshot).pairOf.filter((pair) => pair !== -1).length
      assert.ok(placed <= snapshot.needs.length - without)
      if (without > 0) short += 1
    }),
    { numRuns: 1500 },
  )
  t.ok(short > 300, `${short} cities with a shortage`)
})

/** How many can be placed at once when everybody leaves home: Kuhn's method, one row at a time. */
function mostPlaced(needs: number, placesOf: (need: number) => number[]): number {
  const takenBy = new Map<number, number>()
  const place = (need: number, tried: Set<number>): boolean =>
    placesOf(need).some((at) => {
      if (tried.has(at)) return false
      tried.add(at)
      const taker = takenBy.get(at)
      if (taker !== undefined && !place(taker, tried)) return false
      takenBy.set(at, need)
      return true
    })
  return Array.from({ length: needs }, (_, need) => place(need, new Set())).filter(Boolean).length
}
