import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { ELIGIBILITY_RULES } from '../../../src/domain/eligibility.ts'
import { DomainError, type FieldError } from '../../../src/domain/error.ts'
import { planOf } from '../../../src/domain/matching/plan.ts'
import {
  differencesOf,
  drafted,
  FIRST_POLICY,
  type MatchingPolicy,
  type PolicyDraft,
  parametersOf,
  policyOf,
  WEIGHED_TIERS,
} from '../../../src/domain/matching/policy.ts'
import { type Snapshot, snapshotUnder } from '../../../src/domain/matching/snapshot.ts'
import { differenceOf, tryPolicy } from '../../../src/domain/matching/trial.ts'
import { writtenUnderSentence } from '../../../src/domain/matching/usedPolicy.ts'
import { decisionOn, mustBeProposable } from '../../../src/domain/policyProposal.ts'
import type { UrgencyClassNumber } from '../../../src/reference/policies.ts'
import { HARDENING_TIERS, RULES_HELD_BY, type SofteningRuleId } from '../../../src/reference/policyDraft.ts'
import { arbitrarySnapshot } from '../../support/arbitraryCity.ts'
import { bestWorth, compare, type Given, pairFor, worth } from './allSolutions.ts'

const SOFT = Object.entries(RULES_HELD_BY).flatMap(([id, held]) => (held === null ? [id as SofteningRuleId] : []))

const policies: fc.Arbitrary<MatchingPolicy> = fc.record(
  {
    chainMovesMax: fc.integer({ min: 1, max: 6 }),
    classes: fc
      .shuffledSubarray<UrgencyClassNumber>([2, 3, 4, 5], { minLength: 4 })
      .map((rest): UrgencyClassNumber[] => [1, ...rest]),
    tiers: fc.shuffledSubarray([...WEIGHED_TIERS]),
    wishes: fc.subarray(SOFT),
    requirements: fc.subarray([...HARDENING_TIERS]),
  },
  { noNullPrototype: true },
)

/** What a solution is worth to a policy, worked out from the whole of what may count. */
function worthUnder({ classes, tiers, wishes }: MatchingPolicy) {
  const fitting = tiers.findIndex((id) => !id.startsWith('days_'))
  const at = fitting === -1 ? tiers.length : fitting
  return (snapshot: Snapshot, given: Given): number[] => {
    const all = worth(snapshot, given)
    const rest = tiers.map((id) => all[5 + WEIGHED_TIERS.indexOf(id)]!)
    if (wishes.length > 0) {
      const kept = given.map((place, need) => {
        if (place === -1) return 0
        const pair = pairFor(snapshot, true, need, place)
        return wishes.filter((id) => ELIGIBILITY_RULES.find((rule) => rule.id === id)!.test(pair) !== 'failed').length
      })
      rest.splice(
        at,
        0,
        kept.reduce((sum, one) => sum + one, 0),
      )
    }
    return [...classes.map((number) => all[number - 1]!), ...rest]
  }
}

t.test('a plan under any policy is the best of all that this policy allows', async () => {
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 4, places: 3 }), policies, (registered, policy) => {
      const snapshot = snapshotUnder(registered, 2, policy)
      const plan = planOf(snapshot)
      const best = bestWorth(snapshot, { chains: true, bounded: true }, worthUnder(policy))
      const values = plan.values.map(({ value }) => value)
      if (plan.proven) assert.deepEqual(values, best)
      else assert.ok(compare(values, best) <= 0)
    }),
    { numRuns: 600 },
  )
})

