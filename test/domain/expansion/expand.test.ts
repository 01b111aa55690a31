import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { countAt, type ExpansionAsk, noCounts, refusedAsk, totalOf } from '../../../src/domain/expansion/ask.ts'
import type { Means } from '../../../src/domain/expansion/expand.ts'
import { ninetieths } from '../../../src/domain/expansion/sample.ts'
import { within } from '../../../src/domain/expansion/tried.ts'
import type { ForecastInput } from '../../../src/domain/forecast/input.ts'
import { EXPANSION_POLICY } from '../../../src/reference/expansionPolicy.ts'
import { gapOf } from '../../../src/solver/mip.ts'
import { expansionOf } from '../../support/expansion.ts'
import { arbitraryCity, cityOf, TODAY, type UNTIL } from '../forecast/arbitraryCity.ts'

const { parameters } = EXPANSION_POLICY
const BY = '2028-10-01' as typeof UNTIL

const asking = (more: Partial<ExpansionAsk> = {}): ExpansionAsk => ({
  by: BY,
  level: 3,
  forms: [
    { form: 'colocated_24h', costPerPlace: 4 },
    { form: 'municipal_support', costPerPlace: 3 },
  ],
  perDistrictYear: 8,
  limits: [],
  budget: null,
  goal: 'fewest_places',
  runs: 50,
  seed: 7,
  ...more,
})

const worldOf = (input: ForecastInput, ask: ExpansionAsk) => expansionOf(input, ask, TODAY)

t.test('never over a limit, and what is said of the level is what its simulation shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryCity,
      fc.record({
        level: fc.constantFrom(0, 2, 6),
        perDistrictYear: fc.constantFrom(0, 1, 6),
        budget: fc.constantFrom(null, 0, 30),
        goal: fc.constantFrom<ExpansionAsk['goal']>('fewest_places', 'lowest_cost'),
        limits: fc.constantFrom<ExpansionAsk['limits']>(
          [],
          [{ form: 'colocated_24h', most: 3 }],
          [{ year: 2027, most: 2 }],
        ),
      }),
      async (input, more) => {
        const ask = asking(more)
        const { space, simulate, answer } = worldOf(input, ask)
        const { openings, districts, met, places, cost, check, hangsOn } = await answer()
        const counts = noCounts(space)
        for (const { district, form, year, places: count } of openings) {
          const at = countAt(
            space,
            space.districts.indexOf(district),
            space.forms.findIndex(({ id }) => id === form),
            space.years.findIndex((one) => one.year === year),
          )
          counts[at] = count
        }
        assert.ok(within(space, counts, ask), 'within every limit')
        assert.deepEqual(totalOf(space, counts), { places, cost })
        const p90 = ninetieths(await simulate(counts, { seed: ask.seed, runs: ask.runs, variant: null }))
        assert.deepEqual(
          districts.map(({ after }) => after),
          p90,
          'the plan’s own simulation',
        )
        assert.equal(
          met,
          p90.every((value) => value <= ask.level),
        )
        for (const district of districts)
          assert.equal(district.binding === null, district.after <= ask.level, 'what binds is said where it is not met')
        assert.ok(check.rounds.length >= 1 && check.rounds.length <= 8)
        assert.equal(hangsOn.length, 8)
        for (const row of hangsOn) assert.equal(typeof row.settled, 'boolean')
        for (const row of hangsOn)
          assert.ok(row.cost <= (ask.budget ?? Infinity), 'nor is any of the other worlds’ plans')
      },
    ),
    { numRuns: 4 },
  )
})

t.test(
  'a city that lacks places is built for, with the smallest plan that holds of those that were tried',
  async (t) => {
    const input = cityOf(5, { districts: 3, places: 60, stay: 200, gap: 10, needEvery: 6 })
    const { answer } = worldOf(input, asking({ level: 16, perDistrictYear: 30 }))
    const one = await answer()
    t.ok(one.met && one.places > 0)
    for (const { before, after } of one.districts) t.ok(before > 16 && after <= 16)
    const [nothing, ...tried] = one.check.rounds
    t.match(nothing, { places: 0, above: 3 })
    const held = tried.filter(({ above }) => above === 0).map(({ places }) => places)
    t.equal(one.places, Math.min(...held), 'the smallest that held')
    const costs = one.hangsOn.filter(({ assumed }) => assumed === 'costs')
    t.same(
      costs.map(({ places }) => places),
      [one.places, one.places],
      'what all places cost alike moves no place',
    )
    const [low, high] = costs
    t.ok((low?.cost ?? 0) < one.cost && one.cost < (high?.cost ?? 0))
  },
)

