import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { ELIGIBILITY_RULES, explain } from '../../../src/domain/eligibility.ts'
import type { Cause } from '../../../src/domain/matching/cause.ts'
import { type Plan, planOf } from '../../../src/domain/matching/plan.ts'
import { byUrgency, reasonsOf } from '../../../src/domain/matching/reasons.ts'
import { sentenceOf } from '../../../src/domain/matching/sentence.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { eligiblePlaces, pairFor, residents } from './allSolutions.ts'

const small = arbitrarySnapshot({ needs: 10, places: 7 })
const unlimited = small.map((snapshot) => ({
  ...snapshot,
  policy: { ...snapshot.policy, chainMovesMax: 100 },
  facilities: snapshot.facilities.map((house) => ({ ...house, maxExtensiveBehaviour: null })),
  needs: snapshot.needs.map((need) => ({
    ...need,
    apartFrom: [],
    requirements: { ...need.requirements, window: { ...need.requirements.window, to: null } },
  })),
}))

function given({ candidates, pairOf }: Plan): number[] {
  return [...pairOf].map((pair) => candidates.pairs[pair]?.place ?? -1)
}

/** How many of the snapshot's places fail exactly each set of rules, worked out from the rules one by one. */
function failingSets(snapshot: Snapshot, living: readonly number[], need: number): string[][] {
  return [...snapshot.places.keys()].map((place) =>
    explain(pairFor(snapshot, living[place]! >= 0, need, place))
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ ruleId }) => ruleId),
  )
}

t.test('every need has one reason, and its counts are right', async (t) => {
  const kinds = new Map<string, number>()
  fc.assert(
    fc.property(small, (snapshot) => {
      const plan = planOf(snapshot)
      const places = given(plan)
      const eligible = eligiblePlaces(snapshot)
      const living = residents(snapshot)
      const { proposals, unmet } = reasonsOf(snapshot, plan)
      assert.deepEqual(
        [...proposals, ...unmet].map(({ need }) => need).sort((a, b) => a - b),
        [...snapshot.needs.keys()],
      )
      for (const { need, place, contributions, alternatives } of proposals) {
        assert.equal(place, places[need])
        assert.ok(contributions.every(({ gain }) => gain > 0))
        assert.equal(alternatives.length, Math.min(3, eligible[need]!.length - 1))
        for (const { place: other, state, givenToClass } of alternatives) {
          assert.ok(other !== place && eligible[need]!.includes(other))
          const taker = places.indexOf(other)
          assert.equal(state, taker !== -1 ? 'given' : living[other] === -1 ? 'free' : 'home')
          assert.equal(givenToClass, taker === -1 ? null : plan.objective.urgency[taker]!.urgencyClass)
        }
      }
      for (const { need, cause, stays, sentence, urgency } of unmet) {
        kinds.set(cause.kind, (kinds.get(cause.kind) ?? 0) + 1)
        assert.equal(places[need], -1)
        assert.equal(stays, living.includes(need))
        assert.equal(sentence, sentenceOf(cause, urgency))
        assert.equal(cause.kind === 'no_eligible_place', eligible[need]!.length === 0)
        if (cause.kind === 'no_eligible_place') assertExclusions(snapshot, living, need, cause)
        else assert.equal(cause.eligible, eligible[need]!.length)
        if (cause.kind === 'outcompeted') assertOutcompeted(plan, need, places, living, eligible[need]!, cause)
        if (cause.kind === 'homes_not_freed') {
          assert.ok(eligible[need]!.every((place) => living[place]! >= 0 && !places.includes(place)))
        }
        const limited = cause.kind === 'chain_bound' || cause.kind === 'kept_apart'
        const standsEmpty = (place: number) => living[place] === -1 && !places.includes(place)
        assert.equal(
          limited,
          eligible[need]!.length > 0 && (plan.unboundedPairOf[need] !== -1 || eligible[need]!.some(standsEmpty)),
        )
        if (limited) assertLimited(plan, need, cause.kind)
      }
    }),
    { numRuns: 1500 },
  )
  for (const kind of ['no_eligible_place', 'outcompeted', 'homes_not_freed', 'chain_bound', 'kept_apart']) {
    t.ok((kinds.get(kind) ?? 0) > 10, `${kinds.get(kind)} needs wait because of ${kind}`)
  }
})

function assertExclusions(
  snapshot: Snapshot,
  living: readonly number[],
  need: number,
  cause: Extract<Cause, { kind: 'no_eligible_place' }>,
) {
  const sets = failingSets(snapshot, living, need)
  assert.equal(cause.considered, sets.length)
  for (const { ruleId, places, alone } of cause.excludedBy) {
    assert.equal(places, sets.filter((set) => set.includes(ruleId)).length)
    assert.equal(alone, sets.filter((set) => set.length === 1 && set[0] === ruleId).length)
  }
  assert.deepEqual(new Set(cause.excludedBy.map(({ ruleId }) => ruleId)), new Set(sets.flat()))
  const relaxable = (id: string) => ELIGIBILITY_RULES.find((rule) => rule.id === id)!.relaxable !== 'nobody'
  const openable = sets.filter((set) => set.length > 0 && set.every(relaxable))
  const fewest = Math.min(...openable.map((set) => set.length))
  const expected = new Map(
    openable
      .filter((set) => set.length === fewest)
      .map((set) => [set.join(), sets.filter((other) => other.every((id) => set.includes(id))).length]),
  )
  assert.equal(cause.relaxations.length, Math.min(5, expected.size))
  for (const { ruleIds, opens } of cause.relaxations) assert.equal(expected.get(ruleIds.join()), opens)
}