t.test('the policy in force against itself changes nothing, and what changes adds up', async (t) => {
  fc.assert(
    fc.property(arbitrarySnapshot({ needs: 6, places: 4 }), policies, policies, (snapshot, policy, draft) => {
      const same = tryPolicy(snapshot, { version: 2, policy }, policy, () => 0)
      assert.deepEqual(same.rows, [])
      assert.deepEqual({ ...same.after }, { ...same.before })
      const { before, after, cells, rows } = tryPolicy(snapshot, { version: 2, policy }, draft, () => 0)
      const sum = (key: 'needs' | 'before' | 'after' | 'gained' | 'lost' | 'moved') =>
        cells.reduce((total, cell) => total + cell[key], 0)
      assert.equal(sum('needs'), snapshot.needs.length, 'everybody is counted once')
      assert.equal(sum('before'), before.placed)
      assert.equal(sum('after'), after.placed)
      for (const cell of cells) assert.equal(cell.after - cell.before, cell.gained - cell.lost)
      for (const outcome of ['gained', 'lost', 'moved'] as const)
        assert.equal(rows.filter((row) => row.outcome === outcome).length, sum(outcome))
      // both are measured by the policy in force: nothing within its limits is better by its first criteria
      const within =
        draft.chainMovesMax <= policy.chainMovesMax && draft.wishes.every((id) => policy.wishes.includes(id))
      if (before.proven && within && policy.wishes.length === 0 && policy.requirements.length === 0) {
        const [ours, theirs] = [before, after].map(({ values }) =>
          values.slice(0, 5 + policy.tiers.length).map(({ value }) => value),
        )
        assert.ok(compare(theirs!, ours!) <= 0)
      }
    }),
    { numRuns: 400 },
  )
  // one who gains, one who loses and one who is given another place, by construction
  const needs = ['a', 'b', 'c', 'd'].map((pseudonym) => ({ pseudonym, holdingDistrict: '030112' })) as Snapshot['needs']
  const places = ['p', 'q', 'r'].map((id) => ({ id })) as Snapshot['places']
  const planned = (given: [number, number][]) =>
    ({
      candidates: { pairs: given.map(([need, place]) => ({ need, place })) },
      pairOf: Int32Array.from(needs, (_, need) => given.findIndex(([one]) => one === need)),
      objective: { urgency: needs.map(() => ({ urgencyClass: 2 })) },
    }) as unknown as Parameters<typeof differenceOf>[1]
  const was = planned([
    [0, 0],
    [1, 1],
    [2, 2],
  ])
  const becomes = planned([
    [1, 0],
    [2, 2],
    [3, 1],
  ])
  t.match(differenceOf({ needs, places }, was, becomes), {
    cells: [{ district: '030112', urgencyClass: 2, needs: 4, before: 3, after: 3, gained: 1, lost: 1, moved: 1 }],
    rows: [
      { pseudonym: 'a', outcome: 'lost', beforePlaceId: 'p', afterPlaceId: null },
      { pseudonym: 'b', outcome: 'moved', beforePlaceId: 'q', afterPlaceId: 'p' },
      { pseudonym: 'd', outcome: 'gained', beforePlaceId: null, afterPlaceId: 'q' },
    ],
  })
})

t.test('a version keeps the whole policy, and its differences name what was changed', async (t) => {
  fc.assert(
    fc.property(policies, policies, (one, other) => {
      assert.deepEqual(policyOf(JSON.parse(JSON.stringify(parametersOf(one)))), one)
      assert.deepEqual(differencesOf(one, one), [])
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
      assert.equal(differencesOf(one, other).length === 0, same)
    }),
    { numRuns: 500 },
  )
  t.same(differencesOf(FIRST_POLICY, { ...FIRST_POLICY, chainMovesMax: 6, wishes: ['pets.accepted'] }), [
    'En boligkjede kan ha 6 flyttinger, ikke 4.',
    '«Dyr» er et ønske, ikke et krav.',
  ])
})

const sorted = ({ wishes, requirements, ...rest }: MatchingPolicy) => ({
  ...rest,
  wishes: wishes.toSorted(),
  requirements: requirements.toSorted(),
})

