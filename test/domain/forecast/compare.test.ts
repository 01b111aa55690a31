import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type Day, dayNumber } from '../../../src/domain/day.ts'
import { refusedChanges, type ScenarioChange } from '../../../src/domain/forecast/changes.ts'
import { compare, mergePaired, pairedRanges, prepareAll, sketchPaired } from '../../../src/domain/forecast/compare.ts'
import { noRates } from '../../../src/domain/forecast/draw.ts'
import { type Prepared, pointsOf, prepare } from '../../../src/domain/forecast/forecast.ts'
import { givingOrderOf } from '../../../src/domain/forecast/givingOrder.ts'
import { type ForecastInput, NEVER, NONE } from '../../../src/domain/forecast/input.ts'
import { codesOf, MEASURES, NOBODY, positionOf } from '../../../src/domain/forecast/series.ts'
import { servingOf } from '../../../src/domain/forecast/serving.ts'
import { simulator } from '../../../src/domain/forecast/simulate.ts'
import { addRun, emptySketch, PILOTS, quantileAt, rangesOf } from '../../../src/domain/forecast/sketch.ts'
import { streamsOf } from '../../../src/domain/forecast/streams.ts'
import { FIRST_POLICY } from '../../../src/domain/matching/policy.ts'
import { changesFor } from './arbitraryChanges.ts'
import { arbitraryCity, cityOf, TODAY, UNTIL } from './arbitraryCity.ts'

const day = (text: string) => text as Day
const SPAN = { today: TODAY, until: UNTIL }
const LATE = day('2027-06-10')

function rowOf({ input, rates, plan, layout }: Prepared, seed: number, run: number): Float32Array {
  const row = new Float32Array(layout.size)
  simulator(input, rates, plan, layout)(seed, run, row)
  return row
}

const both = (input: ForecastInput) => changesFor(input).map((changes) => ({ input, changes }))
const cityAndChanges = arbitraryCity.chain(both)

t.test('an empty scenario differs from the base by nothing in any run, whatever the base changes', async () => {
  fc.assert(
    fc.property(cityAndChanges, fc.integer(), ({ input, changes }, seed) => {
      const [base, empty, same] = prepareAll(input, SPAN, [[], [], changes]) as [Prepared, Prepared, Prepared]
      const again = prepare(input, SPAN, changes, base.rates)
      for (const run of [0, 1, 70]) {
        assert.deepEqual(rowOf(empty, seed, run), rowOf(base, seed, run))
        assert.deepEqual(rowOf(again, seed, run), rowOf(same, seed, run))
      }
    }),
    { numRuns: 12 },
  )
  const input = cityOf(7, { districts: 2, places: 40, stay: 100, gap: 10, needEvery: 10 })
  const nothing = compare(prepareAll(input, SPAN, [[], []]), 3, 40)
  assert.deepEqual(nothing.differences, [[]])
  assert.deepEqual(nothing.levels[1], nothing.levels[0])
})

t.test('in which order changes are written decides nothing, in any run', async () => {
  const shuffled = cityAndChanges.chain(({ input, changes }) =>
    fc.shuffledSubarray(changes, { minLength: changes.length }).map((other) => ({ input, changes, other })),
  )
  fc.assert(
    fc.property(shuffled, fc.integer(), ({ input, changes, other }, seed) => {
      const [one, two] = prepareAll(input, SPAN, [changes, other]) as [Prepared, Prepared]
      assert.deepEqual(two.plan, one.plan)
      assert.equal(two.refused.length, one.refused.length)
      assert.deepEqual(rowOf(two, seed, 3), rowOf(one, seed, 3))
    }),
    { numRuns: 25 },
  )
})

