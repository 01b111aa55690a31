import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../src/domain/day.ts'
import { type SituationFacts, type Urgency, urgencyOf } from '../../src/domain/urgency.ts'
import { URGENCY_POLICY } from '../../src/reference/policies.ts'
import { NEED_ORIGINS } from '../../src/reference/profiles.ts'
import { TODAY } from './baseline.ts'

const { classes, parameters } = URGENCY_POLICY
const GROUNDS = classes.flatMap(({ number, grounds }) =>
  grounds.map((ground: { id: string; name: string }) => ({ ...ground, number })),
)
const ago = (count: number) => addDays(TODAY, -count)
const ahead = (count: number) => addDays(TODAY, count)

const PLAIN: SituationFacts = {
  grounds: [],
  origin: 'home',
  situationSince: null,
  mustLeaveBy: null,
  readyToMoveOnSince: null,
  childrenLiving: 0,
  registeredOn: TODAY,
}
const urgency = (change: Partial<SituationFacts>): Urgency => urgencyOf({ ...PLAIN, ...change }, TODAY)
const idsOf = ({ grounds }: Urgency) => grounds.map(({ id }) => id)

t.test('every ground of the policy, stated by an officer', async (t) => {
  for (const { id, name, number } of GROUNDS) {
    const answer = urgency({ grounds: [id] })
    t.equal(answer.urgencyClass, number, id)
    t.equal(answer.className, classes.find((one) => one.number === number)?.name, id)
    t.same(answer.grounds, [{ id, name, urgencyClass: number, derived: false }], id)
  }
  t.same(
    urgency({ grounds: ['diagnosis', 'care_track_3', ''] }).grounds,
    [],
    'what the policy does not know, counts for nothing',
  )
  t.match(urgency({}), { urgencyClass: 5, className: 'Andre', grounds: [], policyVersion: URGENCY_POLICY.version })
})

t.test('grounds that follow from dates and from where the person is', async (t) => {
  const rows: [string, Partial<SituationFacts>, string[], number][] = [
    ['children in temporary accommodation', { origin: 'temporary', childrenLiving: 1 }, ['children_in_temporary'], 1],
    ['ignored, because no child lives with her', { origin: 'temporary' }, [], 5],
    ['teller ikke, fordi barna bor i egen bolig', { childrenLiving: 2 }, [], 5],
    ['release in exactly 14 days', { origin: 'prison', mustLeaveBy: ahead(14) }, ['release'], 2],
    ['ignored, because release is 15 days off', { origin: 'prison', mustLeaveBy: ahead(15) }, [], 5],
    ['discharge from specialist care', { origin: 'specialist_care', mustLeaveBy: ahead(3) }, ['discharge_ready'], 2],
    ['eviction from a home', { mustLeaveBy: TODAY }, ['eviction'], 2],
    ['a day to leave that has passed', { mustLeaveBy: ago(40) }, ['eviction'], 2],
    ['teller ikke, fordi personen er i fengsel uten løslatelsesdato', { origin: 'prison' }, [], 5],
    ['exactly the norm in temporary accommodation', { origin: 'temporary', situationSince: ago(92) }, [], 5],
    ['one day beyond the norm', { origin: 'temporary', situationSince: ago(93) }, ['temporary_beyond_norm'], 3],
    ['ignored, because nobody knows since when', { origin: 'temporary', situationSince: null }, [], 5],
    ['teller ikke, fordi det er egen bolig', { situationSince: ago(900) }, [], 5],
    ['ready to move on from VEL since today', { origin: 'vel', readyToMoveOnSince: TODAY }, ['ready_to_move_on'], 4],
    [
      'ready to move on from a private institution',
      { origin: 'private_institution', readyToMoveOnSince: ago(9) },
      ['ready_to_move_on'],
      4,
    ],
    [
      'ready to move on from a long-term home',
      { origin: 'long_term_home', readyToMoveOnSince: ago(9) },
      ['ready_to_move_on'],
      4,
    ],
    ['ignored, because she is ready only tomorrow', { origin: 'vel', readyToMoveOnSince: ahead(1) }, [], 5],
    ['teller ikke, fordi egen bolig ikke er en institusjon', { readyToMoveOnSince: ago(9) }, [], 5],
    [
      'teller ikke, fordi ingen vet hvor personen er',
      { origin: null, readyToMoveOnSince: ago(9), situationSince: ago(900), childrenLiving: 1 },
      [],
      5,
    ],
  ]
  for (const [name, change, grounds, urgencyClass] of rows) {
    const answer = urgency(change)
    t.same(idsOf(answer), grounds, name)
    t.equal(answer.urgencyClass, urgencyClass, name)
    t.ok(
      answer.grounds.every(({ derived }) => derived),
      `${name}: derived`,
    )
  }
})

