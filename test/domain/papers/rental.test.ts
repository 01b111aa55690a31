import fc from 'fast-check'
import t from 'tap'
import type { Day } from '../../../src/domain/day.ts'
import {
  type RentalFacts,
  referralRight,
  referralRightInWords,
  rentalCost,
  shortLease,
} from '../../../src/domain/papers/rental.ts'

const BLANK: RentalFacts = {
  landlordId: null,
  address: null,
  rentMonth: null,
  electricityMonth: null,
  guarantee: 'not_decided',
  guaranteeAmount: null,
  housingAllowance: 'not_applied',
  housingAllowanceMonth: null,
  leaseFrom: null,
  leaseUntil: null,
}

const kroner = fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: null })
const anyFacts: fc.Arbitrary<RentalFacts> = fc.record({
  landlordId: fc.option(fc.constant('x'), { nil: null }),
  address: fc.option(fc.constant('Prøveveien 1'), { nil: null }),
  rentMonth: kroner,
  electricityMonth: kroner,
  guarantee: fc.constantFrom('not_decided', 'none', 'guarantee', 'deposit'),
  guaranteeAmount: kroner,
  housingAllowance: fc.constantFrom('not_applied', 'applied', 'granted', 'refused'),
  housingAllowanceMonth: kroner,
  leaseFrom: fc.constantFrom(null, '2026-09-01' as Day),
  leaseUntil: fc.constant(null),
})

t.test('a sum with something unknown in it is unknown, and what is unknown is named', async (_t) => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const { grossMonth, netMonth, missing } = rentalCost(facts)
      const known = facts.rentMonth !== null && facts.electricityMonth !== null
      if (known !== (grossMonth !== null)) throw new Error('a guessed sum')
      if (grossMonth !== null && netMonth !== null && (netMonth > grossMonth || netMonth < 0)) throw new Error('net')
      if (facts.housingAllowance !== 'granted' && netMonth !== grossMonth)
        throw new Error('counted on what is not granted')
      if (!known && missing.length === 0) throw new Error('nothing said to be missing')
      if (grossMonth === null && netMonth !== null) throw new Error('net without gross')
    }),
  )
})

t.test('the sums', async (t) => {
  const whole: RentalFacts = {
    landlordId: 'x',
    address: 'Prøveveien 1',
    rentMonth: 12_000,
    electricityMonth: 900,
    guarantee: 'deposit',
    guaranteeAmount: 36_000,
    housingAllowance: 'granted',
    housingAllowanceMonth: 3_500,
    leaseFrom: '2026-10-01' as Day,
    leaseUntil: null,
  }
  t.strictSame(rentalCost(whole), {
    grossMonth: 12_900,
    netMonth: 9_400,
    beforeMoveIn: 36_000,
    missing: [],
  })
  t.match(rentalCost({ ...whole, housingAllowance: 'applied' }), {
    netMonth: 12_900,
    missing: [/bostøtte er ikke kommet/],
  })
  t.match(rentalCost({ ...whole, housingAllowanceMonth: 20_000 }), { netMonth: 0 })
  t.match(rentalCost({ ...whole, guarantee: 'guarantee' }), { beforeMoveIn: 0 })
  t.equal(rentalCost(BLANK).missing.length, 7)
})

t.test('a lease shorter than three years is said to be; an open one and one of exactly three are not', async (t) => {
  const lease = (leaseUntil: string | null) =>
    shortLease({ leaseFrom: '2026-10-01' as Day, leaseUntil: leaseUntil as Day }, 3)
  t.equal(lease('2029-09-30'), true)
  t.equal(lease('2029-10-01'), false)
  t.equal(lease(null), false)
  t.equal(shortLease({ leaseFrom: null, leaseUntil: '2027-01-01' as Day }, 3), false)
})

t.test('a tilvisningsavtale holds on its last day and not the day after', async (t) => {
  const today = '2026-09-01' as Day
  const until = (referralUntil: string | null, referralHomes: number | null = 2) => ({
    referralHomes,
    referralUntil: referralUntil as Day | null,
  })
  t.equal(referralRight(until(null, null), today), 'none')
  t.equal(referralRight(until('2026-09-01'), today), 'in_force')
  t.equal(referralRight(until('2026-08-31'), today), 'ended')
  t.equal(referralRight(until(null), today), 'in_force')
  t.equal(referralRightInWords(until(null, null), today), null)
  t.match(referralRightInWords(until('2026-08-31', 1), today), /1 bolig gikk ut 31\. august 2026/)
  t.match(referralRightInWords(until('2027-01-01'), today), /2 boliger til og med/)
})
