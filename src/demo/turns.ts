/** Divides what comes one by one among districts by their weights, so that the shares hold from the beginning. */
export interface Turns {
  /** The district that has had least beside its weight. */
  next(): string
  /** The same, by what each has at present. */
  furthestBehind(has: (district: string) => number): string
}

/** Turns among districts; `weights` belong to them in order. Highest averages (Sainte-Laguë), ties to the first. */
export function takeTurns(districts: readonly string[], weights: readonly number[]): Turns {
  const had = districts.map(() => 0)
  const behind = (count: (index: number) => number): number => {
    let best = 0
    let lowest = Number.POSITIVE_INFINITY
    for (const [index, weight] of weights.entries()) {
      if (weight <= 0) continue
      const ratio = (count(index) + 0.5) / weight
      if (ratio < lowest) {
        lowest = ratio
        best = index
      }
    }
    return best
  }
  return {
    next() {
      const index = behind((at) => had[at] ?? 0)
      had[index] = (had[index] ?? 0) + 1
      return districts[index] ?? ''
    },
    furthestBehind: (has) => districts[behind((index) => has(districts[index] ?? ''))] ?? '',
  }
}
