import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../../src/domain/day.ts'
import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { objectiveOf } from '../../../src/domain/matching/objective.ts'
import { type Plan, planFor, planOf } from '../../../src/domain/matching/plan.ts'
import { computeRun } from '../../../src/domain/matching/run.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'
import { arbitraryInput, arbitrarySnapshot, snapshotFrom } from '../../support/arbitraryCity.ts'
import {
  bestWorth,
  compare,
  daysOf,
  eligiblePlaces,
  type Given,
  keepsLimits,
  maximumMatching,
  residents,
  worth,
} from './allSolutions.ts'
import { citySnapshot } from './citySnapshot.ts'

const tiny = arbitrarySnapshot({ needs: 5, places: 3 })
const small = arbitrarySnapshot({ needs: 12, places: 8 })

function given({ candidates, pairOf }: Plan): number[] {
  return [...pairOf].map((pair) => candidates.pairs[pair]?.place ?? -1)
}

const valuesOf = (values: Plan['values']) => values.map(({ value }) => value)

function assertSound(snapshot: Snapshot, plan: Plan): void {
  const places = given(plan)
  const living = residents(snapshot)
  const used = places.filter((place) => place !== -1)
  assert.equal(new Set(used).size, used.length, 'no place twice')
  const eligible = eligiblePlaces(snapshot)
  for (const [need, place] of places.entries()) {
    if (place === -1) continue
    assert.ok(eligible[need]!.includes(place), 'every rule lets it')
    assert.notEqual(living[place], -2, 'two needs from one home free nothing')
    if (living[place]! >= 0) assert.notEqual(places[living[place]!], -1, 'no one loses a home')
  }
  assert.ok(keepsLimits(snapshot, places), 'chain bound, days, never together and mix hold')
  const days = daysOf(snapshot, places)
  const moves = plan.chains.flatMap(({ moves: all }) => all)
  assert.equal(moves.length, used.length, 'every move stands in one chain')
  for (const { kind, moves: chain, frees } of plan.chains) {
    assert.ok(chain.length <= snapshot.policy.chainMovesMax)
    for (const [i, { need, place, on, waitsFor }] of chain.entries()) {
      assert.equal(place, places[need])
      assert.equal(on, days![need], 'as early as can be')
      const { window } = snapshot.needs[need]!.requirements
      assert.ok(on >= window.from && (window.to === null || on < window.to), 'inside its window')
      if (i > 0) assert.ok(on >= chain[i - 1]!.on, 'dates do not go back')
      assert.equal(waitsFor, living[place])
    }
    if (kind === 'chain') {
      assert.equal(chain[0]!.waitsFor, -1, 'begins at a vacant place')
      assert.equal(frees, living.indexOf(chain.at(-1)!.need))
      assert.ok(frees === -1 || !places.includes(frees), 'ends on a place that nobody moves into')
    }
  }
}

t.test('a plan is sound, whatever the city', async (t) => {
  let chained = 0
  let bounded = 0
  fc.assert(
    fc.property(small, (snapshot) => {
      const plan = planOf(snapshot)
      assertSound(snapshot, plan)
      assert.deepEqual(valuesOf(plan.values), worth(snapshot, given(plan)))
      if (plan.chains.some(({ moves }) => moves.length > 2)) chained += 1
      if (plan.forbidden.length > 0) bounded += 1
    }),
    { numRuns: 2500 },
  )
  t.ok(chained > 150, `${chained} cities with chains of three and more`)
  t.ok(bounded > 150, `${bounded} cities in which limits cost something`)
})

t.test('any order of input gives the same answer', async (t) => {
  fc.assert(
    fc.property(arbitraryInput({ needs: 8, places: 6 }), fc.infiniteStream(fc.nat()), (input, random) => {
      const shuffled = <T>(values: readonly T[]): T[] =>
        values
          .map((value) => ({ value, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ value }) => value)
      const again = {
        ...input,
        needs: shuffled(input.needs).map((need) => ({
          ...need,
          apartFrom: shuffled(need.apartFrom),
          requirements: { ...need.requirements, ownPlaces: shuffled(need.requirements.ownPlaces) },
        })),
        city: {
          ...input.city,
          places: shuffled(input.city.places),
          facilities: new Map(shuffled([...input.city.facilities])),
        },
      }
      const rows = ({ facilities, places, needs }: Snapshot) =>
        [facilities, places].map((all) => all.map(({ id }) => id)).concat(needs.map(({ pseudonym }) => pseudonym))
      assert.deepEqual(rows(snapshotFrom(again)), rows(snapshotFrom(input)))
      const result = (from: typeof input) => JSON.stringify(computeRun(snapshotFrom(from), () => 0))
      assert.equal(result(again), result(input))
    }),
    { numRuns: 1500 },
  )
  t.pass()
})

