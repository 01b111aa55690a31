import assert from 'node:assert/strict'
import t from 'tap'
import { AS_OF, trueCity } from '../../src/cli/calibrate/city.ts'
import { report, summed, whereNot } from '../../src/cli/calibrate/report.ts'
import { lastValue, linearTrend } from '../../src/cli/calibrate/rivals.ts'
import { binomialInterval, independentTrials, intervalScore, isInside } from '../../src/cli/calibrate/scores.ts'
import { type Trial, trial, WAYS } from '../../src/cli/calibrate/trial.ts'
import { addMonths, dayNumber } from '../../src/domain/day.ts'
import { forecast } from '../../src/domain/forecast/compare.ts'
import { prepare } from '../../src/domain/forecast/forecast.ts'

t.test('the interval score is the width, and ten times what a truth is outside by', async () => {
  const rows = [
    // low, high, truth, score
    [10, 20, 15, 10],
    [10, 20, 10, 10],
    [10, 20, 20, 10],
    [10, 20, 22, 30],
    [10, 20, 7, 40],
    [5, 5, 5, 0],
    [5, 5, 6, 10],
  ] as const
  for (const [low, high, truth, score] of rows) {
    assert.equal(intervalScore({ low, middle: low, high }, truth), score, `${low}–${high}, ${truth}`)
    assert.equal(isInside({ low, middle: low, high }, truth), score === high - low)
  }
})

t.test('a share has Wilson’s interval, and truths that go wrong together count as few', async () => {
  // Wilson 1927 as in Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20
  const rows = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
  ] as const
  for (const [some, of, low, high] of rows) {
    const [from, to] = binomialInterval(some / of, of)
    assert.ok(Math.abs(from - low) < 5e-5 && Math.abs(to - high) < 5e-5, `${some} of ${of}: ${from} ${to}`)
  }
  const together = Array.from({ length: 50 }, (_, city) => ({ inside: city % 2 === 0 ? 10 : 0, of: 10 }))
  assert.ok(independentTrials(together) < 51, 'each city is one trial when all of it is right or wrong')
  const apart = Array.from({ length: 50 }, (_, city) => ({ inside: 5 + (city % 3) - 1, of: 10 }))
  assert.ok(independentTrials(apart) > 400)
})

t.test('the rivals say what they are meant to', async () => {
  const line = Array.from({ length: 60 }, (_, month) => 100 + 2 * month)
  const { low, middle, high } = linearTrend(line, 12)
  for (const value of [low, middle, high]) assert.ok(Math.abs(value - (100 + 2 * 71)) < 1e-6)
  assert.deepEqual(lastValue(line, 12), { low: 218, middle: 218, high: 242 })
  assert.deepEqual(lastValue(new Array(40).fill(7), 36), { low: 7, middle: 7, high: 7 })
})

t.test('on the day of the forecast it tells what is so, by the same definitions as the truths', async () => {
  const city = trueCity(3, 40)
  const { districts, forms } = city.input
  const told = forecast(prepare(city.input, { today: AS_OF, until: addMonths(AS_OF, 1) }), 3, 40)
  const everyone = [...districts.keys()]
  let shown = 0
  for (const { measure, district, form, p10, p90 } of told) {
    const column = forms.findIndex(({ id }) => id === form)
    if (column < 0) continue
    const some = district === null ? everyone : [districts.indexOf(district)]
    const truth = city.truth(measure, dayNumber(AS_OF), some, column)
    const cell = `${measure}, ${district ?? 'city'}, ${form}`
    assert.equal(p10[0], p90[0], cell)
    // days are told as whole ones
    assert.equal(p10[0], truth === null ? null : Math.floor(truth), cell)
    shown += 1
  }
  assert.ok(shown > 40)
})

t.test('a few cities are forecast, compared and told, each way with its numbers', async () => {
  const trials = [1, 2].flatMap((city) => trial(city, 40))
  const rows = summed(trials)
  assert.equal(rows.length, 18)
  for (const row of rows) {
    assert.ok(row.truths > 0)
    for (const way of WAYS) {
      assert.ok(row.inside[way] >= 0 && row.inside[way] <= 1 && row.error[way] >= 0)
      assert.ok(Number.isFinite(row.score[way]))
    }
  }
  assert.deepEqual(trial(2, 40), trials.slice(18), 'the same seed is the same city')
  const lines = report(rows).split('\n')
  assert.equal(lines.length, 20)
  assert.ok(lines.every((line) => line.split('|').length === 13))
})

t.test('where another way is better, or the interval is off, it is said', async () => {
  const ways = (forecast: number, last: number, trend: number) => ({
    forecast,
    'last value': last,
    'linear trend': trend,
  })
  const city = (inside: number): Trial => ({
    measure: 'queue',
    whose: 'district',
    months: 12,
    truths: 10,
    inside: ways(inside, 10, 10),
    error: ways(20, 10, 30),
    score: ways(50, 60, 70),
  })
  const said = whereNot(summed(Array.from({ length: 40 }, (_, i) => city(4 + (i % 2)))))
  assert.deepEqual(said, [
    'who wait, district, 12 months: last value has the lower mean error',
    'who wait, district, 12 months: the interval is too narrow (45 % inside)',
  ])
})
