import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { ELIGIBILITY_RULES, explain, judge } from '../../../src/domain/eligibility.ts'
import { candidatesOf, exclusionsOf, pairsOfNeed } from '../../../src/domain/matching/candidates.ts'
import { NO_LIMITS } from '../../../src/domain/matching/runLimits.ts'
import { homesOf, type Snapshot } from '../../../src/domain/matching/snapshot.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { cities, requirements } from '../arbitraries.ts'
import { TODAY } from '../baseline.ts'
import { pairFor, residents } from './allSolutions.ts'

const small = arbitrarySnapshot({ needs: 8, places: 8 })

/** Any need and any place, so that every rule fails somewhere; nobody has a home. */
const anything: fc.Arbitrary<Snapshot> = fc
  .tuple(cities, fc.array(requirements, { maxLength: 4 }))
  .map(([city, asked]) => ({
    asOf: TODAY,
    cityVersion: 1,
    policy: { objective: 1, urgency: 1, chainMovesMax: 4 },
    limits: NO_LIMITS,
    facilities: [...city.facilities.values()],
    places: [...city.places],
    needs: asked.map((one, i) => ({
      pseudonym: `need-${i}`,
      apartFrom: [],
      shielded: false,
      holdingDistrict: one.district,
      registeredAt: '2026-08-01T08:00:00.000Z',
      situation: {
        grounds: [],
        origin: null,
        situationSince: null,
        mustLeaveBy: null,
        readyToMoveOnSince: null,
        childrenLiving: 0,
        registeredOn: TODAY,
      },
      requirements: { ...one, ownPlaces: [] },
    })),
  }))

t.test(
  'candidates are the pairs that every rule lets pass, with the same day and the same unanswered rules',
  async (t) => {
    let eligible = 0
    let refused = 0
    const failing = new Set<string>()
    fc.assert(
      fc.property(fc.oneof(small, anything), (snapshot) => {
        const candidates = candidatesOf(snapshot)
        const living = residents(snapshot)
        const expected = []
        for (const need of snapshot.needs.keys()) {
          for (const place of snapshot.places.keys()) {
            const pair = pairFor(snapshot, living[place]! >= 0, need, place)
            const { failed, unknown } = judge(pair)
            for (const { ruleId, outcome } of explain(pair)) if (outcome === 'failed') failing.add(ruleId)
            if (failed !== 0 || pair.availability.kind !== 'available') refused += 1
            else {
              const bits = ELIGIBILITY_RULES.filter((_, bit) => (unknown & (1 << bit)) !== 0).length
              // no rule is a wish here, so none is broken
              expected.push({ need, place, availableFrom: pair.availability.from, unknown: bits, broken: 0 })
            }
          }
        }
        assert.deepEqual(candidates.pairs, expected)
        eligible += expected.length
        for (const need of snapshot.needs.keys()) {
          assert.deepEqual(
            pairsOfNeed(candidates, need),
            [...candidates.pairs.keys()].filter((index) => candidates.pairs[index]!.need === need),
          )
        }
      }),
      { numRuns: 1500 },
    )
    t.ok(eligible > 3000 && refused > 3000, `${eligible} eligible, ${refused} not`)
    t.same(
      ELIGIBILITY_RULES.map(({ id }) => id).filter((id) => !failing.has(id)),
      [],
      'every rule failed somewhere',
    )
  },
)

t.test('what keeps a place away is counted rule for rule', async (t) => {
  fc.assert(
    fc.property(fc.oneof(small, anything), (snapshot) => {
      const candidates = candidatesOf(snapshot)
      const living = residents(snapshot)
      for (const need of snapshot.needs.keys()) {
        const masks = new Map<number, number>()
        for (const place of snapshot.places.keys()) {
          const { failed } = judge(pairFor(snapshot, living[place]! >= 0, need, place))
          masks.set(failed, (masks.get(failed) ?? 0) + 1)
        }
        assert.deepEqual(new Map([...exclusionsOf(snapshot, candidates, need)].sort()), new Map([...masks].sort()))
      }
    }),
    { numRuns: 500 },
  )
  t.pass()
})

t.test('a home is one lived in without an end, by one need only; nobody’s own home is a candidate', async (t) => {
  let shared = 0
  let leaving = 0
  fc.assert(
    fc.property(small, (snapshot) => {
      const living = residents(snapshot)
      const homes = homesOf(snapshot)
      assert.deepEqual(
        homes.map(({ need, place }) => [place, need]).sort(),
        living.flatMap((need, place) => (need >= 0 ? [[place, need]] : [])).sort(),
      )
      const { pairs, homeOf, residentOf } = candidatesOf(snapshot)
      for (const { need, place } of homes) {
        assert.equal(homeOf[need], place)
        assert.equal(residentOf[place], need)
      }
      for (const { need, place } of pairs) {
        assert.ok(!snapshot.needs[need]!.requirements.ownPlaces.includes(snapshot.places[place]!.id))
        assert.notEqual(living[place], -2, 'nobody moves into a home that two needs share')
      }
      shared += living.filter((need) => need === -2).length
      leaving += snapshot.needs.filter(
        ({ requirements: { ownPlaces } }, need) => ownPlaces.length > 0 && !living.includes(need),
      ).length
    }),
    { numRuns: 1000 },
  )
  t.ok(shared > 50 && leaving > 50, `${shared} shared homes, ${leaving} that are left anyway`)
})
