import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../../src/domain/day.ts'
import { planOf } from '../../../src/domain/matching/plan.ts'
import { computeRun } from '../../../src/domain/matching/run.ts'
import { NO_LIMITS, type RunLimits } from '../../../src/domain/matching/runLimits.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'
import { mipSolver } from '../../../src/jobs/highs.ts'
import { arbitrarySnapshot, type LimitKind, withLimits } from '../../support/arbitraryCity.ts'
import { ALNA, day, FROGNER, GRUNERLOKKA, TODAY } from '../baseline.ts'
import { bestWorth, compare, keepsLimits } from './allSolutions.ts'
import { citySnapshot } from './citySnapshot.ts'

const means = { solve: await mipSolver(), seconds: 20, clock: () => performance.now() }
const tiny = arbitrarySnapshot({ needs: 4, places: 3 })
const KINDS: readonly LimitKind[] = ['moveIns', 'teams', 'quotas']

for (const kinds of [...KINDS.map((kind) => [kind]), KINDS, []]) {
  t.test(`the best of all solutions under limits: ${kinds.join(', ') || 'those of houses and people'}`, async () => {
    fc.assert(
      fc.property(withLimits(tiny, kinds), (snapshot) => {
        const best = bestWorth(snapshot, { chains: true, bounded: true })
        const unbounded = bestWorth(snapshot, { chains: true, bounded: false })
        const numbers = (values: readonly { value: number }[]) => values.map(({ value }) => value)
        const searched = planOf(snapshot)
        assert.ok(compare(numbers(searched.values), best) <= 0)
        assert.ok(compare(best, numbers(searched.boundValues)) <= 0, 'nothing is better than the bound')
        if (searched.proven) assert.deepEqual(numbers(searched.values), best)
        // after the search, and instead of it
        for (const effort of [3_000_000, 0]) {
          const plan = planOf(snapshot, () => {}, { ...means, effort })
          assert.ok(plan.proven, 'what the search leaves the program proves')
          assert.deepEqual(numbers(plan.values), best)
          assert.deepEqual(numbers(plan.unboundedValues), unbounded)
          assert.deepEqual(plan.boundValues, plan.values)
          const { pairs } = plan.candidates
          const places = [...plan.pairOf].map((pair) => pairs[pair]?.place ?? -1)
          assert.ok(keepsLimits(snapshot, places))
        }
      }),
      { numRuns: 400 },
    )
  })
}

/** A house with places of one form and as many of Alna who want them, nothing else in the way. */
function sameHouse(count: number, form: 'municipal' | 'municipal_support', limits: Partial<RunLimits>): Snapshot {
  const base = citySnapshot({ needs: count, movers: 0, vacant: count, seed: 1 })
  const house = {
    ...base.facilities[0]!,
    district: ALNA,
    serves: 'city' as const,
    maxBehaviour: 3,
    maxSecurity: 2,
    substanceStance: 'tolerant' as const,
    minAge: null,
    genders: [],
    petsAllowed: true,
    maxExtensiveBehaviour: null,
  }
  return {
    ...base,
    facilities: [house],
    places: base.places.map((place) => ({
      ...place,
      form,
      facilityId: house.id,
      occupied: [],
      closures: [],
      open: { from: day('2020-01-01'), to: null },
    })),
    needs: base.needs.map((need) => ({
      ...need,
      requirements: {
        ...need.requirements,
        forms: [form],
        requiredFeatures: [],
        substanceStance: 'accepts_substance_free' as const,
        adults: 1,
        district: ALNA,
        window: { from: TODAY, to: addDays(TODAY, 85) },
      },
    })),
    limits: { ...NO_LIMITS, ...limits },
  }
}

const HOUSE = citySnapshot({ needs: 1, movers: 0, vacant: 1, seed: 1 }).facilities[0]!.id

t.test(
  'a house takes so many a month, the others later, and those for whom there is no later are told so',
  async (t) => {
    const limits = {
      moveIns: [{ facilityId: HOUSE, mostPerMonth: 2, taken: [{ month: day('2026-09-01'), count: 1 }] }],
    }
    const run = computeRun(
      sameHouse(6, 'municipal', limits),
      () => 0,
      () => {},
      false,
      means,
    )
    const days = run.rows.flatMap(({ movesOn }) => (movesOn === null ? [] : [movesOn])).sort()
    t.same(days, ['2026-09-01', '2026-10-01', '2026-10-01', '2026-11-01', '2026-11-01'])
    t.match(run.summary, { placed: 5, putOff: 4, proven: true, limits: [{ id: 'move_ins', moves: 1 }] })
    t.match(
      JSON.stringify(run.rows),
      /6 plasser passer, men husene tar ikke imot så mange nye i månedene personen kan flytte/,
    )
  },
)

t.test('the teams of a bydel take so many people, and so many new ones a month', async (t) => {
  const team = { district: ALNA, left: 3, newPerMonth: null, taken: [] }
  const full = computeRun(
    sameHouse(5, 'municipal_support', { teams: [team] }),
    () => 0,
    () => {},
    false,
    means,
  )
  t.match(full.summary, { placed: 3, putOff: 0, proven: true, limits: [{ id: 'team', moves: 2 }] })
  t.match(
    JSON.stringify(full.rows),
    /5 plasser passer, men bydelens team for booppfølging kan ikke ta flere i den tiden/,
  )
  const slow = computeRun(
    sameHouse(4, 'municipal_support', { teams: [{ ...team, left: null, newPerMonth: 1 }] }),
    () => 0,
    () => {},
    false,
    means,
  )
  t.match(slow.summary, { placed: 3, putOff: 2, proven: true, limits: [{ id: 'team_pace', moves: 1 }] })
  const without = computeRun(
    sameHouse(4, 'municipal', { teams: [team] }),
    () => 0,
    () => {},
    false,
    means,
  )
  t.match(without.summary, { placed: 4, limits: [] }, 'a home without follow-up takes nothing of them')
})

t.test('a quota counts those of other bydeler in its days, and not those it leaves out', async (t) => {
  const snapshot = sameHouse(6, 'municipal', {})
  const districts = [ALNA, ALNA, GRUNERLOKKA, GRUNERLOKKA, GRUNERLOKKA, FROGNER]
  const needs = snapshot.needs.map((need, i) => ({
    ...need,
    requirements: { ...need.requirements, district: districts[i]! },
  }))
  const quota = { id: 'quota', district: ALNA, facilityIds: [HOUSE], left: 1, exempt: [FROGNER] }
  const under = (during: Snapshot['limits']['quotas'][number]['during']) =>
    computeRun(
      { ...snapshot, needs, limits: { ...NO_LIMITS, quotas: [{ ...quota, during }] } },
      () => 0,
      () => {},
      false,
      means,
    )
  const inForce = under({ from: TODAY, to: null })
  t.match(inForce.summary, { placed: 4, proven: true, limits: [{ id: 'quota', moves: 2 }] })
  t.match(JSON.stringify(inForce.rows), /6 plasser passer, men kvoten for husstander fra andre bydeler er brukt opp/)
  t.match(under({ from: addDays(TODAY, 1), to: null }).summary, { placed: 6, limits: [] }, 'not before its days')
})