function assertLimited({ forbidden }: Plan, need: number, kind: Cause['kind']) {
  assert.ok(forbidden.length > 0)
  const own = forbidden.filter((pair) => pair.need === need)
  const whys = new Set((own.length > 0 ? own : forbidden).map(({ why }) => why))
  assert.equal(kind, whys.has('too_long') || whys.has('window') ? 'chain_bound' : 'kept_apart')
}

function assertOutcompeted(
  plan: Plan,
  need: number,
  places: readonly number[],
  living: readonly number[],
  eligible: readonly number[],
  cause: Extract<Cause, { kind: 'outcompeted' }>,
) {
  const takers = eligible.map((place) => places.indexOf(place)).filter((taker) => taker !== -1)
  const urgency = takers.map((taker) => plan.objective.urgency[taker]!)
  for (const { urgencyClass, places: count } of cause.givenToClass) {
    assert.equal(count, urgency.filter((one) => one.urgencyClass === urgencyClass).length)
  }
  assert.equal(
    cause.givenToClass.reduce((sum, { places: count }) => sum + count, 0),
    takers.length,
  )
  assert.equal(cause.homes, eligible.filter((place) => living[place]! >= 0 && !places.includes(place)).length)
  const mine = plan.objective.urgency[need]!
  const ahead = urgency.filter((one) => byUrgency(one, mine) <= 0).sort(byUrgency)
  const last = ahead.at(-1)
  assert.deepEqual(
    cause.last,
    last === undefined
      ? null
      : {
          urgencyClass: last.urgencyClass,
          daysInSituation: last.daysInSituation,
          daysSinceRegistration: last.daysSinceRegistration,
        },
  )
  const frees = new Map<string, number>()
  let exchanged = 0
  for (const taker of takers) {
    if (byUrgency(plan.objective.urgency[taker]!, mine) <= 0) continue
    const freed = freedFor(places, living, taker).map((next) => plan.objective.urgency[next]!.urgencyClass)
    const inCycle = freed.length > 0 && isCycle(places, living, taker)
    const own = plan.objective.urgency[taker]!.urgencyClass
    let forClass = freed.find((number) => number <= mine.urgencyClass)
    if (forClass === undefined && inCycle) exchanged += 1
    else if (own === mine.urgencyClass && freed.length > 0) forClass ??= Math.min(...freed) as typeof own
    if (forClass !== undefined) frees.set(`${own} ${forClass}`, (frees.get(`${own} ${forClass}`) ?? 0) + 1)
  }
  assert.equal(cause.exchanged, exchanged)
  assert.deepEqual(
    new Map(cause.freesFor.map(({ urgencyClass, forClass, places: count }) => [`${urgencyClass} ${forClass}`, count])),
    frees,
  )
}

/** Who moves because the need does, in order: into its home, into the home of who moves there, and so on. */
function freedFor(places: readonly number[], living: readonly number[], need: number): number[] {
  const found = [need]
  for (;;) {
    const next = places.findIndex((place) => place !== -1 && living[place] === found.at(-1))
    if (next === -1 || next === need) return found.slice(1)
    found.push(next)
  }
}

function isCycle(places: readonly number[], living: readonly number[], need: number): boolean {
  const last = [need, ...freedFor(places, living, need)].at(-1)
  return places[need] !== -1 && living[places[need]!] === last
}

t.test(
  'without limits, whoever stands behind and was given an eligible place frees a home for somebody, or exchanges it',
  async (t) => {
    let frees = 0
    let sameClass = 0
    let exchanged = 0
    fc.assert(
      fc.property(unlimited, (snapshot) => {
        const plan = planOf(snapshot)
        const places = given(plan)
        const eligible = eligiblePlaces(snapshot)
        for (const { need, urgency, cause } of reasonsOf(snapshot, plan).unmet) {
          if (cause.kind !== 'outcompeted') continue
          const behind = eligible[need]!.filter((place) => {
            const taker = places.indexOf(place)
            return taker !== -1 && byUrgency(plan.objective.urgency[taker]!, urgency) > 0
          })
          const explained = cause.freesFor.reduce((sum, { places: count }) => sum + count, 0)
          assert.equal(explained + cause.exchanged, behind.length, 'nobody was passed over without a reason')
          for (const { urgencyClass, forClass } of cause.freesFor) {
            assert.ok(urgencyClass >= urgency.urgencyClass)
            assert.ok(forClass <= urgency.urgencyClass || urgencyClass === urgency.urgencyClass)
            if (urgencyClass === urgency.urgencyClass) sameClass += 1
          }
          frees += explained
          exchanged += cause.exchanged
        }
      }),
      { numRuns: 3000 },
    )
    t.ok(
      frees > 20 && sameClass > 5 && exchanged > 5,
      `${frees} times, ${sameClass} in one class; ${exchanged} exchanges`,
    )
  },
)
