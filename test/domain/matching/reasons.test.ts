import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { ELIGIBILITY_RULES, judge } from '../../../src/domain/eligibility.ts'
import type { Cause, Outcompeted } from '../../../src/domain/matching/cause.ts'
import { type Plan, planOf } from '../../../src/domain/matching/plan.ts'
import { byUrgency, reasonsOf } from '../../../src/domain/matching/reasons.ts'
import { sentenceOf } from '../../../src/domain/matching/sentence.ts'
import type { Snapshot } from '../../../src/domain/matching/snapshot.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { eligiblePlaces, residents } from './allSolutions.ts'

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
function failingSets(snapshot: Snapshot, plan: Plan, need: number): string[][] {
  return [...snapshot.places.keys()].map((place) => {
    const { failed } = judge(plan.candidates.pairAt(need, place))
    return ELIGIBILITY_RULES.filter((_, bit) => (failed & (1 << bit)) !== 0).map(({ id }) => id)
  })
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
        if (cause.kind === 'no_eligible_place') assertExclusions(snapshot, plan, need, cause)
        else assert.equal(cause.eligible, eligible[need]!.length)
        if (cause.kind === 'outcompeted') assertOutcompeted(plan, places, living, eligible[need]!, cause)
        if (cause.kind === 'homes_not_freed') {
          assert.ok(eligible[need]!.every((place) => living[place]! >= 0 && !places.includes(place)))
        }
        if (cause.kind === 'chain_bound' || cause.kind === 'kept_apart') assert.ok(plan.forbidden.length > 0)
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
  plan: Plan,
  need: number,
  cause: Extract<Cause, { kind: 'no_eligible_place' }>,
) {
  const sets = failingSets(snapshot, plan, need)
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

function assertOutcompeted(
  plan: Plan,
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
  const last = urgency.sort(byUrgency).at(-1)!
  assert.deepEqual(cause.last, {
    urgencyClass: last.urgencyClass,
    daysInSituation: last.daysInSituation,
    daysSinceRegistration: last.daysSinceRegistration,
  })
}

t.test(
  'without limits, whoever is less urgent and was given an eligible place frees a home for somebody as urgent',
  async (t) => {
    let frees = 0
    fc.assert(
      fc.property(unlimited, (snapshot) => {
        const plan = planOf(snapshot)
        for (const { urgency, cause } of reasonsOf(snapshot, plan).unmet) {
          if (cause.kind !== 'outcompeted') continue
          const lower = cause.givenToClass.filter(({ urgencyClass }) => urgencyClass > urgency.urgencyClass)
          const counted = (of: number) =>
            cause.freesFor
              .filter(({ urgencyClass }) => urgencyClass === of)
              .reduce((sum, { places }) => sum + places, 0)
          for (const { urgencyClass, places } of lower) assert.equal(counted(urgencyClass), places)
          for (const { forClass } of cause.freesFor) assert.ok(forClass <= urgency.urgencyClass)
          frees += cause.freesFor.length
        }
      }),
      { numRuns: 3000 },
    )
    t.ok(frees > 5, `${frees} times`)
  },
)

const outcompeted: Outcompeted = {
  kind: 'outcompeted',
  eligible: 3,
  givenToClass: [],
  homes: 0,
  last: null,
  freesFor: [],
}

const SENTENCES: readonly (readonly [Cause, number, string])[] = [
  [
    { kind: 'no_eligible_place', considered: 9, excludedBy: [], relaxations: [] },
    3,
    'Ingen ledig plass passer. Ingen enkel endring åpner en plass.',
  ],
  [
    {
      kind: 'no_eligible_place',
      considered: 9,
      excludedBy: [],
      relaxations: [{ ruleIds: ['pets.accepted'], titles: ['Dyr'], opens: 1 }],
    },
    3,
    'Ingen ledig plass passer. Hvis «Dyr» kan endres, passer 1 plass.',
  ],
  [
    {
      kind: 'no_eligible_place',
      considered: 9,
      excludedBy: [],
      relaxations: [{ ruleIds: ['a', 'b', 'c'], titles: ['Dyr', 'Alder', 'Boligform'], opens: 4 }],
    },
    3,
    'Ingen ledig plass passer. Hvis «Dyr», «Alder» og «Boligform» kan endres, passer 4 plasser.',
  ],
  [
    { ...outcompeted, eligible: 1, givenToClass: [{ urgencyClass: 1, places: 1 }] },
    3,
    '1 plass passer, men andre står foran. Den gikk til en person i hasteklasse 1.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [
        { urgencyClass: 1, places: 1 },
        { urgencyClass: 2, places: 2 },
      ],
    },
    3,
    '3 plasser passer, men andre står foran. Alle gikk til personer i hasteklasse 1 og 2.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [{ urgencyClass: 3, places: 1 }],
      homes: 2,
      last: { urgencyClass: 3, daysInSituation: 200, daysSinceRegistration: 90 },
    },
    3,
    '3 plasser passer, men andre står foran. Én av dem gikk til en person i hasteklasse 3. I 2 av dem bor det noen som ikke ' +
      'flytter nå. Den siste som fikk plass, var også i hasteklasse 3 og hadde vært i situasjonen i 200 dager.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [{ urgencyClass: 3, places: 2 }],
      homes: 1,
      last: { urgencyClass: 3, daysInSituation: null, daysSinceRegistration: 1 },
    },
    3,
    '3 plasser passer, men andre står foran. 2 av dem gikk til personer i hasteklasse 3. I én av dem bor det noen som ikke ' +
      'flytter nå. Den siste som fikk plass, var også i hasteklasse 3 og var registrert i 1 dag.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [{ urgencyClass: 4, places: 3 }],
      freesFor: [{ urgencyClass: 4, forClass: 1, places: 3 }],
    },
    2,
    '3 plasser passer, men andre står foran. Alle gikk til personer i hasteklasse 4. En person i hasteklasse 4 fikk plass ' +
      'fordi det frigjør en bolig til en i hasteklasse 1.',
  ],
  [{ kind: 'homes_not_freed', eligible: 1 }, 3, '1 plass passer, men den som bor der, flytter ikke i dette forslaget.'],
  [
    { kind: 'homes_not_freed', eligible: 2 },
    3,
    '2 plasser passer, men de som bor der, flytter ikke i dette forslaget.',
  ],
  [
    { kind: 'chain_bound', eligible: 2 },
    3,
    '2 plasser passer, men flyttingene som må til, blir en for lang boligkjede eller kommer for sent.',
  ],
  [{ kind: 'kept_apart', eligible: 2 }, 3, '2 plasser passer hver for seg, men ikke sammen med resten av forslaget.'],
]

t.test('each reason is said in plain words', async (t) => {
  for (const [cause, urgencyClass, sentence] of SENTENCES) {
    t.equal(sentenceOf(cause, { urgencyClass: urgencyClass as 1 | 2 | 3 | 4 | 5 }), sentence)
  }
})
