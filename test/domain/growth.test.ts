import t from 'tap'
import { grownSince, growthOf } from '../../src/domain/growth.ts'
import { ALNA, GRUNERLOKKA } from './baseline.ts'

/** Open at the ends of four quarters, added up. */
const open = (district: string, byYear: Record<number, number>) =>
  Object.entries(byYear).map(([year, each]) => ({ district, year: Number(year), open: each * 4 }))

const period = { baseYear: 2020, untilYear: 2024, newestYear: 2025, minimum: 20 }

t.test('the city and every district, of the source’s period and of the newest year', async (t) => {
  const sums = [
    ...open(ALNA, { 2020: 24, 2021: 24, 2022: 30, 2023: 36, 2024: 45, 2025: 48 }),
    ...open(GRUNERLOKKA, { 2020: 6, 2024: 11.25, 2025: 12 }),
  ]
  const [city, alna, grunerlokka, nobody, ...rest] = growthOf(sums, [ALNA, GRUNERLOKKA, '030110'], period)
  t.same(rest, [])
  t.match(city, {
    district: null,
    base: { year: 2020, open: 30, percent: 0 },
    until: { year: 2024, percent: 88 },
    newest: { year: 2025, open: 60, percent: 100 },
  })
  t.match(alna, { district: ALNA, until: { percent: 88 }, newest: { percent: 100 } })
  t.equal(alna && grownSince(alna, 50), '2023-12-31', 'the end of the first year from which on it is so')
  t.equal(alna && grownSince(alna, 101), null)
  t.match(grunerlokka, { until: { open: 11.25, percent: null } }, 'of six in the base year no share is told')
  t.equal(grunerlokka && grownSince(grunerlokka, 50), null)
  t.match(nobody, { district: '030110', base: { open: 0, percent: null } }, 'and one with nobody is not left out')
})

t.test('a year in between that had not grown so much breaks it off', async (t) => {
  const [city] = growthOf(open(ALNA, { 2020: 20, 2021: 32, 2022: 25, 2023: 31, 2024: 33, 2025: 34 }), [], period)
  t.equal(city && grownSince(city, 50), '2023-12-31')
})
