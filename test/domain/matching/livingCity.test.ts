import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../../src/domain/day.ts'
import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { followPairs, keptPairs } from '../../../src/domain/matching/keptPairs.ts'
import { livingCity } from '../../../src/domain/matching/livingCity.ts'
import { objectiveOf } from '../../../src/domain/matching/objective.ts'
import { FIRST_POLICY } from '../../../src/domain/matching/policy.ts'
import { type Snapshot, snapshotUnder } from '../../../src/domain/matching/snapshot.ts'
import type { Facility, Place } from '../../../src/domain/place.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { GRUNERLOKKA, TODAY } from '../baseline.ts'
import { citySnapshot, WHOLE_CITY } from './citySnapshot.ts'
import { solvedAfresh } from './solvedAfresh.ts'

/** Who could be given what, found again for everybody. */
function pairsAfresh(snapshot: Snapshot) {
  const candidates = candidatesOf(snapshot)
  return keptPairs(snapshot, candidates, objectiveOf(snapshot, candidates))
}

/** What may be otherwise of a place: how it is, who lives there, and whom it is kept for. */
const PLACE_EDITS: Record<string, (place: Place) => Partial<Place>> = {
  lift: ({ features }) => ({ features: features.includes('lift') ? [] : ['lift', 'ground_floor'] }),
  form: ({ form }) => ({ form: form === 'municipal' ? 'colocated_24h' : 'municipal' }),
  leaving: ({ occupied }) => ({ occupied: occupied.map(({ from, to }) => ({ from, to: to ?? addDays(TODAY, 9) })) }),
  taken: ({ open }) => ({ occupied: [{ from: open.from, to: null }] }),
  empty: () => ({ occupied: [] }),
  held: () => ({ held: [{ during: { from: TODAY, to: null }, answerBy: null }] }),
  house: ({ facilityId }) => ({ facilityId: facilityId === 'house-0' ? 'house-1' : 'house-0' }),
}

/** And of a house. */
const HOUSE_EDITS: Record<string, (house: Facility) => Partial<Facility>> = {
  pets: ({ petsAllowed }) => ({ petsAllowed: !petsAllowed }),
  district: ({ district }) => ({ district: district === GRUNERLOKKA ? '030105' : GRUNERLOKKA }),
  serves: () => ({ serves: 'own_district' }),
  full: () => ({ maxExtensiveBehaviour: 0 }),
  confirmed: () => ({ vacancyConfirmedAt: '2026-08-31T08:00:00.000Z' }),
}

/** What happens to the city: of its needs and places some are there, and some of them, and some houses, are otherwise. */
const step = fc.record({
  needsGone: fc.array(fc.nat(7), { maxLength: 2 }),
  placesGone: fc.array(fc.nat(11), { maxLength: 2 }),
  /** Two households that live in each other's homes now. */
  swapped: fc.option(fc.tuple(fc.nat(7), fc.nat(7)), { freq: 2 }),
  changed: fc.array(
    fc.record({ need: fc.nat(7), pets: fc.boolean(), forms: fc.boolean(), urgent: fc.boolean(), ownHold: fc.nat(11) }),
    { maxLength: 2 },
  ),
  places: fc.array(fc.record({ place: fc.nat(11), edit: fc.constantFrom(...Object.keys(PLACE_EDITS)) }), {
    maxLength: 2,
  }),
  houses: fc.array(fc.record({ house: fc.nat(2), edit: fc.constantFrom(...Object.keys(HOUSE_EDITS)) }), {
    maxLength: 1,
  }),
})

function after(
  { needs, places, facilities, ...rest }: Snapshot,
  { needsGone, placesGone, swapped, ...edits }: typeof step extends fc.Arbitrary<infer S> ? S : never,
): Snapshot {
  const homeOf = (at: number) => needs[at]?.requirements.ownPlaces
  const livesIn = (at: number) => {
    const [one = -1, other = -1] = swapped ?? []
    return (at === one ? homeOf(other) : at === other ? homeOf(one) : undefined) ?? homeOf(at) ?? []
  }
  const asked = needs.map((listed, at) => {
    const need = { ...listed, requirements: { ...listed.requirements, ownPlaces: livesIn(at) } }
    const change = edits.changed.find((one) => one.need === at)
    if (change === undefined) return need
    const { forms } = need.requirements
    const held = places[change.ownHold]?.id
    return {
      ...need,
      situation: { ...need.situation, grounds: change.urgent ? ['no_place_tonight'] : [] },
      requirements: {
        ...need.requirements,
        pets: change.pets,
        forms: change.forms ? forms.toReversed() : forms.slice(0, 1),
        ownHolds: held === undefined ? [] : [held],
      },
    }
  })
  const houses = facilities.map((house, at): Facility => {
    const edit = edits.houses.find((one) => one.house === at)?.edit
    return { ...house, ...(edit === undefined ? {} : HOUSE_EDITS[edit]?.(house)) }
  })
  const placed = places.map((place, at): Place => {
    const edit = edits.places.find((one) => one.place === at)?.edit
    const edited = { ...place, ...(edit === undefined ? {} : PLACE_EDITS[edit]?.(place)) }
    return houses.some(({ id }) => id === edited.facilityId) ? edited : place
  })
  return {
    ...rest,
    facilities: houses,
    needs: asked.filter((_, at) => !needsGone.includes(at)),
    places: placed.filter((_, at) => !placesGone.includes(at)),
  }
}