t.test('the best of all solutions, tier by tier', async (t) => {
  let limited = 0
  let chains = 0
  let unproven = 0
  const cost = new Map<string, number>()
  fc.assert(
    fc.property(tiny, (snapshot) => {
      const plan = planOf(snapshot)
      const best = bestWorth(snapshot, { chains: true, bounded: true })
      const unbounded = bestWorth(snapshot, { chains: true, bounded: false })
      if (plan.proven) assert.deepEqual(valuesOf(plan.values), best)
      else unproven += 1
      if (plan.proven)
        for (const why of new Set(plan.forbidden.map((one) => one.why))) cost.set(why, (cost.get(why) ?? 0) + 1)
      assert.ok(compare(valuesOf(plan.values), best) <= 0)
      assert.deepEqual(valuesOf(plan.unboundedValues), unbounded)
      assert.ok(compare(best, valuesOf(plan.boundValues)) <= 0, 'nothing is better than the bound')
      assert.ok(compare(valuesOf(plan.boundValues), unbounded) <= 0)
      assert.equal(plan.proven, compare(valuesOf(plan.boundValues), valuesOf(plan.values)) === 0)
      if (String(best) !== String(unbounded)) limited += 1
      if (plan.chains.some(({ moves }) => moves.length > 1)) chains += 1
    }),
    { numRuns: 2000 },
  )
  t.ok(unproven < 20, `${unproven} of 2000 cities where the search ended before it was certain`)
  t.ok(limited > 40, `${limited} cities where the limits cost something`)
  t.ok(chains > 200, `${chains} cities with chains`)
  for (const why of ['too_long', 'window', 'never_together', 'mix'])
    t.ok((cost.get(why) ?? 0) > 0, `${cost.get(why)} of them proven against ${why}`)
})

/** As many of each class as a need of it can be added to those chosen before: the greedy optimum of the matroid. */
function greedyClasses(
  snapshot: Snapshot,
  eligible: readonly number[][],
  urgency: readonly { urgencyClass: number }[],
): number[] {
  const chosen: number[] = []
  return [1, 2, 3, 4, 5].map((number) => {
    let count = 0
    for (const need of snapshot.needs.keys()) {
      if (urgency[need]!.urgencyClass !== number) continue
      const more = [...chosen, need].map((index) => eligible[index]!)
      if (maximumMatching(more) < more.length) continue
      chosen.push(need)
      count += 1
    }
    return count
  })
}

t.test('without chains as many as can be, and nobody before somebody more urgent', async (t) => {
  const apartNobody = small.map((snapshot) => ({
    ...snapshot,
    facilities: snapshot.facilities.map((house) => ({ ...house, maxExtensiveBehaviour: null })),
    needs: snapshot.needs.map((need) => ({ ...need, apartFrom: [] })),
  }))
  let competed = 0
  fc.assert(
    fc.property(apartNobody, (snapshot) => {
      const candidates = candidatesOf(snapshot)
      const objective = objectiveOf(snapshot, candidates)
      const places = given(planFor(snapshot, candidates, objective, false))
      const living = residents(snapshot)
      const eligible = eligiblePlaces(snapshot).map((all) => all.filter((place) => living[place] === -1))
      assert.equal(places.filter((place) => place !== -1).length, maximumMatching(eligible))
      const classes = [1, 2, 3, 4, 5].map(
        (number) =>
          places.filter((place, need) => place !== -1 && objective.urgency[need]!.urgencyClass === number).length,
      )
      assert.deepEqual(classes, greedyClasses(snapshot, eligible, objective.urgency))
      for (const [need, place] of places.entries()) {
        if (place !== -1) continue
        for (const wanted of eligible[need]!) {
          const holder = places.indexOf(wanted)
          assert.notEqual(holder, -1, 'no eligible place stands empty')
          assert.ok(objective.urgency[holder]!.urgencyClass <= objective.urgency[need]!.urgencyClass)
          competed += 1
        }
      }
    }),
    { numRuns: 1500 },
  )
  t.ok(competed > 500, `${competed} places that two wanted`)
})

