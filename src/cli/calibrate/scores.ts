/** An 80 % interval with its middle, of one number. */
export interface Foretold {
  low: number
  middle: number
  high: number
}

/** The share that lies outside an 80 % interval. */
const ALPHA = 0.2

/**
 * The interval score: the width, and for a truth outside ten times how far it is outside; lower is better, and nobody gains by
 * saying another interval than she believes. Source: Gneiting & Raftery 2007, 6.2.
 */
export function intervalScore({ low, high }: Foretold, truth: number): number {
  return high - low + (2 / ALPHA) * (Math.max(0, low - truth) + Math.max(0, truth - high))
}

export function isInside({ low, high }: Foretold, truth: number): boolean {
  return low <= truth && truth <= high
}

/** The middle of a binomial share with its 95 % interval (Wilson 1927), of `count` trials. */
export function binomialInterval(share: number, count: number): [low: number, high: number] {
  if (count <= 0) return [0, 1]
  const z = 1.959964
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count)
  const half = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

/**
 * As how many independent trials the truths of some cities count: those of one city go wrong together.
 * @param cities of each, how many truths were inside and how many there were
 */
export function independentTrials(cities: readonly { inside: number; of: number }[]): number {
  const known = cities.filter(({ of }) => of > 0)
  const all = known.reduce((sum, { of }) => sum + of, 0)
  const share = known.reduce((sum, { inside }) => sum + inside, 0) / Math.max(1, all)
  if (known.length < 2 || share === 0 || share === 1) return known.length
  // the variance of a ratio of sums over clusters (Cochran 1977, 6.3)
  const square = known.reduce((sum, { inside, of }) => sum + (inside - share * of) ** 2, 0)
  const variance = (square * known.length) / (known.length - 1) / all ** 2
  return variance === 0 ? all : Math.min(all, (share * (1 - share)) / variance)
}
