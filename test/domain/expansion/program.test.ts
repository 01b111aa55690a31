import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { countAt, type ExpansionAsk, noCounts, type Space, totalOf } from '../../../src/domain/expansion/ask.ts'
import { type Bounds, type DistrictProblem, programOf, readCounts } from '../../../src/domain/expansion/program.ts'
import { ninetieth } from '../../../src/domain/expansion/sample.ts'
import { within } from '../../../src/domain/expansion/tried.ts'
import { solveMip } from '../../../src/jobs/highs.ts'
import { gapOf, isFeasible } from '../../../src/solver/mip.ts'

const day = (year: number) => `${year}-07-01` as Space['years'][number]['day']
const spaceOf = (districts: number, costs: readonly number[], years: number): Space => ({
  districts: Array.from({ length: districts }, (_, d) => `03010${d + 1}`),
  forms: costs.map((cost, index) => ({ id: ['municipal', 'assisted'][index] ?? 'transitional', index, cost })),
  years: Array.from({ length: years }, (_, y) => ({ year: 2027 + y, day: day(2027 + y) })),
})

/** What a plan leaves of a district, counted run by run. */
function leftOf(space: Space, problem: DistrictProblem, counts: Int32Array): number {
  const [forms, years] = [space.forms.length, space.years.length]
  const left = Float64Array.from(problem.shortfalls)
  for (let at = 0; at < left.length; at += 1) {
    const form = at % forms
    let taken = 0
    for (let year = 0; year < years; year += 1)
      taken += counts[countAt(space, problem.district, form, year)]! * problem.effects[form * years + year]!
    left[at] = Math.max(0, left[at]! - taken)
  }
  return ninetieth(left, forms)
}

/** Every plan there is of places up to `most` each. */
function* everyPlan(size: number, most: number): Generator<Int32Array> {
  const counts = new Int32Array(size)
  for (;;) {
    yield counts.slice()
    let at = 0
    while (at < size && counts[at] === most) {
      counts[at] = 0
      at += 1
    }
    if (at === size) return
    counts[at]! += 1
  }
}

const question = fc
  .record({
    districts: fc.integer({ min: 1, max: 2 }),
    costs: fc.constantFrom([2, 3], [3, 2], [4, 1]),
    years: fc.integer({ min: 1, max: 2 }),
    runs: fc.constantFrom(5, 12, 20),
    level: fc.integer({ min: 0, max: 3 }),
    perDistrictYear: fc.integer({ min: 0, max: 2 }),
    budget: fc.constantFrom(null, 3, 7),
    cityWide: fc.constantFrom(null, 1, 3),
    goal: fc.constantFrom<ExpansionAsk['goal']>('fewest_places', 'lowest_cost'),
    chance: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 80, maxLength: 80 }),
    effects: fc.array(fc.constantFrom(0.5, 1, 1.25, 2), { minLength: 4, maxLength: 4 }),
  })
  .map(({ districts, costs, years, runs, level, perDistrictYear, budget, cityWide, goal, chance, effects }) => {
    const space = spaceOf(districts, costs, years)
    const problems = space.districts.map((_, district): DistrictProblem => {
      const size = runs * space.forms.length
      const shortfalls = Float64Array.from({ length: size }, (_, i) => chance[(i + district * 37) % chance.length]!)
      return {
        district,
        shortfalls,
        effects: effects.slice(0, space.forms.length * years),
        level,
        least: 0,
        keep: null,
        cap: null,
      }
    })
    const bounds: Bounds = {
      perDistrictYear,
      budget,
      limits: cityWide === null ? [] : [{ form: 'municipal', most: cityWide }],
    }
    return { space, problems, bounds, goal, level }
  })

t.test('the program’s answer is as small as any plan there is, and within every limit', async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ space, problems, bounds, goal, level }) => {
      const program = programOf(space, problems, bounds, goal)
      const answer = await solveMip(program.mip, 20)
      assert.equal(answer.status, 'optimal')
      assert.equal(gapOf(answer), 0)
      assert.ok(isFeasible(program.mip, answer.values), 'checked by somebody else')
      const counts = readCounts(program, answer.values, noCounts(space))
      assert.ok(within(space, counts, bounds))
      const standing = (plan: Int32Array) => {
        const above = problems.reduce((sum, one) => sum + Math.max(0, leftOf(space, one, plan) - level), 0)
        const { places, cost } = totalOf(space, plan)
        return [above, ...(goal === 'fewest_places' ? [places, cost] : [cost, places])]
      }
      let best = standing(counts)
      const own = best
      for (const plan of everyPlan(counts.length, bounds.perDistrictYear)) {
        if (!within(space, plan, bounds)) continue
        const other = standing(plan)
        const at = other.findIndex((value, i) => Math.abs(value - best[i]!) > 1e-6)
        if (at >= 0 && other[at]! < best[at]!) best = other
      }
      const [above, first, then] = own.map((value, i) => value - best[i]!)
      assert.ok(Math.abs(above!) < 1e-6 && first === 0 && then === 0, `${own} where ${best} can be`)
    }),
    { numRuns: 60 },
  )
})

t.test('a district that was tried with too little gets more', async (t) => {
  const space = spaceOf(1, [2, 3], 2)
  const problem = {
    district: 0,
    shortfalls: new Float64Array(20),
    effects: [1, 1, 1, 1],
    level: 1,
    keep: null,
    cap: null,
  }
  const bounds = { perDistrictYear: 5, limits: [], budget: null }
  for (const [least, places] of [
    [0, 0],
    [3, 3],
    [40, 10],
  ] as const) {
    const program = programOf(space, [{ ...problem, least }], bounds, 'fewest_places')
    const counts = readCounts(program, (await solveMip(program.mip, 20)).values, noCounts(space))
    t.equal(totalOf(space, counts).places, places, `at least ${least}, as far as limits go`)
  }
})