t.test('until it begins a scenario is the base, also one that opens places or redraws districts', async () => {
  fc.assert(
    fc.property(cityAndChanges, fc.integer(), ({ input, changes }, seed) => {
      // what is to close is run down before, unless more opens then
      const lasting = { ...input, places: { ...input.places, closes: input.places.closes.map(() => NEVER) } }
      const late = changes
        .filter(({ kind }) => kind !== 'close_places')
        .map((change) => ({ ...change, from: LATE }) as ScenarioChange)
      const [base, other] = prepareAll(lasting, SPAN, [[], late]) as [Prepared, Prepared]
      const [plain, changed] = [rowOf(base, seed, 2), rowOf(other, seed, 2)]
      const points = pointsOf(TODAY, UNTIL)
      for (const [i, value] of changed.entries())
        if (points[i % points.length]! <= dayNumber(LATE)) assert.equal(value, plain[i])
    }),
    { numRuns: 25 },
  )
})

t.test('what is opened elsewhere leaves a bydel of its own as it was, run by run', async () => {
  const input = cityOf(21, { districts: 3, places: 40, stay: 100, gap: 10, needEvery: 20 })
  const own: ForecastInput = {
    ...input,
    // every place is its own district's: nothing that happens in one reaches another
    areas: input.areas.map(({ district }) => ({ district, serves: [district] })),
    // and nobody lives in another's, which she would leave for what opens at home
    stays: {
      ...input.stays,
      home: input.stays.home.map((_, stay) => input.areas[input.places.area[input.stays.place[stay]!]!]!.district),
    },
  }
  const opens = (district: number, places: number): ScenarioChange => ({
    kind: 'open_places',
    from: day('2026-10-01'),
    district: own.districts[district] ?? '',
    form: 'colocated_24h',
    places,
  })
  const members = prepareAll(own, SPAN, [[], [opens(1, 6)], [opens(1, 6), opens(2, 9)]])
  const layout = members[0]?.layout as Prepared['layout']
  const livedIn = (row: Float32Array, district: number) =>
    Array.from({ length: layout.points }, (_, point) => row[positionOf(layout, 'occupied', district, 3, point)])
  for (let seed = 1; seed <= 12; seed += 1) {
    const [base, one, two] = members.map((member) => rowOf(member, seed, 8)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    assert.deepEqual(livedIn(one, 0), livedIn(base, 0))
    assert.deepEqual(livedIn(two, 0), livedIn(base, 0))
    assert.deepEqual(livedIn(two, 1), livedIn(one, 1))
    assert.notDeepEqual(livedIn(one, 1), livedIn(base, 1))
  }
})

t.test('a bydel that is only renamed is what it was; one that is divided is its parts but for rounding', async () => {
  const renamed = (old: string): ScenarioChange => ({
    kind: 'redrawn_districts',
    from: LATE,
    districts: [{ code: '030190', name: 'Ny' }],
    shares: [{ from: old, to: '030190', share: 1 }],
  })
  const divided = (old: string): ScenarioChange => ({
    kind: 'redrawn_districts',
    from: LATE,
    districts: [
      { code: '030190', name: 'Øst' },
      { code: '030191', name: 'Vest' },
    ],
    shares: [
      { from: old, to: '030190', share: 0.25 },
      { from: old, to: '030191', share: 0.75 },
    ],
  })
  fc.assert(
    fc.property(arbitraryCity, fc.integer(), (input, seed) => {
      const [old = ''] = input.districts
      const [base, other] = prepareAll(input, SPAN, [[], [renamed(old)]]) as [Prepared, Prepared]
      assert.deepEqual(rowOf(other, seed, 1), rowOf(base, seed, 1))
      const [, parts] = prepareAll(input, SPAN, [[], [divided(old)]]) as [Prepared, Prepared]
      const row = rowOf(parts, seed, 1)
      const { layout } = parts
      const [east, west] = ['030190', '030191'].map((code) => codesOf(input, layout).indexOf(code)) as [number, number]
      const points = pointsOf(TODAY, UNTIL)
      for (const measure of MEASURES) {
        for (let form = 0; form < input.forms.length; form += 1) {
          for (const [point, at] of points.entries()) {
            const of = (district: number) => row[positionOf(layout, measure, district, form, point)] ?? Number.NaN
            if (at < dayNumber(LATE)) assert.deepEqual([of(east), of(west)], [NOBODY, NOBODY], 'not told of before')
            else if (measure === 'occupied' || measure === 'queue' || measure === 'residents')
              assert.ok(Math.abs(of(east) + of(west) - of(0)) <= 1, `${of(east)} ${of(west)} ${of(0)}`)
          }
        }
      }
    }),
    { numRuns: 12 },
  )
})

t.test('districts that become one give their places to the people of both', async () => {
  const input = cityOf(33, { districts: 2, places: 40, stay: 60, gap: 5, needEvery: 3 })
  // nobody waits in the first district but it has all places, each for its own people
  const own: ForecastInput = {
    ...input,
    areas: input.areas.map(() => ({ district: 0, serves: [0] })),
    needs: { ...input.needs, home: input.needs.home.map(() => 1) },
    stays: { ...input.stays, home: input.stays.home.map(() => 0) },
  }
  const merged: ScenarioChange = {
    kind: 'redrawn_districts',
    from: day('2026-11-01'),
    districts: [{ code: '030190', name: 'Begge' }],
    shares: own.districts.map((from) => ({ from, to: '030190', share: 1 })),
  }
  const [base, other] = prepareAll(own, SPAN, [[], [merged]]) as [Prepared, Prepared]
  const living = ({ layout }: Prepared, row: Float32Array) =>
    row[positionOf(layout, 'residents', 1, 3, layout.points - 1)] ?? 0
  assert.equal(living(base, rowOf(base, 2, 0)), 0, 'the places of another bydel')
  assert.ok(living(other, rowOf(other, 2, 0)) > 0, 'and of one’s own')
})

t.test('who waits and what is given away belong to new districts by their shares', async () => {
  const input = cityOf(12, { districts: 2, places: 30, stay: 60, gap: 5, needEvery: 3 })
  const [first = '', second = ''] = input.districts
  const change: ScenarioChange = {
    kind: 'redrawn_districts',
    from: LATE,
    districts: [
      { code: '030190', name: 'Øst' },
      { code: '030191', name: 'Vest' },
    ],
    shares: [
      { from: first, to: '030190', share: 0.3 },
      { from: first, to: '030191', share: 0.7 },
      { from: second, to: '030191', share: 1 },
    ],
  }
  const { plan, rates } = prepare(input, SPAN, [change])
  const { streams, chance } = streamsOf(plan.cells, input.forms.length, 2)
  chance.start(4, 0)
  const serving = servingOf(plan, noRates(rates, 1), 2, chance, streams, givingOrderOf(FIRST_POLICY))
  const own = plan.cells.findIndex(({ area }) => area.serves.length === 1 && area.serves[0] === 0)
  const before = serving.on(own, dayNumber(LATE) - 1)
  assert.deepEqual([before.districts, before.part], [[0], NONE], 'not before')
  const given = Array.from({ length: 1000 }, () => serving.on(own, dayNumber(LATE)))
  const [east, west] = [0, 1].map((part) => given.find((served) => served.part === part))
  assert.deepEqual([east?.districts, west?.districts], [[0], [0, 1]])
  if (east === undefined || west === undefined) return
  const share = given.filter(({ part }) => part === 0).length / 1000
  assert.ok(Math.abs(share - 0.3) < 0.06, `${share}`)
  for (let need = 0; need < 1000; need += 1) serving.joins(need, need % 2, 0)
  const [isEast, isWest] = [east, west].map((served) => serving.isServed(served) ?? (() => true)) as [
    (need: number) => boolean,
    (need: number) => boolean,
  ]
  const needs = Array.from({ length: 1000 }, (_, need) => need)
  assert.ok(Math.abs(needs.filter(isEast).length / 500 - 0.3) < 0.08, `${needs.filter(isEast).length}`)
  for (const need of needs) {
    assert.notEqual(isEast(need), isWest(need), 'of one, and not of the other')
    if (need % 2 === 1) assert.ok(isWest(need), 'all of the second are of the west')
  }
})

t.test(
  'a difference has the quantiles of the differences, and what mostly differs by nothing is told as nothing',
  async () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -30, max: 20 }), { minLength: PILOTS, maxLength: 150 }),
        fc.constantFrom(1, 100),
        (values, scale) => {
          const rows = values.map((value) => Float32Array.of(scale * value))
          const sketch = emptySketch(rangesOf(rows, { nobody: -1000000, signed: true }))
          for (const row of rows) addRun(sketch, row)
          const sorted = values.map((value) => scale * value).toSorted((a, b) => a - b)
          for (const share of [0.1, 0.5, 0.9]) {
            const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0
            const told = quantileAt(sketch, 0, share) ?? Number.NaN
            assert.equal(Math.sign(told), Math.sign(exact), `${told} for ${exact}`)
            assert.ok(Math.abs(told - exact) < (sketch.ranges.width[0] ?? 0), `${told} for ${exact}`)
            if (sketch.ranges.width[0] === 1) assert.equal(told, exact)
          }
        },
      ),
      { numRuns: 80 },
    )
  },
)

