/** A seeded stream of random integers. The same seed and label give the same stream on every machine. */
export interface Random {
  /** A whole number from 0 up to, but not including, `count`. */
  below(count: number): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True `perThousand` times in a thousand. */
  chance(perThousand: number): boolean
  pick<T>(values: readonly T[]): T
  /** An index, as often as its weight says. Weights are not negative and not all zero. */
  weighted(weights: readonly number[]): number
  /** A new array with the values in another order. */
  shuffled<T>(values: readonly T[]): T[]
  /** A stream of its own, so that a draw added in one place moves nothing in another. */
  fork(label: string): Random
}

const TWO_32 = 4_294_967_296

function hash(text: string, start: number): number {
  let state = start | 0
  for (let i = 0; i < text.length; i += 1) {
    state = Math.imul(state ^ text.charCodeAt(i), 3_432_918_353)
    state = (state << 13) | (state >>> 19)
  }
  state = Math.imul(state ^ (state >>> 16), 2_246_822_507)
  state = Math.imul(state ^ (state >>> 13), 3_266_489_909)
  return (state ^ (state >>> 16)) >>> 0
}

/** A stream for a seed (any whole number) and a label. The generator is sfc32: small, fast, and good far beyond our use. */
export function randomFrom(seed: number, label: string): Random {
  const name = `${seed}/${label}`
  let a = hash(name, 1)
  let b = hash(name, 2)
  let c = hash(name, 3)
  let counter = 1
  function word(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let i = 0; i < 16; i += 1) word()
  const below = (count: number) => Math.floor((word() / TWO_32) * count)
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (perThousand) => below(1000) < perThousand,
    pick<T>(values: readonly T[]): T {
      if (values.length === 0) throw new RangeError('nothing to pick from')
      return values[below(values.length)] as T
    },
    weighted(weights) {
      let left = (word() / TWO_32) * weights.reduce((sum, weight) => sum + weight, 0)
      for (const [index, weight] of weights.entries()) {
        left -= weight
        if (left < 0) return index
      }
      return weights.findLastIndex((weight) => weight > 0)
    },
    shuffled<T>(values: readonly T[]): T[] {
      const order = [...values]
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = below(last + 1)
        const kept = order[last] as T
        order[last] = order[other] as T
        order[other] = kept
      }
      return order
    },
    fork: (part) => randomFrom(seed, `${label}/${part}`),
  }
}

/**
 * A distribution of whole numbers, mostly days, by its quantiles at equal steps from 0 to 100 %: `[0, 30, 365]` has its
 * median at 30. Between two quantiles every value is as likely.
 */
export type Quantiles = readonly number[]

const FINE = 1_000_000

/** The value at `at` millionths of the way from the lowest to the highest. */
export function quantile(quantiles: Quantiles, at: number): number {
  const steps = quantiles.length - 1
  const position = (Math.min(Math.max(at, 0), FINE) / FINE) * steps
  const below = Math.min(Math.floor(position), steps - 1)
  const low = quantiles[below] ?? 0
  const high = quantiles[below + 1] ?? low
  return Math.round(low + (high - low) * (position - below))
}

/** The share of values above `value`, 0–1. */
export function shareAbove(quantiles: Quantiles, value: number): number {
  const steps = quantiles.length - 1
  let below = 0
  for (let i = 0; i < steps; i += 1) {
    const low = quantiles[i] ?? 0
    const high = quantiles[i + 1] ?? low
    if (value >= high) below += 1
    else if (value > low) below += (value - low) / (high - low)
  }
  return 1 - below / steps
}

/**
 * Draws from a distribution so that any few draws in a row already look like it: twenty strata in random order, one draw in
 * each. A city of one seed then differs from another's in who and when, not in how many.
 */
export function evenly(random: Random, quantiles: Quantiles): () => number {
  const STRATA = 20
  const numbers = Array.from({ length: STRATA }, (_, i) => i)
  let left: number[] = []
  return () => {
    if (left.length === 0) left = random.shuffled(numbers)
    const stratum = left.pop() ?? 0
    return quantile(quantiles, ((stratum + random.below(1000) / 1000) / STRATA) * FINE)
  }
}