/** Under the first policy, or under one that makes a rule a wish and weighs otherwise. */
const cities = fc.tuple(arbitrarySnapshot({ needs: 8, places: 8 }), fc.boolean()).map(([whole, first]) =>
  first
    ? whole
    : snapshotUnder(whole, 2, {
        ...FIRST_POLICY,
        classes: [1, 3, 2, 5, 4],
        tiers: FIRST_POLICY.tiers.toReversed(),
        wishes: ['pets.accepted'],
      }),
)

t.test('a city that is followed through a long time is what solving afresh gives', async (t) => {
  fc.assert(
    fc.property(cities, fc.array(step, { minLength: 4, maxLength: 12 }), (whole, steps) => {
      const living = livingCity(whole)
      const kept = pairsAfresh(whole)
      assert.deepEqual(living.values(), solvedAfresh(whole))
      for (const one of steps) {
        const snapshot = after(whole, one)
        const candidates = candidatesOf(snapshot)
        const objective = objectiveOf(snapshot, candidates)
        const now = keptPairs(snapshot, candidates, objective)
        followPairs(kept, snapshot)
        assert.deepEqual(kept, now, 'who could be given what')
        living.follow(snapshot)
        assert.deepEqual(living.values(), solvedAfresh(snapshot, candidates, objective))
        const given = snapshot.needs.flatMap(({ pseudonym }) => living.previewOf(pseudonym)?.placeId ?? [])
        assert.equal(new Set(given).size, given.length, 'no place twice')
        for (const { pseudonym } of snapshot.needs) {
          const preview = living.previewOf(pseudonym)
          assert.ok(preview !== undefined && (preview.outcome === 'proposed') === (preview.placeId !== null))
          const { gains, home } = now.needs.get(pseudonym)!
          assert.equal(preview.eligible, gains.size)
          if (preview.outcome !== 'proposed') assert.equal(preview.outcome === 'stays', home !== undefined)
          else {
            assert.ok(gains.has(preview.placeId ?? ''), 'a place that she could be given')
            const at = snapshot.places.findIndex(({ id }) => id === preview.placeId)
            assert.equal(preview.waitsForMove, candidates.residentOf[at] !== -1)
          }
        }
        assert.equal(living.previewOf('nobody'), undefined)
      }
    }),
    { numRuns: 250 },
  )
  t.pass()
})

t.test('another policy or another day is solved afresh', async (t) => {
  const snapshot = citySnapshot({ ...WHOLE_CITY, needs: 20, movers: 6, vacant: 20 })
  const living = livingCity(snapshot)
  t.equal(living.follow(snapshot), 0, 'nothing changed')
  const without = { ...snapshot, needs: snapshot.needs.slice(1) }
  t.ok(living.follow(without) > 0, 'a need that is gone is repaired, not solved again')
  t.same(living.values(), solvedAfresh(without))
  // as it comes from the database: nothing of it is the same object
  const read = structuredClone(without)
  t.equal(living.follow(read), 0, 'the same city read again')
  const vacant = read.places.find(({ id }) => [...pairsAfresh(read).needs.values()].some(({ gains }) => gains.has(id)))
  const closed = { ...read, places: read.places.filter((place) => place !== vacant) }
  t.equal(living.follow(closed), 1, 'a place that is gone is one repair, however many could have had it')
  t.same(living.values(), solvedAfresh(closed))
  t.equal(living.follow(read), 1, 'and so is one that is there again')
  const [first, ...others] = read.needs
  const asked = { ...first!, requirements: { ...first!.requirements, wantedFeatures: ['ground_floor', 'lift'] } }
  t.ok(living.follow({ ...read, needs: [asked, ...others] }) <= 1, 'a need that asks for something else, too')
  const other = snapshotUnder(snapshot, 2, { ...FIRST_POLICY, tiers: ['home_district'] })
  t.equal(living.follow(other), -1)
  t.same(living.values(), solvedAfresh(other))
})