t.test('what the law holds cannot be drafted away, and the refusal names the law', async (t) => {
  const refused = (draft: PolicyDraft): FieldError[] => {
    try {
      drafted(FIRST_POLICY, draft)
    } catch (error) {
      if (error instanceof DomainError) return error.errors
      throw error
    }
    return []
  }
  for (const [id, held] of Object.entries(RULES_HELD_BY)) {
    const errors = refused({ wishes: [id] })
    if (held === null) t.same(errors, [], id)
    else {
      t.match(errors, [{ pointer: '/wishes/0', code: `held_by_${held.kind}`, detail: held.sentence }], id)
      if (held.kind === 'law') t.match(errors[0]?.detail, /§ \d|Grunnloven/, `${id} names the law`)
    }
  }
  t.match(refused({ classes: [2, 1, 3, 4, 5] }), [{ pointer: '/classes', code: 'held_by_law', detail: /§ 27/ }])
  t.match(refused({ tiers: ['home_district', 'urgency'] }), [{ pointer: '/tiers/1', code: 'held_by_law' }])
  t.match(refused({ tiers: ['tie'] }), [{ pointer: '/tiers/0', code: 'held_by_fact' }])
  t.match(refused({ classes: [1, 2, 3, 4] }), [{ code: 'not_all_classes' }])
  t.match(refused({ chainMovesMax: 9 }), [{ code: 'out_of_range' }])
  t.match(refused({ tiers: ['home_district', 'home_district'], wishes: ['x'], requirements: ['staffing_fit'] }), [
    { pointer: '/tiers/1', code: 'twice' },
    { pointer: '/wishes/0', code: 'unknown_rule' },
    { pointer: '/requirements/0', code: 'unknown_tier' },
  ])
  t.match(refused({ chainMovesMax: 4 }), [{ code: 'same_as_in_force' }])
  t.same(refused({ classes: [1, 3, 2, 4, 5] }), [])
})

t.test('one proposes and another decides, on what is still in force', async (t) => {
  const code = (act: () => unknown) => {
    try {
      return act()
    } catch (error) {
      return error instanceof DomainError ? error.code : error
    }
  }
  const done = { status: 'completed', baseVersion: 1 }
  const by = (status: string) => ({ status, proposerId: 'kari' })
  t.equal(
    code(() => mustBeProposable({ ...done, status: 'running' }, 1, undefined)),
    'trial_not_completed',
  )
  t.equal(
    code(() => mustBeProposable(done, 2, undefined)),
    'policy_changed',
  )
  for (const status of ['proposed', 'adopted'])
    t.equal(
      code(() => mustBeProposable(done, 1, by(status))),
      'proposal_exists',
    )
  for (const status of ['declined', 'withdrawn'])
    t.equal(
      code(() => mustBeProposable(done, 1, by(status))),
      undefined,
    )
  const decide = (deciderId: string, adopt: boolean, inForce = 1, status = 'proposed') =>
    code(() => decisionOn(by(status), { deciderId, adopt, baseVersion: 1, inForce }))
  t.equal(decide('kari', true), 'not_allowed')
  t.equal(decide('ola', true), 'adopted')
  t.equal(decide('ola', true, 2), 'policy_changed')
  t.equal(decide('ola', false, 2), 'declined', 'which is still possible')
  t.equal(decide('kari', false), 'withdrawn')
  t.equal(decide('ola', true, 1, 'declined'), 'proposal_not_open')
})

t.test('scenarios that were written under another version than they are computed by are told of', async (t) => {
  const [planned, one, two] = [
    { name: 'Som planlagt', policyVersion: null },
    { name: 'A', policyVersion: 1 },
    { name: 'B', policyVersion: 2 },
  ]
  const rows: [Parameters<typeof writtenUnderSentence>[0], number, RegExp | undefined][] = [
    [[planned], 2, undefined],
    [[planned, two], 2, undefined],
    [[planned, one], 2, /endret siden scenarioet ble skrevet, mens utgave 1 gjaldt\. Alt er regnet med utgave 2\.$/],
    [[one, { ...two, policyVersion: 1 }], 2, /endret siden scenarioene ble skrevet, mens utgave 1 gjaldt/],
    [[planned, one, two], 2, /ulike utgaver .*: «A» mens utgave 1 gjaldt og «B» mens utgave 2 gjaldt\./],
  ]
  for (const [scenarios, used, expected] of rows) {
    const said = writtenUnderSentence(scenarios, used)
    if (expected === undefined) t.equal(said, undefined)
    else t.match(said, expected)
  }
})
