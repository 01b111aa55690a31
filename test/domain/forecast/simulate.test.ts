import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { addDays, type Day, dayNumber } from '../../../src/domain/day.ts'
import { refusedChanges, type ScenarioChange } from '../../../src/domain/forecast/changes.ts'
import { forecast, mergePaired, pairedRanges, sketchPaired } from '../../../src/domain/forecast/compare.ts'
import { prepare } from '../../../src/domain/forecast/forecast.ts'
import { NEVER, NONE, UNSURE } from '../../../src/domain/forecast/input.ts'
import { queueOf } from '../../../src/domain/forecast/queue.ts'
import { positionOf, TOTALS } from '../../../src/domain/forecast/series.ts'
import { simulator } from '../../../src/domain/forecast/simulate.ts'
import { addRun, emptySketch, PILOTS, quantileAt, rangesOf } from '../../../src/domain/forecast/sketch.ts'
import { todayOf } from '../../../src/domain/forecast/today.ts'
import { changesFor } from './arbitraryChanges.ts'
import { arbitraryCity, cityOf, TODAY, UNTIL } from './arbitraryCity.ts'

const day = (text: string) => text as Day
const SPAN = { today: TODAY, until: UNTIL }

const cityAndChanges = arbitraryCity.chain((input) => changesFor(input).map((changes) => ({ input, changes })))

t.test('whatever happens, nobody is lost, nobody lives twice, and no cell holds more than its places', async () => {
  fc.assert(
    fc.property(cityAndChanges, fc.integer(), ({ input, changes }, seed) => {
      const { rates, plan, layout } = prepare(input, SPAN, changes)
      const row = new Float32Array(layout.size)
      const { begun, came, left, living, outside, overfull } = simulator(input, rates, plan, layout)(seed, 0, row)
      assert.equal(living + outside, begun + came - left)
      assert.equal(overfull, 0)
      assert.ok(row.every((value) => value >= -1 && Number.isFinite(value)))
      const city = layout.rows - 1
      for (let point = 0; point < layout.points; point += 1) {
        const at = (measure: 'occupied' | 'residents') =>
          row[positionOf(layout, measure, city, input.forms.length, point)]
        assert.equal(at('occupied'), at('residents'), 'who lives in a place comes from a district')
        const of = (column: number) => row[positionOf(layout, 'residents', city, column, point)]
        const care = input.forms.findIndex(({ id }) => id === 'vel_care')
        assert.equal(of(input.forms.length + TOTALS.indexOf('vel')), of(care), 'of VEL’s forms this city has one')
      }
      assert.equal(row[positionOf(layout, 'occupied', city, input.forms.length, layout.points - 1)], living)
    }),
    { numRuns: 150 },
  )
})

t.test('who lives on a place that has closed waits outside in class 2, and is not gone', async (t) => {
  const input = cityOf(3, { districts: 2, places: 60, stay: 400, gap: 10, needEvery: 500 })
  const needs = Object.fromEntries(Object.keys(input.needs).map((key) => [key, []])) as unknown as typeof input.needs
  const before = { ...input, needs }
  const now = todayOf(before, prepare(before, SPAN).plan)
  const asOf = input.asOf
  const lived = input.stays.place.findIndex(
    (place, i) =>
      input.stays.to[i]! > asOf &&
      input.stays.from[i]! <= asOf &&
      input.places.closes[place]! > asOf &&
      input.stays.from[i]! < asOf - 10,
  )
  const closes = input.places.closes.with(input.stays.place[lived]!, asOf - 10)
  const after = { ...before, places: { ...input.places, closes } }
  const then = todayOf(after, prepare(after, SPAN).plan)
  t.equal(then.cell.length, now.cell.length - 1)
  t.equal(then.needs.length, now.needs.length + 1)
  t.ok(
    then.needs.some(
      ({ age, urgency, stay, home }) => age === 10 && urgency === 1 && stay === -1 && home === input.stays.home[lived],
    ),
  )
})

