import fc from 'fast-check'
import t from 'tap'
import {
  ELIGIBILITY_RULES,
  explain,
  judge,
  type Outcome,
  type Pair,
  pairOf,
  rulesIn,
} from '../../src/domain/eligibility.ts'
import type { Requirements } from '../../src/domain/need.ts'
import { facilities, places, requirements } from './arbitraries.ts'
import { TODAY } from './baseline.ts'

const pairs: fc.Arbitrary<Pair> = fc
  .tuple(requirements, places, facilities)
  .map(([need, place, house]) => pairOf(need, { ...place, facilityId: house.id }, house, TODAY))

function outcomes({ place, facility, today }: Pair, need: Requirements): Outcome[] {
  return explain(pairOf(need, place, facility, today)).map(({ outcome }) => outcome)
}

t.test('the compiled pass and the explanation agree', async (t) => {
  const seen = new Set<string>()
  let eligible = 0
  fc.assert(
    fc.property(pairs, (pair) => {
      const { failed, unknown } = judge(pair)
      const verdicts = explain(pair)
      for (const { ruleId, outcome } of verdicts) seen.add(`${ruleId} ${outcome}`)
      const idsOf = (wanted: Outcome) =>
        verdicts
          .filter(({ outcome }) => outcome === wanted)
          .map(({ ruleId }) => ruleId)
          .join()
      const ids = (mask: number) =>
        rulesIn(mask)
          .map(({ id }) => id)
          .join()
      if (failed === 0) eligible += 1
      return (
        ids(failed) === idsOf('failed') &&
        ids(unknown) === idsOf('unknown') &&
        (failed & unknown) === 0 &&
        (failed === 0) === verdicts.every(({ outcome }) => outcome !== 'failed') &&
        (failed !== 0 || pair.availability.kind === 'available')
      )
    }),
    { numRuns: 1500 },
  )
  t.ok(eligible > 20, `${eligible} of the pairs were eligible`)
  const missing = ELIGIBILITY_RULES.flatMap(({ id }) => [`${id} passed`, `${id} failed`]).filter(
    (key) => !seen.has(key),
  )
  t.same(missing, [], 'every rule passed and failed among them')
})

t.test('rulesIn is the mask read back', async (t) => {
  const all = 2 ** ELIGIBILITY_RULES.length - 1
  t.same(rulesIn(all), ELIGIBILITY_RULES)
  t.same(rulesIn(0), [])
  for (const [i, rule] of ELIGIBILITY_RULES.entries()) t.same(rulesIn(1 << i), [rule], rule.id)
  t.ok(ELIGIBILITY_RULES.length <= 31, 'a mask is one 32-bit integer')
})

/** Each thing nobody may have recorded, as it is when missing, and everything it could be. */
const MISSING: readonly { missing: Partial<Requirements>; could: readonly Partial<Requirements>[] }[] = [
  { missing: { age: null }, could: [0, 17, 18, 19, 24, 25, 26, 67, 100].map((age) => ({ age })) },
  { missing: { gender: 'unknown' }, could: (['woman', 'man', 'other'] as const).map((gender) => ({ gender })) },
  { missing: { pets: null }, could: [{ pets: true }, { pets: false }] },
  { missing: { behaviour: null }, could: [0, 1, 2, 3].map((behaviour) => ({ behaviour })) },
  { missing: { security: null }, could: [0, 1, 2].map((security) => ({ security })) },
  {
    missing: { substanceStance: 'unknown' },
    could: (['wants_substance_free', 'accepts_substance_free', 'cannot_live_substance_free'] as const).map(
      (substanceStance) => ({ substanceStance }),
    ),
  },
  {
    missing: { forms: [] },
    could: (['municipal', 'vel_emergency', 'colocated_24h', 'assisted'] as const).map((form) => ({ forms: [form] })),
  },
]

t.test('missing data lowers nobody, and is said', async (t) => {
  for (const { missing, could } of MISSING) {
    const name = Object.keys(missing).join()
    let said = 0
    fc.assert(
      fc.property(pairs, (pair) => {
        const without = outcomes(pair, { ...pair.requirements, ...missing })
        const known = could.map((value) => outcomes(pair, { ...pair.requirements, ...value }))
        return without.every((outcome, i) => {
          const possible = new Set(known.map((one) => one[i]))
          const [only] = possible
          if (outcome === 'unknown' && possible.has('failed')) said += 1
          // the answer is given when every value gives it, and only then; `unknown` of another value stays as it is
          return possible.size === 1 ? outcome === only : outcome === 'unknown'
        })
      }),
      { numRuns: 400 },
    )
    t.ok(said > 0, `${name}: asked about where an answer would decide, and never failed for it`)
  }
  fc.assert(
    fc.property(pairs, (pair) => {
      const nothing = Object.assign({}, pair.requirements, ...MISSING.map(({ missing }) => missing)) as Requirements
      const before = judge(pair).failed
      const after = judge(pairOf(nothing, pair.place, pair.facility, pair.today)).failed
      return (after & ~before) === 0
    }),
    { numRuns: 1500 },
  )
  t.pass('knowing nothing at all about a person fails no rule that knowing passed')
})
