import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { baselinesOf, comparisonOf } from '../../../src/domain/matching/baselines.ts'
import { planOf } from '../../../src/domain/matching/plan.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { compare, eligiblePlaces, keepsLimits, residents, worth } from './allSolutions.ts'
import { citySnapshot } from './citySnapshot.ts'

t.test('every other way of placing people keeps the same limits, and none is better than the best', async (t) => {
  let worse = 0
  let chained = 0
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 10, places: 8 }), (snapshot) => {
      const plan = planOf(snapshot)
      const others = baselinesOf(snapshot, plan.candidates, plan.objective)
      const eligible = eligiblePlaces(snapshot)
      const living = residents(snapshot)
      const best = plan.values.map(({ value }) => value)
      for (const [id, { pairOf }] of Object.entries(others)) {
        const given = [...pairOf].map((pair) => plan.candidates.pairs[pair]?.place ?? -1)
        const used = given.filter((place) => place !== -1)
        assert.equal(new Set(used).size, used.length, id)
        for (const [need, place] of given.entries()) {
          if (place === -1) continue
          assert.ok(eligible[need]!.includes(place), id)
          if (living[place] !== -1) assert.notEqual(given[living[place]!], -1, id)
          if (id === 'without_chains') assert.equal(living[place], -1)
          else if (living[place] !== -1) chained += 1
        }
        assert.ok(keepsLimits(snapshot, given), id)
        const order = compare(worth(snapshot, given), best)
        assert.ok(order <= 0 || !plan.proven, `${id} is better than the best`)
        if (order < 0) worse += 1
      }
      assert.deepEqual(
        comparisonOf(snapshot, plan).map(({ id }) => id),
        ['best', 'without_chains', 'hardest_place_first', 'first_come'],
      )
    }),
    { numRuns: 1200 },
  )
  t.ok(worse > 300, `${worse} times one was worse`)
  t.ok(chained > 300, `${chained} homes that were left and given on`)
})

t.test(
  'in a city the best set of moves helps more of the most urgent, and more in all than without chains',
  async (t) => {
    const snapshot = citySnapshot({ needs: 500, movers: 150, vacant: 250, seed: 3 })
    const plan = planOf(snapshot)
    const [best, without, hardest, first] = comparisonOf(snapshot, plan)
    t.ok(best!.placed > without!.placed && best!.intoFreedHomes > 0 && without!.intoFreedHomes === 0)
    for (const other of [without!, hardest!, first!]) {
      const classes = ({ byClass }: typeof other) => [byClass[1], byClass[2], byClass[3], byClass[4], byClass[5]]
      t.ok(compare(classes(best!), classes(other)) > 0, other.id)
    }
  },
)