t.test('a run is its seed and number: it does not matter what was computed before it, or by whom', async () => {
  fc.assert(
    fc.property(cityAndChanges, fc.integer(), fc.nat({ max: 5000 }), ({ input, changes }, seed, run) => {
      const { rates, plan, layout } = prepare(input, SPAN, changes)
      const [fresh, used] = [simulator(input, rates, plan, layout), simulator(input, rates, plan, layout)]
      const [one, other, next] = [0, 1, 2].map(() => new Float32Array(layout.size)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ]
      fresh(seed, run, one)
      used(seed + 1, 7, other)
      used(seed, run + 1, next)
      used(seed, run, other)
      assert.deepEqual(other, one)
    }),
    { numRuns: 30 },
  )
  const input = cityOf(3, { districts: 2, places: 60, stay: 100, gap: 10, needEvery: 5 })
  const { rates, plan, layout } = prepare(input, SPAN)
  const simulate = simulator(input, rates, plan, layout)
  const rows = [0, 1].map((run) => {
    const row = new Float32Array(layout.size)
    simulate(1, run, row)
    return row
  })
  assert.notDeepEqual(rows[0], rows[1], 'other runs are other runs')
})

t.test('parts of the runs give the same in whatever order they come back', async () => {
  const input = cityOf(5, { districts: 3, places: 50, stay: 60, gap: 10, needEvery: 10 })
  const members = [prepare(input, SPAN)]
  const ranges = pairedRanges(members, 11)
  const part = (from: number, to: number) => sketchPaired(members, { seed: 11, from, to }, ranges)
  const whole = part(0, 60)
  for (const order of [
    [0, 1, 2],
    [2, 0, 1],
  ]) {
    const parts = [part(0, 7), part(7, 40), part(40, 60)]
    const merged = { levels: ranges.levels.map(emptySketch), differences: [] }
    for (const i of order) mergePaired(merged, parts[i]!)
    assert.deepEqual(merged, whole)
  }
})

t.test('changes that say nothing change nothing', async () => {
  const input = cityOf(8, { districts: 2, places: 40, stay: 100, gap: 10, needEvery: 6 })
  const nothing: ScenarioChange[] = [
    { kind: 'arrivals', from: TODAY, factor: 1 },
    { kind: 'team_capacity', from: TODAY, factor: 1 },
    { kind: 'loss_rate', from: TODAY, factor: 1 },
  ]
  assert.deepEqual(forecast(prepare(input, SPAN, nothing), 3, 40), forecast(prepare(input, SPAN), 3, 40))
})

t.test('what is only possible is left out as if nobody had planned it, and nothing else is', async () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 400 }), (seed, ahead) => {
      const input = cityOf(seed, { districts: 2, places: 40, stay: 100, gap: 10, needEvery: 6 })
      const { opens, closes, unsure = [] } = input.places
      const from = addDays(TODAY, ahead)
      const later = (on: number) => on > input.asOf && on >= dayNumber(from)
      const places = {
        ...input.places,
        // whoever never opens is not there before the end either
        opens: opens.map((on, place) => ((unsure[place]! & UNSURE.opening) !== 0 && later(on) ? NEVER : on)),
        closes: closes.map((on, place) => ((unsure[place]! & UNSURE.closing) !== 0 && later(on) ? NEVER : on)),
      }
      const changes = (of: typeof input, some: ScenarioChange[]) => prepare(of, SPAN, some).plan.changes
      const without = changes(input, [{ kind: 'without_possible', from }])
      assert.deepEqual(without, changes({ ...input, places }, []))
      const certain = { ...input, places: { ...input.places, unsure: unsure.map(() => 0) } }
      assert.deepEqual(changes(certain, [{ kind: 'without_possible', from }]), changes(input, []))
    }),
    { numRuns: 60 },
  )
})

t.test('more come when more arise, and nobody registers where nobody arises', async () => {
  const input = cityOf(9, { districts: 2, places: 20, stay: 100, gap: 10, needEvery: 6 })
  const queued = (factor: number) => {
    const table = forecast(prepare(input, SPAN, [{ kind: 'arrivals', from: TODAY, factor }]), 3, 60)
    const series = table.find((s) => s.measure === 'queue' && s.district === null && s.form === 'all')
    return series?.p50.at(-1) ?? 0
  }
  assert.ok(queued(0) < queued(1) && queued(1) < queued(3), `${queued(0)} ${queued(1)} ${queued(3)}`)
})

