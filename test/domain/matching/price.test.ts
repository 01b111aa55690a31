import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../../src/domain/day.ts'
import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { objectiveOf } from '../../../src/domain/matching/objective.ts'
import { usualPlacesOf, withPossiblePlaces } from '../../../src/domain/matching/possiblePlaces.ts'
import { type PlacePrice, pricerOf, pricesOf } from '../../../src/domain/matching/price.ts'
import { monthOfPlace } from '../../../src/domain/matching/release.ts'
import { computeRun } from '../../../src/domain/matching/run.ts'
import { NO_LIMITS } from '../../../src/domain/matching/runLimits.ts'
import type { RunNeed, Snapshot } from '../../../src/domain/matching/snapshot.ts'
import type { Place } from '../../../src/domain/place.ts'
import { assumedPerDay } from '../../../src/reference/costAssumptions.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { ALNA, FROGNER, HOUSE, PLACE, REQUIREMENTS, TODAY } from '../baseline.ts'
import { citySnapshot } from './citySnapshot.ts'
import { solvedAfresh } from './solvedAfresh.ts'

/** Prices of the snapshot beside what every `every`th place that somebody could have gives when it is there and all is solved again. */
function assertAsSolvedAgain(snapshot: Snapshot, every: number): number {
  const candidates = candidatesOf(snapshot)
  const objective = objectiveOf(snapshot, candidates)
  const { items } = pricesOf(snapshot, candidates, objective)
  const more = withPossiblePlaces(snapshot, usualPlacesOf(snapshot))
  const offered = candidatesOf(more.snapshot)
  const price = pricerOf(candidates, objective, offered, objectiveOf(more.snapshot, offered))
  const before = solvedAfresh(snapshot, candidates, objective)
  const houses = new Map(more.snapshot.facilities.map((house) => [house.id, house]))
  let asked = 0
  for (const [at, { form, variant, district }] of more.possible.entries()) {
    const item = items.find((one) => one.form === form && one.variant === variant && one.district === district)!
    const options = [...offered.pairs.keys()].filter((index) => offered.pairs[index]!.place === at)
    assert.equal(item.fits, options.length)
    if (options.length === 0) {
      assert.deepEqual(item.moves, [])
      assert.equal(item.people, 0)
      continue
    }
    asked += 1
    if ((asked - 1) % every !== 0) continue
    const place = more.snapshot.places[at]!
    const larger = {
      ...snapshot,
      facilities: [...snapshot.facilities, houses.get(place.facilityId)!],
      places: [...snapshot.places, place],
    }
    const after = solvedAfresh(larger)
    const gained = after.map((value, tier) => value - before[tier]!)
    assert.deepEqual(
      price(options).values.map(({ value }) => value),
      gained,
      `${form} ${variant} ${district}`,
    )
    assert.deepEqual(Object.values(item.byClass), gained.slice(0, 5))
  }
  for (const { people, byClass, moves } of items) {
    const count = (kind: string) => moves.filter((move) => move.kind === kind).length
    assert.equal(
      people,
      Object.values(byClass).reduce((sum, more) => sum + more, 0),
    )
    assert.equal(count('gets_place') - count('goes_without'), people, 'whoever moves along accounts for the number')
    for (const [i, { kind, to }] of moves.entries()) {
      assert.equal(kind === 'goes_without', to === null)
      if (i === 0) assert.ok(to !== null, 'the first takes the new place')
    }
  }
  assert.deepEqual(
    items.map(({ people }) => people),
    items.map(({ people }) => people).toSorted((a, b) => b - a),
  )
  return asked
}

t.test('each price of a small city is what adding the place and solving again gives, tier by tier', async (t) => {
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 9, places: 4 }), (snapshot) => {
      assertAsSolvedAgain(snapshot, 1)
    }),
    { numRuns: 30 },
  )
  t.ok(assertAsSolvedAgain(citySnapshot({ needs: 60, movers: 20, vacant: 15, seed: 5 }), 2) > 100)
})

