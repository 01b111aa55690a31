/** Compares two vectors of `tiers` numbers lexicographically: whether the first is less. */
export function isBelow(a: ArrayLike<number>, b: ArrayLike<number>, tiers: number): boolean {
  for (let t = 0; t < tiers; t++) if (a[t] !== b[t]) return (a[t] as number) < (b[t] as number)
  return false
}

export function isSame(a: ArrayLike<number>, b: ArrayLike<number>, tiers: number): boolean {
  for (let t = 0; t < tiers; t++) if (a[t] !== b[t]) return false
  return true
}

/** Compares the vectors of two nodes, which begin at `node * tiers`: below 0 when the first node's is less. */
export function compareAt(vectors: Float64Array, a: number, b: number, tiers: number): number {
  let i = a * tiers
  let j = b * tiers
  for (let t = 0; t < tiers; t++, i++, j++) {
    const difference = (vectors[i] as number) - (vectors[j] as number)
    if (difference !== 0) return difference
  }
  return 0
}