t.test('one growth holds at a time: it goes on from the level reached, and the narrower goes before', async () => {
  const input = cityOf(3, { districts: 2, places: 4, stay: 100, gap: 10, needEvery: 40 })
  const until = day('2030-01-01')
  const from = (year: number) => day(`${year}-01-01`)
  const levels = (changes: ScenarioChange[], form = 0, district = 0) => {
    const { points, arrivals } = prepare(input, { today: TODAY, until }, changes).plan
    const months = points.length - 1
    return [2027, 2028, 2029].map((year) => {
      const december = points.indexOf(dayNumber(from(year + 1))) - 1
      return Math.round(1000 * (arrivals[(form * 2 + district) * months + december] ?? 0)) / 1000
    })
  }
  const grows: ScenarioChange = { kind: 'growth', from: from(2027), perYear: 0.05 }
  const stops: ScenarioChange = { kind: 'growth', from: from(2028), perYear: 0 }
  const alone: ScenarioChange = { kind: 'growth', from: from(2027), perYear: 1, district: input.districts[0] ?? '' }
  const past: ScenarioChange = {
    kind: 'past_growth',
    from: from(2027),
    perYear: 0.2,
    baseYear: 2020,
    untilYear: 2025,
    percent: 60,
  }
  assert.deepEqual(levels([grows, stops]), [1.05, 1.05, 1.05], 'it stops where it has come to')
  assert.deepEqual(levels([stops, grows]), [1.05, 1.05, 1.05], 'in whatever order they are written')
  assert.deepEqual(levels([grows, alone, stops])[0], 2, 'a district’s own goes before the city’s')
  assert.deepEqual(levels([grows, alone, stops], 0, 1), [1.05, 1.05, 1.05])
  assert.deepEqual(levels([grows, past, stops], 1)[0], 1.2, 'a form’s own goes before all forms’')
  const twice: ScenarioChange = { kind: 'arrivals', from: from(2028), factor: 2 }
  assert.deepEqual(levels([grows, stops, twice]), [1.05, 2.1, 2.1], 'more arrivals come on top of a growth')
})