t.test('the most urgent ground decides, and all are shown', async (t) => {
  const answer = urgency({
    grounds: ['other', 'violence', 'ready_to_move_on'],
    origin: 'vel',
    mustLeaveBy: ahead(2),
    readyToMoveOnSince: ago(30),
  })
  t.equal(answer.urgencyClass, 1)
  t.equal(answer.className, 'Uten trygt sted i natt')
  t.same(
    answer.grounds.map(({ id, derived }) => [id, derived]),
    [
      ['violence', false],
      ['eviction', true],
      ['ready_to_move_on', false],
      ['other', false],
    ],
    'in the order of the policy; what is both stated and derived is once, as stated',
  )
  t.equal(urgency({ grounds: ['other', 'eviction'] }).urgencyClass, 2)
})

t.test('days, and their caps', async (t) => {
  const cap = parameters.daysInSituationCap
  const rows: [string, Partial<SituationFacts>, number | null, number][] = [
    ['nothing is known', { registeredOn: null }, null, 0],
    ['since today', { situationSince: TODAY }, 0, 0],
    ['ten days, registered five days ago', { situationSince: ago(10), registeredOn: ago(5) }, 10, 5],
    ['exactly the cap', { situationSince: ago(cap), registeredOn: ago(cap) }, cap, cap],
    ['beyond the cap', { situationSince: ago(cap + 1), registeredOn: ago(cap + 500) }, cap, cap],
    ['a day to come is no day waited', { situationSince: ahead(4), registeredOn: ahead(4) }, 0, 0],
  ]
  for (const [name, change, inSituation, sinceRegistration] of rows) {
    const answer = urgency(change)
    t.same([answer.daysInSituation, answer.daysSinceRegistration], [inSituation, sinceRegistration], name)
  }
})

const day = fc.integer({ min: -900, max: 60 }).map(ahead)
const facts: fc.Arbitrary<SituationFacts> = fc.record({
  grounds: fc.subarray(GROUNDS.map(({ id }) => id)),
  origin: fc.option(fc.constantFrom(...NEED_ORIGINS.map(({ id }) => id))),
  situationSince: fc.option(day),
  mustLeaveBy: fc.option(day),
  readyToMoveOnSince: fc.option(day),
  childrenLiving: fc.nat(2),
  registeredOn: fc.option(day),
})

t.test('invariants', async (t) => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 0, max: 400 }), (one, count) => {
      const now = urgencyOf(one, TODAY)
      const later = urgencyOf(one, ahead(count))
      const kept = new Set(idsOf(later))
      return (
        later.urgencyClass <= now.urgencyClass &&
        idsOf(now).every((id) => kept.has(id)) &&
        (later.daysInSituation ?? 0) >= (now.daysInSituation ?? 0) &&
        later.daysSinceRegistration >= now.daysSinceRegistration
      )
    }),
    { numRuns: 500 },
  )
  t.pass('while the situation lasts, waiting makes nobody less urgent')

  fc.assert(
    fc.property(facts, fc.constantFrom(...GROUNDS), (one, { id, number }) => {
      const more = urgencyOf({ ...one, grounds: [...one.grounds, id] }, TODAY)
      const now = urgencyOf(one, TODAY)
      return more.urgencyClass === Math.min(now.urgencyClass, number) && idsOf(more).includes(id)
    }),
    { numRuns: 500 },
  )
  t.pass('one ground more is the more urgent of the two')

  fc.assert(
    fc.property(facts, (one) => {
      const answer = urgencyOf(one, TODAY)
      const stated = urgencyOf({ ...one, grounds: one.grounds.toReversed() }, TODAY)
      return (
        answer.urgencyClass === Math.min(5, ...answer.grounds.map(({ urgencyClass }) => urgencyClass)) &&
        answer.className === classes.find(({ number }) => number === answer.urgencyClass)?.name &&
        answer.grounds.every(({ id, derived }) => derived !== one.grounds.includes(id)) &&
        one.grounds.every((id) => idsOf(answer).includes(id)) &&
        new Set(idsOf(answer)).size === answer.grounds.length &&
        JSON.stringify(stated) === JSON.stringify(answer)
      )
    }),
    { numRuns: 500 },
  )
  t.pass('the class is that of the most urgent ground shown, whatever order they were stated in')
})