t.test(
  'parts of the runs give the same in whatever order they come back, in memory that does not grow with them',
  async () => {
    const input = cityOf(5, { districts: 2, places: 50, stay: 60, gap: 10, needEvery: 10 })
    const members = prepareAll(input, SPAN, [[], [{ kind: 'arrivals', from: TODAY, factor: 2 }]])
    const ranges = pairedRanges(members, 11)
    const part = (from: number, to: number) => sketchPaired(members, { seed: 11, from, to }, ranges)
    const whole = part(0, 50)
    const [merged, ...others] = [part(31, 50), part(0, 7), part(7, 31)]
    for (const other of others) mergePaired(merged as typeof whole, other)
    assert.deepEqual(merged, whole)
    const bytes = ({ differences: [sketch] }: typeof whole) =>
      (sketch?.counts.byteLength ?? 0) + (sketch?.zero.byteLength ?? 0)
    assert.equal(bytes(part(0, 3)), bytes(whole))
  },
)

t.test('districts that cannot be redrawn so are refused, each with its place and reason', async () => {
  const known = { today: TODAY, until: UNTIL, districts: ['030110', '030111'], forms: ['vel_care'] }
  const east = { code: '030190', name: 'Øst' }
  const share = { from: '030110', to: '030190', share: 1 }
  const drawn = { kind: 'redrawn_districts', from: LATE, districts: [east], shares: [share] } as const
  const change = { ...drawn, districts: [...drawn.districts], shares: [...drawn.shares] }
  const rows: [ScenarioChange[], string[]][] = [
    [[change], []],
    [[change, change], ['kind twice']],
    [[{ ...change, shares: [{ ...share, share: 0.9 }] }], ['shares/0/share not_one']],
    [[{ ...change, shares: [{ ...share, share: -1 }] }], ['districts/0/code unknown', 'shares/0/share negative']],
    [[{ ...change, shares: [{ ...share, from: '030119' }] }], ['shares/0/from unknown']],
    [[{ ...change, shares: [share, { ...share, to: '030199' }] }], ['shares/1/to unknown']],
    [[{ ...change, shares: [share, share] }], ['shares/1/to twice']],
    [[{ ...change, districts: [east, { ...east, code: '030111' }] }], ['districts/1/code twice']],
    [[{ ...change, districts: [east, east] }], ['districts/1/code twice']],
    [[{ ...change, districts: [], shares: [] }], ['districts unknown']],
  ]
  for (const [changes, expected] of rows)
    assert.deepEqual(
      refusedChanges(changes, known).map(({ field, code }) => `${field} ${code}`),
      expected,
      JSON.stringify(changes),
    )
  const [refused] = refusedChanges([{ ...change, shares: [{ ...share, share: 0.9 }] }], known)
  assert.equal(refused?.detail, 'Andelene fra Grorud blir 0,9 til sammen. De må bli 1.')
})