t.test(
  'a place for some districts goes to whoever has waited longest of those whose turn it is, wherever she is from',
  async () => {
    const order = fc.array(fc.record({ home: fc.nat({ max: 3 }), urgency: fc.nat({ max: 4 }), second: fc.boolean() }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        order,
        fc.subarray([0, 1, 2, 3], { minLength: 1 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat({ max: 5 })),
        (needs, serves, preferred, chance) => {
          const queue = queueOf(4, 2)
          const classes = needs.map(({ urgency }) => urgency)
          for (const [need, { home, urgency, second }] of needs.entries())
            queue.add(need, home, second ? 1 : 0, second ? 0 : NONE, urgency)
          for (const need of needs.keys()) {
            const lot = chance.next().value
            if (lot === 0) queue.remove(need)
            if (lot !== 1) continue
            queue.hurry(need, 1)
            classes[need] = Math.min(classes[need] ?? 0, 1)
          }
          const parts = preferred ? [[0], [1]] : [[0, 1]]
          const turns = parts.map((preferences) => ({ preferences, districts: serves }))
          const rank = (need: number) => [classes[need] ?? 0, preferred ? Number(needs[need]?.second) : 0, need]
          const expected = [...needs.keys()]
            .filter((need) => queue.waits(need) && serves.includes(needs[need]?.home ?? NONE))
            .toSorted((a, b) => compared(rank(a), rank(b)))
          for (const [skip, need] of expected.entries()) assert.equal(queue.after(0, turns, skip), need)
          assert.equal(queue.after(0, turns, expected.length), NONE)
          assert.equal(queue.waiting(0, serves), expected.length)
        },
      ),
      { numRuns: 150 },
    )
  },
)

const compared = (a: number[], b: number[]) => a.map((value, i) => value - (b[i] ?? 0)).find((d) => d !== 0) ?? 0

t.test(
  'whoever must leave a place that closes waits in the second class, although she waited in the fifth',
  async () => {
    const base = cityOf(4, { districts: 2, places: 0, stay: 30, gap: 5, needEvery: 700 })
    const today = base.asOf
    const own = { place: 5, home: 0, from: today - 60, to: NEVER }
    const shared = Array.from({ length: 5 }, (_, place) => ({ place, home: 1, from: today - 10, to: NEVER }))
    const earlier = shared.flatMap(({ place }) =>
      Array.from({ length: 20 }, (_, i) => ({ place, home: 1, from: today - 50 - 40 * i, to: today - 15 - 40 * i })),
    )
    const stays = [...earlier, ...shared, own]
    // every one who moved in had registered the day before, so that whoever stands first is she who is given the next
    const housed = earlier.map(({ from }) => ({
      home: 1,
      first: 1,
      livesIn: NONE,
      urgency: 3,
      from: from - 1,
      to: from,
      given: 1,
    }))
    // the many of the other district stand before her in the third class; the five homes are for both districts
    const open = { first: 1, from: today - 5, to: NEVER, given: NONE }
    const waits = [
      ...housed,
      ...Array.from({ length: 150 }, () => ({ ...open, home: 1, livesIn: NONE, urgency: 3 })),
      { ...open, home: 0, livesIn: 0, urgency: 5 },
    ]
    const input = {
      ...base,
      areas: [
        { district: 1, serves: [0, 1] },
        { district: 0, serves: [0] },
      ],
      places: {
        area: [0, 0, 0, 0, 0, 1],
        form: [1, 1, 1, 1, 1, 0],
        opens: Array.from({ length: 6 }, () => today - 1000),
        closes: [NEVER, NEVER, NEVER, NEVER, NEVER, today + 90],
      },
      stays: {
        place: stays.map(({ place }) => place),
        home: stays.map(({ home }) => home),
        from: stays.map(({ from }) => from),
        to: stays.map(({ to }) => to),
        readySince: stays.map((stay) => (stay === own ? today - 30 : NEVER)),
        movedOn: stays.map(() => 0),
        lost: stays.map(() => 0),
      },
      needs: {
        home: waits.map(({ home }) => home),
        first: waits.map(({ first }) => first),
        second: waits.map(() => NONE),
        livesIn: waits.map(({ livesIn }) => livesIn),
        from: waits.map(({ from }) => from),
        to: waits.map(({ to }) => to),
        given: waits.map(({ given }) => given),
        urgency: waits.map(({ urgency }) => urgency),
        afterLoss: waits.map(() => 0),
      },
    }
    const stopped: ScenarioChange[] = [{ kind: 'arrivals', from: TODAY, factor: 0 }]
    const { rates, plan, layout } = prepare(input, SPAN, stopped)
    const row = new Float32Array(layout.size)
    const simulate = simulator(input, rates, plan, layout)
    const waitedOn = (month: string) => {
      const point = plan.points.indexOf(dayNumber(day(month)))
      return [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, run) => {
        simulate(3, run, row)
        return sum + (row[positionOf(layout, 'queue', 0, 1, point)] ?? 0)
      }, 0)
    }
    const [before, after] = [waitedOn('2026-12-01'), waitedOn('2027-06-01')]
    assert.ok(before >= 6 && after <= 2, `${before} of 8 wait before it closes, ${after} half a year after`)
  },
)

