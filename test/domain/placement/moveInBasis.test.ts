import fc from 'fast-check'
import t from 'tap'
import type { Day } from '../../../src/domain/day.ts'
import type { HousingForm } from '../../../src/domain/ladder.ts'
import {
  asksDecision,
  basisFailing,
  type Decided,
  decidedOn,
  type IssuedDecision,
  leaseFailing,
  type SignedLease,
} from '../../../src/domain/placement/moveInBasis.ts'
import { days } from '../arbitraries.ts'
import { day } from '../baseline.ts'

const ON = day('2028-02-29')
const BEFORE = day('2028-02-28')
const AFTER = day('2028-03-01')
const yes = (issuedOn: Day, overturnedOn: Day | null = null): IssuedDecision => ({
  issuedOn,
  granted: true,
  overturnedOn,
})
const no = (issuedOn: Day, overturnedOn: Day | null = null): IssuedDecision => ({
  issuedOn,
  granted: false,
  overturnedOn,
})

t.test('a decision holds from the day it is issued until a later one or an appeal takes its place', async (t) => {
  const rows: [string, Partial<Decided>, boolean][] = [
    ['nothing is decided', {}, false],
    ['issued the day before', { decisions: [yes(BEFORE)] }, true],
    ['issued that day', { decisions: [yes(ON)] }, true],
    ['issued the day after', { decisions: [yes(AFTER)] }, false],
    ['refused', { decisions: [no(BEFORE)] }, false],
    ['granted, then refused', { decisions: [yes(BEFORE), no(ON)] }, false],
    ['granted, and refused the day after', { decisions: [yes(ON), no(AFTER)] }, true],
    ['refused, then granted on the same day', { decisions: [no(ON), yes(ON)] }, true],
    ['overturned before', { decisions: [yes(day('2028-01-01'), BEFORE)] }, false],
    ['overturned that day', { decisions: [yes(day('2028-01-01'), ON)] }, false],
    ['overturned the day after', { decisions: [yes(day('2028-01-01'), AFTER)] }, true],
    ['overturned, then granted anew', { decisions: [yes(day('2028-01-01'), BEFORE), yes(ON)] }, true],
    [
      'an old yes does not stand up again when the last is overturned',
      { decisions: [yes(day('2027-01-01')), yes(day('2028-01-01'), BEFORE)] },
      false,
    ],
    ['a no that an appeal overturned is no yes', { decisions: [no(day('2028-01-01'), BEFORE)] }, false],
    ['registered that day', { serviceDecisionOn: ON }, true],
    ['registered for the day after', { serviceDecisionOn: AFTER }, false],
    [
      'registered, and it is the one that was overturned',
      { decisions: [yes(day('2028-01-01'), BEFORE)], serviceDecisionOn: day('2028-01-01') },
      false,
    ],
    ['registered, and it is the one that was refused', { decisions: [no(BEFORE)], serviceDecisionOn: BEFORE }, false],
    ['registered after a no', { decisions: [no(BEFORE)], serviceDecisionOn: ON }, true],
    ['registered before a no', { decisions: [no(ON)], serviceDecisionOn: BEFORE }, false],
  ]
  for (const [name, decided, expected] of rows)
    t.equal(decidedOn({ decisions: [], serviceDecisionOn: null, ...decided }, ON), expected, name)
})

t.test('a lease is signed by the day of the move and lasts that day', async (t) => {
  const lease = (signedOn: Day, from: Day, to: Day | null): SignedLease => ({ signedOn, during: { from, to } })
  const rows: [string, SignedLease | null, string[]][] = [
    ['none', null, ['lease_signed']],
    ['signed and beginning that day', lease(ON, ON, null), []],
    ['signed the day after', lease(AFTER, ON, null), ['lease_signed_in_time']],
    ['beginning the day after', lease(ON, AFTER, null), ['lease_covers_move_in']],
    ['ending that day, which is the first after it', lease(BEFORE, BEFORE, ON), ['lease_covers_move_in']],
    ['that day its last', lease(BEFORE, BEFORE, AFTER), []],
    ['both wrong', lease(AFTER, AFTER, null), ['lease_signed_in_time', 'lease_covers_move_in']],
  ]
  for (const [name, signed, expected] of rows) t.strictSame(leaseFailing(signed, ON), expected, name)
})

t.test('a form with both a lease and services asks for both', async (t) => {
  const signed = { signedOn: ON, during: { from: ON, to: null } }
  const granted = { decisions: [yes(ON)], serviceDecisionOn: null }
  const nothing = { decisions: [], serviceDecisionOn: null }
  const rows: [HousingForm, string[]][] = [
    ['municipal', ['lease_signed']],
    ['private', ['lease_signed']],
    ['municipal_support', ['lease_signed', 'decision_granted']],
    ['private_support', ['lease_signed', 'decision_granted']],
    ['colocated_24h', ['lease_signed', 'decision_granted']],
    ['transitional', ['lease_signed', 'decision_granted']],
    ['vel_coping', ['decision_granted']],
    ['temporary', []],
    ['vel_emergency', []],
  ]
  for (const [form, expected] of rows) {
    t.strictSame(basisFailing(form, null, nothing, ON), expected, form)
    t.strictSame(basisFailing(form, signed, granted, ON), [], `${form} with both`)
    t.equal(asksDecision(form), expected.includes('decision_granted'), form)
  }
})

t.test(
  'what was not decided on a day is decided by no later one, and what comes later changes no day before',
  async () => {
    const issued = fc.record({ issuedOn: days, granted: fc.boolean(), overturnedOn: fc.option(days) })
    fc.assert(
      fc.property(
        fc.array(issued, { maxLength: 4 }),
        fc.option(days),
        issued,
        days,
        (rows, serviceDecisionOn, late, on) => {
          const decisions = rows.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1))
          if (late.issuedOn <= on || late.issuedOn === serviceDecisionOn) return true
          const known = { decisions: decisions.filter(({ issuedOn }) => issuedOn <= on), serviceDecisionOn }
          return decidedOn({ ...known, decisions: [...known.decisions, late] }, on) === decidedOn(known, on)
        },
      ),
    )
  },
)
