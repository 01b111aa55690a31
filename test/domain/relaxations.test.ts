import fc from 'fast-check'
import t from 'tap'
import { ELIGIBILITY_RULES, judge } from '../../src/domain/eligibility.ts'
import { matchesIn, pairIn, type Relaxation, relaxationsOf } from '../../src/domain/match.ts'
import type { Place } from '../../src/domain/place.ts'
import { cities, requirements } from './arbitraries.ts'
import { day, PLACE, REQUIREMENTS } from './baseline.ts'
import { cityOf, failing } from './smallCity.ts'

const SHOWN = 5
const RELAXABLE = ELIGIBILITY_RULES.filter(({ relaxable }) => relaxable !== 'nobody').map(({ id }) => id)

function* subsets(ids: readonly string[], size: number, from = 0): Generator<string[]> {
  if (size === 0) yield []
  else
    for (let i = from; i < ids.length; i += 1)
      for (const rest of subsets(ids, size - 1, i + 1)) yield [ids[i]!, ...rest]
}

/** Every set of relaxable rules, the smallest first, until some of one size open a place. */
function bruteForce(failed: readonly string[][]): { rules: string; opens: number }[] {
  const within = failed.flat()
  const ids = RELAXABLE.filter((id) => within.includes(id))
  for (let size = 1; size <= ids.length; size += 1) {
    const opening = [...subsets(ids, size)]
      .map((set) => ({
        rules: set.toSorted().join(),
        opens: failed.filter((rules) => rules.length > 0 && rules.every((id) => set.includes(id))).length,
      }))
      .filter(({ opens }) => opens > 0)
    if (opening.length > 0) return opening
  }
  return []
}

const plainly = ({ rules, opens }: Relaxation) => ({
  rules: rules
    .map(({ id }) => id)
    .sort()
    .join(),
  opens,
})

t.test('what has to change for places to fit', async (t) => {
  const sizes = new Set<number>()
  fc.assert(
    fc.property(cities, requirements, (city, need) => {
      const expected = bruteForce(failing(city, need))
      const shown = matchesIn(city, need).relaxations.map(plainly)
      const known = new Set(expected.map((one) => JSON.stringify(one)))
      const opens = expected.map((one) => one.opens).sort((a, b) => b - a)
      sizes.add(expected[0]?.rules.split(',').length ?? 0)
      return (
        shown.every((one) => known.has(JSON.stringify(one))) &&
        new Set(shown.map(({ rules }) => rules)).size === shown.length &&
        JSON.stringify(shown.map((one) => one.opens)) === JSON.stringify(opens.slice(0, SHOWN))
      )
    }),
    { numRuns: 400 },
  )
  t.ok(
    sizes.has(0) && sizes.has(1) && sizes.has(2),
    `the smallest sets, by trying all; sizes ${[...sizes].sort().join()}`,
  )

  const masks = fc
    .array(fc.tuple(fc.subarray(RELAXABLE, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 14,
    })
    .map((sets) => sets.map(([ids, places]) => ({ ids, places })))
  const bit = (id: string) => 1 << ELIGIBILITY_RULES.findIndex((rule) => rule.id === id)
  fc.assert(
    fc.property(masks, (sets) => {
      const byMask = new Map<number, number>([[0, 7]])
      for (const { ids, places } of sets)
        byMask.set(
          ids.reduce((mask, id) => mask | bit(id), 0),
          places,
        )
      const failed = [...byMask].flatMap(([mask, places]) =>
        Array.from({ length: mask === 0 ? 0 : places }, () => RELAXABLE.filter((id) => (mask & bit(id)) !== 0)),
      )
      const expected = bruteForce(failed)
      const best = expected.sort((a, b) => b.opens - a.opens).map(({ opens }) => opens)
      return JSON.stringify(relaxationsOf(byMask).map(({ opens }) => opens)) === JSON.stringify(best.slice(0, SHOWN))
    }),
    { numRuns: 400 },
  )
  t.pass('and from any masks, those that open most')

  const many = new Map(RELAXABLE.slice(0, SHOWN + 2).map((id, i) => [bit(id), i + 1]))
  t.same(
    relaxationsOf(many).map(({ opens }) => opens),
    [7, 6, 5, 4, 3],
    'of many, the five that open most are shown',
  )
})

t.test('what has to change: examples', async (t) => {
  const lived: Partial<Place> = { occupied: [{ from: day('2024-01-01'), to: null }] }
  const noFloor: Partial<Place> = { features: [] }
  const need = { ...REQUIREMENTS, adults: 1 }
  t.same(matchesIn(cityOf(noFloor, noFloor, { maxHousehold: 0 }), need).relaxations.map(plainly), [
    { rules: 'features.required', opens: 2 },
    { rules: 'household.size', opens: 1 },
  ])
  t.same(matchesIn(cityOf({ ...noFloor, ...lived }), need).relaxations, [], 'a home that is lived in is no answer')
  t.same(
    matchesIn(cityOf({ ...noFloor, ...lived }, { ...noFloor, maxHousehold: 0 }), need).relaxations.map(plainly),
    [{ rules: 'features.required,household.size', opens: 1 }],
    'two rules together, when no single one opens anything',
  )
  t.same(matchesIn(cityOf({}), need).relaxations, [], 'nothing has to change where everything fits')
  t.same(matchesIn(cityOf(), need), { matches: [], considered: 0, excludedBy: [], relaxations: [] }, 'an empty city')
  t.same(
    matchesIn(cityOf(noFloor, { ...noFloor, maxHousehold: 0 }), need).excludedBy.map(({ rule, places, alone }) => [
      rule.id,
      places,
      alone,
    ]),
    [
      ['features.required', 2, 1],
      ['household.size', 1, 0],
    ],
  )
  t.throws(() => matchesIn(cityOf({ facilityId: 'nowhere' }), need), /has no facility/)
  t.equal(judge(pairIn(cityOf({}), need, PLACE)).failed, 0)
})
