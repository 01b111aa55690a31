import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { livingCity } from '../../../src/domain/matching/livingCity.ts'
import { FIRST_POLICY } from '../../../src/domain/matching/policy.ts'
import { type Snapshot, snapshotUnder } from '../../../src/domain/matching/snapshot.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { citySnapshot, WHOLE_CITY } from './citySnapshot.ts'
import { solvedAfresh } from './solvedAfresh.ts'

/** What happens to the city: of its needs and places some are there, and some needs ask for something else. */
const step = fc.record({
  needsGone: fc.array(fc.nat(7), { maxLength: 2 }),
  placesGone: fc.array(fc.nat(11), { maxLength: 2 }),
  /** Two households that live in each other's homes now. */
  swapped: fc.option(fc.tuple(fc.nat(7), fc.nat(7)), { freq: 2 }),
  changed: fc.array(fc.record({ need: fc.nat(7), pets: fc.boolean(), forms: fc.boolean() }), { maxLength: 2 }),
})

function after(
  { needs, places, ...rest }: Snapshot,
  { needsGone, placesGone, changed, swapped }: typeof step extends fc.Arbitrary<infer S> ? S : never,
): Snapshot {
  const homeOf = (at: number) => needs[at]?.requirements.ownPlaces
  const livesIn = (at: number) => {
    const [one = -1, other = -1] = swapped ?? []
    return (at === one ? homeOf(other) : at === other ? homeOf(one) : undefined) ?? homeOf(at) ?? []
  }
  const asked = needs.map((listed, at) => {
    const need = { ...listed, requirements: { ...listed.requirements, ownPlaces: livesIn(at) } }
    const change = changed.find((one) => one.need === at)
    if (change === undefined) return need
    const { forms } = need.requirements
    return {
      ...need,
      requirements: {
        ...need.requirements,
        pets: change.pets,
        forms: change.forms ? forms.toReversed() : forms.slice(0, 1),
      },
    }
  })
  return {
    ...rest,
    needs: asked.filter((_, at) => !needsGone.includes(at)),
    places: places.filter((_, at) => !placesGone.includes(at)),
  }
}

t.test('a city that is followed through a long time adds up to what solving afresh gives', async (t) => {
  fc.assert(
    fc.property(
      arbitrarySnapshot({ needs: 8, places: 8 }),
      fc.array(step, { minLength: 4, maxLength: 12 }),
      (whole, steps) => {
        const living = livingCity(whole)
        assert.deepEqual(living.values(), solvedAfresh(whole))
        for (const one of steps) {
          const snapshot = after(whole, one)
          living.follow(snapshot)
          assert.deepEqual(living.values(), solvedAfresh(snapshot))
          const given = snapshot.needs.flatMap(({ pseudonym }) => living.previewOf(pseudonym)?.placeId ?? [])
          assert.equal(new Set(given).size, given.length, 'no place twice')
          for (const { pseudonym } of snapshot.needs) {
            const preview = living.previewOf(pseudonym)
            assert.ok(preview !== undefined && (preview.outcome === 'proposed') === (preview.placeId !== null))
            if (preview.outcome === 'proposed') assert.ok(preview.eligible > 0)
          }
          assert.equal(living.previewOf('nobody'), undefined)
        }
      },
    ),
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
  const other = snapshotUnder(snapshot, 2, { ...FIRST_POLICY, tiers: ['home_district'] })
  t.equal(living.follow(other), -1)
  t.same(living.values(), solvedAfresh(other))
})
