/**
 * Chance without a state that is carried from run to run: the k-th number of a stream is a function of the seed, the run,
 * the stream and k. So run 17 is the same whoever computes it and whatever was computed before, and two scenarios that
 * share a seed share their chance, stream by stream (common random numbers).
 *
 * The function is `triple32` (C. Wellons, «Prospecting for Hash Functions», 2018), the 32-bit mixer with the least known
 * bias, applied to the counter between two keys of the stream.
 */

/** Numbers of one run. Each answers with the next number of the stream of that index. */
export interface Chance {
  /** Between 0 and 1, neither included. */
  uniform(stream: number): number
  /** Standard normal. */
  normal(stream: number): number
  /** Gamma with mean `shape`, variance `shape`. */
  gamma(stream: number, shape: number): number
  /** Begins every stream of another run. */
  start(seed: number, run: number): void
}

const TO_UNIT = 2 ** -32

function mix(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 17), 0xed5ad4bb)
  x = Math.imul(x ^ (x >>> 11), 0xac4c1b51)
  x = Math.imul(x ^ (x >>> 15), 0x31848bab)
  return x ^ (x >>> 14)
}

/**
 * Chance with so many streams. `start` takes time in proportion to them.
 * @param nameOf what names a stream of that index beside the seed and the run; the index itself when nothing is said
 */
export function chanceOf(streams: number, nameOf: (stream: number) => number = (stream) => stream): Chance {
  const names = Int32Array.from({ length: streams }, (_, stream) => nameOf(stream))
  const before = new Int32Array(streams)
  const after = new Int32Array(streams)
  const counter = new Int32Array(streams)

  function uniform(stream: number): number {
    const at = counter[stream]!
    counter[stream] = at + 1
    const x = mix(mix(at + before[stream]!) ^ after[stream]!)
    return ((x >>> 0) + 0.5) * TO_UNIT
  }
  const normal = (stream: number) => normalAt(uniform(stream))

  return {
    uniform,
    normal,
    /** Marsaglia & Tsang 2000: a few draws of each. */
    gamma(stream, shape) {
      if (shape < 1) {
        const small = uniform(stream) ** (1 / shape)
        return this.gamma(stream, shape + 1) * small
      }
      const d = shape - 1 / 3
      const c = 1 / Math.sqrt(9 * d)
      for (;;) {
        const x = normal(stream)
        const v = (1 + c * x) ** 3
        const u = uniform(stream)
        if (v > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
      }
    },
    start(seed, run) {
      const first = mix(mix(seed) + Math.imul(run + 1, 0x9e3779b1))
      for (let i = 0; i < streams; i += 1) {
        before[i] = mix(first + Math.imul(2 * names[i]! + 1, 0x85ebca6b))
        after[i] = mix(before[i]! ^ Math.imul(2 * names[i]! + 2, 0xc2b2ae35))
        counter[i] = 0
      }
    },
  }
}

/** The count that a Poisson variable does not exceed with probability `u`: more as `mean` grows, for the same `u`. */
export function poissonAt(mean: number, u: number): number {
  if (mean <= 0) return 0
  if (mean > 400) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalAt(u)))
  let k = 0
  let p = Math.exp(-mean)
  let sum = p
  while (u > sum && k < mean + 60 * Math.sqrt(mean) + 60) {
    k += 1
    p *= mean / k
    sum += p
  }
  return k
}

/** The standard normal's quantile (P. Acklam's approximation, relative error below 1.2e-9). */
export function normalAt(u: number): number {
  if (u < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(u))
    return tail(q)
  }
  if (u > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - u)))
  const q = u - 0.5
  const r = q * q
  const over =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
    q
  const under =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1
  return over / under
}

function tail(q: number): number {
  const over =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783
  const under =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1
  return over / under
}
