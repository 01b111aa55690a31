import { NOBODY } from './series.ts'

/**
 * Quantiles of very many numbers over any number of runs in memory that does not grow: the first runs show where each number
 * lies, then it is counted in bins of its own. Sums of counts do not depend on the order of runs, so workers' parts are
 * merged in any order with the same result. A number's bins are one wide, and its quantiles exact, when it ranges over less
 * than `BINS` whole numbers; otherwise they are off by at most one bin, a 32nd of the range of the first runs.
 */
const BINS = 64
/** Runs that show the ranges. They are always the runs 0 to PILOTS - 1. */
export const PILOTS = 32

/** Where each number's bins begin, and how wide they are. */
export interface Ranges {
  from: Float32Array
  width: Float32Array
  /** What stands where a number is of nobody. */
  nobody: number
  /** Numbers of both signs, whole and often zero: that nothing differs is told as nothing, however wide the bins are. */
  signed: boolean
}

/** Ranges from the pilots' rows: as wide again on both sides as they are, so that little lies outside. */
export function rangesOf(
  pilots: readonly Float32Array[],
  { nobody, signed }: { nobody: number; signed: boolean } = { nobody: NOBODY, signed: false },
): Ranges {
  const size = pilots[0]?.length ?? 0
  const from = new Float32Array(size)
  const width = new Float32Array(size)
  for (let i = 0; i < size; i += 1) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (const row of pilots) {
      const value = row[i]!
      if (value === nobody) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    if (low > high) [low, high] = [0, 0]
    const margin = 0.5 * (high - low) + 4
    if (signed) {
      // whole bins, one of which begins at zero
      const wide = Math.max(1, Math.ceil((high - low + 2 * margin) / (BINS - 1)))
      width[i] = wide
      from[i] = wide * Math.floor((low - margin) / wide)
      continue
    }
    from[i] = Math.max(0, Math.floor(low - margin))
    width[i] = Math.max(1, (high + margin - from[i]!) / BINS)
  }
  return { from, width, nobody, signed }
}

/** Counts of 16 bits: at most 65,535 runs. */
export interface Sketch {
  ranges: Ranges
  /** `number * BINS + bin`. */
  counts: Uint16Array
  /** Runs in which a mean was of nobody; and of signed numbers those that were zero, which stand in no bin. */
  nobody: Uint16Array
  zero: Uint16Array
  runs: number
}

export function emptySketch(ranges: Ranges): Sketch {
  const size = ranges.from.length
  // in memory that threads share: what one has counted is not copied to the one that puts it together
  const counted = (length: number) => new Uint16Array(new SharedArrayBuffer(2 * length))
  return {
    ranges,
    counts: counted(size * BINS),
    nobody: counted(size),
    zero: counted(ranges.signed ? size : 0),
    runs: 0,
  }
}

export function addRun(sketch: Sketch, row: Float32Array): void {
  const { from, width, nobody, signed } = sketch.ranges
  for (let i = 0; i < row.length; i += 1) {
    const value = row[i]!
    if (value === nobody) {
      sketch.nobody[i]! += 1
      continue
    }
    if (signed && value === 0) {
      sketch.zero[i]! += 1
      continue
    }
    const bin = Math.floor((value - from[i]!) / width[i]!)
    sketch.counts[i * BINS + (bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin)]! += 1
  }
  sketch.runs += 1
}

/** Adds another part, of the same ranges and other runs. */
export function merge(into: Sketch, part: Sketch): void {
  for (let i = 0; i < into.counts.length; i += 1) into.counts[i]! += part.counts[i]!
  for (let i = 0; i < into.nobody.length; i += 1) into.nobody[i]! += part.nobody[i]!
  for (let i = 0; i < into.zero.length; i += 1) into.zero[i]! += part.zero[i]!
  into.runs += part.runs
}

/** The number at position `i` that `share` of the runs do not exceed; null when it is of nobody in half the runs or more. */
export function quantileAt(sketch: Sketch, i: number, share: number): number | null {
  const known = sketch.runs - sketch.nobody[i]!
  if (known === 0 || 2 * sketch.nobody[i]! >= sketch.runs) return null
  const goal = Math.max(1, Math.ceil(share * known))
  const { signed } = sketch.ranges
  const [from, width] = [sketch.ranges.from[i]!, sketch.ranges.width[i]!]
  const zeros = signed ? sketch.zero[i]! : 0
  let sum = 0
  for (let bin = 0; bin < BINS; bin += 1) {
    const begins = from + bin * width
    if (signed && (begins === 0 || (bin === 0 && begins > 0))) {
      if (sum + zeros >= goal) return 0
      sum += zeros
    }
    const count = sketch.counts[i * BINS + bin]!
    if (sum + count >= goal) {
      if (signed) {
        // whole numbers, and zero is not among them
        const least = begins === 0 ? 1 : begins
        return least + Math.round(((begins + width - 1 - least) * (goal - sum - 0.5)) / count)
      }
      // a bin that is one wide holds one whole number
      return width === 1 ? begins : begins + (width * (goal - sum)) / count
    }
    sum += count
  }
  // zero lies beyond the last bin
  return zeros > 0 ? 0 : null
}