t.test('planned openings and closings are counted, and more than exist cannot be closed', async () => {
  const input = cityOf(10, { districts: 2, places: 30, stay: 100, gap: 10, needEvery: 6 })
  const [district = '', form = ''] = [input.districts[0], input.forms[0]?.id]
  const change = (places: number): ScenarioChange => ({
    kind: 'close_places',
    from: day('2027-06-01'),
    district,
    form,
    places,
  })
  const cells = prepare(input, SPAN).plan
  const at = dayNumber(day('2027-06-01'))
  const exist = cells.cells
    .map((cell, index) => ({ cell, index }))
    .filter(({ cell }) => cell.area.district === 0 && cell.form === 0)
    .reduce((sum, { cell, index }) => {
      let [count, least] = [cell.places, Number.POSITIVE_INFINITY]
      for (const planned of cells.changes.filter((c) => c.cell === index)) {
        if (planned.day > at) least = Math.min(least, count)
        count += planned.places
      }
      return sum + Math.min(least, count)
    }, 0)
  assert.ok(exist > 0)
  assert.deepEqual(prepare(input, SPAN, [change(exist)]).refused, [])
  assert.deepEqual(prepare(input, SPAN, [change(exist + 1)]).refused, [
    {
      index: 0,
      field: 'places',
      code: 'more_than_exist',
      detail: `Det finnes bare ${exist} plasser å legge ned fra denne dagen av.`,
    },
  ])
})

t.test('a change that cannot be meant is refused, each with its reason', async () => {
  const known = { today: TODAY, until: UNTIL, districts: ['030112'], forms: ['vel_care'] }
  const open = {
    kind: 'open_places',
    from: day('2027-01-01'),
    district: '030112',
    form: 'vel_care',
    places: 2,
  } as const
  const arrivals = { kind: 'arrivals', from: day('2027-01-01'), factor: 2 } as const
  const growth = { kind: 'growth', from: day('2027-01-01'), perYear: 0.1 } as const
  const rows: [ScenarioChange, string | undefined][] = [
    [open, undefined],
    [{ ...open, from: TODAY }, undefined],
    [{ ...open, from: day('2026-09-13') }, 'from day_in_the_past'],
    [{ ...open, from: UNTIL }, 'from after_the_end'],
    [{ ...open, district: '030199' }, 'district unknown'],
    [{ ...open, form: 'no_home' }, 'form unknown'],
    [{ ...open, places: 0 }, 'places negative'],
    [{ ...open, places: 1.5 }, 'places not_whole'],
    [{ ...open, places: 5001 }, 'places too_large'],
    [arrivals, undefined],
    [{ ...arrivals, factor: -1 }, 'factor negative'],
    [{ ...arrivals, factor: Number.NaN }, 'factor negative'],
    [{ ...arrivals, factor: 21 }, 'factor too_large'],
    [{ kind: 'team_capacity', from: TODAY, factor: 0 }, 'factor negative'],
    [growth, undefined],
    [{ ...growth, perYear: -0.95 }, 'perYear negative'],
    [{ ...growth, perYear: 4 }, 'perYear too_large'],
  ]
  for (const [change, expected] of rows) {
    const refused = refusedChanges([change], known).map(({ field, code }) => `${field} ${code}`)
    assert.deepEqual(refused, expected === undefined ? [] : [expected], JSON.stringify(change))
  }
})

t.test('quantiles of whole numbers in a narrow range are exact, and of wide ones off by at most a bin', async () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 }), { minLength: PILOTS, maxLength: 200 }), (values) => {
      const rows = values.map((value) => Float32Array.of(value, 1000 * value, value === 0 ? -1 : 5))
      const sketch = emptySketch(rangesOf(rows.slice(0, PILOTS)))
      for (const row of rows) addRun(sketch, row)
      const sorted = values.toSorted((a, b) => a - b)
      for (const share of [0.1, 0.5, 0.9]) {
        const exact = sorted[Math.ceil(share * values.length) - 1] ?? 0
        const [low, high] = [Math.min(...values.slice(0, PILOTS)), Math.max(...values.slice(0, PILOTS))]
        // what the pilots did not see may lie outside
        if (exact < low || exact > high) continue
        if (sketch.ranges.width[0] === 1) assert.equal(quantileAt(sketch, 0, share), exact)
        assert.ok(Math.abs((quantileAt(sketch, 1, share) ?? 0) - 1000 * exact) <= (sketch.ranges.width[1] ?? 0) + 1e-3)
      }
      const nobody = values.filter((value) => value === 0).length
      assert.equal(quantileAt(sketch, 2, 0.5), 2 * nobody >= values.length ? null : 5)
    }),
    { numRuns: 60 },
  )
})
