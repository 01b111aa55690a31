import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day } from '../../src/domain/day.ts'
import { daysToTake, type PlainCount, plainSum } from '../../src/domain/shortfall.ts'

const day = (text: string) => text as Day

const count = fc.record({
  district: fc.constantFrom('030101', '030102', '030112'),
  form: fc.constantFrom('municipal', 'vel_care', 'assisted'),
  waiting: fc.nat(40),
  free: fc.nat(40),
})

t.test('the plain difference is never below the whole’s, nor above who waits', async () => {
  fc.assert(
    fc.property(fc.array(count), (counts: PlainCount[]) => {
      const { waiting, free, plain } = plainSum(counts)
      if (plain < waiting - free || plain > waiting || plain < 0) throw new Error(`${plain} of ${waiting} and ${free}`)
      const apart = [...Map.groupBy(counts, ({ district }) => district).values()].map((own) => plainSum(own).plain)
      const sum = apart.reduce((all, one) => all + one, 0)
      if (sum < plain) throw new Error('districts by themselves lack at least what the city does')
    }),
  )
})

t.test('a free place of one form is none of another', async (t) => {
  t.same(
    plainSum([
      { district: '030112', form: 'municipal', waiting: 5, free: 2 },
      { district: '030112', form: 'vel_care', waiting: 0, free: 4 },
      { district: '030101', form: 'municipal', waiting: 0, free: 1 },
    ]),
    { waiting: 5, free: 7, plain: 2 },
  )
  t.same(plainSum([]), { waiting: 0, free: 0, plain: 0 })
})

t.test('every day since the newest is taken, once, however long nothing ran', async (t) => {
  t.same(daysToTake(day('2026-09-01'), day('2026-09-01')), [], 'taken already')
  t.same(daysToTake(day('2026-09-02'), day('2026-09-01')), [], 'a clock that was put back')
  t.same(daysToTake(day('2026-08-30'), day('2026-09-01')), ['2026-08-31', '2026-09-01'])
  const first = daysToTake(undefined, day('2026-09-01'))
  t.equal(first.length, 31)
  t.equal(first[0], '2026-08-02')
  fc.assert(
    fc.property(fc.nat(900), fc.nat(900), (before, between) => {
      const newest = addDays(day('2024-01-01'), before)
      const later = addDays(newest, between)
      const days = daysToTake(newest, later)
      if (days.length !== between || new Set(days).size !== between) throw new Error('a day is missing or twice')
      if (between > 0 && days.at(-1) !== later) throw new Error('today is not among them')
    }),
  )
})
