import { shrinkage } from './lasting.ts'
import type { Chance } from './random.ts'

/**
 * How many needs arise: counts of a form over the city in blocks of a quarter, as a level with a trend that dies out (damped
 * local linear trend; Gardner & McKenzie 1985) on the logarithmic scale. How much level and trend move, and how much counts
 * scatter beyond Poisson, is not chosen but weighed by how well each guess foretold the blocks (Kalman filter on a grid), so
 * all of it is uncertain in a run, and a break of trend in the past widens what is foretold. Districts have shares: theirs of
 * late, pulled toward their share of all needs as far as counts are few, and drifting.
 */

export const BLOCK_DAYS = 91
/** At most so many blocks back, ten years. */
export const BLOCKS = 40
/** Shares are those of the last three years. */
const SHARE_BLOCKS = 12
/** A trend that is a tenth a year now is half as much in two years and a half. */
const DAMPING = 0.93
const MONTHS = 3

const LEVEL_NOISE = [0.005, 0.02, 0.05, 0.1, 0.18]
const TREND_NOISE = [0.0005, 0.006, 0.018]
const SCATTER = [1, 1.7, 3, 6]
/** What is thought of a form before it is seen: trends of more than a fifth a year are rare. */
const TREND_SPREAD = 0.035
/** Noise of the shares of districts, a year, and how many seen pairs it counts as. */
const DRIFT_BEFORE = 0.08
const DRIFT_WEIGHT = 25

interface Guess {
  weight: number
  levelNoise: number
  trendNoise: number
  scatter: number
  level: number
  trend: number
  /** Covariance of level and trend. */
  p11: number
  p12: number
  p22: number
}

export interface Arrivals {
  districts: number
  forms: number
  guesses: readonly (readonly Guess[])[]
  /** Gamma shapes of the shares before they are scaled to sum to 1, `form * districts + district`. */
  shareShape: Float64Array
  shareScale: Float64Array
  /** Standard deviation of a share's logarithm after a year. */
  drift: number
}

/**
 * @param counts needs that arose, `(form * districts + district) * blocks + block`, the oldest block first
 */
export function learnArrivals(counts: Float64Array, forms: number, districts: number, blocks: number): Arrivals {
  const guesses: Guess[][] = []
  const late = new Float64Array(forms * districts)
  const lateOf = new Float64Array(districts)
  for (let form = 0; form < forms; form += 1) {
    const series = Array.from({ length: blocks }, () => 0)
    for (let district = 0; district < districts; district += 1) {
      for (let block = 0; block < blocks; block += 1) {
        const count = counts[(form * districts + district) * blocks + block]!
        series[block] = series[block]! + count
        if (block >= blocks - SHARE_BLOCKS) {
          late[form * districts + district] = late[form * districts + district]! + count
          lateOf[district] = lateOf[district]! + count
        }
      }
    }
    guesses.push(guessesOf(series))
  }
  const all = lateOf.reduce((sum, count) => sum + count, 0)
  const shareShape = new Float64Array(forms * districts)
  const shareScale = new Float64Array(forms * districts)
  for (let form = 0; form < forms; form += 1) {
    const had = [...late.subarray(form * districts, (form + 1) * districts)]
    const total = had.reduce((sum, count) => sum + count, 0)
    const usual = [...lateOf].map((count) => (count + 0.5) / (all + 0.5 * districts))
    const expected = usual.map((share) => share * total)
    const k = shrinkage(had, expected)
    for (let district = 0; district < districts; district += 1) {
      const at = form * districts + district
      shareShape[at] = k + had[district]!
      shareScale[at] = usual[district]! / (k + expected[district]!)
    }
  }
  return { districts, forms, guesses, shareShape, shareScale, drift: driftOf(counts, forms, districts, blocks) }
}