t.test('a sample of a large one', async (t) => {
  t.ok(assertAsSolvedAgain(citySnapshot({ needs: 900, movers: 270, vacant: 350, seed: 6 }), 40) > 200)
})

const need = (pseudonym: string, change: Partial<RunNeed['requirements']>, grounds: string[] = []): RunNeed => ({
  pseudonym,
  holdingDistrict: ALNA,
  registeredAt: `${addDays(TODAY, -10)}T08:00:00.000Z`,
  apartFrom: [],
  shielded: false,
  situation: {
    grounds,
    origin: null,
    situationSince: null,
    mustLeaveBy: null,
    readyToMoveOnSince: null,
    childrenLiving: 0,
    registeredOn: addDays(TODAY, -10),
  },
  requirements: { ...REQUIREMENTS, requiredFeatures: [], ...change },
})
const place = (id: string, form: Place['form'], lived = false): Place => ({
  ...PLACE,
  id,
  form,
  occupied: lived ? [{ from: PLACE.open.from, to: null }] : [],
})
const base: Snapshot = {
  asOf: TODAY,
  cityVersion: 1,
  policy: { objective: 1, urgency: 1, chainMovesMax: 4 },
  limits: NO_LIMITS,
  facilities: [{ ...HOUSE, serves: 'city' }],
  places: [],
  needs: [],
}
function priced(snapshot: Snapshot) {
  const candidates = candidatesOf(snapshot)
  const { usual, items } = pricesOf(snapshot, candidates, objectiveOf(snapshot, candidates))
  const of = (form: string, district = ALNA, variant = 'usual'): PlacePrice =>
    items.find((item) => item.form === form && item.district === district && item.variant === variant)!
  return { usual, items, of }
}

t.test('the total may fall, when two give way to one who is more urgent', async (t) => {
  // what the first waits for is left by two, the one after the other, who need the flat that the last could have
  const snapshot: Snapshot = {
    ...base,
    places: [place('flat', 'municipal'), place('room-1', 'vel_care', true), place('room-2', 'vel_coping', true)],
    needs: [
      need('a', { forms: ['municipal'], ownPlaces: ['room-1'] }),
      need('b', { forms: ['vel_care'], ownPlaces: ['room-2'] }),
      need('c', { forms: ['vel_coping', 'colocated_24h'] }, ['no_place_tonight']),
      { ...need('d', { forms: ['municipal'] }, ['no_place_tonight']), shielded: true },
    ],
  }
  const { of, items } = priced(snapshot)
  const price = of('colocated_24h')
  t.match(price, { people: -1, byClass: { 1: 1, 2: 0, 3: 0, 4: 0, 5: -2 }, fits: 1 })
  t.same(
    price.moves.map(({ urgencyClass, kind, to }) => [urgencyClass, kind, to?.form ?? null]),
    [
      [1, 'gets_other_place', 'colocated_24h'],
      [5, 'goes_without', null],
      [5, 'goes_without', null],
      [1, 'gets_place', 'municipal'],
    ],
  )
  t.same(
    price.moves.map(({ district }) => district),
    [ALNA, ALNA, ALNA, ALNA],
    'a protected person looks like anybody else',
  )
  t.equal(of('colocated_24h', FROGNER).fits, 0, 'a house of a bydel is its own people’s')
  t.notMatch(JSON.stringify(items), /"[abcd]"|flat|room-/, 'nobody and no home is named')
  t.match(of('municipal'), { people: 1, byClass: { 1: 1 } })
})

