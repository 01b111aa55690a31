/** Moves the entry at `from` one step up (-1) or down (1). Over the edge nothing moves. */
export function moved<T>(list: readonly T[], from: number, step: -1 | 1): T[] {
  const to = from + step
  const entry = list[from]
  const other = list[to]
  if (entry === undefined || other === undefined) return [...list]
  return list.map((current, i) => (i === from ? other : i === to ? entry : current))
}