/** The grid's guesses of one form with their weights, each with level and trend after the last block. */
function guessesOf(series: readonly number[]): Guess[] {
  const found: Guess[] = []
  let best = Number.NEGATIVE_INFINITY
  for (const levelNoise of LEVEL_NOISE) {
    for (const trendNoise of TREND_NOISE) {
      for (const scatter of SCATTER) {
        const guess = { weight: 0, levelNoise, trendNoise, scatter, level: 0, trend: 0, p11: 4, p12: 0, p22: 0 }
        guess.level = Math.log((series[0] ?? 0) + 0.5)
        guess.p22 = TREND_SPREAD ** 2
        guess.weight = filter(guess, series)
        best = Math.max(best, guess.weight)
        found.push(guess)
      }
    }
  }
  for (const guess of found) guess.weight = Math.exp(guess.weight - best)
  const sum = found.reduce((total, { weight }) => total + weight, 0)
  for (const guess of found) guess.weight /= sum
  return found.filter(({ weight }) => weight > 1e-6)
}

/** Runs the filter over the blocks and leaves the last state in `guess`; the log likelihood of what it foretold. */
function filter(guess: Guess, series: readonly number[]): number {
  let likelihood = 0
  for (const [block, count] of series.entries()) {
    if (block > 0) {
      guess.level += guess.trend
      guess.trend *= DAMPING
      guess.p11 += 2 * guess.p12 + guess.p22 + guess.levelNoise ** 2
      guess.p12 = DAMPING * (guess.p12 + guess.p22)
      guess.p22 = DAMPING ** 2 * guess.p22 + guess.trendNoise ** 2
    }
    // the scatter of a count's logarithm, by the level that the neighbours show: a count of its own would favour low ones
    const around = series.slice(Math.max(0, block - 2), block + 3)
    const mean = around.reduce((sum, other) => sum + other, 0) / around.length
    const noise = guess.scatter / (mean + 0.5)
    const spread = guess.p11 + noise
    const error = Math.log(count + 0.5) - guess.level
    likelihood -= 0.5 * (Math.log(spread) + (error * error) / spread)
    const gain1 = guess.p11 / spread
    const gain2 = guess.p12 / spread
    guess.level += gain1 * error
    guess.trend += gain2 * error
    guess.p22 -= gain2 * guess.p12
    guess.p12 -= gain1 * guess.p12
    guess.p11 -= gain1 * guess.p11
  }
  return likelihood
}

/** How much shares drift in a year: the older and the later half of the last six years, less what chance does. */
function driftOf(counts: Float64Array, forms: number, districts: number, blocks: number): number {
  const half = Math.min(SHARE_BLOCKS, Math.floor(blocks / 2))
  let [sum, pairs] = [DRIFT_BEFORE ** 2 * DRIFT_WEIGHT, DRIFT_WEIGHT]
  const years = (half * BLOCK_DAYS) / 365
  for (let form = 0; form < forms; form += 1) {
    const halves = Array.from({ length: districts }, (_, district) => {
      const at = (form * districts + district) * blocks
      const of = (from: number) => counts.subarray(at + from, at + from + half).reduce((a, b) => a + b, 0)
      return [of(blocks - 2 * half), of(blocks - half)] as const
    })
    const [before, after] = [0, 1].map((i) => halves.reduce((total, pair) => total + pair[i]!, 0))
    for (const [early, late] of halves) {
      if (early < 8 || late < 8 || !before || !after) continue
      const change = Math.log((late / early) * (before / after))
      sum += Math.max(0, change ** 2 - 1 / early - 1 / late) / years
      pairs += 1
    }
  }
  return Math.min(0.3, Math.sqrt(sum / pairs))
}

/**
 * One run's needs a day by month into `daily`, `(form * districts + district) * months + month`; and what the trend alone has
 * added to the logarithm since today into `trended`, `form * months + month`, so that a scenario can put another growth there.
 */
