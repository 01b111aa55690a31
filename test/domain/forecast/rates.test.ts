import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { arrivalFacts, learnArrivals } from '../../../src/domain/forecast/arrivals.ts'
import {
  BANDS,
  drawLengths,
  endsAt,
  learnLasting,
  meanHazards,
  noLengths,
  nothingSeen,
  see,
  shrinkage,
} from '../../../src/domain/forecast/lasting.ts'
import { chanceOf, normalAt, poissonAt } from '../../../src/domain/forecast/random.ts'

t.test('chance is even, and no stream follows another', async () => {
  const chance = chanceOf(2)
  const [bins, pairs] = [new Array<number>(64).fill(0), new Array<number>(64).fill(0)]
  const COUNT = 64_000
  for (let run = 0; run < 8; run += 1) {
    chance.start(42, run)
    for (let i = 0; i < COUNT / 8; i += 1) {
      const [u, v] = [chance.uniform(0), chance.uniform(1)]
      bins[Math.floor(u * 64)]! += 1
      pairs[Math.floor(u * 8) * 8 + Math.floor(v * 8)]! += 1
    }
  }
  // 63 degrees of freedom: a chi-square of 120 comes once in a hundred thousand
  for (const counts of [bins, pairs])
    assert.ok(counts.reduce((sum, n) => sum + (n - COUNT / 64) ** 2 / (COUNT / 64), 0) < 120)
})

t.test('a gamma variable has its mean and variance, also below 1', async () => {
  const chance = chanceOf(1)
  for (const shape of [0.3, 1, 7, 200]) {
    chance.start(1, shape)
    const values = Array.from({ length: 20_000 }, () => chance.gamma(0, shape))
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    assert.ok(Math.abs(mean / shape - 1) < 0.05, `mean ${mean} of ${shape}`)
    assert.ok(Math.abs(variance / shape - 1) < 0.12, `variance ${variance} of ${shape}`)
  }
})

t.test('a Poisson count is the quantile: it never falls when the mean grows', async () => {
  const rows = [
    [0, 0.99, 0],
    [1, 0.367, 0],
    [1, 0.368, 1],
    [2, 0.9999, 9],
    [3, 0.5, 3],
  ] as const
  for (const [mean, u, count] of rows) assert.equal(poissonAt(mean, u), count, `${mean} ${u}`)
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 60, noNaN: true }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (m, u) => {
        assert.ok(poissonAt(m * 1.3, u) >= poissonAt(m, u))
      },
    ),
  )
  for (const [u, z] of [
    [0.5, 0],
    [0.9, 1.2815515655],
    [0.001, -3.0902323062],
  ] as const)
    assert.ok(Math.abs(normalAt(u) - z) < 1e-8)
})

/** Many who end with one hazard, watched until a day: as if they had been seen whole. */
t.test('hazards are learnt from those who have not ended too', async () => {
  const chance = chanceOf(1)
  chance.start(5, 0)
  const seen = nothingSeen(1)
  for (let i = 0; i < 20_000; i += 1) {
    const length = Math.max(1, Math.ceil(-Math.log(chance.uniform(0)) * 300))
    // none is watched longer than 200 days, so most of the long ones are never seen to end
    see(seen, 0, 0, Math.min(length, 200), length <= 200)
  }
  for (const [band, hazard] of meanHazards(learnLasting(seen, 1, 1, [0]), 0).entries())
    if (BANDS[band]! >= 8 && BANDS[band]! < 200) assert.ok(Math.abs(hazard * 300 - 1) < 0.1, `band ${band}: ${hazard}`)
})

t.test('a form that has hardly been seen leans on the forms of its step', async () => {
  const seen = nothingSeen(3)
  for (let i = 0; i < 400; i += 1) see(seen, 0, 0, 100, true)
  for (let i = 0; i < 400; i += 1) see(seen, 1, 0, 10, true)
  see(seen, 2, 0, 9, false)
  const lasting = learnLasting(seen, 3, 1, [1, 2, 2])
  const band = BANDS.indexOf(8)
  const [first = 0, second = 0, thin = 0] = [0, 1, 2].map((form) => meanHazards(lasting, form)[band])
  assert.ok(Math.abs(thin - second) < Math.abs(thin - first), `${first} ${second} ${thin}`)
})

t.test('lengths that are drawn have the mean that was learnt, from any age on', async () => {
  const seen = nothingSeen(1)
  for (let i = 0; i < 50_000; i += 1) see(seen, 0, 0, 40, false)
  // 2,000,000 days at risk in all: an event for every fifty of them
  for (let band = 0; band < BANDS.length; band += 1) seen.events[band] = seen.days[band]! / 50
  const lasting = learnLasting(seen, 1, 1, [0])
  const [lengths, chance] = [noLengths(lasting), chanceOf(2)]
  chance.start(9, 0)
  drawLengths(lasting, chance, 0, lengths)
  for (const age of [0, 5, 20]) {
    const rest = Array.from({ length: 20_000 }, () => endsAt(lengths, 0, 0, age, age, chance.uniform(1)) - age)
    // only ages below 61 have been seen: what lies beyond leans on them
    const short = rest.filter((days) => age + days < 31).length / rest.length
    assert.ok(Math.abs(short - (1 - Math.exp(-(30.5 - age) / 50))) < 0.03, `${age}: ${short}`)
    assert.ok(rest.every((days) => days >= 0))
  }
})

t.test('districts that are alike are pooled, and those that differ are not', async () => {
  const rows: [number[], number[], number][] = [
    [[10, 10, 10], [10, 10, 10], 400],
    [[100, 10], [55, 55], 2],
    [[0, 0], [0, 0], 400],
    [[60, 40], [50, 50], 50],
  ]
  for (const [had, expected, k] of rows) assert.equal(Math.round(shrinkage(had, expected)), k, `${had} of ${expected}`)
})

const blocks = (series: readonly number[], districts = 1) => {
  const counts = new Float64Array(districts * series.length)
  for (const [block, count] of series.entries())
    for (let d = 0; d < districts; d += 1) counts[d * series.length + block] = count
  return counts
}

t.test('a level is found, a trend is found, and a break of trend makes it less sure', async () => {
  const level = arrivalFacts(learnArrivals(blocks(new Array(32).fill(90)), 1, 1, 32), 0)
  assert.ok(Math.abs(level.monthly[1] - 30) < 1 && Math.abs(level.yearlyGrowth[1]) < 0.02, JSON.stringify(level))
  const grown = Array.from({ length: 32 }, (_, block) => Math.round(200 * 1.15 ** (block / 4)))
  const growth = arrivalFacts(learnArrivals(blocks(grown), 1, 1, 32), 0)
  assert.ok(
    growth.yearlyGrowth[0] > 0 && growth.yearlyGrowth[1] > 0.06 && growth.yearlyGrowth[1] < 0.2,
    JSON.stringify(growth),
  )
  const broken = grown.map((count, block) => (block < 16 ? count : Math.round(count * (block < 24 ? 0.6 : 1.3))))
  const { monthly } = arrivalFacts(learnArrivals(blocks(broken), 1, 1, 32), 0)
  assert.ok(monthly[2] / monthly[0] > growth.monthly[2] / growth.monthly[0], 'wider after breaks')
  const nobody = arrivalFacts(learnArrivals(blocks(new Array(12).fill(0)), 1, 1, 12), 0)
  assert.ok(nobody.monthly[1] < 0.5, JSON.stringify(nobody))
})
