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
const numbers = (values: readonly { value: number }[]) => values.map(({ value }) => value)
const AFTER: { effort: number; ways: ('prices' | 'parts')[] }[] = [
  { effort: 3_000_000, ways: ['prices', 'parts'] },
  { effort: 0, ways: ['parts'] },
  { effort: 0, ways: ['prices'] },
]
const KINDS: readonly LimitKind[] = ['moveIns', 'teams', 'quotas']

for (const kinds of [...KINDS.map((kind) => [kind]), KINDS, []]) {
  t.test(`the best of all solutions under limits: ${kinds.join(', ') || 'those of houses and people'}`, async () => {
    fc.assert(
      fc.property(withLimits(tiny, kinds), (snapshot) => {
        const best = bestWorth(snapshot, { chains: true, bounded: true })
        const unbounded = bestWorth(snapshot, { chains: true, bounded: false })
        const searched = planOf(snapshot)
        assert.ok(compare(numbers(searched.values), best) <= 0)
        assert.ok(compare(best, numbers(searched.boundValues)) <= 0, 'nothing is better than the bound')
        if (searched.proven) assert.deepEqual(numbers(searched.values), best)
        // after the search, and each way instead of it
        for (const { effort, ways } of AFTER) {
          const plan = planOf(snapshot, () => {}, { ...means, effort, ways })
          assert.ok(plan.proven || !ways.includes('parts'), 'what the search leaves the programs prove')
          if (plan.proven) {
            assert.deepEqual(numbers(plan.values), best)
            assert.deepEqual(plan.boundValues, plan.values)
          }
          assert.ok(compare(numbers(plan.values), best) <= 0 && compare(best, numbers(plan.boundValues)) <= 0)
          assert.deepEqual(numbers(plan.unboundedValues), unbounded)
          const { pairs } = plan.candidates
          const places = [...plan.pairOf].map((pair) => pairs[pair]?.place ?? -1)
          assert.ok(keepsLimits(snapshot, places))
        }
      }),
      { numRuns: 300 },
    )
  })
}

/** Two groups of which none can take the other's places: only limits bind them. Both forms come with the teams of a bydel. */
function inTwoGroups(snapshot: Snapshot): Snapshot {
  const forms = ['municipal_support', 'private_support'] as const
  const [first] = snapshot.facilities
  return {
    ...snapshot,
    places: snapshot.places.map((place, at) => ({ ...place, form: forms[at % 2]!, facilityId: first!.id })),
    facilities:
      first === undefined ? [] : [{ ...first, serves: 'city' as const, maxBehaviour: 3, maxExtensiveBehaviour: 1 }],
    needs: snapshot.needs.map((need, at) => ({
      ...need,
      apartFrom: at > 0 ? [snapshot.needs[at - 1]!.pseudonym] : [],
      requirements: {
        ...need.requirements,
        forms: [forms[at % 2]!],
        requiredFeatures: [],
        district: ALNA,
        // days that end: then all ways to put moves off are tried
        window: { from: TODAY, to: addDays(TODAY, 45) },
      },
    })),
  }
}

t.test('groups that only share a limit are not given its room twice', async () => {
  for (const why of ['never', 'mix', 'team', 'team_pace', 'move_ins']) {
    const arbitrary = withLimits(arbitrarySnapshot({ needs: 4, places: 4 }), []).map((city): Snapshot => {
      const snapshot = inTwoGroups(city)
      const house = snapshot.facilities[0]?.id ?? ''
      const team = {
        district: ALNA,
        left: why === 'team' ? 1 : null,
        newPerMonth: why === 'team_pace' ? 1 : null,
        taken: [],
      }
      return {
        ...snapshot,
        facilities: snapshot.facilities.map((one) => (why === 'mix' ? one : { ...one, maxExtensiveBehaviour: null })),
        needs: snapshot.needs.map((need) => (why === 'never' ? need : { ...need, apartFrom: [] })),
        limits: {
          ...NO_LIMITS,
          teams: why.startsWith('team') ? [team] : [],
          moveIns: why === 'move_ins' ? [{ facilityId: house, mostPerMonth: 1, taken: [] }] : [],
        },
      }
    })
    fc.assert(
      fc.property(arbitrary, (snapshot) => {
        const best = bestWorth(snapshot, { chains: true, bounded: true })
        const plan = planOf(snapshot, () => {}, { ...means, effort: 0, ways: ['parts'] })
        assert.deepEqual(numbers(plan.values), best, why)
        assert.ok(plan.proven, why)
      }),
      { numRuns: 60 },
    )
  }
})

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

const runOf = (snapshot: Snapshot) => computeRun(snapshot, () => 0, undefined, false, means)

const HOUSE = citySnapshot({ needs: 1, movers: 0, vacant: 1, seed: 1 }).facilities[0]!.id

t.test(
  'a house takes so many a month, the others later, and those for whom there is no later are told so',
  async (t) => {
    const limits = {
      moveIns: [{ facilityId: HOUSE, mostPerMonth: 2, taken: [{ month: day('2026-09-01'), count: 1 }] }],
    }
    const run = runOf(sameHouse(6, 'municipal', limits))
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
  const full = runOf(sameHouse(5, 'municipal_support', { teams: [team] }))
  t.match(full.summary, { placed: 3, putOff: 0, proven: true, limits: [{ id: 'team', moves: 2 }] })
  t.match(
    JSON.stringify(full.rows),
    /5 plasser passer, men bydelens team for booppfølging kan ikke ta flere i den tiden/,
  )
  const slow = runOf(sameHouse(4, 'municipal_support', { teams: [{ ...team, left: null, newPerMonth: 1 }] }))
  t.match(slow.summary, { placed: 3, putOff: 2, proven: true, limits: [{ id: 'team_pace', moves: 1 }] })
  const without = runOf(sameHouse(4, 'municipal', { teams: [team] }))
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
    runOf({ ...snapshot, needs, limits: { ...NO_LIMITS, quotas: [{ ...quota, during }] } })
  const inForce = under({ from: TODAY, to: null })
  t.match(inForce.summary, { placed: 4, proven: true, limits: [{ id: 'quota', moves: 2 }] })
  t.match(JSON.stringify(inForce.rows), /6 plasser passer, men kvoten for husstander fra andre bydeler er brukt opp/)
  t.match(under({ from: addDays(TODAY, 1), to: null }).summary, { placed: 6, limits: [] }, 'not before its days')
})