t.test('what is released is told by where they are, and costs what is assumed', async (t) => {
  const at = (form: Place['form'], ready = false) => {
    const one = need('a', { forms: ['colocated_24h'], ownPlaces: ['home'] })
    const situation = { ...one.situation, readyToMoveOnSince: ready ? TODAY : null }
    return priced({ ...base, places: [place('home', form, true)], needs: [{ ...one, situation }] }).of('colocated_24h')
      .released
  }
  const none = { bought: 0, temporary: 0, ready: 0, discharge_ready: 0 }
  t.same(at('private_institution'), { ...none, bought: 1 })
  t.same(at('temporary'), { ...none, temporary: 1 })
  t.same(at('vel_care', true), { ...none, ready: 1 })
  t.same(at('vel_care'), none, 'who is not ready costs the gap nothing')
  t.same(at('municipal', true), none)
  const waiting = need('a', { forms: ['colocated_24h'] }, ['discharge_ready'])
  const inHospital = { ...waiting, situation: { ...waiting.situation, origin: 'specialist_care' } }
  t.same(priced({ ...base, needs: [inHospital] }).of('colocated_24h').released, { ...none, discharge_ready: 1 })

  const month = (perDay: number) => Math.round((perDay * 365) / 12)
  const own = month(assumedPerDay('own_place_for_waiting'))
  const temporary = month(assumedPerDay('temporary_place'))
  for (const [form, released, perDay, expected] of [
    ['colocated_24h', { temporary: 1 }, null, { released: temporary, place: own, net: temporary - own }],
    ['colocated_24h', { bought: 1 }, null, { released: null, place: own, net: null }],
    ['colocated_24h', { bought: 1 }, 9000, { released: month(9000), place: own, net: month(9000) - own }],
    ['municipal', { temporary: 1 }, null, { released: temporary, place: null, net: null }],
    ['municipal', {}, null, { released: 0, place: null, net: null }],
  ] as const)
    t.same(monthOfPlace({ form, released: { ...none, ...released } }, perDay), expected)
})

t.test('a usual place is as most of its form are, and where nobody knows it takes everybody', async (t) => {
  const strict = { ...HOUSE, id: 'house-2', substanceStance: 'substance_free' as const, maxBehaviour: 1, minAge: 25 }
  const at = (id: string, facilityId: string, features: string[], maxHousehold = 1): Place => ({
    ...place(id, 'vel_care'),
    facilityId,
    features,
    maxHousehold,
  })
  const { usual } = priced({
    ...base,
    facilities: [{ ...HOUSE, serves: 'city' }, strict],
    places: [
      at('1', 'house-1', ['lift']),
      at('2', 'house-2', ['lift', 'furnished'], 2),
      at('3', 'house-2', ['furnished', 'own_bathroom']),
    ],
  })
  const of = (form: string, variant = 'usual') => usual.find((one) => one.form === form && one.variant === variant)!
  t.match(of('vel_care'), {
    basedOn: 3,
    serves: 'own_district',
    substanceStance: 'substance_free',
    maxBehaviour: 1,
    minAge: 25,
    maxHousehold: 1,
  })
  t.same(of('vel_care').features, ['lift', 'furnished'])
  t.same(of('vel_care', 'accessible').features, ['ground_floor', 'lift', 'step_free', 'wheelchair', 'furnished'])
  t.match(of('colocated_24h'), { basedOn: 0, serves: 'own_district', features: [], maxBehaviour: 3 })
  t.match(of('vel_reinforced'), { basedOn: 0, serves: 'city' })
  const tie = priced({
    ...base,
    facilities: [{ ...HOUSE, serves: 'city' }, strict],
    places: [at('1', 'house-1', ['lift']), at('2', 'house-2', [])],
  }).usual.find(({ form }) => form === 'vel_care')
  t.match(
    tie,
    { features: [], serves: 'own_district', substanceStance: 'tolerant', minAge: null },
    'a half is not most',
  )
})

t.test('the same prices each time, and none where they are not asked for', async (t) => {
  const snapshot = citySnapshot({ needs: 120, movers: 40, vacant: 40, seed: 8 })
  t.equal(computeRun(snapshot, () => 0).prices, null)
  const run = () => computeRun(snapshot, () => 0, undefined, true)
  t.same(run().prices, run().prices)
  t.equal(new Set(run().prices?.items.map(({ form, variant, district }) => `${form}${variant}${district}`)).size, 570)
})