t.test('a lower class moves when that frees a home for a higher one, and fewer may move than could', async (t) => {
  const base = citySnapshot({ needs: 3, movers: 0, vacant: 2, seed: 1 })
  const [flat, room] = base.places
  const [mover, urgent, other] = base.needs
  const house = {
    ...base.facilities[0]!,
    serves: 'city' as const,
    maxBehaviour: 3,
    maxSecurity: 2,
    substanceStance: 'tolerant' as const,
    minAge: null,
    genders: [],
    petsAllowed: true,
    maxExtensiveBehaviour: null,
  }
  const asks = (need: typeof mover, forms: string[], grounds: string[], ownPlaces: string[] = []) => ({
    ...need!,
    situation: { ...need!.situation, grounds, origin: null, readyToMoveOnSince: null },
    requirements: {
      ...need!.requirements,
      forms,
      requiredFeatures: [],
      ownPlaces,
      window: { from: base.asOf, to: addDays(base.asOf, 30) },
      adults: 1,
    } as (typeof base.needs)[0]['requirements'],
  })
  const place = (from: typeof flat, form: string, occupied: { from: typeof base.asOf; to: null }[]) =>
    ({
      ...from!,
      form,
      facilityId: house.id,
      occupied,
      closures: [],
      open: { from: base.asOf, to: null },
    }) as (typeof base.places)[0]
  const snapshot: Snapshot = {
    ...base,
    facilities: [house],
    places: [place(flat, 'municipal', []), place(room, 'vel_care', [{ from: addDays(base.asOf, -100), to: null }])],
    needs: [
      asks(mover, ['municipal'], [], [room!.id]),
      asks(urgent, ['vel_care'], ['no_place_tonight']),
      asks(other, ['municipal'], ['ready_to_move_on']),
    ],
  }
  const plan = planOf(snapshot)
  t.same(given(plan), [0, 1, -1], 'class 5 gets the flat before class 4, so that class 1 gets the room')
  const run = computeRun(snapshot, () => 0)
  const waiting = run.rows.find(({ outcome }) => outcome === 'unmet')
  t.match(waiting?.detail, { cause: { kind: 'outcompeted', freesFor: [{ urgencyClass: 5, forClass: 1, places: 1 }] } })
  t.match(
    JSON.stringify(waiting?.detail),
    /En person i hasteklasse 5 fikk plass fordi det frigjør en bolig til en i hasteklasse 1\./,
  )
})

t.test(
  'where most homes are left too late for those who wait, the search ends, and what it says of it holds',
  async (t) => {
    const city = citySnapshot({ needs: 600, movers: 300, vacant: 150, seed: 4 })
    const snapshot: Snapshot = {
      ...city,
      // movers have time, and what they can move to opens when the others no longer wait
      places: city.places.map((place) =>
        place.occupied.length === 0 ? { ...place, open: { from: addDays(city.asOf, 60), to: null } } : place,
      ),
      needs: city.needs.map((need, i) => ({
        ...need,
        requirements: {
          ...need.requirements,
          window: {
            from: city.asOf,
            to: addDays(city.asOf, need.requirements.ownPlaces.length > 0 || i % 3 === 0 ? 183 : 30),
          },
        },
      })),
    }
    const plan = planOf(snapshot)
    t.ok(plan.forbidden.filter(({ why }) => why === 'window').length > 30, 'many would come too late')
    assertSound(snapshot, plan)
    t.ok(compare(valuesOf(plan.values), valuesOf(plan.boundValues)) <= 0)
    t.ok(compare(valuesOf(plan.boundValues), valuesOf(plan.unboundedValues)) <= 0)
    t.equal(plan.proven, compare(valuesOf(plan.values), valuesOf(plan.boundValues)) === 0)
  },
)

t.test('the whole city at once', async (t) => {
  const snapshot = citySnapshot({ needs: 600, movers: 180, vacant: 300, seed: 2 })
  const plan = planOf(snapshot)
  const places: Given = given(plan)
  t.ok(keepsLimits(snapshot, places))
  t.same(valuesOf(plan.values), worth(snapshot, places))
  t.ok(plan.chains.some(({ moves }) => moves.length > 2))
  t.same(given(planOf(snapshot)), places, 'the same again')
  const lengths = computeRun(snapshot, () => 0).chains.map(({ moves }) => moves.length)
  t.ok(lengths.includes(1) && lengths.slice(0, lengths.indexOf(1)).every((length) => length > 1))
  t.ok(
    lengths.slice(lengths.indexOf(1)).every((length) => length === 1),
    'chains of several moves have the first numbers',
  )
})
