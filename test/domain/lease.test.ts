import fc from 'fast-check'
import t from 'tap'
import type { Day } from '../../src/domain/day.ts'
import { addDays, daysBetween } from '../../src/domain/day.ts'
import { leaseEnd, leaseProposal } from '../../src/domain/lease.ts'
import { shortLease } from '../../src/domain/papers/rental.ts'
import { days } from './arbitraries.ts'
import { day } from './baseline.ts'

t.test('a lease of whole years ends the day before the day it began', async (t) => {
  const rows: [string, number, string][] = [
    ['2026-09-01', 5, '2031-09-01'],
    ['2026-12-31', 3, '2029-12-31'],
    ['2028-02-29', 5, '2033-03-01'],
    ['2028-02-29', 4, '2032-02-29'],
    ['2028-02-29', 3, '2031-03-01'],
    ['2027-02-28', 5, '2032-02-28'],
    ['2027-03-01', 5, '2032-03-01'],
  ]
  for (const [from, years, to] of rows) t.equal(leaseEnd(day(from), years), to, `${from} + ${years}`)
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 10 }), (from, years) => {
      const length = daysBetween(from, leaseEnd(from, years))
      return length >= years * 365 && length <= years * 366
    }),
  )
})

t.test('how long a municipal lease is proposed to last', async (t) => {
  const first = { childrenBornIn: [], rentsMunicipal: false }
  const rows: [string, Parameters<typeof leaseProposal>[2], string, number, string][] = [
    ['the first', first, '2026-09-01', 5, '2031-09-01'],
    ['the next', { ...first, rentsMunicipal: true }, '2026-09-01', 3, '2029-09-01'],
    ['the first with a child', { ...first, childrenBornIn: [2020] }, '2026-09-01', 7, '2033-09-01'],
    ['the next with a child', { childrenBornIn: [2020], rentsMunicipal: true }, '2026-09-01', 5, '2031-09-01'],
    ['a child who may be fourteen yet', { ...first, childrenBornIn: [2011] }, '2026-09-01', 7, '2033-09-01'],
    ['a child who cannot', { ...first, childrenBornIn: [2010] }, '2026-09-01', 5, '2031-09-01'],
    ['a child not born when it begins', { ...first, childrenBornIn: [2027] }, '2026-09-01', 5, '2031-09-01'],
    ['one of two is enough', { ...first, childrenBornIn: [2005, 2019] }, '2026-09-01', 7, '2033-09-01'],
    ['from 29 February', first, '2028-02-29', 5, '2033-03-01'],
    [
      'from 29 February to one',
      { ...first, rentsMunicipal: true, childrenBornIn: [2026] },
      '2028-02-29',
      5,
      '2033-03-01',
    ],
  ]
  for (const [name, facts, from, years, to] of rows) {
    const proposal = leaseProposal('municipal', day(from), facts)
    t.match(proposal, { years, to }, name)
    t.match(proposal?.sentence, new RegExp(`${years} år`), name)
    t.same(leaseProposal('municipal_support', day(from), facts), proposal, 'support or none')
  }
  for (const form of ['private', 'transitional', 'colocated_24h'] as const)
    t.equal(leaseProposal(form, day('2026-09-01'), first), null, `${form}: no rule says`)
})

t.test('a private lease is short by a day, also from 29 February', async (t) => {
  const rows: [string, string | null, boolean][] = [
    ['2026-09-01', '2029-09-01', false],
    ['2026-09-01', '2029-08-31', true],
    ['2028-02-29', '2031-03-01', false],
    ['2028-02-29', '2031-02-28', true],
    ['2026-09-01', null, false],
  ]
  for (const [leaseFrom, leaseUntil, short] of rows)
    t.equal(
      shortLease({ leaseFrom: leaseFrom as Day, leaseUntil: leaseUntil as Day | null }, 3),
      short,
      `${leaseFrom}–${leaseUntil}`,
    )
  fc.assert(
    fc.property(days, (from) => {
      const end = leaseEnd(from, 3)
      return (
        !shortLease({ leaseFrom: from, leaseUntil: end }, 3) &&
        shortLease({ leaseFrom: from, leaseUntil: addDays(end, -1) }, 3)
      )
    }),
  )
})
