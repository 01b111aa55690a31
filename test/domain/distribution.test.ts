import fc from 'fast-check'
import t from 'tap'
import {
  apportion,
  type Distribution,
  type DistrictFacts,
  distribute,
  type Indicator,
} from '../../src/domain/distribution.ts'

const IDS = ['a', 'b', 'c']
const rate = fc.option(
  fc.integer({ min: 0, max: 200 }).map((tenths) => tenths / 10),
  { nil: null, freq: 3 },
)
const indicators = fc
  .tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 5 }),
    fc.array(rate, { minLength: 3, maxLength: 3 }),
  )
  .map(([a, b, c, city]): Indicator[] =>
    [a, b, c].map((weight, at) => ({ id: IDS[at] ?? '', weight, city: city[at] ?? null })),
  )
const districts = fc
  .array(
    fc.record({
      adults: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null, freq: 9 }),
      capacity: fc.option(fc.nat(300), { nil: null, freq: 9 }),
      a: rate,
      b: rate,
      c: rate,
    }),
    { maxLength: 15 },
  )
  .map((all): DistrictFacts[] =>
    all.map(({ adults, capacity, ...rates }, at) => ({
      district: `0301${String(at + 1).padStart(2, '0')}`,
      adults,
      capacity,
      rates,
    })),
  )

const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9
const rowOf = ({ rows }: Distribution, district: string) => {
  const row = rows.find((one) => one.district === district)
  if (row === undefined) throw new Error(`${district} is gone`)
  return row
}

t.test('shares add up to the whole, and what some have too much others lack', async () => {
  fc.assert(
    fc.property(indicators, districts, (weighed, facts) => {
      const found = distribute(weighed, facts)
      const compared = found.rows.filter(({ expected }) => expected !== null)
      if (found.rows.length !== facts.length) throw new Error('a district is lost')
      if (compared.length > 0) {
        if (!near(sum(compared.map(({ needShare }) => needShare)), 1)) throw new Error('need')
        if (found.capacity > 0 && !near(sum(compared.map(({ capacityShare }) => capacityShare)), 1))
          throw new Error('homes')
        if (sum(compared.map(({ expected }) => expected)) !== found.capacity) throw new Error('homes are made or lost')
        if (sum(compared.map(({ over }) => over)) !== 0) throw new Error('over and under')
      }
      for (const { without, index, needShare, over, basedOn } of found.rows) {
        if (without !== null && (needShare !== null || over !== null)) throw new Error('compared all the same')
        if ((index === null) !== (basedOn.length === 0)) throw new Error('an index of nothing')
      }
      for (const row of compared) {
        const exact = (row.needShare ?? 0) * found.capacity
        if (Math.abs((row.expected ?? 0) - exact) >= 1) throw new Error('a whole home from the exact part')
      }
    }),
  )
})

t.test(
  'only how weights stand to each other counts, the order of districts does not, nor one that cannot be read',
  async () => {
    fc.assert(
      fc.property(indicators, districts, fc.integer({ min: 2, max: 9 }), (weighed, facts, times) => {
        const found = distribute(weighed, facts)
        const heavier = distribute(
          weighed.map((one) => ({ ...one, weight: one.weight * times })),
          facts,
        )
        const turned = distribute(weighed, facts.toReversed())
        const joined = distribute(weighed, [
          ...facts,
          { district: '030199', adults: 9000, capacity: 77, rates: { a: null } },
        ])
        for (const { district, expected, over, index } of found.rows) {
          for (const other of [heavier, turned, joined]) {
            const row = rowOf(other, district)
            if (row.expected !== expected || row.over !== over) throw new Error(`${district} is shared out otherwise`)
            if ((row.index === null) !== (index === null) || !near(row.index ?? 0, index ?? 0)) throw new Error('index')
          }
        }
        if (rowOf(joined, '030199').without !== 'no_legible_indicator') throw new Error('an index of nothing')
      }),
    )
  },
)

t.test('a higher rate never lowers a district’s share of the need', async () => {
  fc.assert(
    fc.property(indicators, districts, fc.nat(14), fc.constantFrom(...IDS), (weighed, facts, at, id) => {
      const chosen = facts[at]
      const known = chosen?.rates[id]
      if (chosen === undefined || known == null) return
      const more = facts.map((one) => (one === chosen ? { ...one, rates: { ...one.rates, [id]: known + 5 } } : one))
      const [before, after] = [
        rowOf(distribute(weighed, facts), chosen.district),
        rowOf(distribute(weighed, more), chosen.district),
      ]
      if ((after.needShare ?? 0) < (before.needShare ?? 0) - 1e-9) throw new Error('less need for more of it')
    }),
  )
})

t.test('whole parts of a whole number, each less than one from its own', async (t) => {
  t.same(
    [
      ...apportion(10, [
        { key: 'b', part: 0.5 },
        { key: 'a', part: 0.25 },
        { key: 'c', part: 0.25 },
      ]),
    ],
    [
      ['b', 5],
      ['a', 3],
      ['c', 2],
    ],
  )
  t.same([...apportion(0, [{ key: 'a', part: 1 }])], [['a', 0]])
  t.same(
    [
      ...apportion(
        30,
        ['x', 'y', 'z'].map((key) => ({ key, part: 1 / 3 })),
      ),
    ].map(([, part]) => part),
    [10, 10, 10],
  )
})

t.test('two districts, by hand', async (t) => {
  const found = distribute(
    [
      { id: 'a', weight: 1, city: 2 },
      { id: 'b', weight: 3, city: 10 },
      { id: 'c', weight: 1, city: null },
    ],
    [
      { district: 'x', adults: 10_000, capacity: 30, rates: { a: 4, b: 10, c: 7 } },
      { district: 'y', adults: 10_000, capacity: 10, rates: { a: null, b: 5 } },
      { district: 'z', adults: 10_000, capacity: 5, rates: {} },
    ],
  )
  // x: (1 × 2 + 3 × 1) ÷ 4 = 1.25; y: 0.5 by b alone. Of 40 homes 1.25 ÷ 1.75 is 28.57.
  t.match(found, {
    capacity: 40,
    leftOut: ['c'],
    rows: [
      {
        index: 1.25,
        basedOn: ['a', 'b'],
        weightCovered: 1,
        expected: 29,
        over: 1,
        capacityShare: 0.75,
        perThousand: 3,
      },
      { index: 0.5, basedOn: ['b'], weightCovered: 0.75, expected: 11, over: -1 },
      { index: null, without: 'no_legible_indicator', expected: null, perThousand: 0.5 },
    ],
  })
})

t.test('what is no weight, rate or count is refused', async (t) => {
  const one = { id: 'a', weight: 1, city: 1 }
  const facts = { district: 'x', adults: 1, capacity: 1, rates: { a: 1 } }
  t.throws(() => distribute([{ ...one, weight: -1 }], [facts]), RangeError)
  t.throws(() => distribute([{ ...one, weight: Number.NaN }], [facts]), RangeError)
  for (const wrong of [{ capacity: 1.5 }, { capacity: -1 }, { adults: -1 }, { rates: { a: -1 } }])
    t.throws(() => distribute([one], [{ ...facts, ...wrong }]), RangeError)
})
