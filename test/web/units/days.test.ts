import fc from 'fast-check'
import t from 'tap'
import {
  ago,
  confirmedInWords,
  dayInWords,
  dayOf,
  daysBefore,
  dayTyped,
  endFrom,
  lastFrom,
  readDay,
  weekdayInWords,
} from '../../../src/web/ui/days.ts'

t.test('every day is read back from how it is shown', (t) => {
  const days = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  fc.assert(fc.property(days, (day) => readDay(dayTyped(day), 2026) === day))
  t.pass('for all days of two centuries')
  t.end()
})

t.test('a day is read in every usual way of writing', (t) => {
  const cases: [string, string | null][] = [
    ['1.9.2026', '2026-09-01'],
    ['01.09.2026', '2026-09-01'],
    [' 01.09.26 ', '2026-09-01'],
    ['010926', '2026-09-01'],
    ['01092026', '2026-09-01'],
    ['1/9-2026', '2026-09-01'],
    ['2026-09-01', '2026-09-01'],
    ['01.09.61', '1961-09-01'],
    ['29.02.2024', '2024-02-29'],
    ['29.02.2026', null],
    ['31.04.2026', null],
    ['00.01.2026', null],
    ['1.13.2026', null],
    ['i morgen', null],
    ['1.9', null],
    ['', null],
  ]
  for (const [typed, day] of cases) t.equal(readDay(typed, 2026), day, `«${typed}»`)
  t.end()
})

t.test('two digits of a year reach up to the last year that is asked for', (t) => {
  t.equal(readDay('010130', 2026), '1930-01-01')
  t.equal(readDay('010130', 2036), '2030-01-01')
  t.equal(readDay('010126', 2026), '2026-01-01')
  t.end()
})

t.test('days in words', (t) => {
  t.equal(dayInWords('2026-11-22'), '22. november 2026')
  t.equal(weekdayInWords('2026-11-22'), 'søndag 22. november 2026')
  t.equal(ago('2026-09-01', '2026-09-01'), 'i dag')
  t.equal(ago('2026-08-31', '2026-09-01'), 'i går')
  t.equal(ago('2026-08-20', '2026-09-01'), 'for 12 dager siden')
  t.equal(ago('2026-09-02', '2026-09-01'), '2. september 2026', 'a day to come is no time ago')
  t.equal(dayTyped('i morgen'), 'i morgen', 'what is no day stands as it is')
  t.end()
})

t.test('an instant belongs to the day it is in Oslo', (t) => {
  t.equal(dayOf('2026-08-31T22:30:00Z'), '2026-09-01')
  t.equal(dayOf('2026-08-31T21:30:00Z'), '2026-08-31')
  t.equal(confirmedInWords('2026-08-20T10:00:00Z', '2026-09-01'), 'bekreftet for 12 dager siden')
  t.equal(confirmedInWords(null, '2026-09-01'), 'aldri bekreftet')
  t.end()
})

t.test('days before a day, over a month and a clock that moves', (t) => {
  t.equal(daysBefore('2026-09-01', 7), '2026-08-25')
  t.equal(daysBefore('2026-03-30', 1), '2026-03-29')
  t.equal(daysBefore('2026-01-01', 0), '2026-01-01')
  t.end()
})

t.test('a range ends the day after its last, and what is no day is left as it was typed', (t) => {
  t.equal(endFrom('2026-12-31'), '2027-01-01')
  t.equal(endFrom('2028-02-28'), '2028-02-29')
  t.equal(lastFrom('2027-01-01'), '2026-12-31')
  for (const typed of ['2026-13-01', '2026-02-31', '31.12', '', 'til jul']) t.equal(endFrom(typed), typed)
  t.same([endFrom(null), lastFrom(null)], [null, null])
  t.end()
})
