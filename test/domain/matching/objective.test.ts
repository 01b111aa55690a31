import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { fitOf } from '../../../src/domain/match.ts'
import { candidatesOf } from '../../../src/domain/matching/candidates.ts'
import { compareGains, objectiveOf, packTiers, type Tier } from '../../../src/domain/matching/objective.ts'
import { OBJECTIVE_POLICY } from '../../../src/reference/policies.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { compare, worth } from './allSolutions.ts'
import { citySnapshot, WHOLE_CITY } from './citySnapshot.ts'

/** Pairs of up to four needs with gains of up to seven tiers, small and as large as days of thousands. */
const cases = fc
  .record({
    needOf: fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }),
    tiers: fc.integer({ min: 1, max: 7 }),
    most: fc.constantFrom(1, 5, 730, 2 ** 20, 2 ** 30),
  })
  .chain(({ needOf, tiers, most }) => {
    const gains = fc.array(fc.integer({ min: 0, max: most }), { minLength: needOf.length, maxLength: needOf.length })
    const choice = fc.array(fc.nat(), { minLength: 4, maxLength: 4 })
    return fc.record({
      needOf: fc.constant(Int32Array.from(needOf)),
      tiers: fc.array(gains, { minLength: tiers, maxLength: tiers }),
      choices: fc.tuple(choice, choice),
    })
  })

t.test('packing keeps the lexicographic order of any two choices of one pair a need', async (t) => {
  let together = 0
  fc.assert(
    fc.property(cases, ({ needOf, tiers, choices }) => {
      const listed = tiers.map((gains): Tier => ({ id: 'tie', gains: Float64Array.from(gains) }))
      const packed = packTiers(listed, needOf, 4)
      const total = (gains: ArrayLike<number>, chosen: readonly number[]) =>
        chosen.reduce((sum, pair) => sum + gains[pair]!, 0)
      const [one, other] = choices.map((choice) =>
        choice.flatMap((random, need) => {
          const pairs = [...needOf.keys()].filter((pair) => needOf[pair] === need)
          const at = random % (pairs.length + 1)
          return at === pairs.length ? [] : [pairs[at]!]
        }),
      )
      const plain = compare(
        tiers.map((gains) => total(gains, one!)),
        tiers.map((gains) => total(gains, other!)),
      )
      const inPacks = compare(
        packed.map(({ gains }) => total(gains, one!)),
        packed.map(({ gains }) => total(gains, other!)),
      )
      assert.equal(Math.sign(inPacks), Math.sign(plain))
      for (const { gains } of packed) assert.ok(gains.every((gain) => gain <= 2 ** 49))
      if (packed.length < tiers.length) together += 1
    }),
    { numRuns: 5000 },
  )
  t.ok(together > 2000)
})

t.test('what a pair adds is what its fit and urgency say, in the order of the policy', async (t) => {
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 6, places: 6 }), (snapshot) => {
      const candidates = candidatesOf(snapshot)
      const { tiers } = objectiveOf(snapshot, candidates)
      for (const [index, { need, place }] of candidates.pairs.entries()) {
        const given = snapshot.needs.map((_, other) => (other === need ? place : -1))
        assert.deepEqual(
          tiers.map(({ gains }) => gains[index]),
          worth(snapshot, given),
        )
        const { place: offered, facility } = candidates.offers[place]!
        const fit = fitOf(snapshot.needs[need]!.requirements, offered, facility)
        assert.equal(tiers.find(({ id }) => id === 'wanted_features')!.gains[index], fit.wantedPresent.length)
      }
    }),
    { numRuns: 500 },
  )
  const snapshot = citySnapshot({ ...WHOLE_CITY, needs: 20, movers: 6, vacant: 20 })
  const ids = objectiveOf(snapshot, candidatesOf(snapshot)).tiers.map(({ id }) => id)
  t.same(ids.slice(0, 5), ['class_1', 'class_2', 'class_3', 'class_4', 'class_5'])
  t.same(
    ids.slice(5),
    OBJECTIVE_POLICY.tiers.map(({ id }) => id).filter((id) => id !== 'urgency' && id !== 'tie'),
    'every tier of the policy has its place; ties are broken by the order of rows',
  )
})

t.test('a snapshot of another version of a policy is refused, not answered by the one in force', async (t) => {
  const snapshot = citySnapshot({ ...WHOLE_CITY, needs: 4, movers: 1, vacant: 4 })
  const under = (policy: Partial<typeof snapshot.policy>) => {
    const other = { ...snapshot, policy: { ...snapshot.policy, ...policy } }
    return () => objectiveOf(other, candidatesOf(other))
  }
  t.doesNotThrow(under({}))
  t.throws(under({ objective: OBJECTIVE_POLICY.version + 1 }), /no version 2 of the matching objective/)
  t.throws(under({ urgency: 0 }), /no version 0 of the urgency policy/)
})

t.test('two pairs are compared by the first tier in which they differ', async (t) => {
  const tiers = [
    [1, 1, 0],
    [0, 2, 9],
  ].map((gains): Tier => ({ id: 'tie', gains: Float64Array.from(gains) }))
  t.ok(compareGains(tiers, 0, 2) > 0)
  t.ok(compareGains(tiers, 0, 1) < 0)
  t.equal(compareGains(tiers, 1, 1), 0)
})
