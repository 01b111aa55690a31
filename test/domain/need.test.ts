import fc from 'fast-check'
import t from 'tap'
import { addDays, addMonths, parseDay } from '../../src/domain/day.ts'
import { ageOn, householdSize } from '../../src/domain/need.ts'
import { day } from './baseline.ts'

t.test('years completed', async (t) => {
  const rows: [string, string, string, number][] = [
    ['the day before the birthday', '1986-09-02', '2026-09-01', 39],
    ['the birthday', '1986-09-01', '2026-09-01', 40],
    ['the day after', '1986-08-31', '2026-09-01', 40],
    ['later in the year, earlier in the month', '1986-10-01', '2026-09-30', 39],
    ['earlier in the year, later in the month', '1986-08-30', '2026-09-01', 40],
    ['born today', '2026-09-01', '2026-09-01', 0],
    ['born 29 February, on 28 February of a common year', '2004-02-29', '2026-02-28', 21],
    ['born 29 February, on 1 March of a common year', '2004-02-29', '2026-03-01', 22],
    ['born 29 February, on 28 February of a leap year', '2004-02-29', '2028-02-28', 23],
    ['born 29 February, on 29 February', '2004-02-29', '2028-02-29', 24],
    ['born 28 February, on 29 February', '2004-02-28', '2028-02-29', 24],
    ['new year’s eve', '2008-01-01', '2025-12-31', 17],
    ['new year’s day', '2008-01-01', '2026-01-01', 18],
  ]
  for (const [name, birth, on, age] of rows) t.equal(ageOn(day(birth), day(on)), age, name)

  const births = fc.integer({ min: 0, max: 36_000 }).map((count) => addDays(day('1920-01-01'), count))
  fc.assert(
    fc.property(births, fc.integer({ min: 0, max: 100 }), (birth, years) => {
      const rolled = parseDay(`${Number(birth.slice(0, 4)) + years}${birth.slice(4)}`)
      // 29 February of a common year is 1 March
      const birthday = rolled ?? addDays(addMonths(birth, years * 12), 1)
      return ageOn(birth, birthday) === years && ageOn(birth, addDays(birthday, -1)) === years - 1
    }),
    { numRuns: 800 },
  )
  t.pass('a year is added on the birthday and on no other day')
})

t.test('household size', async (t) => {
  t.equal(householdSize({ adults: 1, childrenLiving: 0 }), 1)
  t.equal(householdSize({ adults: 2, childrenLiving: 3 }), 5)
  const visited = { adults: 1, childrenLiving: 1, childrenVisiting: 4 }
  t.equal(householdSize(visited), 2, 'children who visit do not sleep there every night')
})