export function drawArrivals(
  { districts, forms, guesses, shareShape, shareScale, drift }: Arrivals,
  months: number,
  chance: Chance,
  stream: (form: number) => number,
  daily: Float64Array,
  trended: Float64Array,
): void {
  const share = new Float64Array(districts)
  const moving = new Float64Array(districts)
  for (let form = 0; form < forms; form += 1) {
    const from = stream(form)
    const guess = picked(guesses[form]!, chance.uniform(from))
    const a = Math.sqrt(Math.max(0, guess.p11))
    const b = a === 0 ? 0 : guess.p12 / a
    const c = Math.sqrt(Math.max(0, guess.p22 - b * b))
    const [z1, z2] = [chance.normal(from), chance.normal(from)]
    let level = guess.level + a * z1 + 0.5 * guess.trend
    let trend = (guess.trend + b * z1 + c * z2) / MONTHS
    let total = 0
    let grown = 0
    for (let district = 0; district < districts; district += 1) {
      const at = form * districts + district
      share[district] = chance.gamma(from, shareShape[at]!) * shareScale[at]!
      total += share[district]!
      moving[district] = 0
    }
    const monthlyDamping = DAMPING ** (1 / MONTHS)
    for (let month = 0; month < months; month += 1) {
      grown += trend
      trended[form * months + month] = grown
      level += trend + (guess.levelNoise / Math.sqrt(MONTHS)) * chance.normal(from)
      trend = trend * monthlyDamping + (guess.trendNoise / MONTHS ** 1.5) * chance.normal(from)
      const mean = Math.exp(Math.min(level, 12)) / BLOCK_DAYS
      // beyond Poisson, alike in all districts: weather, seasons and new practice come to the city as a whole
      const over = guess.scatter - 1
      const shape = over <= 0 ? 0 : (mean * BLOCK_DAYS) / MONTHS / over
      const weather = shape <= 0 ? 1 : Math.min(5, chance.gamma(from, Math.max(0.2, shape)) / Math.max(0.2, shape))
      for (let district = 0; district < districts; district += 1) {
        moving[district] = moving[district]! + (drift / Math.sqrt(12)) * chance.normal(from)
        daily[(form * districts + district) * months + month] =
          ((mean * share[district]!) / total) * weather * Math.exp(moving[district]!)
      }
    }
  }
}

function picked(guesses: readonly Guess[], u: number): Guess {
  let left = u
  for (const guess of guesses) {
    left -= guess.weight
    if (left <= 0) return guess
  }
  return guesses.at(-1)!
}

/** What is told of a form's arrivals: needs a month now, and their growth a year now, each with its 80 % interval. */
export interface ArrivalFacts {
  monthly: [low: number, middle: number, high: number]
  yearlyGrowth: [low: number, middle: number, high: number]
}

const NINETIETH = 1.2815515655446004

/** The guesses put together as one normal distribution, for showing. */
export function arrivalFacts({ guesses }: Arrivals, form: number): ArrivalFacts {
  const of = (value: (guess: Guess) => number, variance: (guess: Guess) => number) => {
    const mean = guesses[form]!.reduce((sum, guess) => sum + guess.weight * value(guess), 0)
    const spread = guesses[form]!.reduce(
      (sum, guess) => sum + guess.weight * (variance(guess) + (value(guess) - mean) ** 2),
      0,
    )
    return [-NINETIETH, 0, NINETIETH].map((z) => mean + z * Math.sqrt(spread))
  }
  const monthly = of(
    ({ level }) => level,
    ({ p11 }) => p11,
  ).map((level) => Math.exp(level) / MONTHS)
  const yearlyGrowth = of(
    ({ trend }) => 4 * trend,
    ({ p22 }) => 16 * p22,
  ).map((growth) => Math.exp(growth) - 1)
  return {
    monthly: monthly as ArrivalFacts['monthly'],
    yearlyGrowth: yearlyGrowth as ArrivalFacts['yearlyGrowth'],
  }
}