t.test('a budget that is used up buys less where places cost more', async (t) => {
  const input = cityOf(5, { districts: 3, places: 60, stay: 200, gap: 10, needEvery: 6 })
  const budget = 120
  const { cost, hangsOn } = await worldOf(input, asking({ level: 0, perDistrictYear: 30, budget })).answer()
  t.ok(cost > 0.9 * budget && cost <= budget, `${cost} of ${budget}`)
  for (const row of hangsOn) t.ok(row.cost <= budget, `${row.assumed} ${row.side}: ${row.cost} of ${budget}`)
})

t.test('a solver that finds nothing in its time proves nothing, and what was tried last stays', async (t) => {
  const input = cityOf(5, { districts: 3, places: 60, stay: 200, gap: 10, needEvery: 6 })
  const silent: Means['solve'] = async () => ({
    status: 'time_limit',
    values: [],
    objective: Number.POSITIVE_INFINITY,
    bound: 0,
  })
  const { gap, places, met } = await expansionOf(input, asking({ level: 16 }), TODAY, silent).answer()
  t.match({ gap, places, met }, { gap: 1, places: 0, met: false })
  const values = [1]
  t.equal(gapOf({ status: 'optimal', values, objective: 5, bound: 5 }), 0)
  t.equal(gapOf({ status: 'time_limit', values, objective: 5, bound: 4 }), 0.2)
  t.equal(gapOf({ status: 'infeasible', values: [], objective: Infinity, bound: Infinity }), 1)
})

t.test('how often a place more raises the shortfall of its district on the last day', async (t) => {
  const input = cityOf(5, { districts: 3, places: 60, stay: 200, gap: 10, needEvery: 6 })
  const ask = asking({ runs: 100 })
  const { space, simulate } = worldOf(input, ask)
  const run = { seed: ask.seed, runs: ask.runs, variant: null }
  const without = await simulate(noCounts(space), run)
  let [raised, lowered, runs] = [0, 0, 0]
  for (let district = 0; district < space.districts.length; district += 1) {
    const counts = noCounts(space)
    counts[countAt(space, district, 0, 0)] = 1
    const more = await simulate(counts, run)
    const sums = ({ values }: typeof more) =>
      Array.from({ length: ask.runs }, (_, r) => {
        const at = (district * ask.runs + r) * space.forms.length
        return values[at]! + values[at + 1]!
      })
    const [before, after] = [sums(without), sums(more)]
    for (let r = 0; r < ask.runs; r += 1) {
      runs += 1
      if (after[r]! > before[r]!) raised += 1
      if (after[r]! < before[r]!) lowered += 1
    }
  }
  t.comment(`${raised} of ${runs} runs raised, ${lowered} lowered`)
  t.ok(raised > 0, 'it happens: the code that checks a plan says so')
  t.ok(lowered > raised, 'though oftener it is lowered')
})

t.test('what is wrong with a question is told with its pointer', async (t) => {
  const known = { today: TODAY, districts: ['030110'] }
  const rows: [Partial<ExpansionAsk>, string, string][] = [
    [{ by: TODAY }, '/by', 'day_in_the_past'],
    [{ by: '2076-01-01' as typeof UNTIL }, '/by', 'too_far'],
    [{ by: '2027-06-01' as typeof UNTIL }, '/by', 'too_soon'],
    [{ level: -1 }, '/level', 'negative'],
    [{ level: 2.5 }, '/level', 'not_whole'],
    [{ perDistrictYear: -3 }, '/perDistrictYear', 'negative'],
    [{ perDistrictYear: 501 }, '/perDistrictYear', 'too_large'],
    [{ budget: -1 }, '/budget', 'negative'],
    [{ forms: [] }, '/forms', 'missing'],
    [{ forms: [{ form: 'vel_care', costPerPlace: 1 }] }, '/forms/0/form', 'unknown'],
    [{ forms: [{ form: 'municipal', costPerPlace: -1 }] }, '/forms/0/costPerPlace', 'negative'],
    [{ limits: [{ district: '030199', most: 1 }] }, '/limits/0/district', 'unknown'],
    [{ limits: [{ form: 'municipal', most: 1 }] }, '/limits/0/form', 'unknown'],
    [{ limits: [{ year: 2031, most: 1 }] }, '/limits/0/year', 'unknown'],
    [{ limits: [{ most: 1 }, { most: -1 }] }, '/limits/1/most', 'negative'],
  ]
  for (const [wrong, pointer, code] of rows)
    t.match(refusedAsk(asking(wrong), known, parameters), [{ pointer, code }], `${pointer} ${code}`)
  t.same(
    refusedAsk(
      asking({ limits: [{ district: '030110', form: 'colocated_24h', year: 2027, most: 0 }] }),
      known,
      parameters,
    ),
    [],
  )
})
